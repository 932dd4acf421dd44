"""The features by which films, people, companies and festivals are matched, gathered from triples."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.collection import facts
from filmgraph.collection.folder import Collection
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.files import format_of, parse_stream
from filmgraph.rdf.namespaces import BASE, CITATIONS_GRAPH, FG, PREFIXES
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_TYPE = PREFIXES["rdf"] + "type"
_DIRECTOR = PREFIXES["rel"] + "fmd"
_SAME = frozenset({PREFIXES["skos"] + "exactMatch", PREFIXES["schema"] + "sameAs", PREFIXES["owl"] + "sameAs"})
_KEPT = frozenset(
    {
        _TYPE,
        *_SAME,
        *(
            FG + name
            for name in (
                "title",
                "titleText",
                "date",
                "runtimeMinutes",
                "role",
                "film",
                "agent",
                "name",
                "birthDate",
                "describes",
                "variable",
                "unit",
                "value",
            )
        ),
    }
)
KINDS = {FG + "Person": "person", FG + "Organisation": "org", FG + "EventSeries": "series"}
"""The classes of agents and events that are matched, and the prefixes of their IRIs."""
_ARTICLES = ("the ", "a ", "an ", "der ", "die ", "das ", "le ", "la ", "les ", "l'", "el ", "los ", "las ")


class Film(NamedTuple):
    """The matching features of a film; ``sums`` are figures by what they measure and their unit."""

    titles: set[str]
    years: set[int]
    directors: set[str]
    minutes: set[int]
    sums: dict[tuple[str, str], set[float]]
    same: set[str]

    @classmethod
    def empty(cls) -> Film:
        """Return a film without features."""
        return cls(set(), set(), set(), set(), {}, set())


class KnownAgent(NamedTuple):
    """The matching features of a person, company or festival; ``films`` are those it is credited on."""

    kind: str
    names: set[str]
    films: set[str]
    births: set[int]
    same: set[str]


class Known(NamedTuple):
    """The matching features of films and agents, by IRI."""

    films: dict[str, Film]
    agents: dict[str, KnownAgent]


def plain(title: str) -> str:
    """Normalise a title for comparison: folded, without article and punctuation.

    >>> plain("The Harbour-Clock!"), plain("harbour clock"), plain("Harbour Clock, The")
    ('harbour clock', 'harbour clock', 'harbour clock')
    """
    folded = fold(title)
    rest, comma, last = folded.rpartition(", ")
    if comma and (f"{last} " in _ARTICLES or last in _ARTICLES):
        folded = rest
    article = next((one for one in _ARTICLES if folded.startswith(one)), "")
    return " ".join(_words(folded.removeprefix(article))) or folded


def plain_name(name: str) -> str:
    """Normalise a name for comparison, ignoring word order.

    >>> plain_name("Maran, Ilse") == plain_name("Ilse MARAN")
    True
    """
    return " ".join(sorted(_words(fold(name)))) or fold(name)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def known_of(triples: Iterable[tuple[str, str, str]]) -> Known:
    """Gather the matching features of films and agents from triples.

    Args:
        triples: IRIs, and of literals what they say.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for subject, predicate, value in triples:
        if predicate in _KEPT:
            said[subject].setdefault(predicate, []).append(value)
    films: dict[str, Film] = defaultdict(Film.empty)
    agents: dict[str, KnownAgent] = {}
    for iri, about in said.items():
        kinds = about.get(_TYPE, ())
        if FG + "Film" in kinds or (FG + "title" in about and not kinds):
            _of_film(films[iri], about, said)
        kind = next((KINDS[one] for one in kinds if one in KINDS), "")
        if kind:
            names = {plain_name(name) for name in about.get(FG + "name", ())}
            births = {year for date in about.get(FG + "birthDate", ()) for year in _years(date)}
            agents[iri] = KnownAgent(kind, names, set(), births, _same(about))
    for about in said.values():
        _of_credit(about, films, agents)
        _of_figure(about, films)
    return Known({iri: film for iri, film in films.items() if film.titles or film.same}, agents)


def _of_film(film: Film, about: dict[str, list[str]], said: dict[str, dict[str, list[str]]]) -> None:
    for node in about.get(FG + "title", ()):
        if node in said:
            film.titles.update(map(plain, said[node].get(FG + "titleText", ())))
    film.years.update(year for date in about.get(FG + "date", ()) for year in _years(date))
    film.minutes.update(int(text) for text in about.get(FG + "runtimeMinutes", ()) if text.isdecimal())
    film.same.update(_same(about))


def _of_credit(about: dict[str, list[str]], films: dict[str, Film], agents: dict[str, KnownAgent]) -> None:
    for one in about.get(FG + "agent", ()):
        agent = agents.get(one)
        if agent is not None:
            agent.films.update(about.get(FG + "film", ()))
            if _DIRECTOR in about.get(FG + "role", ()):
                for film in about.get(FG + "film", ()):
                    films[film].directors.update(agent.names)


def _of_figure(about: dict[str, list[str]], films: dict[str, Film]) -> None:
    for film in about.get(FG + "describes", ()):
        for variable in about.get(FG + "variable", ()):
            for unit in about.get(FG + "unit", ()):
                found = films[film].sums.setdefault((variable, unit), set())
                found.update(number for text in about.get(FG + "value", ()) if (number := _number(text)) is not None)


def _same(about: dict[str, list[str]]) -> set[str]:
    return {iri for predicate in _SAME for iri in about.get(predicate, ())}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _years(edtf: str) -> Iterator[int]:
    try:
        found = bounds(edtf)
    except EdtfError:
        return
    for day in found:
        if day is not None:
            yield day.year


def known_in(root: Path, *, but: str) -> Known:
    """Gather the matching features of films and agents in a collection, without one source's statements.

    The files are read one quad after another; no store is built for it.

    Args:
        root: The folder of the collection.
        but: The slug.

    Raises:
        FileError: A file cannot be read, or does not parse.
        DataError: A file has no place in a collection.
    """
    return known_of(_triples(Collection(root), f"{BASE}source/{but}."))


def _triples(collection: Collection, own: str) -> Iterator[tuple[str, str, str]]:
    records = ox.NamedNode(CITATIONS_GRAPH)
    for file in collection.files():
        if file.is_general:
            continue
        if file.graph is not None:
            quads: Iterable[ox.Quad] = facts.triples(file.path, file.graph)
        else:
            quads = parse_stream(file.path, format_of(file.path) or ox.RdfFormat.TRIG)
        for quad in quads:
            predicate = quad.predicate.value
            if predicate not in _KEPT or quad.graph_name == records:
                continue
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(own):
                continue
            yield _text(quad.subject), predicate, _text(quad.object)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
