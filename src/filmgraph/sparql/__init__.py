"""SPARQL 1.1 as text and as a tree.

- `filmgraph.sparql.query`: `parse` a query; `edit` its text.
- `filmgraph.sparql.parameters`: put terms in the places of ``$parameters``.
- `filmgraph.sparql.template`: the same for a query whose places are known already, without parsing.
- `filmgraph.sparql.refusals`: refuse ``SERVICE``, updates, and what crashes engines.

The parser is written by hand, one method for each group of productions of the
`grammar <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>`_. A Lark grammar of this size takes 0.6 s to build in
each process, or a cache of tables; this one parses the 901 query tests of the W3C suites in 0.2 s.
This package imports nothing by itself, so that `template` stays cheap.
"""
