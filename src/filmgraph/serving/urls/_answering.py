"""Answers as replies: formats, content negotiation, limits."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer, TriplesAnswer, TruthAnswer
from filmgraph.errors import UnknownFormatError
from filmgraph.serving.protocol.negotiation import preferred
from filmgraph.serving.protocol.reply import HTML, HttpError, HttpReply

if TYPE_CHECKING:
    from filmgraph.answers.answer import Answer
    from filmgraph.answers.formats import Format

_ROWS = ("json", "xml", "csv", "tsv", "markdown")
_GRAPHS = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")
_PLAIN = {"text/csv", "text/tab-separated-values", "text/turtle", "text/markdown"}


class Offer(NamedTuple):
    """A media type and the format it stands for; the format is empty for an HTML page."""

    media_type: str
    name: str


@lru_cache(16)
def offers(*, rows: bool, evidence: bool, page: bool) -> list[Offer]:
    """Return the media types available for an answer; the first one is the default."""
    found = []
    for name in _ROWS if rows else _GRAPHS:
        one = formats.find(name)
        if one.evidence or not evidence:
            found += [Offer(media_type, name) for media_type in one.media_types]
    html = [Offer("text/html", "")] if page else []
    return [*found, *html]


@lru_cache(256)
def negotiated(accept: str, wanted: str, *, rows: bool, evidence: bool, page: bool) -> Offer:
    """Return the media type and format to send.

    Args:
        accept: Its header ``Accept``.
        wanted: The format that the address names; empty where it names none.
        rows: Whether there are rows, or else triples.
        evidence: Whether there is evidence, which not every format has a place for.
        page: Whether there is a page.

    Raises:
        HttpError: It can have nothing of what it takes (406), or there is no such format (400).
    """
    possible = offers(rows=rows, evidence=evidence, page=page)
    if wanted:
        if wanted == "html" and page:
            return Offer("text/html", "")
        try:
            chosen = formats.find(wanted)
        except UnknownFormatError as error:
            raise HttpError(400, str(error), hint=error.hint) from error
        for one in possible:
            if one.name == chosen.name:
                return one
        raise HttpError(
            406,
            f"This answer cannot be had as {chosen.name}.",
            hint=f"There are: {', '.join(dict.fromkeys(one.name for one in possible if one.name))}.",
        )
    media_type = preferred(accept, [one.media_type for one in possible])
    return next(one for one in possible if one.media_type == media_type)


def written(answer: Answer, offer: Offer, *, download: str = "") -> HttpReply:
    """Return an answer serialized in a format.

    Args:
        answer: The answer.
        offer: The format.
        download: The name of the file that a browser saves it as; empty where it shows it.
    """
    chosen = formats.find(offer.name)
    charset = "; charset=utf-8" if offer.media_type in _PLAIN else ""
    headers = (("Content-Disposition", f'attachment; filename="{download}.{chosen.endings[0]}"'),) if download else ()
    return HttpReply(formats.render(answer, chosen, formats.Page()), offer.media_type + charset, headers=headers)


def checked(answer: Answer, most: int) -> Answer:
    """Return the answer, checked against the limit of rows.

    Raises:
        HttpError: It has more (422).
    """
    if not isinstance(answer, TruthAnswer) and len(answer) > most:
        raise too_many(most, "triples" if isinstance(answer, TriplesAnswer) else "rows")
    return answer


def too_many(most: int, what: str) -> HttpError:
    """Return the error for an answer that exceeds the limit of rows or triples."""
    hint = "Add a LIMIT, and OFFSET for the rest, or ask for less."
    return HttpError(422, f"The answer has more than {most:,} {what}.", hint=hint)


def file_formats(answer: Answer) -> list[Format]:
    """Return the formats in which an answer can be downloaded."""
    rows = isinstance(answer, (RowsAnswer, TruthAnswer))
    explained = answer.explained if isinstance(answer, RowsAnswer) else False
    return [
        formats.find(name)
        for name in dict.fromkeys(one.name for one in offers(rows=rows, evidence=explained, page=False))
    ]


PAGE = HTML
