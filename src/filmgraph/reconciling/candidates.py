"""Reconciliation candidates: the things that a name may denote, with scores and reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions
from filmgraph.reconciling.kinds import Kinds
from filmgraph.reconciling.likeness import Typed, forms, likeness, same
from filmgraph.reconciling.messages import Condition
from filmgraph.reconciling.properties import BY_ID
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filmgraph.lookup.known_names import KnownNames, Thing
    from filmgraph.rdf.results import Term
    from filmgraph.reconciling.messages import ReconciliationQuery
    from filmgraph.store.base import Store

_AT_ONCE = 400
_LOOKED_AT = 25
_LEAST = 0.55
_CLEAR = 0.08  # by how much the best has to be better than the next
_SURE = 0.9
_LONG = 8  # letters of a name that is known for sure in spite of a slip
_BY_NAME = 0.8  # how much of a score is the name, where more than the name is given
_NEAR_YEAR = 1
_DECLARED = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("fg", "rel", "rdfs"))
_YEAR = "year"


class Candidate(NamedTuple):
    """A thing that a name may denote, with its score.

    ``score`` is from 0 to 100; ``match`` is whether nobody need look; ``features`` are the reasons: id, name, value.
    """

    iri: str
    name: str
    types: tuple[str, ...]
    score: float
    match: bool
    features: tuple[tuple[str, str, float | bool], ...]


class Candidates:
    """A finder of candidates in a store.

    Args:
        store: The store.
        names: Its names.
    """

    def __init__(self, store: Store, names: KnownNames) -> None:
        self._store, self._names = store, names

    def of(self, queries: Sequence[ReconciliationQuery]) -> list[list[Candidate]]:
        """Return the candidates for each query, best first.

        Raises:
            StoreError: The store could not answer.
        """
        typed = [Typed.of(query.name) for query in queries]
        exact = self._exactly({form for one in typed for form in forms(one.text) if form})
        alike: dict[str, list[str]] = {}
        for query, one in zip(queries, typed, strict=True):
            found = [thing for form in forms(one.text) for thing in exact.get(form, ())]
            if one.text and not any(_is_of(thing, query.types) for thing in found):
                alike[one.text] = self._names.alike(one.text)[:_LOOKED_AT]
        near = {text: [name for name in names if likeness(text, name) >= _LEAST] for text, names in alike.items()}
        exact |= self._exactly({name for names in near.values() for name in names} - exact.keys())
        given = [
            self._given(query, one, exact, near.get(one.text, [])) for query, one in zip(queries, typed, strict=True)
        ]
        values = self._values(queries, typed, given)
        labels = self._labels({iri for one in given for iri in one})
        return [
            self._ranked(query, one, found, values, labels)
            for query, one, found in zip(queries, typed, given, strict=True)
        ]

    def _given(
        self, query: ReconciliationQuery, typed: Typed, exact: Mapping[str, list[Thing]], near: list[str]
    ) -> dict[str, tuple[Thing, float]]:
        """Return each thing that a name may denote, with the similarity of its closest name."""
        found: dict[str, tuple[Thing, float]] = {}
        for name in dict.fromkeys([*forms(typed.text), *near]):
            for thing in exact.get(name, ()):
                known = found.get(thing.iri, (thing, 0.0))
                found[thing.iri] = (thing, max(known[1], likeness(typed.text, name)))
        return {
            iri: one
            for iri, one in found.items()
            if any(kind.startswith(FG) for kind in one[0].classes) and (not query.strict or _is_of(one[0], query.types))
        }

    def _ranked(
        self,
        query: ReconciliationQuery,
        typed: Typed,
        given: dict[str, tuple[Thing, float]],
        values: Mapping[str, Mapping[str, list[str]]],
        labels: Mapping[str, str],
    ) -> list[Candidate]:
        conditions = _conditions(query, typed)
        scored = []
        for iri, (thing, alike) in given.items():
            agreement = {one.property: _agreement(one, values.get(one.property, {}).get(iri, [])) for one in conditions}
            if any(one.required and not agreement[one.property] for one in conditions):
                continue
            told = [one for one in agreement.values() if one is not None]
            score = alike if not told else _BY_NAME * alike + (1 - _BY_NAME) * sum(told) / len(told)
            typed_right = _is_of(thing, query.types)
            score *= 1.0 if typed_right else _SURE
            features = (
                ("name_likeness", "likeness of the names", round(100 * alike, 1)),
                ("same_name", "the same name but for case, accents, order and articles", alike == 1.0),
                ("right_type", "of the type that was asked for", typed_right),
                *(
                    (f"property_{name}", f"agreement of the {BY_ID[name].name}", round(100 * one, 1))
                    for name, one in agreement.items()
                    if one is not None
                ),
            )
            types = tuple(sorted(Kinds.id(kind) for kind in thing.classes if kind.startswith(FG)))
            sure = typed_right and 0.0 not in told and _is_sure(typed.text, alike)
            scored.append(Candidate(iri, labels.get(iri, iri), types, round(100 * score, 1), sure, features))
        ranked = sorted(scored, key=lambda one: (-one.score, one.name, one.iri))
        clear = len(ranked) < 2 or ranked[0].score - ranked[1].score >= 100 * _CLEAR  # noqa: PLR2004 -- the next
        return [
            one._replace(match=one.match and place == 0 and clear) for place, one in enumerate(ranked[: query.limit])
        ]

    def _exactly(self, names: Iterable[str]) -> dict[str, list[Thing]]:
        found: dict[str, list[Thing]] = {}
        ordered = sorted(names)
        for start in range(0, len(ordered), _AT_ONCE):
            found |= self._names.exactly(ordered[start : start + _AT_ONCE])
        return found

    def _values(
        self, queries: Sequence[ReconciliationQuery], typed: Sequence[Typed], given: Sequence[Mapping[str, object]]
    ) -> dict[str, dict[str, list[str]]]:
        """Return the folded values of the properties to compare, by property and thing."""
        wanted: dict[str, set[str]] = {}
        for query, one, found in zip(queries, typed, given, strict=True):
            for condition in _conditions(query, one):
                wanted.setdefault(condition.property, set()).update(found)
        return {name: self._of_property(name, iris) for name, iris in wanted.items() if name in BY_ID}

    def _of_property(self, name: str, iris: set[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for thing, value, label in self._rows(
            iris, f"{BY_ID[name].pattern} OPTIONAL {{ ?value rdfs:label ?label }}", "?thing ?value ?label"
        ):
            texts = found.setdefault(_text(thing), [])
            texts += [fold(_text(one)) for one in (value, label) if one is not None]
        return found

    def _labels(self, iris: set[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for thing, label in self._rows(iris, "?thing rdfs:label ?label", "?thing ?label"):
            found[_text(thing)] = min(found.get(_text(thing), _text(label)), _text(label))
        return found

    def _rows(self, iris: set[str], pattern: str, columns: str) -> list[tuple[Term | None, ...]]:
        rows: list[tuple[Term | None, ...]] = []
        ordered = sorted(iris)
        for start in range(0, len(ordered), _AT_ONCE):
            values = " ".join(f"<{iri}>" for iri in ordered[start : start + _AT_ONCE])
            found = self._store.query(
                f"{_DECLARED}SELECT DISTINCT {columns} {{ VALUES ?thing {{ {values} }} {pattern} }}"
            )
            rows += found.rows if isinstance(found, Solutions) else []
        return rows


def _conditions(query: ReconciliationQuery, typed: Typed) -> list[Condition]:
    """Return the conditions of a query, plus the year that stood in brackets after its name."""
    known = [one for one in query.conditions if one.property in BY_ID]
    if typed.year and not any(one.property == _YEAR for one in known):
        known.append(Condition(_YEAR, (typed.year,)))
    return known


def _agreement(condition: Condition, values: list[str]) -> float | None:
    """Score how well a thing's values meet a condition, from 0 to 1; None where it has no values."""
    if not values or not condition.values:
        return None
    return max(_agree(condition.property, fold(asked), value) for asked in condition.values for value in values)


def _agree(name: str, asked: str, value: str) -> float:
    if name == _YEAR:
        years = [re.search(r"\d{4}", text) for text in (asked, value)]
        if not all(years):
            return 0.5
        away = abs(int(years[0][0]) - int(years[1][0]))  # type: ignore[index]
        return 1.0 if not away else 0.8 if away <= _NEAR_YEAR else 0.0
    if asked == value or value.endswith(f"/{asked}") or same(asked, value):
        return 1.0
    alike = likeness(asked, value)
    return alike if alike >= _SURE else 0.0


def _is_sure(text: str, alike: float) -> bool:
    return alike == 1.0 or (alike >= _SURE and len(text) >= _LONG)


def _is_of(thing: Thing, types: Sequence[str]) -> bool:
    return not types or any(Kinds.iri(one) in thing.classes for one in types)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
