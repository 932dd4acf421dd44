"""EDTF dates as people read them: *9 September 2010*, *spring 2009*, *until 23 April 2014*.

Data keep EDTF; tables, pages and notes show these words. A text that is no EDTF date of the profile of `edtf` stays as
it is, so nothing is lost for want of words.
"""

from __future__ import annotations

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUALIFIERS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
_OPEN = ("", "..")


def date_words(edtf: str) -> str:
    """An EDTF date in words.

    Args:
        edtf: The date; see `edtf.bounds` for the profile.

    >>> [date_words(text) for text in ("2010-09-09", "2009-21", "../2014-04-23", "2009~", "200X")]
    ['9 September 2010', 'spring 2009', 'until 23 April 2014', 'about 2009', '2000s']
    >>> date_words("2011-09-28/2011-10-27"), date_words("[2009-11-20,2009-11-21]")
    ('28 September to 27 October 2011', '20 November 2009 or 21 November 2009')
    >>> date_words("before the war")
    'before the war'
    """
    if edtf[:1] + edtf[-1:] in {"[]", "{}"}:
        members = [_range(*member.partition("..")[::2], whole=member) for member in edtf[1:-1].split(",")]
        joined = _listed(members, "or" if edtf[0] == "[" else "and")
    elif "/" in edtf:
        start, _, end = edtf.partition("/")
        joined = _range(start, end, whole=edtf)
    else:
        joined = _date(edtf)
    return joined or edtf


def _range(start: str, end: str, *, whole: str) -> str:
    if ".." not in whole and "/" not in whole:
        return _date(whole)
    if start in _OPEN:
        return f"until {last}" if (last := _date(end)) else ""
    first = _date(start)
    if end in _OPEN:
        return f"from {first}" if first else ""
    last = _date(end)
    if not first or not last:
        return ""
    return f"{_without_shared_end(first, last)} to {last}"


def _without_shared_end(first: str, last: str) -> str:
    """The first date without the year, or month and year, that the last one says again."""
    words, others = first.split(" "), last.split(" ")
    if not others[-1].isdecimal() or len(words) != len(others) or not all(map(_is_plain, (first, last))):
        return first
    shared = 0
    while shared < len(words) - 1 and words[-1 - shared] == others[-1 - shared]:
        shared += 1
    return " ".join(words[: len(words) - shared])


def _is_plain(date: str) -> bool:
    return not date.startswith(("about ", "perhaps "))


def _listed(members: list[str], conjunction: str) -> str:
    if not all(members):
        return ""
    *others, last = members
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def _date(text: str) -> str:
    """One date without intervals; empty where it is none."""
    qualifier = _QUALIFIERS.get(text[-1:], "")
    parts = (text[:-1] if qualifier else text).split("-")
    if len(parts[0]) != len("2009") or not all(len(part) == len("09") for part in parts[1:]):
        return ""
    year = _year(parts[0])
    known = [part for part in parts[1:] if part != "XX"]
    if not year or not all(part.isdecimal() and part.isascii() for part in known):
        return ""
    if not known:
        return f"{qualifier}{year}"
    month = _SEASONS.get(known[0]) or (_MONTHS[int(known[0]) - 1] if 1 <= int(known[0]) <= len(_MONTHS) else "")
    if not month or parts[1] == "XX":
        return ""
    day = f"{int(known[1])} " if len(known) > 1 else ""
    return f"{qualifier}{day}{month} {year}"


def _year(text: str) -> str:
    if text.isdecimal() and text.isascii():
        return text
    digits = text.rstrip("X")
    if not digits.isdecimal():
        return ""
    return (
        f"{digits}0s"
        if len(digits) == len("200")
        else f"between {digits}00 and {digits}99"
        if len(digits) == len("20")
        else ""
    )
