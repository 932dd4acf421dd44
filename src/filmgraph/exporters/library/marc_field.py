"""A MARC field before it is written, and the links between fields: other scripts, and citations.

`Appendix A <https://www.loc.gov/marc/bibliographic/ecbdcntf.html>`_ of MARC 21 says how ``$6`` and ``$8`` link.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.exporters.library.words import clean, is_latin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters.film.losses import Losses

PROCESS = "filmgraph export"
_MOST_LINKS = 99
"""``$6`` has two digits for the number of a pair of fields."""

_SCRIPTS = {"CJK": "$1", "HIRAGANA": "$1", "KATAKANA": "$1", "HANGUL": "$1", "CYRILLIC": "(N", "GREEK": "(S"}
_RIGHT_TO_LEFT = {"ARABIC": "(3/r", "HEBREW": "(2/r"}

Subfields = tuple[tuple[str, str], ...]


class MarcField(NamedTuple):
    """A field: its tag, both indicators, subfields, who states it, and the subfields of its 880 in another script."""

    tag: str
    indicators: str
    subfields: Subfields
    citations: tuple[str, ...] = ()
    vernacular: Subfields = ()


def field(
    tag: str, indicators: str, *subfields: tuple[str, str], citations: tuple[str, ...] = (), vernacular: str = ""
) -> MarcField:
    """A field of those subfields that have a value. ``vernacular`` is the first subfield in another script."""
    kept = tuple((code, clean(value)) for code, value in subfields if clean(value))
    other = ((kept[0][0], clean(vernacular)),) if kept and vernacular and not is_latin(vernacular) else ()
    return MarcField(tag, indicators, kept, citations, other)


def linked(fields: Iterable[MarcField], losses: Losses) -> list[MarcField]:
    """The fields with their 880s, and an 883 for each citation, joined by ``$6`` and ``$8``.

    Each citation has one link number: every field that it states bears ``$8`` with that number.
    """
    given = sorted((one for one in fields if one.subfields), key=lambda one: one.tag)
    numbers = {iri: n for n, iri in enumerate(dict.fromkeys(c for one in given for c in one.citations), start=1)}
    written: list[MarcField] = []
    others: list[MarcField] = []
    unlinked = 0
    for one in given:
        cited = tuple(("8", f"{numbers[iri]}\\p") for iri in one.citations)
        pair: Subfields = ()
        if one.vernacular and len(others) < _MOST_LINKS:
            number = f"{len(others) + 1:02}"
            pair = (("6", f"880-{number}"),)
            text = one.vernacular[0][1]
            link = ("6", f"{one.tag}-{number}{_script(text)}")
            others.append(MarcField("880", one.indicators, (link, *one.vernacular)))
        elif one.vernacular:
            unlinked += 1
        written.append(one._replace(subfields=(*pair, *cited, *one.subfields)))
    losses.add(unlinked, "name in another script beyond 99", many="names in other scripts beyond 99")
    made = [
        MarcField("883", "1 ", (("8", f"{number}\\p"), ("a", PROCESS), ("u", iri))) for iri, number in numbers.items()
    ]
    return [*written, *others, *made]


def _script(text: str) -> str:
    letter = next((character for character in text if character.isalpha()), "A")
    name = unicodedata.name(letter, "").partition(" ")[0]
    code = _SCRIPTS.get(name) or _RIGHT_TO_LEFT.get(name, "")
    return f"/{code}" if code else ""
