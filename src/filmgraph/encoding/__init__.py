"""Tools for who encodes a film: from words to citations, and back.

| module | one noun |
|---|---|
| `fragment` | a W3C text fragment: a passage named by its own words |
| `tokens` | TriG, as far as IRIs must be told from comments and strings |
| `pin`, `unpin` | a draft with text fragments to exact offsets, and back |
| `locate` | a piece of text to its citation |
| `record` | all that is known of a citation |
"""
