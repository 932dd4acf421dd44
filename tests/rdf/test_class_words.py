"""What a message calls the things that a question is asked about is English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.catalogue import Catalogue
from filmgraph.collection.resources import root
from filmgraph.errors import MissingParameterError, UnknownThingError

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = sorted(
    {
        (parameter.class_iri, question.name, parameter.name)
        for question in Catalogue(f"{root()}/queries")
        for parameter in question.parameters
        if parameter.class_iri
    }
)
CLASSES = {iri: (question, name) for iri, question, name in PARAMETERS}


def test_there_are_classes_to_look_at() -> None:
    assert len(CLASSES) > 5


@pytest.mark.parametrize("iri", CLASSES)
def test_a_name_that_nothing_has_is_told_in_words(collection: Path, iri: str) -> None:
    question, name = CLASSES[iri]
    with filmgraph.open(collection) as graph, pytest.raises((UnknownThingError, MissingParameterError)) as caught:
        graph.ask_with(question, {name: "nobody at all"})
    message = str(caught.value)
    assert re.match(r"There is no ([a-z]+ )+called 'nobody at all'\.|'[a-z-]+' needs --", message)
    assert not re.search(r"agent|series|sourcedocument|[a-z][A-Z]", message)


def test_what_is_missing_is_told_in_words(collection: Path) -> None:
    with filmgraph.open(collection) as graph, pytest.raises(MissingParameterError) as caught:
        graph.ask("source-against-all")
    assert str(caught.value) == "'source-against-all' needs --source: a document."
    assert str(caught.value.hint).startswith("Say which document:")
