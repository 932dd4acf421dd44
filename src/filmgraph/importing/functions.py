"""The functions that mappings can call besides those of SPARQL: they turn cell text into RDF terms.

Each takes text and gives a term, or nothing where the text does not say such a thing; a triple that would need it is
then not made, and the report counts the cell.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import FilmgraphError
from filmgraph.importing import concepts
from filmgraph.rdf.edtf import bounds
from filmgraph.rdf.namespaces import BASE, EDTF, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = f"{BASE}function#"
"""The namespace of the functions; mappings bind it to ``fn:``."""

_ARTICLES = [
    "the",
    "a",
    "an",
    "le",
    "la",
    "les",
    "l'",
    "un",
    "une",
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "el",
    "los",
    "las",
    "il",
    "lo",
    "gli",
    "i",
    "o",
    "os",
    "as",
    "de",
    "het",
    "een",
    "den",
    "det",
    "en",
    "ett",
]
_XSD = PREFIXES["xsd"]
_INTEGER, _DECIMAL = ox.NamedNode(_XSD + "integer"), ox.NamedNode(_XSD + "decimal")
_DURATION = ox.NamedNode(_XSD + "duration")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero januari",
            "february feb februar février fevrier febrero",
            "march mar märz maerz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_HOURS = re.compile(
    r"(?:(\d{1,9})\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?)\.?)?\s*"
    r"(?:(\d{1,9})\s*(?:m|mins?|minutes?|minuten|minutos)?\.?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,9}):([0-5]\d)(?::([0-5]\d))?")
_YEAR_BEHIND = re.compile(r"\s*\((?:18|19|20)\d\d(?:/[IVX]+)?\)$")
_SCALED = re.compile(
    r"(.*\d)\s*(?:(k|thousand|tsd\.?|mil)|(m|mn|mln|mio\.?|millions?|millionen|millones|milioni)|(bn|billion))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?\d[\d.,'\s\u00a0\u202f]*")


def key(text: str) -> str:
    """Return a text as a segment of an IRI: lower-case letters and digits joined by hyphens.

    >>> key("Gui tu lie che!"), key("Été à l'Île"), key("归途列车")
    ('gui-tu-lie-che', 'ete-a-l-ile', '归途列车')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def title(text: str) -> str:
    """Return a title with its article in front.

    A year in brackets at its end tells films of one title apart and is no part of it.

    >>> title("harbour clock, the"), title("Clock, Harbour"), title("Harbour Clock, The (1999)")
    ('the harbour clock', 'Clock, Harbour', 'The Harbour Clock')
    """
    text = _YEAR_BEHIND.sub("", text.strip()) or text
    rest, comma, article = text.strip().rpartition(",")
    found = article.strip()
    if comma and found.casefold() in _ARTICLES:
        return f"{found}{'' if found.endswith(chr(39)) else ' '}{rest.strip()}"
    return text.strip()


def name(text: str) -> str:
    """Return a person's name with the given name first.

    >>> name("Maran, Ilse"), name("Ilse Maran"), name("Lake, Jr., Ada")
    ('Ilse Maran', 'Ilse Maran', 'Lake, Jr., Ada')
    """
    family, comma, given = text.strip().partition(",")
    if comma and "," not in given and given.strip() and family.strip():
        return f"{given.strip()} {family.strip()}"
    return text.strip()


def date(text: str) -> str | None:
    """Return a date as EDTF; None where it cannot be read.

    >>> date("1999"), date("24.12.1999"), date("Dec 24, 1999"), date("1999-12"), date("c. 1999"), date("soon")
    ('1999', '1999-12-24', '1999-12-24', '1999-12', '1999~', None)
    """
    plain = " ".join(text.strip().split())
    about = re.match(r"(?:c\.|ca\.?|circa|about|um)\s*(?=\d)", plain, re.IGNORECASE)
    if about:
        found = date(plain[about.end() :])
        return f"{found}~" if found else None
    plain = re.sub(r"T\d\d:\d\d.*$", "", plain)
    for pattern, order in _DATE_FORMS:
        match = re.fullmatch(pattern, plain, re.IGNORECASE)
        if match:
            found = order(match)
            return found if found and _is_date(found) else None
    return plain if re.match(r"\d{4}", plain) and _is_date(plain) else None


def _worded(year: str, month: str, day: str | None) -> str | None:
    number = _MONTHS.get(month.casefold().rstrip("."))
    if number is None:
        return None
    return f"{int(year):04}-{number:02}" + (f"-{int(day):02}" if day else "")


_DATE_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (r"(\d{4})(?:\.0)?", lambda m: m[1]),
    (r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}"),
    (r"(\d\d?)\.(\d\d?)\.(\d{4})", lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"),
    (r"(\w+\.?) (\d\d?)(?:st|nd|rd|th)?,? (\d{4})", lambda m: _worded(m[3], m[1], m[2])),
    (r"(\d\d?)(?:st|nd|rd|th|\.)? (?:de )?(\w+\.?)(?: de)? (\d{4})", lambda m: _worded(m[3], m[2], m[1])),
    (r"(\w+\.?),? (\d{4})", lambda m: _worded(m[2], m[1], None)),
)


def _is_date(text: str) -> bool:
    try:
        bounds(text)
    except FilmgraphError:
        return False
    return True


_NOTHING = frozenset({"NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "\\N", "-", "--", "—", "–"})  # noqa: RUF001  dashes


def is_nothing(text: str) -> bool:
    """Whether a cell holds a marker for a missing value, such as ``NA``.

    >>> is_nothing("NA"), is_nothing("Nana")
    (True, False)
    """
    return text in _NOTHING


def minutes(text: str) -> int | None:
    """Return a running time in whole minutes; None where it cannot be read.

    >>> minutes("92"), minutes("1 h 32 min"), minutes("92 min."), minutes("1:32"), minutes("PT1H32M"), minutes("long")
    (92, 92, 92, 92, 92, None)
    """
    plain = text.strip()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    iso = re.fullmatch(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?", plain)
    match = iso or _HOURS.fullmatch(plain.removesuffix(".0"))
    if match is None or not (match[1] or match[2]):
        return None
    found = int(match[1] or 0) * 60 + int(match[2] or 0)
    return found if 0 < found < _LONGEST else None


_LONGEST = 100_000


def number(text: str) -> str | None:
    """Return a number in the lexical form of XML Schema; commas, points, blanks or apostrophes may group thousands.

    >>> number("1,200,000"), number("7.5"), number("$24,207"), number("1.200.000"), number("7,5"), number("n/a")
    ('1200000', '7.5', '24207', '1200000', '7.5', None)
    """
    plain = text.strip().strip("$€£¥ ").strip()
    if not _NUMBER.fullmatch(plain):
        return None
    plain = re.sub(r"['\s\u00a0\u202f]", "", plain)
    for part, other in ((",", "."), (".", ",")):
        if re.fullmatch(rf"[-+]?\d{{1,3}}(?:\{part}\d{{3}})+(?:\{other}\d+)?", plain) and (
            plain.count(part) > 1 or other in plain or part == ","
        ):
            plain = plain.replace(part, "").replace(other, ".")
            break
    else:
        plain = plain.replace(",", ".")
    return plain if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain) else None


def amount(text: str) -> str | None:
    """Return an amount of money or a count in lexical form; a point or comma before three digits groups thousands.

    >>> amount("850.000"), amount("1,200"), amount("$1.2M"), amount("1,5 Mio."), amount("EUR 3.000,50")
    ('850000', '1200', '1200000', '1500000', '3000.50')
    """
    plain = re.sub(r"^[A-Za-z]{2,3}\$?\s+(?=\d)|(?<=\d)\s*(?:[A-Z]{3}|euros?|dollars?)$", "", text.strip())
    plain = plain.strip("$€£¥ ").removesuffix(",-").strip()
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        return plain.replace(".", "").replace(",", "")
    scaled = _SCALED.fullmatch(plain)
    if scaled is None:
        return number(plain)
    found = number(scaled[1])
    if found is None:
        return None
    factor = 10**3 if scaled[2] else 10**6 if scaled[3] else 10**9
    value = Decimal(found) * factor
    return f"{value:f}" if value % 1 else str(int(value))


def _term_of(found: str | None) -> ox.Literal | None:
    if found is None:
        return None
    if re.fullmatch(r"[-+]?\d+(?:\.0+)?", found):
        return ox.Literal(str(int(found.partition(".")[0])), datatype=_INTEGER)
    return ox.Literal(found, datatype=_DECIMAL)


def _text(function: Callable[[str], str | None]) -> Callable[[ox.Literal], ox.Literal | None]:
    def called(value: ox.Literal) -> ox.Literal | None:
        found = function(value.value)
        return ox.Literal(found) if found else None

    return called


def _date_term(value: ox.Literal) -> ox.Literal | None:
    found = date(value.value)
    return ox.Literal(found, datatype=ox.NamedNode(EDTF)) if found else None


def _minutes_term(value: ox.Literal) -> ox.Literal | None:
    found = minutes(value.value)
    return ox.Literal(str(found), datatype=_INTEGER) if found else None


def _duration_term(value: ox.Literal) -> ox.Literal | None:
    found = minutes(value.value)
    return ox.Literal(f"PT{found}M", datatype=_DURATION) if found else None


def _node(function: Callable[[str], str | None]) -> Callable[[ox.Literal], ox.NamedNode | None]:
    def called(value: ox.Literal) -> ox.NamedNode | None:
        found = function(value.value)
        return ox.NamedNode(found) if found else None

    return called


FUNCTIONS: dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]] = {
    ox.NamedNode(NAMESPACE + called): function
    for called, function in {
        "key": _text(key),
        "title": _text(title),
        "name": _text(name),
        "date": _date_term,
        "minutes": _minutes_term,
        "duration": _duration_term,
        "number": lambda value: _term_of(number(value.value)),
        "amount": lambda value: _term_of(amount(value.value)),
        "country": _node(concepts.country),
        "language": _node(concepts.language),
        "genre": _node(concepts.genre),
    }.items()
}
"""The functions by their IRIs, as pyoxigraph takes them."""
