"""The leader and the fixed fields of a MARC record of a film.

`Leader <https://www.loc.gov/marc/bibliographic/bdleader.html>`_,
`007 of motion pictures <https://www.loc.gov/marc/bibliographic/bd007m.html>`_,
`008 of visual materials <https://www.loc.gov/marc/bibliographic/bd008v.html>`_.
There is no 006: the leader already says that the record is of a projected medium.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from filmgraph.exporters.library.codes import country_code, language_code
from filmgraph.rdf.edtf import EdtfError, bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.exporters.library.description import Description

LEADER = "00000ngm a22000007c 4500"
"""A new record of a projected monograph in Unicode, of minimal level, without ISBD punctuation."""

UNDATED = "20000101"
"""The date in the fixed fields where no document bears one."""

_LONGEST = 999


def fixed_fields(found: Description) -> Iterator[tuple[str, str]]:
    """The control fields, tag by tag.

    The dates of 005 and 008/00-05 are that of the youngest document used, so that every run gives the same bytes.
    """
    dated = found.sources.latest() or UNDATED
    yield "001", control_number(found.iri)
    yield "003", "filmgraph"
    yield "005", f"{dated}000000.0"
    yield "007", _physical(found)
    yield "008", f"{dated[2:]}{_dates(found.date.text)}{_rest(found)}"


def control_number(iri: str) -> str:
    """The number of a record: the end of the film's IRI."""
    return iri.rpartition("/id/film/")[2] or iri


def running_time(minutes: str) -> str:
    """Hours, minutes and seconds as field 306 has them, or nothing.

    >>> running_time("90"), running_time("2.5"), running_time("6000")
    ('013000', '000230', '')
    """
    if not minutes:
        return ""
    seconds = round(Decimal(minutes) * 60)
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02}{rest // 60:02}{rest % 60:02}" if hours < 100 else ""  # noqa: PLR2004 -- two digits


def _physical(found: Description) -> str:
    colours = {colour.iri.rpartition("/")[2] for colour in found.colours}
    colour = "m" if len(colours) > 1 else {"colour": "c", "blackAndWhite": "b"}.get("".join(colours), "u")
    return f"mu {colour}u" + "|" * 18


def _dates(edtf: str) -> str:
    """Type of date and both dates: 008/06-14."""
    try:
        first, last = bounds(edtf)
    except EdtfError:
        return "nuuuuuuuu"
    one, two = (f"{day.year:04}" if day else "uuuu" for day in (first, last))
    return f"s{one}    " if one == two else f"q{one}{two}"


def _rest(found: Description) -> str:
    """008/15-39."""
    country = next((code for term in found.countries if (code := country_code(term.code))), "xx")
    language = next((code for term in found.languages if (code := language_code(term.code, term.iri))), "und")
    minutes = round(Decimal(found.minutes.text)) if found.minutes.text else None
    time = "---" if minutes is None else "000" if minutes > _LONGEST else f"{max(minutes, 1):03}"
    animated = any(genre.iri.endswith("/animation") for genre in found.genres)
    technique = "a" if animated else "l" if found.is_documentary else "u"
    return f"{country:3}{time} |     ||   m{technique}{language} d"
