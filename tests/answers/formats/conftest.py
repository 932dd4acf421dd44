"""Answers to write, with invented names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from filmgraph.answers.answer import RowsAnswer, TriplesAnswer
from filmgraph.answers.rows import NoGlossary, SourceLine
from filmgraph.rdf.results import Explanation, Solutions, Triples

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = "https://w3id.org/filmgraph/source/programme.0123abcd"
FILM = "https://w3id.org/filmgraph/id/film/"


class Words(NoGlossary):
    """A glossary of one film and one source."""

    def labels(self, iris: Sequence[str], /) -> dict[str, str]:
        known = {FILM + "ferry": "Night Ferry", FILM + "duche": "夜の渡し船"}
        return {iri: known[iri] for iri in iris if iri in known}

    def sources(self, iris: Sequence[str], /) -> dict[str, SourceLine]:
        return {iri: SourceLine("Programme notes", "Harbour Cinema", "2011") for iri in iris if iri == SOURCE}


SOLUTIONS = Solutions(
    ("film", "note", "viewers"),
    [
        (NamedNode(FILM + "ferry"), Literal('one, "two" | three\nfour', language="en"), Literal(12)),
        (NamedNode(FILM + "duche"), None, Literal(1234)),
    ],
)


@pytest.fixture
def plain() -> RowsAnswer:
    return RowsAnswer(SOLUTIONS, glossary=Words())


@pytest.fixture
def explained() -> RowsAnswer:
    why = [
        Explanation([[f"{SOURCE}#char=1,9", f"{SOURCE}#char=20,40"], [f"{SOURCE}#char=50,60"]]),
        Explanation([], "the query is too large to explain"),
    ]
    return RowsAnswer(SOLUTIONS, explanations=why, glossary=Words())


@pytest.fixture
def triples() -> TriplesAnswer:
    ferry = NamedNode(FILM + "ferry")
    return TriplesAnswer(
        Triples([Triple(ferry, NamedNode("https://w3id.org/filmgraph/ns#name"), Literal("Bac", language="fr"))]),
        glossary=Words(),
    )
