"""Counts of citations by document, for groups that rest on too many citations to list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.why.limits import Unexplained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.sparql.tree import Node
    from filmgraph.why.inquiry import Inquiry
    from filmgraph.why.plan import Row

_MANY = 4  # groups for which one pass over all is made


class Tally(NamedTuple):
    """The citations of the facts of a group.

    Attributes:
        documents: The IRI of each document, and how many of its citations state facts that the group uses; the most
            first.
        whole: Whether these are the citations of all facts that it uses.
    """

    documents: tuple[tuple[str, int], ...]
    whole: bool


class Counting:
    """A counter of the citations of the groups of an aggregate.

    Args:
        inquiry: The query, and what is asked.
        group: The pattern of the aggregate.
        graph: The named graph around it.
        names: Its keys.
        binds: BIND for each key that is an expression.
    """

    def __init__(self, inquiry: Inquiry, group: Node, graph: str | None, names: Sequence[str], binds: str) -> None:
        self._inquiry = inquiry
        self._names = names
        self._binds = binds
        self._citation = f"?{inquiry.renderer.mark}_citation"
        self._plans, self._whole = inquiry.renderer.cited(group, graph, self._citation)

    def tallies(self, keys: Sequence[Row]) -> dict[Row, Tally]:
        """Count the citations of each document that state facts of some groups, in one query.

        Raises:
            Unexplained: The query chooses its graphs with FROM, among which citations cannot be counted.
        """
        document = f"?{self._inquiry.renderer.mark}_document"
        named = " ".join(f"?{name}" for name in self._names)
        citation = f"STR({self._citation})"
        found = self._inquiry.select(
            f"{named} {document} (COUNT(DISTINCT {self._citation}) AS {document}s)",
            f"{{ {self._facts(keys)} BIND (IF(CONTAINS({citation}, '#'), STRBEFORE({citation}, '#'), {citation})"
            f" AS {document}) }} GROUP BY {named} {document}",
        )
        counted: dict[Row, list[tuple[str, int]]] = {key: [] for key in keys}
        for *key, source, number in found.rows:
            if tuple(key) in counted and isinstance(source, Literal) and isinstance(number, Literal):
                counted[tuple(key)].append((source.value, int(number.value)))
        order = {key: tuple(sorted(several, key=_most_first)) for key, several in counted.items()}
        return {key: Tally(documents, self._whole) for key, documents in order.items()}

    def citations(self, key: Row) -> list[str]:
        """The IRIs of all citations that state facts of a group.

        Raises:
            Unexplained: See `tallies`.
        """
        found = self._inquiry.select(f"DISTINCT {self._citation}", f"{{ {self._facts([key])} }}")
        return [name.value for (name,) in found.rows if isinstance(name, NamedNode)]

    def _facts(self, keys: Sequence[Row]) -> str:
        """Return a pattern for each fact of each solution, in each citation that states it."""
        if self._inquiry.dataset or not self._plans:
            raise Unexplained("its aggregate uses too many solutions to cite one by one, and they cannot be counted")
        free = ", ".join(f"<{name}>" for name in NON_CITATION_GRAPHS)
        inquiry, names, binds = self._inquiry, self._names, self._binds
        some = len(keys) < _MANY and not any(map(_unbound, keys))
        texts = [
            inquiry.given(plan, key, names, binds) if some else f"{{ {plan.bare} {binds} }}"
            for plan in self._plans
            for key in (keys if some else [()])
        ]
        return f"{' UNION '.join(texts)} FILTER (isIRI({self._citation}) && {self._citation} NOT IN ({free}))"


def _unbound(key: Sequence[Term | None]) -> bool:
    return not all(isinstance(term, NamedNode | Literal) for term in key)


def _most_first(document: tuple[str, int]) -> tuple[int, str]:
    return -document[1], document[0]
