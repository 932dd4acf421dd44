"""The predicates of assertions: properties of the ontology, roles, figures, prizes, titles and screenings.

The list is read from the ontology and its vocabularies, so that a property that comes there can be said here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

import pyoxigraph as ox

from filmgraph.collection.resources import root
from filmgraph.collection.vocabulary import terms
from filmgraph.errors import UnknownThingError
from filmgraph.importing.headers import meaning_of
from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.text.folding import fold
from filmgraph.text.nearest import nearest

Form = Literal["plain", "title", "credit", "figure", "award", "event"]

_SCHEMES = {
    "language": "language",
    "subtitleLanguage": "language",
    "genre": "genre",
    "certificate": "certificate",
    "colour": "colourType",
    "gauge": "gaugeType",
    "style": "styleType",
    "occupation": "occupationType",
}
"""The vocabulary from which each property chooses."""
_ABOUT = ("Film", "Person", "Agent", "Place", "EventSeries", "Award")
"""What a row can be about, by class: things that have names."""
_VALUES = {
    PREFIXES["rdf"] + "langString": "text",
    PREFIXES["xsd"] + "duration": "duration",
    PREFIXES["edtf"] + "EDTF": "date",
    **{FG + name: name for name in ("Person", "Place", "Agent", "Film")},
}
_SAME = {
    "runtimeMinutes": "runtime",
    "has title": "title",
    **dict.fromkeys(("award", "award won", "prize", "won award"), "won"),
    **dict.fromkeys(("nominated for", "nomination", "award nomination"), "nominated"),
    **dict.fromkeys(("screened at", "shown at", "shown", "showing", "festival screening"), "screening"),
    **dict.fromkeys(("born", "date of birth", "year of birth"), "birth date"),
    **dict.fromkeys(("born in", "place of birth"), "birth place"),
    **dict.fromkeys(("spouse", "married to"), "spouse of"),
    **dict.fromkeys(("profession", "job"), "occupation"),
}
"""What is said with another word of the list."""
_FIRST = ("runtime", "date", "productionCountry", "language", "genre")
_USUAL_ROLES = (
    *("fmd", "fmp", "aus", "cng", "flm", "cmp", "act", "onp", "nrt", "std", "prn", "fds", "brd"),
    *("anm", "cst", "prd", "sng", "trl"),
)
_BODIES = frozenset({"prn", "fds", "brd", "dst", "fnd", "spn", "pbl", "distributor"})
_EVENTS = ("Screening", "TheatricalRelease", "Broadcast", "StreamingWindow", "HomeVideoRelease")
_SHOWN = {"title": "The Salt Clock", "date": "2022 or 14 May 2022", "runtime": "74 minutes"}
_FIELD = re.compile(r'(rdfs:label|skos:altLabel|skos:inScheme|skos:definition) ((?:"[^"]*"(?:@\w+)?(?: , )?|[\w:]+)+)')
_TEXT = re.compile(r'"([^"]*)"')


class Predicate(NamedTuple):
    """A predicate that assertions can use.

    ``form`` is how it is stated, ``iri`` the property, role, variable, outcome, kind of title or class of event that it
    is. ``about`` is the class of what it is said of; ``value`` is a class, ``text``, ``date``, ``duration``,
    ``number``, or ``scheme:`` with a vocabulary.
    """

    label: str
    form: Form
    iri: str
    about: str
    value: str
    meaning: str = ""
    example: str = ""
    others: tuple[str, ...] = ()
    usual: bool = True


@cache
def predicates() -> tuple[Predicate, ...]:
    """Return all predicates, those of films first."""
    titles = [
        Predicate("title", "title", "", "Film", value="text", meaning="A title of the film.", example=_SHOWN["title"]),
        *(one._replace(form="title", about="Film", value="text") for one in _concepts("titleType")),
    ]
    roles = [
        one._replace(
            form="credit",
            about="Film",
            value=_credited(one.iri),
            usual=_is_usual(one.iri),
            example="Bo Lake; the keeper" if one.iri.endswith("/act") else "",
            meaning=one.meaning or ("Who plays, and behind a semicolon whom." if one.iri.endswith("/act") else ""),
        )
        for one in _concepts("role")
    ]
    outcomes = [
        one._replace(
            form="award",
            about="Film",
            value="Award",
            meaning=f"What became of the film at a prize: {one.label}. The year may follow a semicolon.",
            example="Lantern Prize; 2022",
        )
        for one in _concepts("outcomeType")
    ]
    figures = [one._replace(form="figure", about="", value="number") for one in _concepts("variableType")]
    return tuple(dict.fromkeys([*titles, *_properties(), *sorted(roles, key=_by_use), *outcomes, *_events(), *figures]))


def find(text: str) -> Predicate:
    """Find a predicate by its label, property name or usual column header.

    >>> find("Film director").label, find("fg:runtime").label, find("Laufzeit").label, find("running time").label
    ('film director', 'runtime', 'runtime', 'runtime')

    Raises:
        UnknownThingError: Nothing is called so; ``choices`` are the nearest labels.
    """
    names = _by_name()
    plain = fold(text)
    for candidate in (plain, plain.partition(" (")[0], plain.removeprefix("fg:").removeprefix("rel:"), _spaced(text)):
        if candidate in names:
            return names[candidate]
    meant = meaning_of(text)
    if meant:
        key = {
            "date": "date",
            "minutes": "runtime",
            "gross": "box-office gross",
            "country": "production country",
            "original_title": "original title",
            "votes": "number of votes",
        }.get(meant, meant.removeprefix("rel:"))
        if fold(key) in names:
            return names[fold(key)]
    near = nearest(plain, [one.label for one in predicates() if one.usual], count=2)
    raise UnknownThingError(
        f"Nothing that can be said is called {text!r}.",
        name=text,
        choices=near,
        hint=f"Did you mean {' or '.join(map(repr, near))}?" if near else "Choose from the list of the worksheet.",
    )


@cache
def _by_name() -> dict[str, Predicate]:
    found: dict[str, Predicate] = {}
    # What is usual of films goes first: the director of a film is no director of a play.
    for usual in (True, False):
        for one in (one for one in predicates() if one.usual is usual):
            found.setdefault(fold(one.label), one)
        for one in (one for one in predicates() if one.usual is usual):
            local = one.iri.rpartition("/")[2].rpartition("#")[2]
            for name in (local, _spaced(local), *one.others):
                if name:
                    found.setdefault(fold(name), one)
    for name, other in _SAME.items():
        found[fold(name)] = found[fold(other)]
    return found


def _spaced(name: str) -> str:
    """Split a name in camel case or with underscores into words.

    >>> _spaced("productionCountry"), _spaced("birth_date")
    ('production country', 'birth date')
    """
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", name))


def _concepts(scheme: str) -> list[Predicate]:
    """Return the concepts of a vocabulary as predicates with labels only."""
    found: list[Predicate] = []
    for iri, term in terms().items():
        said: dict[str, list[str]] = {}
        for name, texts in _FIELD.findall(term.line):
            said.setdefault(name, []).extend(_TEXT.findall(texts))
        if f"fgv:{scheme} " in term.line.partition("skos:inScheme ")[2].partition(";")[0] + " ":
            label = next(iter(said.get("rdfs:label", [])), "")
            meaning = next(iter(said.get("skos:definition", [])), "")
            others = tuple(said.get("skos:altLabel", ()))
            found.append(Predicate(label, "plain", iri.value, about="", value="", meaning=meaning, others=others))
    return found


def _credited(role: str) -> str:
    return "Organisation" if role.rpartition("/")[2] in _BODIES else "Person"


def _is_usual(role: str) -> bool:
    return role.rpartition("/")[2] in _USUAL_ROLES or role.startswith(PREFIXES["fgv"])


def _by_use(role: Predicate) -> tuple[int, str]:
    code = role.iri.rpartition("/")[2]
    return (_USUAL_ROLES.index(code) if code in _USUAL_ROLES else len(_USUAL_ROLES) + (not role.usual)), role.label


def _properties() -> list[Predicate]:
    """Return the properties that link a named thing to a value that fits a cell."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in parse(f"{root()}/ontology/filmgraph.ttl"):
        if isinstance(quad.subject, ox.NamedNode):
            value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(value)
    found = [one for iri, about in said.items() if (one := _property(iri, about)) is not None]
    return sorted(found, key=lambda one: _place(one.iri.removeprefix(FG)))


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _property(iri: str, said: dict[str, list[str]]) -> Predicate | None:
    name = iri.removeprefix(FG)
    if name == "runtimeMinutes" or not any(
        kind.endswith("Property") for kind in said.get(PREFIXES["rdf"] + "type", ())
    ):
        return None
    domains = [one.removeprefix(FG) for one in said.get(PREFIXES["schema"] + "domainIncludes", ())]
    about = "Film" if name == "date" else next((one for one in _ABOUT if one in domains), "")
    ranges = said.get(PREFIXES["schema"] + "rangeIncludes", ())
    value = (
        f"scheme:{_SCHEMES[name]}" if name in _SCHEMES else next((_VALUES[one] for one in ranges if one in _VALUES), "")
    )
    value = "country" if name == "productionCountry" else value
    if not about or not value:
        return None
    label = said[PREFIXES["rdfs"] + "label"][0]
    meaning = next(iter(said.get(PREFIXES["skos"] + "definition", ())), "")
    return Predicate(label, "plain", iri, about=about, value=value, meaning=meaning, example=_SHOWN.get(name, ""))


def _events() -> list[Predicate]:
    return [
        Predicate(
            _spaced(name),
            "event",
            FG + name,
            about="Film",
            value="where and when",
            meaning="Where, by whom or when the film was shown; parts are set apart by semicolons.",
            example="Old Net Loft; 14 May 2022" if name == "Screening" else "Germany; 2022-09",
        )
        for name in _EVENTS
    ]
