"""Data extension: columns with property values for reconciled rows, and columns with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from filmgraph.answers.footnotes import footnotes
from filmgraph.errors import ReconciliationError
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.reconciling.kinds import identifier, iri_of
from filmgraph.reconciling.properties import BY_ID, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.answers.answer import RowsAnswer
    from filmgraph.answers.rows import Row
    from filmgraph.graph import Graph
    from filmgraph.reconciling.properties import ReconciliationProperty

MOST_THINGS = 1000
_DECLARED = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("fg", "rel", "rdfs"))
_INTEGERS = frozenset({"integer", "nonNegativeInteger", "positiveInteger", "int", "long"})
_NUMBERS = frozenset({"decimal", "double", "float"})


class Extension:
    """A finder of the values for extension columns.

    Args:
        graph: Where they are.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of(self, query: object) -> tuple[list[dict[str, str]], dict[str, dict[str, list[dict[str, Any]]]]]:
        """Return the metadata of the columns, and for each thing, by its id, the values in each column.

        Args:
            query: A `data extension query
                <https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#data-extension-queries>`_.

        Raises:
            ReconciliationError: It is no such query.
            StoreError: The store could not answer.
        """
        ids, wanted = _read(query)
        things = {one: iri for one in ids if (iri := iri_of(one)) is not None}
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {one: {} for one in ids}
        for one, limit in wanted:
            cells = self._cells(one, sorted(set(things.values())))
            for thing in ids:
                values = cells.get(things.get(thing, ""), [])
                rows[thing][one.id] = values[:limit] if limit else values
        return [{"id": one.id, "name": one.name} for one, _ in wanted], rows

    def _cells(self, column: ReconciliationProperty, iris: list[str]) -> dict[str, list[dict[str, Any]]]:
        if not iris:
            return {}
        sources = column.id.endswith(SOURCES)
        values = " ".join(f"<{iri}>" for iri in iris)
        text = f"{_DECLARED}SELECT DISTINCT ?thing ?value {{ VALUES ?thing {{ {values} }} {column.pattern} }}"
        answer = self._graph.query(f"{text} ORDER BY ?thing ?value", why=sources).to_rows()
        labels = answer.glossary.labels(
            sorted({one.value for row in answer if isinstance(one := row["value"], ox.NamedNode)})
        )
        found: dict[str, list[dict[str, Any]]] = {}
        for row in answer:
            thing = row["thing"]
            if isinstance(thing, ox.NamedNode):
                cell = {"str": _said(answer, row, labels)} if sources else _cell(row["value"], labels)
                found.setdefault(thing.value, []).append(cell)
        return found


def _said(answer: RowsAnswer, row: Row, labels: Mapping[str, str]) -> str:
    """Return a value with its citations: ``2009: Last Train Home (2009), IMDb, undated, characters 12-40``."""
    value = row["value"]
    text = labels.get(value.value, value.value) if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
    citations = list(dict.fromkeys(iri for witness in row.why for iri in witness))
    return f"{text}: {'; '.join(footnotes(citations, answer.glossary)) or 'no passage'}"


def _cell(term: object, labels: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"id": identifier(term.value), "name": labels.get(term.value, term.value)}
    if not isinstance(term, ox.Literal):
        return {"str": str(term)}
    kind = term.datatype.value.removeprefix(PREFIXES["xsd"])
    try:
        if kind in _INTEGERS:
            return {"int": int(term.value)}
        if kind in _NUMBERS:
            return {"float": float(term.value)}
    except ValueError:  # ill-typed in the data
        return {"str": term.value}
    return {"str": term.value}


def _read(query: object) -> tuple[list[str], list[tuple[ReconciliationProperty, int]]]:
    """Read the ids and the properties, each with its limit, of a data extension query."""
    ids = query.get("ids") if isinstance(query, dict) else None
    properties = query.get("properties") if isinstance(query, dict) else None
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise ReconciliationError("A data extension query has a list 'ids' and a list 'properties'.")
    if len(ids) > MOST_THINGS:
        raise ReconciliationError(f"At most {MOST_THINGS} things at once, not {len(ids)}.")
    wanted = []
    for item in properties:
        name = item.get("id") if isinstance(item, dict) else None
        if name not in BY_ID:
            known = ", ".join(one for one in BY_ID if not one.endswith(SOURCES))
            raise ReconciliationError(f"There is no property {name!r}.", hint=f"There are {known}.")
        settings = item.get("settings")
        limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
        wanted.append((BY_ID[name], int(limit) if isinstance(limit, int | float) else 0))
    return [str(one) for one in ids], wanted
