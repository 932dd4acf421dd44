"""People whom a text means by what they did on a film: *the director* for Lixin Fan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.asking.linking import Mention
    from filmgraph.asking.words import Word
    from filmgraph.lookup.known_names import KnownNames, Thing

_FILM, _PERSON = FG + "Film", FG + "Person"
_MAKERS = frozenset(PREFIXES["rel"] + code for code in ("fmd", "fmk", "drt", "fmp", "pro", "prn", "prc"))
_INDEFINITE = frozenset({"a", "an", "any", "another", "each", "every", "no", "other", "some", "what", "which"})


class PersonByRole(NamedTuple):
    """A person whom words name by a role.

    ``start`` and ``end`` are numbers of words, ``role`` is the role, ``person`` the only one who has it.
    """

    start: int
    end: int
    role: Thing
    person: Thing


def films_in(named: Iterable[Mention]) -> set[str]:
    """Return the IRIs of the films that a text names for certain."""
    return {thing.iri for one in named if one.firm for thing in one.things if _FILM in thing.classes}


class Crew:
    """Who is credited on the films of a store.

    Args:
        names: The names of the store.
    """

    def __init__(self, names: KnownNames) -> None:
        self._names = names

    def film(self, named: Sequence[Mention]) -> str:
        """Return the IRI of the film that a text is about: the one it names, or else the collection's only one.

        It is empty where there are several.

        Raises:
            StoreError: The store could not answer.
        """
        films = films_in(named)
        return films.pop() if len(films) == 1 else "" if films else self._names.only(_FILM)

    def by_role(self, found: Sequence[Word], film: str, concepts: Sequence[Mention]) -> list[PersonByRole]:
        """Find the makers whom a text names by a role that one person alone has on its film.

        Args:
            found: The words of the text.
            film: The IRI of its film; empty where there are several.
            concepts: The vocabulary concepts that it names.

        Raises:
            StoreError: The store could not answer.
        """
        meant = [
            (concept, thing)
            for concept in concepts
            if not concept.start or found[concept.start - 1].text not in _INDEFINITE
            for thing in concept.things
            if thing.iri in _MAKERS
        ]
        credited = self._names.credits(film) if film and meant else {}
        result = []
        for concept, role in meant:
            having = self._names.things(agent for agent, roles in credited.items() if role.iri in roles)
            if len(having) == 1 and _PERSON in having[0].classes:
                result.append(PersonByRole(concept.start, concept.end, role, having[0]))
        return result

    def made(self, film: str, mention: Mention) -> bool:
        """Whether the text names a maker of a film: a director, producer or production company.

        Raises:
            StoreError: The store could not answer.
        """
        credited = self._names.credits(film) if film else {}
        return any(credited.get(thing.iri, set()) & _MAKERS for thing in mention.things)
