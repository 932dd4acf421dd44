"""The questions of a catalogue as ``ask`` lists them: many by topic, few in full, or those about something."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer
from filmgraph.errors import UnknownQueryError
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.catalogue import Catalogue, Question

SCREEN = 20
"""More questions than these are listed by topic on a terminal: a screen has no more lines, and a table several each."""

_NO_TOPIC = frozenset({"competency"})
_WIDTH = 79


def listed(questions: Iterable[Question]) -> RowsAnswer:
    """Questions as a table: name, question, parameters."""
    rows = [(Literal(one.name), Literal(one.summary), Literal(usage(one))) for one in questions]
    return RowsAnswer(Solutions(("name", "question", "parameters"), list(rows)))


def about(catalogue: Catalogue, text: str) -> list[Question]:
    """The questions about something.

    Raises:
        UnknownQueryError: There are none.
    """
    found: list[Question] = import_module("filmgraph.asking.search").questions_about(catalogue, text)
    if not found:
        raise UnknownQueryError(
            f"No question is about {text!r}.", name=text, hint="List all questions with: filmgraph ask"
        )
    return found


def by_topic(questions: list[Question]) -> Iterator[str]:
    """The names of questions by topic, on one screen."""
    topics: dict[str, list[str]] = {}
    for question in questions:
        topics.setdefault(_topic(question), []).append(question.name)
    margin = max(map(len, topics)) + 2
    yield f"{len(questions)} questions, by topic:\n\n"
    for topic in sorted(topics):
        lines = _wrapped(sorted(topics[topic]), _WIDTH - margin)
        yield f"{topic.ljust(margin)}{lines[0]}\n"
        yield from (f"{' ' * margin}{line}\n" for line in lines[1:])
    yield (
        '\nAsk one by its name or in your own words:  filmgraph ask "who won what at IDFA?"\n'
        "What one asks, and its parameters:         filmgraph ask NAME --help\n"
        "Those about something, all in full:        filmgraph ask --about money, -f table\n"
    )


def _topic(question: Question) -> str:
    """The last of its tags that is a topic: the first ones are wider."""
    return next((tag for tag in reversed(question.tags) if tag not in _NO_TOPIC), "other")


def _wrapped(names: list[str], width: int) -> list[str]:
    lines = [""]
    for name in names:
        joined = f"{lines[-1]}  {name}" if lines[-1] else name
        if len(joined) > width:
            lines.append(name)
        else:
            lines[-1] = joined
    return lines


def usage(question: Question) -> str:
    """The options of a question, those in brackets that may be left out; a film, where there is only one."""
    return " ".join(
        one.option if one.required and not one.from_collection else f"[{one.option}]" for one in question.parameters
    )
