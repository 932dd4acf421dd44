"""Assertions about passages, made by a person in a worksheet or by a language model.

Each assertion names a document, words of it, whom or what they are about, a property and a value. It enters a
collection where its words stand in the document and say it; the fact is then cited to the passage, not to the sheet.

| module | one noun |
|---|---|
| `assertion` | an assertion, and what became of it |
| `predicate` | what can be said, in plain words: the ontology's properties, roles, figures, prizes |
| `things` | whom and what names mean: things of the collection, or new ones |
| `meaning` | the triples of an assertion |
| `passage` | where its words stand |
| `judgement` | whether they say it |
| `worksheet` | a sheet to be filled in, as XLSX or CSV |
| `extractions` | what a language model extracted, as JSON Lines |
| `intake` | a file of assertions taken into a collection |
"""
