"""Parts of the JSON-LD export: context, frames, terms, and claims.

- `context`: filmgraph's own context, generated from the ontology.
- `expanded`: quads as expanded JSON-LD, node by node, without holding them in memory.
- `framed`: one film as a tree that a web developer can read.
"""
