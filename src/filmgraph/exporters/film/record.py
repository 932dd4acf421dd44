"""The record of a film: its nodes and their values, each with the sources that state it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode

from filmgraph.collection.labels import unnamed
from filmgraph.exporters.film.resolver import INEXACT, Preference, Resolved, Statement, ranked_values, resolve
from filmgraph.rdf.namespaces import FG, NON_CITATION_GRAPHS, PREFIXES
from filmgraph.rdf.results import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_PROLOGUE = "".join(
    f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n"
    for prefix in ("dcterms", "fg", "oa", "rdf", "rdfs", "schema", "skos", "xsd")
)
_TYPE = PREFIXES["rdf"] + "type"
_DATE = FG + "date"
_NO_CITATIONS = ", ".join(f"<{graph}>" for graph in sorted(NON_CITATION_GRAPHS))
_AT_A_TIME = 500
_NAMED = "(fg:name|skos:prefLabel|(fg:title/fg:titleText))"
"""What a thing is called where nobody derived a label, as in an RDF file that is no collection."""


class DescribedNode:
    """A film, credit, release, result … with the statements about it, property by property.

    Args:
        iri: Its IRI.
    """

    __slots__ = ("_statements", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._statements: dict[str, list[Statement]] = {}

    def add(self, property_iri: str, statement: Statement) -> None:
        """Take in one statement about the node."""
        self._statements.setdefault(property_iri, []).append(statement)

    def one(self, name: str) -> Preference | None:
        """The one value to show of a property of filmgraph's ontology, and the values that lost."""
        return resolve(self._statements.get(FG + name, ()))

    def all(self, name: str) -> list[Resolved]:
        """Every value of a property, the one that most sources give first."""
        return ranked_values(self._statements.get(FG + name, ()))

    def statements(self, name: str) -> tuple[Statement, ...]:
        """Return the statements of a property, each with its sources."""
        return tuple(self._statements.get(FG + name, ()))

    def value(self, name: str) -> Term | None:
        """The value that `one` chooses, without who says it."""
        choice = self.one(name)
        return choice.chosen.value if choice else None

    def text(self, name: str) -> str | None:
        """That value as text: of a literal its characters, of a node its IRI."""
        value = self.value(name)
        return value.value if isinstance(value, (Literal, NamedNode)) else None

    def citations(self) -> tuple[str, ...]:
        """Every citation that states something of the node, in order; its class alone says too little."""
        told = {s.citation for key, statements in self._statements.items() if key != _TYPE for s in statements}
        return tuple(sorted(told or {s.citation for statements in self._statements.values() for s in statements}))

    def sources(self) -> set[str]:
        """The sources that state something of the node."""
        return {s.source for statements in self._statements.values() for s in statements}

    def mentioned(self) -> Iterator[str]:
        """The IRIs of the values and of the sources, some of them more than once."""
        for statements in self._statements.values():
            for statement in statements:
                if isinstance(statement.value, NamedNode):
                    yield statement.value.value
                yield statement.source

    @property
    def classes(self) -> frozenset[str]:
        """The local names of its classes in filmgraph's ontology."""
        types = (cast("NamedNode", s.value).value for s in self._statements.get(_TYPE, ()))
        return frozenset(iri.removeprefix(FG) for iri in types if iri.startswith(FG))


class Record:
    """All that a flat format needs to know of one film.

    Args:
        store: Where the facts are.
        film: The film's IRI.
    """

    def __init__(self, store: Store, film: str) -> None:
        self._store = store
        self.film = DescribedNode(film)
        self._about: dict[str, DescribedNode] = {}
        self._read(film)
        self.titles: list[DescribedNode] = [
            title for title in self._nodes(self._title_iris()) if title.value("titleText") is not None
        ]
        self._things: dict[str, DescribedNode] = {}
        self._labels: dict[str, str] = {}
        self._notations: dict[str, str] = {}
        self._look_up([self.film, *self._about.values(), *self.titles])

    def nodes(self, *classes: str) -> list[DescribedNode]:
        """The nodes about the film that are of one of these classes, in the order of their IRIs."""
        wanted = frozenset(classes)
        return [node for _, node in sorted(self._about.items()) if node.classes & wanted]

    def things(self, iris: Iterable[str]) -> dict[str, DescribedNode]:
        """The people, places, events … of these IRIs, with what the sources say of them, and their labels."""
        wanted = sorted(set(iris) - {""})
        missing = [iri for iri in wanted if iri not in self._things]
        if missing:
            found = self._nodes(missing)
            self._look_up(found)
            self._things.update((node.iri, node) for node in found)
        return {iri: self._things[iri] for iri in wanted}

    def label(self, term: Term | str | None) -> str:
        """Return the label of a term: a literal's characters, or the end of the IRI if there is no label."""
        iri = term.value if isinstance(term, NamedNode) else str(term or "")
        return self.known_label(term) or iri.rstrip("/#").replace("#", "/").rpartition("/")[2]

    def known_label(self, term: Term | str | None) -> str:
        """Return the label of a term, or an empty text if it has none but its IRI."""
        if isinstance(term, Literal):
            return term.value
        iri = term.value if isinstance(term, NamedNode) else str(term or "")
        label = self._labels.get(iri, "")
        return "" if label == unnamed(iri) else label

    def notation(self, term: Term | None) -> str | None:
        """The code of a concept or country in its standard: ``CA``, ``cmn``, ``fmd``."""
        return self._notations.get(term.value) if isinstance(term, NamedNode) else None

    def _title_iris(self) -> list[str]:
        return [value.value.value for value in self.film.all("title") if isinstance(value.value, NamedNode)]

    def _read(self, film: str) -> None:
        for subject, predicate, statement in self._statements(f"BIND(<{film}> AS ?subject)"):
            if subject == film:
                self.film.add(predicate, statement)
        linked = f"{{ ?subject fg:film <{film}> }} UNION {{ ?subject fg:describes <{film}> }}"
        for subject, predicate, statement in self._statements(linked):
            self._about.setdefault(subject, DescribedNode(subject)).add(predicate, statement)
        # A record holds facts: what a passage only hopes, plans or supposes has no place in it.
        self._about = {
            iri: node for iri, node in self._about.items() if "Remark" in node.classes or not node.all("stance")
        }

    def _nodes(self, iris: Iterable[str]) -> list[DescribedNode]:
        found = {iri: DescribedNode(iri) for iri in sorted(set(iris))}
        for values in _batches(found):
            for subject, predicate, statement in self._statements(f"VALUES ?subject {{ {values} }}"):
                found[subject].add(predicate, statement)
        return list(found.values())

    def _statements(self, pattern: str) -> Iterator[tuple[str, str, Statement]]:
        rows = self.select(f"""SELECT DISTINCT ?subject ?predicate ?value ?citation ?source ?kind ?first ?last WHERE {{
          {pattern}
          GRAPH ?citation {{
            ?subject ?predicate ?value .
            OPTIONAL {{ ?subject fg:earliest ?first ; fg:latest ?last . FILTER(?predicate = fg:date) }}
          }}
          FILTER(?citation NOT IN ({_NO_CITATIONS}))
          OPTIONAL {{ ?citation oa:hasSource ?document }}
          BIND(COALESCE(?document, ?citation) AS ?source)
          OPTIONAL {{ ?source fg:sourceKind ?kind }}
        }}""")
        for subject, predicate, value, citation, source, kind, first, last in rows:
            width = _width(first, last) if _iri(predicate) == _DATE else 0
            statement = Statement(
                cast("Term", value), _iri(citation), _iri(source), _iri(kind).rpartition("/")[2], width
            )
            yield _iri(subject), _iri(predicate), statement

    def _look_up(self, nodes: list[DescribedNode]) -> None:
        """Read the labels and codes of these nodes and of everything that they mention."""
        iris = {node.iri for node in nodes} | {iri for node in nodes for iri in node.mentioned()}
        for predicate, found in (
            ("rdfs:label", self._labels),
            (_NAMED, self._labels),
            ("skos:notation", self._notations),
        ):
            for values in _batches(iris - found.keys()):
                rows = self.select(f"SELECT ?s ?text WHERE {{ VALUES ?s {{ {values} }} ?s {predicate} ?text }}")
                texts = [(_iri(subject), text) for subject, text in rows if isinstance(text, Literal)]
                for iri, text in sorted(texts, key=_english_first):
                    found.setdefault(iri, text.value)

    def select(self, text: str) -> list[tuple[Term | None, ...]]:
        """The rows of a SELECT query, which may use some of filmgraph's prefixes."""
        return rows(self._store.query(_PROLOGUE + text))


def _batches(iris: Iterable[str]) -> Iterator[str]:
    """IRIs as the values of a VALUES clause, some hundred at a time."""
    waiting = sorted(iris)
    for start in range(0, len(waiting), _AT_A_TIME):
        yield " ".join(f"<{iri}>" for iri in waiting[start : start + _AT_A_TIME])


def _english_first(found: tuple[str, Literal]) -> tuple[bool, str, str]:
    text = found[1]
    return (text.language != "en", text.value, text.language or "")


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _width(first: Term | None, last: Term | None) -> int:
    if not isinstance(first, Literal) or not isinstance(last, Literal):
        return INEXACT
    return (date.fromisoformat(last.value) - date.fromisoformat(first.value)).days
