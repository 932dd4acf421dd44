"""Checking a collection: shapes in three passes, evidence, questions, and one report in plain words.

| module | one noun |
|---|---|
| `report` | findings, and what was looked at |
| `rendering` | a report as text or JSON |
| `words` | what a result says in plain words |
| `whereabouts` | labels, passages and lines of files for findings |
| `shapes` | SHACL shapes, read into values |
| `paths` | SHACL property paths, written as SPARQL |
| `datatypes` | `sh:datatype` as a SPARQL expression |
| `components` | the constraint components that judge value nodes one by one |
| `sets` | the constraint components that look at all value nodes together |
| `compiler` | shapes into SPARQL queries whose rows are violations |
| `engine` | compiled checks, run on any store |
| `results` | what one constraint says of one node, whichever engine found it |
| `reference` | pySHACL, and nothing else of it anywhere |
| `per_source` | shapes applied to each source by itself |
| `ontology_shapes` | shapes that follow from what the ontology states |
| `library` | the shapes and checks of a collection |
| `evidence` | checks that are SPARQL files |
| `questions` | the catalogue's questions, tried with their examples |
| `texts` | facts held against the texts of their sources |
| `passes` | what `check` runs, in order |
"""
