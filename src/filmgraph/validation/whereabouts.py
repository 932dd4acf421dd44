"""The places of findings: labels of their nodes, passages that state them, lines of files."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import QueryFailedError
from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.files import read
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.engine import bindings
from filmgraph.validation.evidence import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store
    from filmgraph.validation.results import Result

_T = TypeVar("_T")
_BATCH = 200
_LABEL = PREFIXES["rdfs"] + "label"
_IRI = re.compile(r"[A-Za-z][\w+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_PLACE = re.compile(r"\bchar=\d+,\d+(?=>)")
_FACT_FILES = (".trig", ".nq", ".trig.gz", ".nq.gz")


def labels_of(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """The labels of nodes, English before others. What is no IRI has none: a finding may be about a literal."""
    found: dict[str, tuple[bool, str]] = {}
    for batch in _batches(sorted({node for node in nodes if _IRI.fullmatch(node)})):
        text = f"SELECT ?node ?label {{ VALUES ?node {{ {_iris(batch)} }} ?node <{_LABEL}> ?label }}"
        for row in bindings(store, text):
            node, label = row["node"], row["label"]
            if isinstance(node, NamedNode) and isinstance(label, Literal):
                key = (not (label.language or "").startswith("en"), label.value)
                found[node.value] = min(found.get(node.value, key), key)
    return {node: label for node, (_, label) in found.items()}


def citations_of(store: Store, results: Sequence[Result]) -> list[tuple[str, ...]]:
    """For each result the graphs that state what it is about: the very triple, or else its focus node."""
    stated: dict[tuple[str, str, str], set[str]] = {}
    about: dict[str, set[str]] = {}
    triples = {key for result in results if (key := _triple(result)) is not None}
    for batch in _batches(sorted(triples)):
        values = " ".join(f"({' '.join(key)})" for key in batch)
        text = f"SELECT ?g ?s ?p ?o {{ VALUES (?s ?p ?o) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for row in _taken(store, text):
            stated.setdefault((str(row["s"]), str(row["p"]), str(row["o"])), set()).add(_value(row["g"]))
    left = {
        r.focus.value for r in results if isinstance(r.focus, NamedNode) and not stated.get(_triple(r) or ("",) * 3)
    }
    for names in _batches(sorted(left)):
        text = f"SELECT DISTINCT ?g ?s {{ VALUES ?s {{ {_iris(names)} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for row in bindings(store, text):
            about.setdefault(_value(row["s"]), set()).add(_value(row["g"]))
    return [_of_source(stated.get(_triple(r) or ("",) * 3) or about.get(r.focus.value, set()), r) for r in results]


def _taken(store: Store, text: str) -> list[dict[str, Term]]:
    """The rows, or none where an endpoint refuses: Virtuoso takes no constants of some types."""
    try:
        return bindings(store, text)
    except QueryFailedError as error:
        if error.status is None:
            raise
        return []


def values_of(store: Store, results: Sequence[Result]) -> list[str | None]:
    """For each result about too many values, those values."""
    counted = [
        r for r in results if r.value is None and (r.path or "").startswith("<") and isinstance(r.focus, NamedNode)
    ]
    found: dict[tuple[str, str, str | None], set[str]] = {}
    for batch in _batches(sorted({(str(r.focus), r.path or "") for r in counted})):
        values = " ".join(f"({focus} {path})" for focus, path in batch)
        text = f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for row in bindings(store, text):
            source = _value(row["g"]).partition("#char=")[0]
            for key in (source, None):
                found.setdefault((str(row["s"]), str(row["p"]), key), set()).add(shown(row["o"]) or "")
    return [", ".join(sorted(found.get((str(r.focus), r.path or "", r.source), ()))) or None for r in results]


class FactFiles:
    """The fact files of a collection, searched for citations.

    Args:
        folder: The collection's folder, or None where what is checked is no collection.
    """

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._lines: dict[str, dict[str, int]] = {}

    def place(self, citation: str) -> str | None:
        """The file, and where it is found the line, in which a citation's graph stands: `data/press-kit.trig:12`."""
        if self._folder is None or not is_citation(citation):
            return None
        parsed = Citation.parse(citation)
        for ending in _FACT_FILES:
            name = f"data/{source_slug(parsed.source)}{ending}"
            if os.path.exists(f"{self._folder}/{name}"):
                line = self._line(name, f"char={parsed.start},{parsed.end}")
                return f"{name}:{line}" if line else name
        return None

    def _line(self, name: str, wanted: str) -> int | None:
        if name not in self._lines:
            lines = read(f"{self._folder}/{name}").decode(errors="replace").splitlines()
            found = self._lines[name] = {}
            for number, line in enumerate(lines, 1):
                for place in _PLACE.findall(line):
                    found.setdefault(place, number)
        return self._lines[name].get(wanted)


def _triple(result: Result) -> tuple[str, str, str] | None:
    """The triple that a result is about, where its path is one predicate."""
    path = result.path
    if result.value is None or path is None or not path.startswith("<") or not isinstance(result.focus, NamedNode):
        return None
    return str(result.focus), path, str(result.value)


def _of_source(graphs: set[str], result: Result) -> tuple[str, ...]:
    """Citations first; in the pass per source only those of that source."""
    found = [graph for graph in graphs if is_citation(graph)]
    if result.source is not None:
        found = [graph for graph in found if graph.startswith(result.source)]
    if isinstance(result.focus, NamedNode) and is_citation(result.focus.value):
        found = [result.focus.value]
    return tuple(sorted(found, key=_position))


def _position(iri: str) -> tuple[str, int, int]:
    citation = Citation.parse(iri)
    return citation.source, citation.start, citation.end


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _iris(names: Sequence[str]) -> str:
    return " ".join(f"<{name}>" for name in names)


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
