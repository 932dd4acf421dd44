"""The view of a film that a crosswalk queries: each fact once, and one value where sources differ.

Which properties have one value, the ontology says (``fg:singleValued``); which value that is, the resolver says.
The named graphs are there as they are, for crosswalks that name sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from filmgraph.collection.labels import Labels
from filmgraph.collection.resources import root
from filmgraph.exporters.film import extract
from filmgraph.exporters.film.resolver import INEXACT, Statement, resolve
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import BASE, FG, PREFIXES
from filmgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.exporters.film.exporter import Request
    from filmgraph.rdf.results import Term

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_TITLE = ox.NamedNode(FG + "title")
_DATE = ox.NamedNode(FG + "date")
_DAYS = (ox.NamedNode(FG + "earliest"), ox.NamedNode(FG + "latest"))
_HAS_SOURCE = ox.NamedNode(PREFIXES["oa"] + "hasSource")
_SOURCE_KIND = ox.NamedNode(FG + "sourceKind")
_DAY = ox.NamedNode(PREFIXES["xsd"] + "date")
_STANCE = ox.NamedNode(FG + "stance")
_WITH_A_STANCE = (ox.NamedNode(FG + "Remark"), ox.NamedNode(FG + "Citation"))
_NOT_ABOUT_THE_FILM = ("Citation", "SourceDocument", "Film", "Title")


class FilmView(NamedTuple):
    """A film as crosswalks see it.

    Attributes:
        store: Its facts; the default graph holds each of them once, and one value of each single-valued property.
        losers: How many values lost against the one that is shown, by the label of their property.
        citations: How many citations state something of the film, its titles, or the nodes about it.
        about: The nodes about the film, by the local name of their class.
    """

    store: EmbeddedStore
    losers: dict[str, int]
    citations: int
    about: dict[str, set[str]]


class Rules(NamedTuple):
    """The rules of an ontology for properties and classes.

    Attributes:
        single: The properties of which one source gives one value, with what people call them.
        above: The classes directly above a class.
    """

    single: dict[ox.NamedNode, str]
    above: dict[ox.NamedNode, set[ox.NamedNode]]


def view(request: Request, film: str, rules: Rules) -> FilmView:
    """Read one film.

    Args:
        request: The store, and the options.
        film: The film's IRI.
        rules: What the ontology says.
    """
    single = rules.single
    quads = _asserted(extract.quads(request._replace(thing=film)))
    sources, kinds = _look_up(quads, _HAS_SOURCE), _look_up(quads, _SOURCE_KIND)
    facts: set[ox.Triple] = set()
    disputed: dict[tuple[object, ox.NamedNode], list[Statement]] = {}
    citing: dict[object, set[str]] = {}
    for quad in quads:
        if not extract.is_citation_graph(quad.graph_name):
            facts.add(quad.triple)
            continue
        citation = cast("ox.NamedNode", quad.graph_name).value
        citing.setdefault(quad.subject, set()).add(citation)
        if quad.predicate in single:
            source = sources.get(citation, citation.partition("#")[0])
            kind = kinds.get(source, "").rpartition("/")[2]
            statement = Statement(quad.object, citation, source, kind, _width(quad))
            disputed.setdefault((quad.subject, quad.predicate), []).append(statement)
        elif quad.predicate not in _DAYS:
            facts.add(quad.triple)
    losers: dict[str, int] = {}
    for (subject, predicate), statements in disputed.items():
        choice = resolve(statements)
        assert choice is not None  # noqa: S101 -- there is a statement
        facts.add(ox.Triple(cast("ox.NamedNode", subject), predicate, choice.chosen.value))
        facts.update(_days(cast("ox.NamedNode", subject), predicate, choice.chosen.value))
        if choice.others:
            losers[single[predicate]] = losers.get(single[predicate], 0) + len(choice.others)
    facts = _with_one_label(facts)
    about = _about(facts, ox.NamedNode(film))
    store = ox.Store()
    store.extend(quads)
    store.extend(_quad(fact) for fact in (*facts, *_classes_above(facts, rules)))
    told = {film, *(node for nodes in about.values() for node in nodes), *_titles(facts, film)}
    citations = {citation for node in told for citation in citing.get(ox.NamedNode(node), ())}
    return FilmView(EmbeddedStore(store, origin=request.store.origin), losers, len(citations), about)


def rules() -> Rules:
    """Return the bundled ontology's rules for properties and classes."""
    single: set[ox.NamedNode] = set()
    labels: dict[ox.NamedNode, str] = {}
    above: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for quad in parse(f"{root()}/ontology/filmgraph.ttl"):
        subject = cast("ox.NamedNode", quad.subject)
        if quad.predicate.value == FG + "singleValued":
            single.add(subject)
        elif quad.predicate == _LABEL:
            labels[subject] = cast("ox.Literal", quad.object).value
        elif quad.predicate == _SUBCLASS:
            above.setdefault(subject, set()).add(cast("ox.NamedNode", quad.object))
    return Rules({name: labels.get(name, name.value) for name in single if name not in _DAYS}, above)


def _asserted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Facts alone: without the nodes that a passage only hopes for, plans or supposes, and what points to them."""
    found = list(quads)
    spoken = {quad.subject for quad in found if quad.predicate == _TYPE and quad.object in _WITH_A_STANCE}
    held = {quad.subject for quad in found if quad.predicate == _STANCE} - spoken
    return [quad for quad in found if quad.subject not in held and quad.object not in held]


def _look_up(quads: Iterable[ox.Quad], predicate: ox.NamedNode) -> dict[str, str]:
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == predicate
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }


def _bounds(value: Term) -> tuple[str | None, str | None, int]:
    """The first and the last day of a date, and how many days lie between them."""
    try:
        first, last = bounds(value.value) if isinstance(value, ox.Literal) else (None, None)
    except EdtfError:
        return None, None, INEXACT
    width = (last - first).days if first and last else INEXACT
    return first.isoformat() if first else None, last.isoformat() if last else None, width


def _width(quad: ox.Quad) -> int:
    return _bounds(quad.object)[2] if quad.predicate == _DATE else 0


def _days(subject: ox.NamedNode, predicate: ox.NamedNode, value: Term) -> Iterator[ox.Triple]:
    """The first and last day of a date that was chosen."""
    if predicate == _DATE:
        for name, day in zip(_DAYS, _bounds(value), strict=False):
            if day:
                yield ox.Triple(subject, name, ox.Literal(str(day), datatype=_DAY))


def _with_one_label(facts: set[ox.Triple]) -> set[ox.Triple]:
    """The facts with one ``rdfs:label`` for each thing that has one or can be given one."""
    labels = Labels()
    found: dict[object, ox.Triple] = {}
    for fact in sorted(facts, key=str):
        labels.add(_quad(fact))
        if fact.predicate == _LABEL:
            found.setdefault(fact.subject, fact)
    others = {fact for fact in facts if fact.predicate != _LABEL}
    made = {quad.triple for quad in labels.quads() if quad.subject not in found}
    return others | set(found.values()) | made


def _classes_above(facts: Iterable[ox.Triple], rules: Rules) -> Iterator[ox.Triple]:
    """The classes that follow from those that are stated."""
    for fact in facts:
        if fact.predicate == _TYPE:
            waiting, seen = [cast("ox.NamedNode", fact.object)], set[ox.NamedNode]()
            while waiting:
                for higher in rules.above.get(waiting.pop(), set()) - seen:
                    seen.add(higher)
                    waiting.append(higher)
                    yield ox.Triple(fact.subject, _TYPE, higher)


def _about(facts: Iterable[ox.Triple], film: ox.NamedNode) -> dict[str, set[str]]:
    """The nodes that point to the film or its titles, by class."""
    linked: set[object] = set()
    classes: dict[object, list[str]] = {}
    for fact in facts:
        if fact.object == film:
            linked.add(fact.subject)
        if fact.predicate == _TYPE and isinstance(fact.object, ox.NamedNode) and fact.object.value.startswith(FG):
            classes.setdefault(fact.subject, []).append(fact.object.value.removeprefix(FG))
    found: dict[str, set[str]] = {}
    for node in linked:
        if isinstance(node, ox.NamedNode) and node.value.startswith(BASE) and node in classes:
            name = min(classes[node])
            if name not in _NOT_ABOUT_THE_FILM:
                found.setdefault(name, set()).add(node.value)
    return found


def _titles(facts: Iterable[ox.Triple], film: str) -> set[str]:
    return {
        fact.object.value
        for fact in facts
        if fact.predicate == _TITLE and fact.subject == ox.NamedNode(film) and isinstance(fact.object, ox.NamedNode)
    }


def _quad(fact: ox.Triple) -> ox.Quad:
    return ox.Quad(fact.subject, fact.predicate, fact.object, ox.DefaultGraph())
