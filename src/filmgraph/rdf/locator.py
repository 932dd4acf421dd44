"""Locators: where people look for a passage, such as *page 3*, and how fragment identifiers of standards write that."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_SPECIFICATIONS = {
    "rfc7111": "http://tools.ietf.org/rfc/rfc7111",
    "rfc6901": "http://tools.ietf.org/rfc/rfc6901",
    "rfc8118": "http://tools.ietf.org/rfc/rfc8118",
    "rfc3023": "http://tools.ietf.org/rfc/rfc3023",
    "marcspec": "http://marcspec.github.io/MARCspec/",
}
"""The documents that define the forms of fragments: of tables, of JSON, of PDF, of XML, of MARC."""


class Fragment(NamedTuple):
    """A locator as a standard writes it: the short name of the standard, its address, and the value."""

    scheme: str
    conforms_to: str
    value: str


class Outline(NamedTuple):
    """Where the pages and the parts under headings of a document start, in the order of the text."""

    starts: tuple[int, ...]
    names: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Outline:
        r"""Read what a source's record has: a line for each place, its start, a tab, and what it is called.

        >>> Outline.parse("0\tpage 1\n120\tpage 2").at(130)
        'page 2'
        """
        lines = [line.partition("\t") for line in text.split("\n") if line[:1].isdigit()]
        found = sorted((int(start), name) for start, _, name in lines if start.isdigit())
        return cls(tuple(start for start, _ in found), tuple(name for _, name in found))

    def at(self, start: int) -> str:
        """Return the name of the section that a character lies in; empty before the first one."""
        place = bisect_right(self.starts, start)
        return self.names[place - 1] if place else ""


def fragment(locator: str, columns: tuple[str, ...] = (), media_type: str = "") -> Fragment | None:
    """A locator as a fragment identifier of its standard; None where no standard has one for it.

    Args:
        locator: Where people look.
        columns: The names of the columns of a table, in their order, by which a cell is found and not only its row.
        media_type: That of the source, where it is known: a path may be a JSON Pointer or an XPath.

    Rows are counted from 1 with the header, as in `RFC 7111, 2.1 <https://www.rfc-editor.org/rfc/rfc7111#section-2.1>`_;
    JSON Pointers are those of `RFC 6901 <https://www.rfc-editor.org/rfc/rfc6901>`_; pages those of ISO 32000-2, annex
    O, to which `RFC 8118 <https://www.rfc-editor.org/rfc/rfc8118#section-3>`_ points; fields of MARC 21 are written as
    `MARCspec <http://marcspec.github.io/MARCspec/marc-spec.html>`_ does.

    >>> fragment("row 12, column Director").value, fragment("/0/title").value, fragment("page 3").value
    ('row=12', '/0/title', 'page=3')
    >>> fragment("row 12, column Director", ("id", "Title", "Director")).value
    'cell=12,3'
    >>> fragment("record 2, 700[2] $a").value, fragment("/film/title", media_type="application/xml").value
    ('700[1]$a', 'xpointer(/film/title)')
    >>> fragment("record 2, 245 $a").value, fragment("section Programme") is None
    ('245$a', True)
    """
    cell = re.fullmatch(r"row (\d+), column (.+)", locator, re.DOTALL)
    if cell and cell[2] in columns:
        value = f"cell={cell[1]},{columns.index(cell[2]) + 1}"
        return Fragment("rfc7111", _SPECIFICATIONS["rfc7111"], value)
    repeated = re.fullmatch(r"(?:record \d+, )?(\d{3})\[(\d+)\](?: \$(\w))?", locator)
    if repeated:  # MARCspec counts from 0
        value = f"{repeated[1]}[{int(repeated[2]) - 1}]{f'${repeated[3]}' if repeated[3] else ''}"
        return Fragment("marcspec", _SPECIFICATIONS["marcspec"], value)
    if locator.startswith("/") and media_type.endswith("xml"):
        return Fragment("rfc3023", _SPECIFICATIONS["rfc3023"], f"xpointer({locator})")
    for pattern, scheme, form in _FORMS:
        match = re.fullmatch(pattern, locator, re.DOTALL)
        if match:
            return Fragment(scheme, _SPECIFICATIONS[scheme], form.format(*match.groups()))
    return None


_FORMS = (
    (r"row (\d+), column .+", "rfc7111", "row={}"),
    (r"page (\d+)", "rfc8118", "page={}"),
    (r"(/(?:[^/]*\[\d+\])?.*\[\d+\].*)", "rfc3023", "xpointer({})"),
    (r"(?:line \d+, |script \d+, )?(/.*)", "rfc6901", "{}"),
    (r"(?:record \d+, )?(\d{3}|LDR) ?\$(\w)", "marcspec", "{}${}"),
    (r"(?:record \d+, )?(\d{3}|LDR)/(\d+(?:-\d+)?)", "marcspec", "{}/{}"),
    (r"(?:record \d+, )?(\d{3}|LDR)", "marcspec", "{}"),
)
"""Locators as readers write them, the standard of each, and what that makes of it."""
