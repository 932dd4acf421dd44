"""Evidence: for each row of an answer the citations that support it.

`filmgraph.why.explain.explain` is the door. Behind it, in the order in which they work:

- `rendering` writes the patterns of the query so that all their values can be seen;
- `deriving`, `grouping`, `walks` and `constructed` ask the store for the solutions behind the rows that are shown, and
  turn them into *ways*: sets of facts that give the row, which provenance theory calls its derivations;
- `citations_of_facts` looks up who states those facts;
- `witnesses` makes the smallest sets of citations out of them;
- `shape` tells which queries need more than that, and `trial` tries those out on the facts of a witness alone;
- `refusal` keeps the answer where an endpoint refuses a question about it.
"""
