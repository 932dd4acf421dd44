"""What a catalogue record of one film is made of: the film and the nodes about it, with who states each value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import Solutions
from filmgraph.exporters.resolver import Choice, Resolved, Statement, ranked_values, resolve
from filmgraph.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.answers import Term
    from filmgraph.store.base import Store

_PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("fg", "oa", "rdf", "rdfs", "skos", "xsd"))
_TYPE = PREFIXES["rdf"] + "type"


class Node:
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

    def one(self, name: str) -> Choice | None:
        """The one value to show of a property of filmgraph's ontology, and the values that lost."""
        return resolve(self._statements.get(FG + name, ()))

    def all(self, name: str) -> list[Resolved]:
        """Every value of a property, the one that most sources give first."""
        return ranked_values(self._statements.get(FG + name, ()))

    def value(self, name: str) -> Term | None:
        """The value that `one` chooses, without who says it."""
        choice = self.one(name)
        return choice.chosen.value if choice else None

    def text(self, name: str) -> str | None:
        """That value as text: of a literal its characters, of a node its IRI."""
        value = self.value(name)
        return value.value if isinstance(value, (Literal, NamedNode)) else None

    def citations(self) -> tuple[str, ...]:
        """Every citation that states something of the node, in order."""
        return tuple(sorted({s.citation for statements in self._statements.values() for s in statements}))

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
        self.film = Node(film)
        self._about: dict[str, Node] = {}
        self._read(film)
        self.titles = [title for title in self._nodes(self._title_iris()) if title.value("titleText") is not None]
        self._labels = dict(self._look_up("rdfs:label"))
        self._notations = dict(self._look_up("skos:notation"))

    def nodes(self, *classes: str) -> list[Node]:
        """The nodes about the film that are of one of these classes, in the order of their IRIs."""
        wanted = frozenset(classes)
        return [node for _, node in sorted(self._about.items()) if node.classes & wanted]

    def label(self, term: Term | str | None) -> str:
        """What people call a thing; of a literal, its characters; of a thing without a label, the end of its IRI."""
        if isinstance(term, Literal):
            return term.value
        iri = term.value if isinstance(term, NamedNode) else str(term or "")
        return self._labels.get(iri) or iri.rstrip("/#").replace("#", "/").rpartition("/")[2]

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
            self._about.setdefault(subject, Node(subject)).add(predicate, statement)

    def _nodes(self, iris: Iterable[str]) -> list[Node]:
        found = {iri: Node(iri) for iri in sorted(set(iris))}
        if found:
            values = " ".join(f"<{iri}>" for iri in found)
            for subject, predicate, statement in self._statements(f"VALUES ?subject {{ {values} }}"):
                found[subject].add(predicate, statement)
        return list(found.values())

    def _statements(self, pattern: str) -> Iterator[tuple[str, str, Statement]]:
        rows = self._select(f"""SELECT DISTINCT ?subject ?predicate ?value ?citation ?source ?kind ?first ?last WHERE {{
          {pattern}
          GRAPH ?citation {{
            ?subject ?predicate ?value .
            OPTIONAL {{ ?subject fg:earliest ?first ; fg:latest ?last . FILTER(?predicate = fg:date) }}
          }}
          ?citation oa:hasSource ?source .
          OPTIONAL {{ ?source fg:sourceKind ?kind }}
        }}""")
        for subject, predicate, value, citation, source, kind, first, last in rows:
            statement = Statement(
                cast("Term", value), _iri(citation), _iri(source), _iri(kind).rpartition("/")[2], _width(first, last)
            )
            yield _iri(subject), _iri(predicate), statement

    def _look_up(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Labels or codes of everything that the record mentions."""
        nodes = [self.film, *self._about.values(), *self.titles]
        iris = sorted({node.iri for node in nodes} | {iri for node in nodes for iri in node.mentioned()})
        values = " ".join(f"<{iri}>" for iri in iris)
        for subject, text in self._select(f"SELECT ?s ?text WHERE {{ VALUES ?s {{ {values} }} ?s {predicate} ?text }}"):
            if isinstance(text, Literal):
                yield _iri(subject), text.value

    def _select(self, text: str) -> list[tuple[Term | None, ...]]:
        result = self._store.query(_PROLOGUE + text)
        assert isinstance(result, Solutions)  # noqa: S101 -- each text above is a SELECT
        return result.rows


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _width(first: Term | None, last: Term | None) -> int:
    if not isinstance(first, Literal) or not isinstance(last, Literal):
        return 0
    return (date.fromisoformat(last.value) - date.fromisoformat(first.value)).days
