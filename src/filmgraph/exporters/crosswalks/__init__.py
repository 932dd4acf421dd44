"""Export formats that are data: one SPARQL CONSTRUCT per file of ``queries/export``.

- `crosswalk`: a file of that folder, read into an `Exporter`.
- `view`: what its query sees, one film at a time: every fact once, and one value where one has to do.
- `tree`: triples as nested JSON-LD, for formats that web pages embed.
"""
