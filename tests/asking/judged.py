"""Questions as people type them, each with the readings that are right, and the share of them that is read rightly.

A file has a line for each: the text, the question that it asks, and the values that the reading must have as
``name=value;name=value``; a name with a ``?`` may be left out. Several right readings stand side by side with `` / ``
between them. A question ``-`` is none: the catalogue does not answer the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import FilmgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from filmgraph.asking.reading import Reading
    from filmgraph.graph import Graph


class Judged(NamedTuple):
    """A text with the readings that are right; none where it has no answer."""

    text: str
    right: list[tuple[str, dict[str, str]]]


class Shares(NamedTuple):
    """How many texts were read rightly: at first rank, among the first three, and declined where that is right."""

    first: float
    three: float
    declined: float
    wrong: list[str]


def judged(path: Path) -> list[Judged]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, question, values = (*line.split("\t"), "", "")[:3]
        names = [] if question == "-" else question.split(" / ")
        given = [one.strip() for one in values.split(" / ")]
        given = given if len(given) == len(names) else given * len(names)
        right = [
            (name, dict(pair.split("=") for pair in some.split(";") if pair))
            for name, some in zip(names, given, strict=True)
        ]
        found.append(Judged(text, right))
    return found


def shares(graph: Graph, texts: list[Judged]) -> Shares:
    first = three = declined = 0
    wrong = []
    for one in texts:
        readings = graph.readings(one.text)[:3]
        if not one.right:
            declined += not readings
            continue
        ranks = [any(is_right(graph, reading, *some) for some in one.right) for reading in readings]
        first += ranks[:1] == [True]
        three += True in ranks
        if ranks[:1] != [True]:
            wrong.append(f"{one.text}: {[reading.command for reading in readings]}")
    answered = sum(bool(one.right) for one in texts)
    return Shares(first / answered, three / answered, declined / (len(texts) - answered), wrong)


def is_right(graph: Graph, reading: Reading, question: str, values: Mapping[str, str]) -> bool:
    if reading.question != question:
        return False
    parameters = graph.catalogue.question(question).parameters
    usual = _meant(graph, question, {one.name: one.default for one in parameters if one.default is not None})
    wanted = _meant(graph, question, {name: value for name, value in values.items() if not name.endswith("?")})
    free = _meant(graph, question, {name[:-1]: value for name, value in values.items() if name.endswith("?")})
    got = {name: value for name, value in _meant(graph, question, reading.values).items() if usual.get(name) != value}
    wanted = {name: value for name, value in wanted.items() if usual.get(name) != value}
    return {name: value for name, value in got.items() if free.get(name) != value} == wanted


def _meant(graph: Graph, question: str, values: Mapping[str, str]) -> dict[str, str]:
    """What values stand for, so that two ways to write one are one."""
    found = {}
    for one in graph.catalogue.question(question).parameters:
        if one.name in values:
            value = values[one.name]
            try:
                iri = graph.thing(value, one.class_iri or one.scheme_iri).value if one.type == "iri" else value
            except FilmgraphError:
                iri = dict(one.values).get(value, value)
            found[one.name] = iri
    return found
