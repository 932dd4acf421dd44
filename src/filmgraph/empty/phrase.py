"""An absence as an English sentence, for readers who do not know SPARQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.answers.grid import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.empty.absence import Absence

_NAME = r"<[^<>\s]*>|[?$]\w+|(?:[A-Za-z][\w-]*)?:[\w.%-]*\w|\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^\S+)?|\^\^?\S+"
_SHORT = 2  # a variable of so many letters is no word


def phrase(found: Absence, names: Callable[[str], str]) -> str:
    """Describe an absence in one or two sentences.

    Args:
        found: Why there is nothing.
        names: From a name or value, as the query writes it, to what people call it.
    """
    if found.kind in ("unsaid", "unknown") and found.pattern:
        return _unsaid(found, names)
    if found.kind == "filtered":
        condition = _condition(found, names)
        return f"{_candidates(found.removed)}, but none meets this condition of the question: {condition}"
    if found.kind == "skipped":
        return f"{_candidates(found.removed)}, and {found.part} leaves out all there is."
    if found.kind == "unclear" or not found.part:
        return found.message.replace("solution", "candidate")
    return "No document states what the question asks for."


def constants(found: Absence) -> list[str]:
    """Return the constants of an absence, as the query writes them."""
    return [one for one in re.findall(_NAME, " ".join([found.part, *found.pattern])) if one[0] not in "?$^"]


def _unsaid(found: Absence, names: Callable[[str], str]) -> str:
    said = _said(found, names)
    if not found.removed:
        return f"No document {said[0]}."
    return f"{_candidates(found.removed)}, but in no case does a document {said[1]}."


def _said(found: Absence, names: Callable[[str], str]) -> tuple[str, str]:
    """Return the missing statement worded to follow *no document* and to follow *does a document*."""
    subject = _thing(found.pattern[0], found.bound, names)
    if len(found.pattern) == 1:
        return f"states a list {subject}", f"state a list {subject}"
    verb, value = found.pattern[1:]
    thing = _thing(value, found.bound, names)
    if verb[0] in "?$":
        return f"connects {subject} with {thing}", f"connect {subject} with {thing}"
    if verb == "a":
        return f"calls {subject} {_article(names(value))}", f"call {subject} {_article(names(value))}"
    kind = _property(verb, names)
    if value[0] in "?$" and value[1:] not in found.bound:
        return f"gives {_article(kind)} of {subject}", f"give {_article(kind)} of {subject}"
    return f"names {thing} as {kind} of {subject}", f"name {thing} as {kind} of {subject}"


def _thing(text: str, bound: frozenset[str], names: Callable[[str], str]) -> str:
    if text[0] not in "?$":
        return names(text)
    word = words(text[1:]).rstrip("0123456789")
    known = text[1:] in bound
    if len(word) <= _SHORT:
        return "it" if known else "anything"
    return f"the {word}" if known else _article(word)


def _property(verb: str, names: Callable[[str], str]) -> str:
    """Return the names of a property path: *interviewer or outlet*, *kind of the source*."""
    alternatives = [re.findall(_NAME, one) or [one] for one in verb.split("|")]
    return " or ".join(" of the ".join(map(names, reversed(one))) for one in alternatives)


def _condition(found: Absence, names: Callable[[str], str]) -> str:
    def word(match: re.Match[str]) -> str:
        return words(match[0][1:]) if match[0][0] in "?$" else "" if match[0][0] == "^" else names(match[0])

    inner = re.sub(r"^(FILTER|HAVING)\s*", "", found.part, flags=re.IGNORECASE)
    if inner[:1] + inner[-1:] == "()":
        inner = inner[1:-1].strip()
    return re.sub(_NAME, word, inner)


def _candidates(number: int) -> str:
    return "There is 1 candidate" if number == 1 else f"There are {number} candidates"


def _article(word: str) -> str:
    return f"{'an' if word[:1].lower() in tuple('aeiou') else 'a'} {word}"
