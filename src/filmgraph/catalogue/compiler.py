"""Compiling the file of a question: the header read, the query parsed, and both held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.catalogue.front_matter import read, with_examples
from filmgraph.charts.declaration import Chart
from filmgraph.errors import FileError, FrontMatterError, QueryError
from filmgraph.sparql.parameters import template
from filmgraph.sparql.query import parse
from filmgraph.sparql.refusals import refuse
from filmgraph.sparql.regular_expressions import refuse_uncompilable
from filmgraph.sparql.scope import projected
from filmgraph.sparql.template import Template
from filmgraph.sparql.trouble import place
from filmgraph.text.utf8 import decoded

if TYPE_CHECKING:
    from filmgraph.catalogue.question import Question
    from filmgraph.sparql.query import Query


def compiled(name: str, path: str, data: bytes, examples_path: str = "", examples: bytes = b"") -> Question:
    """Read, check and cut the file of a question.

    Args:
        name: Its name.
        path: Its file.
        data: The bytes of that file.
        examples_path: The file of its examples, if it has one.
        examples: The bytes of that file.

    Raises:
        FrontMatterError: The header or the examples are wrong, or do not agree with the query.
        FileError: The file is no UTF-8, or its query is no SPARQL or is refused.
    """
    text = decoded(data, path)
    question = read(name, path, text)
    try:
        query = parse(text)
        refuse(query)
        computes = refuse_uncompilable(text)
        found = template(query)
    except QueryError as error:
        raise FileError(
            error.message.removeprefix(f"Line {error.line}, column {error.column}: "),
            path=path,
            line=error.line,
            column=error.column,
            hint=error.hint,
        ) from error
    _check(question, query, found)
    if examples_path:
        question = with_examples(question, examples_path, decoded(examples, examples_path))
        _check_columns(question, query, examples_path)
    # What runs is the query alone; the places were found in the whole file, so that errors name its lines.
    start = query.root.start
    slots = tuple(slot._replace(start=slot.start - start, end=slot.end - start) for slot in found.slots)
    return question._replace(cut=Template(text[start:], slots).to_plain(), computes_patterns=computes)


def _check(question: Question, query: Query, found: Template) -> None:
    """Hold the header against the query."""
    if query.form not in {"select", "ask"}:
        raise FileError("A question is a SELECT or an ASK.", path=question.path)
    declared = [parameter.name for parameter in question.parameters]
    for slot in found.slots:
        if slot.role != "star" and slot.name not in declared:
            at = place(question.text, slot.start)
            raise FrontMatterError(
                f"The query has ${slot.name}, which params does not declare.",
                path=question.path,
                line=at[0],
                column=at[1],
                hint=f"Declare it under params, or write ?{slot.name} if it is a variable.",
            )
    for name in declared:
        if name not in found.names:
            raise FrontMatterError(
                f"The front matter declares the parameter '{name}', and the query has no ${name}.", path=question.path
            )
    _check_columns(question, query, question.path)


def _check_columns(question: Question, query: Query, path: str) -> None:
    """Hold the columns that a file names against those of the query."""
    columns = projected(query.body) if query.form == "select" else ["answer"]
    charted = Chart.from_plain(question.chart).fields if question.chart else []
    named = [("The table names a column", name) for names in question.layout for name in names]
    named += [("The chart names a column", name) for name in charted]
    named += [
        ("A row is expected with a column", name)
        for row in (*(question.expect.rows or ()), *question.expect.contains)
        for name, _ in row.cells
    ]
    for what, name in named:
        if name not in columns:
            raise FrontMatterError(
                f"{what} '{name}', and the query has no ?{name}.",
                path=path,
                hint=f"Its columns are {', '.join(columns)}.",
            )
