"""Questions of a folder: read once, and again when their file changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import FileError, UnknownQueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.catalogue import Catalogue

TEXT = "#+ summary: {}\n\nSELECT ?film {{ ?film ?p ?o }}\n"


def test_a_question_that_is_asked_again_is_the_same(catalogue: Callable[..., Catalogue]) -> None:
    questions = catalogue(first=TEXT.format("One."), second=TEXT.format("Two."))
    assert questions.question("first") is questions.question("first")
    assert questions.question("second").summary == "Two."


def test_a_question_whose_file_changes_is_read_again(catalogue: Callable[..., Catalogue]) -> None:
    questions = catalogue(first=TEXT.format("One."))
    assert questions.question("first").summary == "One."
    catalogue(first=TEXT.format("Another one."))
    assert questions.question("first").summary == "Another one."


def test_a_question_whose_file_is_gone_is_unknown(catalogue: Callable[..., Catalogue]) -> None:
    questions = catalogue(first=TEXT.format("One."))
    questions.question("first")
    Path(questions.folder, "first.rq").unlink()
    with pytest.raises(UnknownQueryError):
        questions.question("first")


def test_a_question_that_is_mended_is_answered(catalogue: Callable[..., Catalogue]) -> None:
    questions = catalogue(first=TEXT.format("One.").replace("SELECT", "SELEKT"))
    with pytest.raises(FileError):
        questions.question("first")
    catalogue(first=TEXT.format("One."))
    assert questions.question("first").summary == "One."
