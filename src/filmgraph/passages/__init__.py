"""Comparison of passages with the facts that cite them.

| module | one noun |
|---|---|
| `texts` | the texts of sources, found by their SHA-256 |
| `matching` | a text made comparable, which remembers where its characters stand |
| `passage` | a passage shown in its context |
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
| `quoting` | the passages that an answer cites, quoted |
"""
