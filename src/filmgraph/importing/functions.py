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
from filmgraph.text.months import MONTHS

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
_HOURS = re.compile(
    r"(?:(\d{1,9})\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore)\.?)?\s*"
    r"(?:(\d{1,9})\s*(?:m|mn|mins?|minutes?|minuten?|minutos|minuti|['\u2032\u2019])?\.?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,9}):([0-5]\d)(?::([0-5]\d))?(?:\s*(?:h|std)\.?)?", re.IGNORECASE)
_LONGEST_CLOCK = 9
"""Hours. What has more is the time of a day, or minutes and seconds."""
_ARTICLE_BEHIND = re.compile(r"(.+\S)\s+\(([^()]{1,5})\)")
_GIVEN_BEHIND = re.compile(r"([^\W\d_a-z][^\d_a-z()]*)\s+\(([^\W\d_][^\d()]*)\)")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_NOT_ALL = re.compile(r"[\s,;]+(?:u\.\s?v?\.?\s?a\.|et al\.?|etc\.?|a\.o\.)$", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d:@=/\\&<>\[\]{}|;?*…]|\.\.\.|\s(?:and|und|et|as|als)\s", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+)\.?", re.IGNORECASE)
_UNKNOWN = frozenset(
    [
        "unknown",
        "unbekannt",
        "inconnu",
        "inconnue",
        "desconocido",
        "desconhecido",
        "sconosciuto",
        "anonymous",
        "anonym",
        "anonyme",
        "various",
        "diverse",
        "divers",
        "varios",
        "vari",
        "k-a",
        "n-n",
        "tba",
        "tbc",
        "n-a",
        "none",
        "keine",
        "aucun",
        "ninguno",
        "nessuno",
        "s-n",
    ]
)
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

    >>> title("harbour clock, the"), title("Clock, Harbour"), title("Harbour Clock, The (1999)"), title("Mer (La)")
    ('the harbour clock', 'Clock, Harbour', 'The Harbour Clock', 'La Mer')
    """
    text = _YEAR_BEHIND.sub("", text.strip()) or text
    behind = _ARTICLE_BEHIND.fullmatch(text.strip())
    if behind and behind[2].casefold() in _ARTICLES:
        text = f"{behind[1]}, {behind[2]}"
    rest, comma, article = text.strip().rpartition(",")
    found = article.strip()
    if comma and found.casefold() in _ARTICLES:
        return f"{found}{'' if found.endswith(chr(39)) else ' '}{rest.strip()}"
    return text.strip()


def name(text: str) -> str:
    """Return a person's name with the given name first; nothing where the text is no single name.

    >>> name("Maran, Ilse"), name("Ilse Maran"), name("Lake, Jr., Ada"), name("DUVAL (Anne)"), name("Bo Lake (voice)")
    ('Ilse Maran', 'Ilse Maran', 'Lake, Jr., Ada', 'Anne DUVAL', 'Bo Lake')
    >>> name("ARRI 235"), name("unknown"), name("Ilse and Bo Maran"), name("Maran, Ilse, Lake, Bo")
    ('', '', '', '')
    """
    plain = _NOT_ALL.sub("", text.strip())
    given = _GIVEN_BEHIND.fullmatch(plain)
    plain = f"{given[2].strip()} {given[1].strip()}" if given else _REMARK.sub("", plain)
    if not plain or _NO_NAME.search(plain) or is_unknown(plain):
        return ""
    family, *others = (part.strip() for part in plain.split(","))
    if len(others) == 1 and others[0] and family:
        return f"{others[0]} {family}"
    return plain if not others or any(_SUFFIX.fullmatch(other) for other in others) else ""


def is_unknown(text: str) -> bool:
    """Whether a text says that a name is not known.

    >>> is_unknown("k. A."), is_unknown("Unbekannt"), is_unknown("Ilse Maran")
    (True, True, False)
    """
    return key(text) in _UNKNOWN


def organisation(text: str) -> str:
    """Return the name of a company or an institution; nothing where the text says that it is unknown, or is no name.

    >>> organisation("Lake & Sons Ltd."), organisation("unbekannt"), organisation("https://quay.example")
    ('Lake & Sons Ltd.', '', '')
    """
    plain = text.strip()
    return "" if is_unknown(plain) or "://" in plain or not re.search(r"[^\W\d_]", plain) else plain


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
    number = MONTHS.get(month.casefold().rstrip("."))
    if number is None:
        return None
    return f"{int(year):04}-{number:02}" + (f"-{int(day):02}" if day else "")


_DATE_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (r"(\d{4})(?:\.0)?", lambda m: m[1]),
    (r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}"),
    (r"(\d\d?)\.(\d\d?)\.(\d{4})", lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"),
    (r"(\w+\.?) (\d\d?)(?:st|nd|rd|th)?,? (\d{4})", lambda m: _worded(m[3], m[1], m[2])),
    (r"(\d\d?)(?:st|nd|rd|th|er|\.|º)? (?:de )?(\w+\.?)(?: de)? (\d{4})", lambda m: _worded(m[3], m[2], m[1])),
    (r"(\w+\.?),? (\d{4})", lambda m: _worded(m[2], m[1], None)),
)


def day_first(text: str) -> str | None:
    """Return a date as `date` does; of *09/10/2010* the first number is the day.

    >>> day_first("09/10/2010"), month_first("09/10/2010"), day_first("1999"), day_first("09/31/2010")
    ('2010-10-09', '2010-09-10', '1999', None)
    """
    return _slashed(text, r"\3-\2-\1")


def month_first(text: str) -> str | None:
    """Return a date as `date` does; of *09/10/2010* the first number is the month."""
    return _slashed(text, r"\3-\1-\2")


def _slashed(text: str, order: str) -> str | None:
    return date(re.sub(r"(\d\d?)[/-](\d\d?)[/-](\d{4})", order, text.strip()))


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


def seconds(text: str) -> int | None:
    """Return a running time in seconds; None where it cannot be read.

    >>> seconds("92"), seconds("1 h 32 min"), seconds("92'"), seconds("1:32"), seconds("PT1H32M"), seconds("1h32'")
    (5520, 5520, 5520, 5520, 5520, 5520)
    >>> seconds("01:32:10"), seconds("20:15"), seconds("long")
    (5530, None, None)
    """
    plain = text.strip()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        found = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
        return found if int(clock[1]) <= _LONGEST_CLOCK and found else None
    iso = re.fullmatch(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:0+S)?", plain)
    match = iso or _HOURS.fullmatch(plain.removesuffix(".0"))
    if match is None or not (match[1] or match[2]):
        return None
    found = int(match[1] or 0) * 60 + int(match[2] or 0)
    return found * 60 if 0 < found < _LONGEST else None


def minutes(text: str) -> int | None:
    """Return a running time in minutes; None where it cannot be read, or has seconds beside them.

    >>> minutes("1:32"), minutes("00:92:00"), minutes("01:32:00"), minutes("01:32:10"), duration("01:32:10")
    (92, None, 92, None, 'PT92M10S')
    """
    found = seconds(text)
    return found // 60 if found and found % 60 == 0 else None


def duration(text: str) -> str | None:
    """Return a running time as a duration of XML Schema; None where it cannot be read.

    >>> duration("1h 27"), duration("long")
    ('PT87M', None)
    """
    found = seconds(text)
    if not found:
        return None
    return f"PT{f'{found // 60}M' if found >= 60 else ''}{f'{found % 60}S' if found % 60 else ''}"  # noqa: PLR2004


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


_CURRENCIES = {
    PREFIXES["fgv"] + "EUR": re.compile(r"€|\b(?:euros?|eur)\b", re.IGNORECASE),
    PREFIXES["fgv"] + "GBP": re.compile(r"£|\b(?:gbp|pounds?)\b", re.IGNORECASE),
    PREFIXES["fgv"] + "USD": re.compile(r"(?<![A-Z])\$|\bUS\$|\b(?:usd?|dollars?)\b|_usd?\b", re.IGNORECASE),
}
_SCALE = re.compile(
    r"\b(?:k|thousand|tsd|mil|mn?|mln|mio|millions?|millionen|millones|milioni|bn|billion)\b\.?", re.IGNORECASE
)
UNSTATED = PREFIXES["fgv"] + "unstatedCurrency"
"""The unit of sums whose currency nothing states."""


def currency(text: str) -> str | None:
    """Return the IRI of the currency of a sum: *unstated* where it names none, None where it names another.

    >>> [str(currency(text)).rpartition("/")[2] for text in ("$1.2M", "1 200 000 €", "£850k", "850.000", "CHF 3000")]
    ['USD', 'EUR', 'GBP', 'unstatedCurrency', 'None']
    """
    for unit, named in _CURRENCIES.items():
        if named.search(text):
            return unit
    return (
        None if re.search(r"[^\W\d_]|[$¥₩₹]", _SCALE.sub("", re.sub(r"(?<=\d)(?=[^\W\d_])", " ", text))) else UNSTATED
    )


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


def _date_term(function: Callable[[str], str | None]) -> Callable[[ox.Literal], ox.Literal | None]:
    def called(value: ox.Literal) -> ox.Literal | None:
        found = function(value.value)
        return ox.Literal(found, datatype=ox.NamedNode(EDTF)) if found else None

    return called


def _minutes_term(value: ox.Literal) -> ox.Literal | None:
    found = minutes(value.value)
    return ox.Literal(str(found), datatype=_INTEGER) if found else None


def _duration_term(value: ox.Literal) -> ox.Literal | None:
    found = duration(value.value)
    return ox.Literal(found, datatype=_DURATION) if found else None


def same(text: str) -> str | None:
    """Return the IRI of a film in another catalogue, by its identifier or address there: IMDb, EIDR, Wikidata.

    >>> same("tt9990001"), same("imdb.com/title/tt9990001/?ref=a"), same("10.5240/7B2F-ED3C-5A0D-0000-1111-K")
    ('https://www.imdb.com/title/tt9990001', 'https://www.imdb.com/title/tt9990001', \
'https://doi.org/10.5240/7B2F-ED3C-5A0D-0000-1111-K')
    >>> same("https://www.wikidata.org/wiki/Q99900001"), same("17")
    ('http://www.wikidata.org/entity/Q99900001', None)
    """
    plain = text.strip()
    for pattern, space in _CATALOGUES:
        if found := pattern.fullmatch(plain):
            return space + found[1]
    return None


_CATALOGUES = (
    (re.compile(r"(?:(?:https?://)?(?:\w+\.)?imdb\.com/title/)?(tt\d{7,9})(?:[/?].*)?"), "https://www.imdb.com/title/"),
    (
        re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|EIDR:\s*)?(10\.5240/[0-9A-F-]{22,28}[0-9A-Z])"),
        "https://doi.org/",
    ),
    (
        re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9]\d*)"),
        "http://www.wikidata.org/entity/",
    ),
)


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
        "organisation": _text(organisation),
        "date": _date_term(date),
        "dayFirst": _date_term(day_first),
        "monthFirst": _date_term(month_first),
        "minutes": _minutes_term,
        "duration": _duration_term,
        "number": lambda value: _term_of(number(value.value)),
        "amount": lambda value: _term_of(amount(value.value)),
        "country": _node(concepts.country),
        "language": _node(concepts.language),
        "genre": _node(concepts.genre),
        "colour": _node(concepts.colour),
        "currency": _node(currency),
        "same": _node(same),
    }.items()
}
"""The functions by their IRIs, as pyoxigraph takes them."""
