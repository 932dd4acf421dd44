"""Tools for who encodes a film: from words to citations, from citations to proof.

| module | one noun |
|---|---|
| `texts` | the texts of sources, found by their SHA-256 |
| `matching` | a text made comparable, which remembers where its characters stand |
| `fragment` | a W3C text fragment: a passage named by its own words |
| `tokens` | TriG, as far as IRIs must be told from comments and strings |
| `pin`, `unpin` | a draft with text fragments to exact offsets, and back |
| `locate` | a piece of text to its citation |
| `passage` | a passage shown in its context |
| `record` | all that is known of a citation |
| `sources`, `facts` | what a store says: records, facts by citation, names |
| `number_words`, `numerals`, `implied` | numbers: written out, stated, implied |
| `dates`, `reckoning` | dates: stated, reckoned from others |
| `units` | units, durations, times of day |
| `naming` | names and titles |
| `wording` | a passage with all of these, read once |
| `fit` | whether a citation fits its text |
| `claims` | what a fact claims that a passage must say |
| `explanation` | why a value may stand that the passage does not spell |
| `support` | the check: supported, explained, unsupported, skipped |
| `coverage`, `agreement` | which stretches are cited; whether sources agree |
| `coverage_map`, `coverage_json`, `coverage_page` | how coverage is shown |
"""
