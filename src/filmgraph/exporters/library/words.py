"""The words of catalogue records: text made safe for any format, dates and numbers as people write them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.rdf.date_words import date_words
from filmgraph.text.quantities import number_words

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = 100


class CitedText(NamedTuple):
    """A piece of a record: its text, the citations that state it, its language tag, and the IRI it stands for."""

    text: str
    citations: tuple[str, ...] = ()
    language: str = ""
    iri: str = ""


def clean(text: str) -> str:
    r"""Text on one line, without the characters that XML 1.0 or ISO 2709 forbid.

    White space of any kind becomes one space.
    Controls, lone surrogates and noncharacters go
    (`XML 1.0, 2.2 <https://www.w3.org/TR/xml/#charsets>`_).

    >>> clean("Night\n  Ferry\x1f \x00& more")
    'Night Ferry & more'
    """
    if text.isprintable():
        return " ".join(text.split())
    # The separators of ISO 2709 count as white space for str.split, and would glue nothing together here.
    kept = "".join(" " if character.isspace() else character for character in text if _allowed(character))
    return " ".join(kept.split())


def _allowed(character: str) -> bool:
    if character.isspace():
        return character not in "\x1c\x1d\x1e\x1f"
    return unicodedata.category(character) not in {"Cc", "Cs"} and ord(character) & 0xFFFE != 0xFFFE  # noqa: PLR2004


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def is_latin(text: str) -> bool:
    """Whether the first letter of a text is of the Latin script; a text without letters counts as Latin."""
    letter = next((character for character in text if character.isalpha()), "A")
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def is_proper(name: str) -> bool:
    """Whether a name looks like a proper name, and not like a description such as *country boy*."""
    letter = next((character for character in name if character.isalpha()), "A")
    return not letter.islower()


def plain_date(edtf: str) -> str:
    """A date as people read it, in words.

    >>> plain_date("../2010-09"), plain_date("2009~"), plain_date("2011-09-28/2011-10-27")
    ('until September 2010', 'about 2009', '28 September to 27 October 2011')
    """
    return date_words(edtf)


def plain_number(text: str) -> str:
    """A number as people read it.

    >>> plain_number("130000000"), plain_number("7.70"), plain_number("2009")
    ('130,000,000', '7.7', '2009')
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return text
    shown = number_words(f"{number:f}")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def tag(language: str) -> str:
    """A language tag in its usual case; stores keep tags in lower case.

    >>> tag("zh-latn-cn")
    'zh-Latn-CN'
    """
    first, *rest = language.split("-")
    shaped = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]  # noqa: PLR2004
    return "-".join((first, *shaped))


def listed(texts: Iterable[str]) -> str:
    """Texts in a list, each once, in the order in which they come; texts may hold commas."""
    return "; ".join(dict.fromkeys(texts))
