"""Lexical forms: how a value is written, and the one form of it that the engine keeps.

RDF tells ``"1.50"^^xsd:decimal`` from ``"1.5"^^xsd:decimal``, two terms of one value
(`RDF 1.1, 3.3 <https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal>`_). The engine keeps the value, and
writes it in one form. docs/evidence.md lists what that does; `normalised` asks the engine itself.
"""

from __future__ import annotations

import pyoxigraph as ox

from filmgraph.rdf.namespaces import PREFIXES

_ANY = ox.NamedNode("urn:x")
_XSD = PREFIXES["xsd"]


def normalised(literal: ox.Literal) -> ox.Literal:
    """The literal as a store gives it back.

    >>> xsd = "http://www.w3.org/2001/XMLSchema#"
    >>> [normalised(ox.Literal(form, datatype=ox.NamedNode(xsd + name))).value
    ...  for form, name in (("1.50", "decimal"), ("+5", "integer"), ("PT90M", "duration"), ("2011-03", "gYearMonth"))]
    ['1.5', '5', 'PT1H30M', '2011-03']
    """
    if not literal.datatype.value.startswith(_XSD):
        return literal
    store = ox.Store()
    store.add(ox.Quad(_ANY, _ANY, literal))
    for quad in store:
        if isinstance(quad.object, ox.Literal):
            return quad.object
    return literal
