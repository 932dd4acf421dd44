"""An answer as a graph of networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from pyoxigraph import NamedNode

from filmgraph.answers.frames import python_value
from filmgraph.errors import BadColumnError

if TYPE_CHECKING:
    from filmgraph.answers.rows import AnsweredRows


def network(answer: AnsweredRows, source: str, target: str, *, labels: bool) -> nx.MultiDiGraph[str]:
    """Return the graph of an answer; see `RowsAnswer.to_networkx`."""
    start, end = _ends(answer, source, target)
    iris = sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)})
    words = answer.glossary.labels(iris) if iris else {}
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    others = [name for name in answer.variables if name not in {start, end}]
    for row in answer:
        ends = row[start], row[end]
        if not all(isinstance(one, NamedNode) for one in ends):
            continue
        names = []
        for one in ends:
            iri = str(getattr(one, "value", ""))
            names.append(words.get(iri, iri) if labels else iri)
            made.add_node(names[-1], label=words.get(iri, iri), iri=iri)
        told = {name: python_value(row[name], words if labels else {}) for name in others if row[name] is not None}
        made.add_edge(*names, **told, **({"why": row.why} if answer.explained else {}))
    return made


def _ends(answer: AnsweredRows, source: str, target: str) -> tuple[str, str]:
    for name in filter(None, (source, target)):
        if name not in answer.variables:
            raise BadColumnError(f"There is no column {name!r}.", hint=f"There are {', '.join(answer.variables)}.")
    things = [name for name in answer.variables if any(isinstance(row[name], NamedNode) for row in answer)]
    start = source or next((name for name in things if name != target), "")
    end = target or next((name for name in things if name != start), "")
    if not start or not end:
        raise BadColumnError(
            "An arrow needs two columns that hold things, and the answer has no two.", hint="Ask for another thing."
        )
    return start, end
