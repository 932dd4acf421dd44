"""Checking a collection: shapes in three passes, evidence, and one report in plain words.

| module | one noun |
|---|---|
| `report` | findings, and what was checked |
| `rendering` | a report as text or JSON |
| `terms` | RDF terms written into SPARQL and read by people |
| `shapes` | the SHACL shapes of a collection, read into values |
| `paths` | SHACL property paths, written as SPARQL |
| `conditions` | "this node conforms to this shape" as a SPARQL expression |
| `components` | one entry for each SHACL constraint component that is claimed |
| `compiler` | shapes into SPARQL queries whose rows are violations |
| `results` | what one constraint says of one node, whichever engine found it |
| `reference` | pySHACL, and nothing else of it anywhere |
| `evidence` | checks that are SPARQL files |
| `passes` | structure, sources, evidence: what `check` runs |
"""
