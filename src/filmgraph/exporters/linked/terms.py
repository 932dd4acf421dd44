"""Lines of N-Quads cut into terms, and what other formats write for each term.

Reading a million lines into objects and writing these again takes most of the time of an export. Lines that are sorted
already need no objects: they are cut where terms end, and the engine translates each term once while it is remembered.
"""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pyoxigraph as ox

from filmgraph.rdf.files import prefixes_of
from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from filmgraph.rdf.results import Term

KNOWN = 200_000
"""How many terms are remembered at a time: some 40 MB."""

_AT_A_TIME = 4096
_OTHER_GRAPHS = frozenset(f"<{iri}>" for iri in NON_CITATION_GRAPHS)
_TYPE = f"<{PREFIXES['rdf']}type>"
_BARE = tuple(f"^^<{PREFIXES['xsd']}{name}>" for name in ("integer", "decimal", "double", "boolean"))
_PREDICATE = " <urn:p> "
_T = TypeVar("_T")


class StatedFact(NamedTuple):
    """A triple as N-Triples text without its full stop, and the citations that state it, in order."""

    triple: str
    citations: tuple[str, ...]


def facts(quad_lines: Iterable[str]) -> Iterator[StatedFact]:
    r"""The facts of sorted N-Quads lines, each once.

    >>> list(facts(["<urn:s> <urn:p> <urn:o> <urn:a> .\n", "<urn:s> <urn:p> <urn:o> <urn:b> .\n"]))
    [StatedFact(triple='<urn:s> <urn:p> <urn:o>', citations=('<urn:a>', '<urn:b>'))]
    """
    pairs = (line[:-3].rpartition(" ") for line in quad_lines)
    for triple, group in groupby(pairs, key=lambda pair: pair[0]):
        yield StatedFact(triple, tuple(graph for _, _, graph in group if graph not in _OTHER_GRAPHS))


def batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    """Some thousand items at a time: calling the engine for each costs more than what it does."""
    source = iter(items)
    while batch := list(islice(source, _AT_A_TIME)):
        yield batch


def parsed(terms: Iterable[str]) -> Iterator[Term]:
    """The terms that N-Triples texts stand for."""
    text = "".join(f"<urn:s>{_PREDICATE}{term} .\n" for term in terms)
    return (quad.object for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES))


def in_turtle(terms: Iterable[str], prefixes: dict[str, str]) -> list[str]:
    """How Turtle writes the terms that N-Triples texts stand for, where they are objects.

    >>> in_turtle([f"<{PREFIXES['film']}x>", '"a"@en'], {"film": PREFIXES["film"]})
    ['film:x', '"a"@en']
    """
    subject, predicate = "urn:", ox.NamedNode("urn:p")
    triples = (ox.Triple(ox.NamedNode(f"{subject}{n}"), predicate, term) for n, term in enumerate(parsed(terms)))
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    return [line.partition(_PREDICATE)[2][:-2] for line in text.decode().split("\n")[len(prefixes) : -1]]


class Translated:
    """A cache of translated terms.

    Args:
        translate: Gives the translations of terms, in their order.
    """

    def __init__(self, translate: Callable[[list[str]], Iterable[str]]) -> None:
        self._translate = translate
        self._known: dict[str, str] = {}

    def of(self, terms: Iterable[str]) -> dict[str, str]:
        """The translations of these terms, perhaps among others."""
        wanted = set(terms)
        # A difference of sets would look at all that is known.
        missing = [term for term in wanted if term not in self._known]
        if len(self._known) + len(missing) > KNOWN:
            self._known = {}
            missing = list(wanted)
        if missing:
            self._known.update(zip(missing, self._translate(missing), strict=True))
        return self._known


class Namespaces:
    """Notes which namespaces the terms of lines have that pass by."""

    def __init__(self) -> None:
        self._terms: set[str] = set()
        self._citations: set[str] = set()
        self._other_graphs: set[str] = set()

    def noted(self, lines: Iterable[str], *, graphs: bool = True) -> Iterator[str]:
        """Yield lines of quads, or of triples, unchanged, noting the namespaces of their terms."""
        last, seen, predicates = "", set[str](), set[str]()
        for line in lines:
            triple, _, graph = line[:-3].rpartition(" ") if graphs else (line[:-3], "", "")
            subject, predicate, value = triple.split(" ", 2)
            if subject != last:
                _note(subject, self._terms)
                last = subject
            if predicate not in predicates:
                predicates.add(predicate)
                if predicate != _TYPE:
                    _note(predicate, self._terms)
            if value[-1] == ">" and value not in seen:
                seen.add(value)
                _note(value, self._terms)
            if graph and graph not in seen:
                seen.add(graph)
                _note(graph, self._other_graphs if graph in _OTHER_GRAPHS else self._citations)
            if len(seen) > KNOWN:
                seen.clear()
            yield line

    def of_dataset(self) -> dict[str, str]:
        """The prefixes that the serialiser may use where graphs are written."""
        return prefixes_of(self._terms | self._citations | self._other_graphs)

    def of_graph(self, *others: str) -> dict[str, str]:
        """Return the prefixes of triples, and with ``others`` also those of the citations."""
        return prefixes_of(self._terms | (self._citations.union(others) if others and self._citations else set()))


def _note(term: str, namespaces: set[str]) -> None:
    if term[-1] != ">" or term.endswith(_BARE):  # a literal, and Turtle needs no datatype for it
        return
    if term.startswith("<<"):
        for part in term[4:-4].split(" ", 2):
            _note(part, namespaces)
        return
    start = term.rindex("<") + 1
    namespaces.add(term[start : max(term.rfind("/"), term.rfind("#"), start - 1) + 1])
