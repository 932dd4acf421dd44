"""``sameTerm`` with a constant, for engines that take it for an assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.query import Edit
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node


def comparisons(query: Query) -> Iterator[Edit]:
    """Edits by which ``sameTerm`` of a variable and a constant is a comparison.

    Virtuoso puts the constant in the place of the variable, so that rows come which OPTIONAL had left without a value,
    or with another one. With an IRI both say the same
    (`SPARQL 1.1 Query, 17.4.1.7 <https://www.w3.org/TR/sparql11-query/#func-RDFterm-equal>`_); of a literal the text
    and the datatype have to be the same too.

    >>> from filmgraph.sparql.query import edit, parse
    >>> query = parse("ASK { ?s ?p ?o FILTER sameTerm(?o, <http://example.org/a>) }")
    >>> edit(query.text, comparisons(query))
    'ASK { ?s ?p ?o FILTER (?o = <http://example.org/a>) }'
    """
    for node in query.root.walk(skip=frozenset({"Service"})):
        if node.kind != "BuiltInCall" or node.first.text.upper() != "SAMETERM":
            continue
        one, other = (child for child in node.nodes[0].children if not _is_sign(child))
        texts = [query.text[part.start : part.end] for part in (one, other)]
        if isinstance(one, Token) == isinstance(other, Token):
            continue  # two variables, or two constants
        variable, constant = texts if isinstance(one, Token) else reversed(texts)
        kind = (other if isinstance(one, Token) else one).kind
        if kind == "Iri":
            yield Edit(node.start, node.end, f"({variable} = {constant})")
        elif kind == "Literal":
            same = f"{variable} = {constant} && STR({variable}) = STR({constant})"
            if constant[0] not in "\"'" or "^^" in constant:  # else Virtuoso has no datatype for it
                same += f" && DATATYPE({variable}) = DATATYPE({constant})"
            yield Edit(node.start, node.end, f"({same})")


def _is_sign(child: Node | Token) -> bool:
    return isinstance(child, Token) and child.text in "(),"
