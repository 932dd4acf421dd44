"""Accounting for facts: what a film's graph states in words and numbers, and a written record does not hold.

Formats count what they have no place for by its kind. What slips through, such as a second spelling of a name, a
character that XML forbids, or a time of day, is found here by looking into what was written.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Loss
from filmgraph.rdf.date_words import date_words
from filmgraph.rdf.namespaces import BASE, FG, PREFIXES
from filmgraph.text.quantities import number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad

    from filmgraph.exporters.film.exporter import Request

_LABEL, _TYPE = PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "type"
_FOLLOWING = frozenset({FG + "earliest", FG + "latest"})
"""What was worked out of a date that stands beside it."""
_IRI = r"\b(?:https?|urn):[^\s\"<>|]+"
_SYNTAX = str.maketrans('<>"{}[]|=', " " * 9)
_PUNCTUATION = ".,;:!()“”'\\"  # no ? and no /, which change a date
_ESCAPE = r"\\[nrtbf]|\x1f.|\B\+(?=\d{4}-)|(?:-00)*T00:00:00Z/\d+"
"""White space as Turtle and JSON write it, the code of a subfield of ISO 2709, what Wikidata adds to a date."""
_AT_ONCE = 1 << 16
_DURATION = r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?"


def accounted(
    write: Callable[[Request, IO[bytes]], list[Loss]],
) -> Callable[[Request, IO[bytes]], list[Loss]]:
    """Return the writer of a format that also tells of the values that stand nowhere in what it wrote."""

    def counted(request: Request, out: IO[bytes]) -> list[Loss]:
        seen = _Seen(out)
        losses = write(request, cast("IO[bytes]", seen))  # all that a writer does is write
        return [*losses, *_loss(request, seen.words())]

    return counted


class _Seen:
    """A file that takes notice of the words that are written to it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._waiting: list[str] = []
        self._size = 0
        self._words: set[str] = set()

    def write(self, data: bytes) -> int:
        text = self._decoder.decode(data)
        self._waiting.append(text)
        self._size += len(text)
        if self._size > _AT_ONCE:
            self._take("".join(self._waiting))
        return self._out.write(data)

    def writelines(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self.write(part)

    def words(self) -> set[str]:
        """Return the words that were written, in small letters."""
        self._take("".join([*self._waiting, "\n"]))
        return self._words

    def _take(self, text: str) -> None:
        whole, line, rest = text.rpartition("\n")  # no word goes over the end of a line
        self._words.update(_words(html.unescape(re.sub(_ESCAPE, " ", re.sub(_IRI, " ", whole + line)))))
        self._waiting, self._size = [rest], 0


def _words(text: str) -> Iterator[str]:
    """The words of a text, in small letters, without the signs of formats and the punctuation around them."""
    for word in text.translate(_SYNTAX).casefold().split():
        if kept := word.strip(_PUNCTUATION):
            yield kept


def _loss(request: Request, words: set[str]) -> Iterator[Loss]:
    missing: dict[str, set[tuple[str, str]]] = {}
    for subject, predicate, text in _stated(request):
        if not any(words.issuperset(_words(form)) for form in _forms(text)):
            missing.setdefault(_in_words(predicate), set()).add((subject, text))
    counts = sorted(((len(found), name) for name, found in missing.items()), key=lambda one: (-one[0], one[1]))
    if counts:
        number = sum(count for count, _ in counts)
        each = ", ".join(f"{count} of {name}" for count, name in counts)
        yield Loss(number, f"value{'' if number == 1 else 's'} that stand{'s' if number == 1 else ''} nowhere: {each}")


def _stated(request: Request) -> Iterator[tuple[str, str, str]]:
    """Subject, predicate and text of all that is stated in literals, and of the labels of what is mentioned."""
    quads: Iterable[Quad] = extract.quads(request) if request.thing else request.store.quads()
    labels: list[tuple[str, str]] = []
    composed: set[str] = set()  # their labels are put together from others
    told: set[int] = set()
    for quad in quads:
        subject, predicate = str(getattr(quad.subject, "value", "")), quad.predicate.value
        if predicate == _TYPE and isinstance(quad.object, NamedNode) and quad.object.value in extract.JOINING:
            composed.add(subject)
        if not isinstance(quad.object, Literal) or predicate in _FOLLOWING:
            continue
        if extract.is_citation_graph(quad.graph_name):
            told.add(hash((subject, quad.object.value)))
            yield subject, predicate, quad.object.value
        elif predicate == _LABEL and not subject.startswith((FG, f"{BASE}source/")):
            labels.append((subject, quad.object.value))
    for subject, text in labels:
        if subject not in composed and hash((subject, text)) not in told:
            yield subject, _LABEL, text


def _forms(text: str) -> Iterator[str]:
    """How a value may be written: as it is, as a date or a number in words, as a number of minutes."""
    yield text
    yield date_words(text)
    if text.isascii():
        yield number_words(text)
        if text.replace("-", "").isdecimal():
            yield text.replace("-", "")
        if text.replace(".", "", 1).isdecimal() and "." in text:
            yield text.rstrip("0").rstrip(".")
        if text[:1] == "P" and (match := re.fullmatch(_DURATION, text)):
            yield from _lengths(*(int(part or 0) for part in match.groups()))


def _lengths(days: int, hours: int, minutes: int, seconds: int) -> Iterator[str]:
    """How a length of time is written: with its units, or as a number of minutes."""
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    yield " ".join(f"{number} {unit}" for number, unit in parts if number)
    if not seconds:
        yield str((days * 24 + hours) * 60 + minutes)


def _in_words(predicate: str) -> str:
    """The name of a property for people.

    >>> _in_words("https://w3id.org/filmgraph/ns#creditedAs")
    'credited as'
    """
    name = predicate.replace("#", "/").rpartition("/")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
