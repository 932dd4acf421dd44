"""The questions of a collection: each can be read, and answers its own example as it says it does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filmgraph.errors import FileError, FilmgraphError, StoreUnavailableError
from filmgraph.validation.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.catalogue import Catalogue, Question

    Answered = Callable[[Question], int]

_SHAPE = "questions"


def check_questions(catalogue: Catalogue, answered: Answered | None) -> tuple[int, list[Finding]]:
    """Read every question of a collection, and ask each with its example.

    Args:
        catalogue: The questions.
        answered: Asks a question with its example and gives the number of rows; None where questions are only read,
            because the store is large or of another collection.

    Returns:
        How many questions the collection has or has examples for, and what is wrong with them.
    """
    found: list[Finding] = []
    names = catalogue.own()
    for name in names:
        try:
            question = catalogue.question(name)
        except FileError as error:
            file = os.path.relpath(error.path, os.path.dirname(catalogue.folder or catalogue.general))
            place = ":".join(str(part) for part in (file, error.line, error.column) if part is not None)
            said = str(error).partition(f"{os.path.basename(error.path)}:")[2] or str(error)
            message = said.lstrip("0123456789: ")
            found.append(Finding(Severity.VIOLATION, message, error.hint or "Correct the file.", _SHAPE, file=place))
            continue
        if answered is not None:
            found += _tried(question, answered)
    return len(names), found


def _tried(question: Question, answered: Answered) -> Iterator[Finding]:
    place = f"queries/{question.name}.rq"
    try:
        count = answered(question)
    except StoreUnavailableError:
        raise
    except FilmgraphError as error:
        message = f"The question {question.name} cannot be answered with its example: {error}"
        yield Finding(
            Severity.VIOLATION, message, error.hint or "Correct the query or its example.", _SHAPE, file=place
        )
        return
    least, most = question.expect.least, question.expect.most
    if count < least or (most is not None and count > most):
        wanted = f"{least:,} or more" if most is None else f"{least:,}" if least == most else f"{least:,} to {most:,}"
        message = f"The question {question.name} gives {count:,} rows for its example, and says that it gives {wanted}."
        yield Finding(
            Severity.VIOLATION, message, "Correct the query, the data, or what is expected.", _SHAPE, file=place
        )
