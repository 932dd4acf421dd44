"""The questions of a catalogue, by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from filmgraph.catalogue import Catalogue, Question

_KINDS = {"competency"}  # tags that say what a question is for, and not what it is about


class Topic(NamedTuple):
    """A topic (a tag of questions) and its questions."""

    name: str
    questions: list[Question]


def by_topic(catalogue: Catalogue) -> list[Topic]:
    """Group questions by the first of their tags that names a topic."""
    topics: dict[str, list[Question]] = {}
    for question in catalogue:
        tag = next((tag for tag in question.tags if tag not in _KINDS), "more")
        topics.setdefault(tag, []).append(question)
    return [
        Topic(name, topics[name]) for name in sorted(topics, key=lambda name: (name == "more", name != "film", name))
    ]
