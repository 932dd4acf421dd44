"""Vocabulary concepts (roles, outcomes, kinds) as parameter values, found by their labels and synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.asking.english import stem
from filmgraph.asking.profile import COUNTING
from filmgraph.asking.words import meanings, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.asking.profile import Profiles
    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.lookup.known_names import KnownNames

_OWN_WORD = "film"
"""The word of the whole field: it tells nothing in a label that has others, as in film editor."""


class ValueMeant(NamedTuple):
    """A concept found in a text: its label, the words of the text that name it, and the stems of its labels."""

    iri: str
    label: str
    start: int
    end: int
    whole: bool
    spelt: frozenset[str] = frozenset()


class Choices:
    """The vocabulary concepts that the parameters of a catalogue's questions accept.

    Args:
        profiles: The catalogue.
        names: The names of the store, whose vocabularies have the concepts.

    Raises:
        StoreError: The store could not answer.
    """

    def __init__(self, profiles: Profiles, names: KnownNames) -> None:
        parameters = [one for profile in profiles.all for one in profile.question.parameters]
        schemes = {one.scheme_iri for one in parameters if one.scheme_iri}
        listed = {meant for one in parameters if one.type == "iri" for _, meant in one.values}
        self._labels: dict[str, list[tuple[frozenset[str], str, str]]] = {}
        self.spelt: set[str] = set()
        found = names.concepts(schemes, listed) if schemes or listed else {}
        for iri, labels in sorted(found.items()):
            for scheme, label in labels:
                self._add(scheme, iri, label)
                self._add(iri, iri, label)
        for parameter in parameters:
            for typed, meant in parameter.values:
                self._add(meant, meant, _spaced(typed))

    def _add(self, key: str, iri: str, label: str) -> None:
        found = frozenset(meaning for _, _, meaning in meanings([word.text for word in words(label)]))
        core = found - {_OWN_WORD}
        if not core or all(one.startswith(COUNTING) for one in core):
            core = found
        if core and (core, iri, label) not in self._labels.setdefault(key, []):
            self._labels[key].append((core, iri, label))
            self.spelt.update(word.text for word in words(label) if len(word.text) > 1)

    def of(self, parameter: Parameter, said: Sequence[tuple[int, int, str]]) -> list[ValueMeant]:
        """Find the concepts that a text gives for a parameter: several where it is ambiguous, none where it names none.

        Args:
            parameter: The parameter.
            said: The meanings of the text, each with its first word and the one after its last.
        """
        labels = self._for(parameter)
        places = {meaning: (start, end) for start, end, meaning in said}
        whole = [one for one in labels if one[0] <= places.keys()]
        if whole:
            longest = max(len(core) for core, _, _ in whole)
            return _choices((one for one in whole if len(one[0]) == longest), places, whole=True)
        telling = {one for one in places if one != _OWN_WORD and not one.startswith(COUNTING)}
        part = [one for one in labels if len(one[0]) > 1 and one[0] & telling and parameter.scheme_iri]
        return _choices(part, places, whole=False)

    def count(self, parameter: Parameter, meant: frozenset[str]) -> int:
        """Return how many different concepts of a parameter some meanings name."""
        return len({iri for core, iri, _ in self._for(parameter) if core <= meant})

    def _for(self, parameter: Parameter) -> list[tuple[frozenset[str], str, str]]:
        keys = [parameter.scheme_iri] if parameter.scheme_iri else [meant for _, meant in parameter.values]
        return [label for key in keys for label in self._labels.get(key, ())]


def _choices(
    found: Iterable[tuple[frozenset[str], str, str]], places: dict[str, tuple[int, int]], *, whole: bool
) -> list[ValueMeant]:
    result: dict[str, ValueMeant] = {}
    for core, iri, label in found:
        spans = [places[meaning] for meaning in core if meaning in places]
        one = ValueMeant(iri, label, min(spans)[0], max(span[1] for span in spans), whole)
        known = result.setdefault(iri, one)
        spelt = {stem(word.text) for word in words(label)}
        result[iri] = known._replace(spelt=known.spelt | spelt)
    return list(result.values())


def _spaced(name: str) -> str:
    """Split a camel-case name into words: ``officialSelection`` becomes ``official selection``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
