"""Finding a thing by its IRI, its prefixed name, or its name or title in any language.

Case, accents, width and quotes do not count. Stores that filmgraph makes hold the folded form of every name
(``fg:foldedName``), so a name is found by an index; in other stores all names are read and folded.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import AmbiguousNameError, UnknownThingError
from filmgraph.rdf.class_words import class_words, indefinite
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions, Truth
from filmgraph.store.base import NameIndexed
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

MOST_NAMES = 20_000
"""Of a store with more names than these, and without an index of them, not all are compared with a mistyped one."""

_DECLARED = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("fg", "rdf", "rdfs", "skos", "dcterms"))
_OTHER_NAMES = "fg:name fg:titleText rdfs:label skos:prefLabel skos:altLabel dcterms:title <http://schema.org/name>"
_ABSOLUTE = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"
_SUGGESTED = 3
_LISTED = 12
_AT_ONCE = 500
_MOST_WORDS = 4
_SOURCE = FG + "SourceDocument"
_PERSON, _AGENT = FG + "Person", FG + "Agent"
_FILM = FG + "Film"


class NamedThing(NamedTuple):
    """A thing that has the name that was asked for."""

    iri: str
    label: str
    kind: str


def find(store: Store, text: str, *, kind: str | None = None, timeout: float | None = None) -> ox.NamedNode:
    """The one thing that a text means.

    Args:
        store: Where it is looked for.
        text: A full IRI, in angle brackets or not, a prefixed name such as ``film:night-ferry``, or a name or title.
        kind: The IRI of a class; only its instances and those of its subclasses are meant. Or that of a vocabulary;
            only its concepts are.
        timeout: The time that each query may take, in seconds.

    Raises:
        UnknownThingError: The store has no such thing; ``choices`` are the nearest names.
        AmbiguousNameError: Several things have that name; ``choices`` has a line for each.
    """
    iri = as_iri(text)
    if iri is not None:
        if _asked(store, f"{{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }}", timeout):
            return ox.NamedNode(iri)
        # A term that comes with filmgraph may be asked for where nothing mentions it; few do.
        if ox.NamedNode(iri) in import_module("filmgraph.collection.vocabulary").terms():
            return ox.NamedNode(iri)
        raise UnknownThingError(
            f"There is nothing with the IRI <{iri}>.", name=text, choices=_beside(store, iri, kind, timeout)
        )
    # What no text can hold, half a surrogate pair from the command line, is in no name either.
    folded = fold(text.encode("utf-8", "replace").decode())
    found = _with_name(store, folded, kind, timeout) or _with_name_in_another_order(store, folded, kind, timeout)
    if len(found) == 1:
        return ox.NamedNode(found[0])
    what = class_words(kind) if kind else "thing"
    if found:
        raise AmbiguousNameError(
            f"{len(found)} things are called {text!r}.", name=text, choices=_lines(store, found, timeout)
        )
    others = _described(store, _with_name(store, folded, None, timeout)[:_SUGGESTED], timeout) if kind else []
    if others:
        said = " and ".join(dict.fromkeys(f"{one.label} is {indefinite(one.kind)}" for one in others))
        raise UnknownThingError(
            f"There is no {what} called {text!r}: {said}.",
            name=text,
            hint=f"Name {indefinite(what)}, or ask something else.",
        )
    raise UnknownThingError(
        f"There is no {what} called {text!r}.", name=text, choices=_nearest(store, folded, kind, timeout)
    )


def only(store: Store, kind: str, *, timeout: float | None = None) -> tuple[ox.NamedNode | None, list[str]]:
    """The one thing of a class that a store knows; of films the one that its documents are about.

    Args:
        store: Where it is looked for.
        kind: The IRI of the class.
        timeout: The time that each query may take, in seconds.

    Returns:
        The thing, or None where there are several or none; and then a line for each of the first of them.
    """
    found = _candidates(store, kind, f"ORDER BY ?thing LIMIT {_LISTED + 1}", timeout)
    if len(found) == 1:
        return ox.NamedNode(found[0]), []
    lines = _lines(store, found[:_LISTED], timeout) if found else []
    return None, [*lines, "…"] if len(found) > _LISTED else lines


def sole(store: Store, kind: str, *, timeout: float | None = None) -> ox.NamedNode | None:
    """The same without the lines, which takes no longer in a store with many things of the class.

    Args:
        store: Where it is looked for.
        kind: The IRI of the class.
        timeout: The time that each query may take, in seconds.
    """
    found = _candidates(store, kind, "LIMIT 2", timeout)
    return ox.NamedNode(found[0]) if len(found) == 1 else None


def _candidates(store: Store, kind: str, tail: str, timeout: float | None) -> list[str]:
    """Things of a class, of films those that the documents are about, if any; ``tail`` says which of them."""
    found: list[str] = []
    if kind == _FILM:
        about = "?source a fg:SourceDocument ; fg:about ?thing . ?thing a fg:Film"
        found = _some(store, about, tail, timeout)
    if not found:
        link, kinds = _kinds(store, kind, timeout)
        # The classes come first: from a condition Oxigraph would go through the classes of all things.
        of_kind = f"VALUES ?kind {{ {' '.join(kinds)} }} ?thing {link} ?kind"
        found = _some(store, f"{of_kind} FILTER NOT EXISTS {{ ?thing fg:versionOf ?whole }}", tail, timeout)
    return found


def as_iri(text: str) -> str | None:
    """The IRI that a text is or abbreviates, or None where it is a name.

    >>> as_iri("film:night-ferry")
    'https://w3id.org/filmgraph/id/film/night-ferry'
    >>> as_iri("Alien: Covenant") is None
    True
    """
    text = text.strip()
    inside = text[1:-1] if text[:1] + text[-1:] == "<>" else text
    if ":" not in inside or not re.fullmatch(_ABSOLUTE, inside):
        return None
    prefix, _, local = inside.partition(":")
    if inside is text and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    # Other schemes than these are more likely part of a title, such as 24:Live.
    return inside if inside is not text or prefix in {"http", "https", "urn"} else None


def _with_name(store: Store, folded: str, kind: str | None, timeout: float | None) -> list[str]:
    """The things that have a name; of a film and its versions only the film."""
    literal = ox.Literal(folded)
    own = "FILTER NOT EXISTS { ?thing fg:versionOf/fg:foldedName " + str(literal) + " }"
    where = f"?thing fg:foldedName {literal} . {_of_kind(store, kind, timeout)} {'' if kind else own}"
    found = _rows(store, f"SELECT DISTINCT ?thing {{ {where} }} ORDER BY ?thing", timeout)
    # Documents are called by their slug, which is their label; they are too few to need an index.
    if found or (kind != _SOURCE and _asked(store, "?thing fg:foldedName ?name", timeout)):
        return [_iri(row[0]) for row in found]
    names = _rows(store, f"SELECT ?thing ?name {{ {_any_name(store, kind, timeout)} }}", timeout)
    return sorted({_iri(thing) for thing, name in names if isinstance(name, ox.Literal) and fold(name.value) == folded})


def _some(store: Store, where: str, tail: str, timeout: float | None) -> list[str]:
    rows = _rows(store, f"SELECT DISTINCT ?thing {{ {where} }} {tail}", timeout)
    return [_iri(row[0]) for row in rows]


def _with_name_in_another_order(store: Store, folded: str, kind: str | None, timeout: float | None) -> list[str]:
    """The people who have a name with the first or the last word at the other end: *Lake, Ada*, *Lake Ada*."""
    words = folded.replace(",", " ").split()
    if not 1 < len(words) <= _MOST_WORDS or kind not in {None, _PERSON, _AGENT}:
        return []
    found: set[str] = set()
    for turned in dict.fromkeys((" ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]]))):
        found.update(_with_name(store, turned, _PERSON, timeout))
    return sorted(found)


def _any_name(store: Store, kind: str | None, timeout: float | None) -> str:
    return f"VALUES ?p {{ {_OTHER_NAMES} }} ?thing ?p ?name . {_of_kind(store, kind, timeout)} FILTER(isIRI(?thing))"


def _of_kind(store: Store, kind: str | None, timeout: float | None) -> str:
    """A condition: the thing is of a class, or of one below it, as far as the store's ontology names such.

    What is no class of filmgraph may be a vocabulary (``skos:inScheme``) as well.

    The classes are listed: not every engine can follow a path through all its graphs.
    """
    if kind is None:
        return ""
    link, kinds = _kinds(store, kind, timeout)
    return f"?thing {link} ?kind . FILTER(?kind IN ({', '.join(kinds)}))"


def _kinds(store: Store, kind: str, timeout: float | None) -> tuple[str, list[str]]:
    """Return how a thing is linked with a class or vocabulary, and this with all classes below it, as SPARQL."""
    below: dict[str, list[str]] = {}
    for sub, class_ in _rows(store, "SELECT DISTINCT ?sub ?class { ?sub rdfs:subClassOf ?class }", timeout):
        below.setdefault(_iri(class_), []).append(_iri(sub))
    kinds = [kind]
    for one in kinds:
        kinds += [sub for sub in below.get(one, []) if sub and sub not in kinds]
    link = "a" if kind.startswith(FG) else "a|skos:inScheme"
    return link, [f"<{one}>" for one in kinds]


def _described(store: Store, iris: list[str], timeout: float | None) -> list[NamedThing]:
    """Label and class of each thing; of several classes the first by name, filmgraph's own first."""
    values = " ".join(f"<{iri}>" for iri in iris)
    rows = _rows(
        store,
        f"SELECT ?thing ?label ?class ?kind {{ VALUES ?thing {{ {values} }} OPTIONAL {{ ?thing rdfs:label ?label }}"
        " OPTIONAL { ?thing a ?class OPTIONAL { ?class rdfs:label ?kind } } }",
        timeout,
    )
    best: dict[str, tuple[bool, NamedThing]] = {}
    for thing, label, class_, kind in rows:
        name = NamedThing(_iri(thing), _text(label), _text(kind) or _tail(_iri(class_)))
        entry = (not _iri(class_).startswith(FG), name)
        best[name.iri] = min(best.get(name.iri, entry), entry)
    return [best[iri][1] for iri in iris]


def _nearest(store: Store, folded: str, kind: str | None, timeout: float | None) -> list[str]:
    """The labels of the things whose names look most like a text."""
    text = fold(folded.replace("-", " "))
    things = _alike(store, text, kind, timeout)
    iris = [iri for name in _closest(text, things) for iri in things[name]][: _SUGGESTED * 2]
    labels = {thing.iri: thing.label for thing in _described(store, iris, timeout)} if iris else {}
    return list(dict.fromkeys(labels[iri] or iri for iri in iris))[:_SUGGESTED]


def _beside(store: Store, iri: str, kind: str | None, timeout: float | None) -> list[str]:
    """IRIs of the same namespace whose things have a name like the end of an IRI."""
    namespace = iri.removesuffix(_tail(iri))
    text = fold(_tail(iri).replace("-", " "))
    alike = _alike(store, text, kind, timeout)
    things = {name: [one for one in iris if one.startswith(namespace)] for name, iris in alike.items()}
    near = _closest(text, [name for name, iris in things.items() if iris])
    return list(dict.fromkeys(compact(one) for name in near for one in things[name]))[:_SUGGESTED]


def _alike(store: Store, text: str, kind: str | None, timeout: float | None) -> dict[str, list[str]]:
    """Names among which those nearest to a text are, each with its things.

    A store that filmgraph built has an index. Of another one all names are compared, or where there are too many, those
    that differ in one letter are asked for: each is a look-up in the engine's own index.
    """
    similar = store.similar_names(text) if isinstance(store, NameIndexed) else None
    if similar is not None:
        return _bearers(store, similar, kind, timeout)
    where = f"?thing fg:foldedName ?name . {_of_kind(store, kind, timeout)}"
    rows = _rows(store, f"SELECT DISTINCT ?name ?thing {{ {where} }} LIMIT {MOST_NAMES + 1}", timeout)
    if len(rows) > MOST_NAMES:
        return _bearers(store, sorted(_misspellings(text)), kind, timeout)
    if not rows:
        rows = _rows(
            store,
            f"SELECT DISTINCT ?name ?thing {{ {_any_name(store, kind, timeout)} }} LIMIT {MOST_NAMES + 1}",
            timeout,
        )
    if len(rows) > MOST_NAMES:
        return {}
    return _by_name(rows)


def _bearers(store: Store, names: list[str], kind: str | None, timeout: float | None) -> dict[str, list[str]]:
    """The things that have one of these folded names."""
    found: list[tuple[Term | None, ...]] = []
    for start in range(0, len(names), _AT_ONCE):
        values = " ".join(str(ox.Literal(name)) for name in names[start : start + _AT_ONCE])
        only = f"FILTER EXISTS {{ {_of_kind(store, kind, timeout)} }}" if kind else ""
        where = f"VALUES ?name {{ {values} }} ?thing fg:foldedName ?name . {only}"
        found.extend(_rows(store, f"SELECT DISTINCT ?name ?thing {{ {where} }}", timeout))
    return _by_name(found)


def _by_name(rows: Iterable[tuple[Term | None, ...]]) -> dict[str, list[str]]:
    things: dict[str, list[str]] = {}
    for name, thing in rows:
        things.setdefault(fold(_text(name)), []).append(_iri(thing))
    return things


def _misspellings(text: str) -> set[str]:
    """Yield all texts at one edit: a letter deleted, inserted, replaced, or swapped with its neighbour.

    >>> {"ebb", "bebb", "be", "bbe"} <= _misspellings("beb")
    True
    """
    letters = sorted({*"abcdefghijklmnopqrstuvwxyz '-", *text})
    halves = [(text[:place], text[place:]) for place in range(len(text) + 1)]
    missing = {left + letter + right for left, right in halves for letter in letters}
    added = {left + right[1:] for left, right in halves if right}
    other = {left + letter + right[1:] for left, right in halves if right for letter in letters}
    turned = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    return {fold(found) for found in missing | added | other | turned} - {""}


def _closest(folded: str, names: Iterable[str]) -> list[str]:
    """Names that contain the text, then names that look like it, best first."""
    # Imported only after a mistake: difflib costs more than a question does.
    from difflib import get_close_matches  # noqa: PLC0415

    ordered = sorted(names)
    words = f" {folded} "
    containing = sorted((name for name in ordered if words in f" {name} "), key=len) if folded else []
    alike = get_close_matches(folded, ordered, n=_SUGGESTED, cutoff=0.6)
    return list(dict.fromkeys([*alike, *containing]))[:_SUGGESTED]


def _lines(store: Store, iris: list[str], timeout: float | None) -> list[str]:
    """Format things of one name so that they can be told apart: prefixed name, label, class."""
    return [f"{compact(thing.iri)}  {thing.label} ({thing.kind})" for thing in _described(store, iris, timeout)]


def compact(iri: str) -> str:
    """The IRI as a prefixed name, or as it is where no prefix fits."""
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[\w.-]+", local):
            return f"{prefix}:{local}"
    return iri


def _tail(iri: str) -> str:
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1]


def _rows(store: Store, query: str, timeout: float | None) -> list[tuple[Term | None, ...]]:
    found = store.query(_DECLARED + query, timeout=timeout)
    return found.rows if isinstance(found, Solutions) else []


def _asked(store: Store, pattern: str, timeout: float | None) -> bool:
    return store.query(f"{_DECLARED}ASK {{ {pattern} }}", timeout=timeout) == Truth(value=True)


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
