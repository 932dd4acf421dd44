"""Which film of a collection a record is about: what is certain is taken, what is not is left to a person.

Decisions are rows of ``matches/<slug>.csv``: ``key``, ``decision``, ``candidate``, ``score``, ``reasons``. A decision
is the IRI of a film, ``new``, or empty as long as nobody decided; what a person wrote is never overwritten.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import DataError
from filmgraph.files import atomic
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.namespaces import BASE, FG, PREFIXES
from filmgraph.rdf.results import Solutions
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from filmgraph.importing.mapping import CitedTriple
    from filmgraph.store.base import Store

COLUMNS = ("key", "decision", "candidate", "score", "reasons")
NEW = "new"
_CERTAIN = 0.9
_ARTICLES = ("the ", "a ", "an ", "der ", "die ", "das ", "le ", "la ", "les ", "l'", "el ", "los ", "las ")
_DIRECTOR = PREFIXES["rel"] + "fmd"
_TYPE = PREFIXES["rdf"] + "type"
_CLOSE_MINUTES = 3


class Film(NamedTuple):
    """What films are told apart by."""

    titles: set[str]
    years: set[int]
    directors: set[str]
    minutes: set[int]

    @classmethod
    def empty(cls) -> Film:
        """A film of which nothing is known."""
        return cls(set(), set(), set(), set())


class FilmCandidate(NamedTuple):
    """A film of the collection that a record may be about, from 0 to 1 how likely, and why."""

    iri: str
    score: float
    reasons: str


class Decision(NamedTuple):
    """A row of a matches file."""

    key: str
    decision: str
    candidate: str = ""
    score: str = ""
    reasons: str = ""


class Matches(NamedTuple):
    """What became of the films of an import: film to the IRI that it is taken for, and the rows that are open."""

    taken: dict[str, str]
    rows: list[Decision]
    certain: int
    decided: int
    new: int

    @property
    def open(self) -> int:
        """How many films nobody has decided about."""
        return len({row.key for row in self.rows if not row.decision})


def films_of(statements: Iterable[CitedTriple]) -> dict[str, Film]:
    """The films that statements are about, by IRI."""
    values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for statement in statements:
        subject, value = statement.triple.subject, statement.triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            values.setdefault(subject.value, {}).setdefault(statement.triple.predicate.value, []).append(value)
    films = {iri: Film.empty() for iri, said in values.items() if FG + "Film" in _texts(said, _TYPE)}
    for iri, film in films.items():
        said = values[iri]
        film.titles.update(
            plain(text)
            for node in _texts(said, FG + "title")
            for text in _texts(values.get(node, {}), FG + "titleText")
        )
        film.years.update(year for date in _texts(said, FG + "date") for year in _years(date))
        film.minutes.update(int(text) for text in _texts(said, FG + "runtimeMinutes") if text.isdecimal())
    for said in values.values():
        if _DIRECTOR in _texts(said, FG + "role"):
            names = [
                fold(text) for node in _texts(said, FG + "agent") for text in _texts(values.get(node, {}), FG + "name")
            ]
            for node in _texts(said, FG + "film"):
                films.get(node, Film.empty()).directors.update(names)
    return films


def _texts(said: dict[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> list[str]:
    return [value.value for value in said.get(predicate, ())]


def _years(edtf: str) -> Iterator[int]:
    try:
        found = bounds(edtf)
    except EdtfError:
        return
    for day in found:
        if day is not None:
            yield day.year


def plain(title: str) -> str:
    """A title made comparable: folded, without its article and without marks.

    >>> plain("The Harbour-Clock!"), plain("harbour clock")
    ('harbour clock', 'harbour clock')
    """
    folded = fold(title)
    article = next((one for one in _ARTICLES if folded.startswith(one)), "")
    words = "".join(c if c.isalnum() else " " for c in folded.removeprefix(article)).split()
    return " ".join(words) or folded


def films_at_hand(store: Store, *, slug: str) -> dict[str, Film]:
    """The films of a store by IRI, without what the sources of a slug say.

    Raises:
        StoreError: The store could not answer.
    """
    own = f'FILTER(!STRSTARTS(STR(?g), "{BASE}source/{slug}."))'
    films: dict[str, Film] = {}

    def known(iri: str) -> Film:
        return films.setdefault(iri, Film.empty())

    for film, text in _pairs(store, f"GRAPH ?g {{ ?a <{FG}title> ?t }} {own} ?t <{FG}titleText> ?b"):
        known(film).titles.add(plain(text))
    for film, date in _pairs(store, f"?a a <{FG}Film> . GRAPH ?g {{ ?a <{FG}date> ?b }} {own}"):
        known(film).years.update(_years(date))
    for film, minutes in _pairs(store, f"GRAPH ?g {{ ?a <{FG}runtimeMinutes> ?b }} {own}"):
        if minutes.isdecimal():
            known(film).minutes.add(int(minutes))
    credit = f"GRAPH ?g {{ ?c <{FG}role> <{_DIRECTOR}> }} {own} ?c <{FG}film> ?a ; <{FG}agent>/<{FG}name> ?b"
    for film, name in _pairs(store, credit):
        known(film).directors.add(fold(name))
    return {iri: film for iri, film in films.items() if film.titles}


def _pairs(store: Store, where: str) -> Iterator[tuple[str, str]]:
    found = store.query(f"SELECT DISTINCT ?a ?b WHERE {{ {where} }}")
    if isinstance(found, Solutions):
        for one, other in found.rows:
            if isinstance(one, ox.NamedNode) and isinstance(other, ox.Literal):
                yield one.value, other.value


def match(films: dict[str, Film], at_hand: dict[str, Film], decided: dict[str, list[Decision]]) -> Matches:
    """Match films with those at hand.

    Args:
        films: The films of an import, by the IRI that they have of themselves.
        at_hand: The films of the collection.
        decided: The rows of the matches file, by the key of the film.
    """
    by_title: dict[str, list[str]] = {}
    for iri, film in at_hand.items():
        for title in film.titles:
            by_title.setdefault(title, []).append(iri)
    taken: dict[str, str] = {}
    rows: list[Decision] = []
    certain = said = new = 0
    claimed: dict[str, list[str]] = {}
    found = {iri: _candidates(film, at_hand, by_title) for iri, film in films.items()}
    for iri, candidates in found.items():
        if candidates and candidates[0].score >= _CERTAIN:
            claimed.setdefault(candidates[0].iri, []).append(iri)
    for iri, candidates in found.items():
        key = key_of(iri)
        decision = next((row.decision for row in decided.get(key, ()) if row.decision), "")
        if decision:
            said += 1
            rows += decided[key]
            if decision != NEW:
                taken[iri] = decision
        elif not candidates:
            new += 1
        elif _is_certain(candidates) and len(claimed[candidates[0].iri]) == 1:
            certain += 1
            taken[iri] = candidates[0].iri
        else:
            rows += [Decision(key, "", one.iri, f"{one.score:.2f}", one.reasons) for one in candidates]
    return Matches(taken, rows, certain, said, new)


def _is_certain(candidates: list[FilmCandidate]) -> bool:
    return candidates[0].score >= _CERTAIN and all(one.score < _CERTAIN for one in candidates[1:])


def _candidates(film: Film, at_hand: dict[str, Film], by_title: dict[str, list[str]]) -> list[FilmCandidate]:
    others = dict.fromkeys(iri for title in sorted(film.titles) for iri in by_title.get(title, ()))
    scored = [_scored(iri, film, at_hand[iri]) for iri in others]
    return sorted((one for one in scored if one.score > 0), key=lambda one: (-one.score, one.iri))


def _scored(iri: str, film: Film, other: Film) -> FilmCandidate:
    """How likely two films of one title are one, by year, director and running time."""
    score, reasons = 0.5, ["same title"]
    if film.years and other.years:
        apart = min(abs(one - two) for one in film.years for two in other.years)
        if apart > 1:
            return FilmCandidate(iri, 0, "")
        score += 0.3 if apart == 0 else 0.15
        reasons.append("same year" if apart == 0 else "years one apart")
    if film.directors and other.directors:
        if _share(film.directors, other.directors):
            score += 0.4
            reasons.append("same director")
        else:
            score -= 0.35
            reasons.append("other director")
    if film.minutes and other.minutes:
        apart = min(abs(one - two) for one in film.minutes for two in other.minutes)
        if apart <= _CLOSE_MINUTES:
            score += 0.15
            reasons.append("same running time" if apart == 0 else f"running times {apart} minutes apart")
        else:
            reasons.append(f"running times {apart} minutes apart")
    return FilmCandidate(iri, round(max(min(score, 1), 0.01), 2), "; ".join(reasons))


def _share(names: set[str], others: set[str]) -> bool:
    """Whether two sets of names share one, whatever the order of its words."""
    turned = {" ".join(sorted(name.split())) for name in others}
    return any(" ".join(sorted(name.split())) in turned for name in names)


def key_of(iri: str) -> str:
    """The key of a record, from the IRI of its film.

    >>> key_of("https://w3id.org/filmgraph/id/film/films.fog.2001")
    'fog.2001'
    """
    return iri.rpartition("/")[2].partition(".")[2]


def renamed(statements: Iterable[CitedTriple], taken: dict[str, str]) -> Iterator[CitedTriple]:
    """Statements with the films that they are taken for."""
    if not taken:
        yield from statements
        return
    nodes = {ox.NamedNode(iri): ox.NamedNode(other) for iri, other in taken.items()}
    for statement in statements:
        triple = statement.triple
        if triple.subject not in nodes and triple.object not in nodes:
            yield statement
            continue
        subject = nodes.get(triple.subject, triple.subject)  # type: ignore[arg-type]  # other terms are not there
        value = nodes.get(triple.object, triple.object)  # type: ignore[arg-type]  # other terms are not there
        yield statement._replace(triple=ox.Triple(subject, triple.predicate, value))


def read_decisions(path: Path) -> dict[str, list[Decision]]:
    """The rows of a matches file by key; none where there is no file.

    Raises:
        DataError: It lacks a column, or a decision is neither an IRI nor ``new``.
    """
    if not path.exists():
        return {}
    found: dict[str, list[Decision]] = {}
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    missing = [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]
    if missing:
        raise DataError(f"The file has no column {missing[0]}.", path=str(path), line=1)
    for row in reader:
        decision = (row.get("decision") or "").strip()
        if decision and decision != NEW and not decision.startswith(("http://", "https://", "film:")):
            raise DataError(
                f"{decision!r} is no decision.",
                path=str(path),
                line=reader.line_num,
                hint="Write the IRI of a film, new, or nothing.",
            )
        if decision.startswith("film:"):
            decision = PREFIXES["film"] + decision.removeprefix("film:")
        key = (row.get("key") or "").strip()
        values = (row.get(name) or "" for name in COLUMNS[2:])
        found.setdefault(key, []).append(Decision(key, decision, *values))
    return found


def write_decisions(path: Path, rows: list[Decision]) -> None:
    """Write a matches file; there is none where nothing is open and nothing was decided.

    Raises:
        OutputError: It cannot be written.
    """
    if not rows and not path.exists():
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    content = out.getvalue().encode()
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(exist_ok=True)
        atomic.write(path, [content])
