"""The W3C's SPARQL test suites, read from their manifests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

_ENTRIES = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
SELECT ?test ?type ?query ?data (GROUP_CONCAT(STR(?graph); SEPARATOR=" ") AS ?graphs) {
  ?test a ?type ; mf:action ?action .
  OPTIONAL { ?action qt:query ?named }
  OPTIONAL { ?action qt:data ?data }
  OPTIONAL { ?action qt:graphData ?graph }
  BIND(COALESCE(?named, ?action) AS ?query)
} GROUP BY ?test ?type ?query ?data ORDER BY ?query
"""


class Case(NamedTuple):
    """A test of a suite."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]

    @property
    def text(self) -> str:
        with self.query.open(encoding="utf-8", newline="") as file:
            return file.read()


def _path(iri: str) -> Path:
    return Path(ox.NamedNode(iri).value.removeprefix("file://"))


def cases(shared: Path) -> list[Case]:
    """Every query test of SPARQL 1.0 and 1.1; updates and protocol tests left out."""
    root = shared / "w3c" / "sparql"
    found: dict[str, Case] = {}
    for manifest in sorted(root.glob("sparql1*/*/manifest.ttl")):
        store = ox.Store()
        store.load(path=str(manifest), format=ox.RdfFormat.TURTLE, base_iri=manifest.as_uri())
        solutions = store.query(_ENTRIES)
        assert isinstance(solutions, ox.QuerySolutions)
        for row in solutions:
            query, kind = row["query"].value, row["type"].value.rpartition("#")[2]
            if not query.endswith(".rq") or "Update" in kind or "Protocol" in kind:
                continue
            name = f"{_path(query).relative_to(root)}"
            data = (_path(row["data"].value),) if row["data"] is not None else ()
            graphs = tuple(_path(graph) for graph in str(row["graphs"].value if row["graphs"] else "").split())
            previous = found.get(name)
            if previous is not None and previous.kind == kind:
                data = tuple(dict.fromkeys([*previous.data, *data]))
            found[name] = Case(name, kind, _path(query), data, graphs)
    return list(found.values())
