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
PROVENANCE = frozenset(
    (  # noqa: SIM905 -- tags read best in a row
        "041 100 110 111 245 246 264 300 336 500 505 508 510 518 520 546"
        " 600 610 611 630 648 650 651 655 700 710 711 720 751"
    ).split()
)
"""The fields that filmgraph writes in which MARC 21 defines ``$7``, data provenance, since its update 34 of 2022."""

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


def linked(fields: Iterable[MarcField], losses: Losses, *, full: bool = False) -> list[MarcField]:
    """The fields with their 880s, and with those who state them.

    A field that has ``$7`` for it names there the passages as sources consulted, ``(dpesc)``
    (`Appendix J <https://www.loc.gov/marc/bibliographic/ecbdapndxj.html>`_); another bears ``$8`` with the link number
    of an 883 for each passage. 880s are joined by ``$6``.

    Args:
        fields: The fields.
        losses: Where to count what is left out.
        full: Name every passage; else one of each document for each field, and the rest is counted.
    """
    given = sorted((one for one in fields if one.subfields), key=lambda one: one.tag)
    shown = [one.citations if full else _one_a_document(one.citations) for one in given]
    left = sum(len(one.citations) - len(kept) for one, kept in zip(given, shown, strict=True))
    losses.add(
        left, "further citation of a field: --citations full", many="further citations of fields: --citations full"
    )
    numbered = (iri for one, kept in zip(given, shown, strict=True) if one.tag not in PROVENANCE for iri in kept)
    numbers = {iri: number for number, iri in enumerate(dict.fromkeys(numbered), start=1)}
    written: list[MarcField] = []
    others: list[MarcField] = []
    unlinked = 0
    for one, kept in zip(given, shown, strict=True):
        pair: Subfields = ()
        if one.vernacular and len(others) < _MOST_LINKS:
            number = f"{len(others) + 1:02}"
            pair = (("6", f"880-{number}"),)
            text = one.vernacular[0][1]
            link = ("6", f"{one.tag}-{number}{_script(text)}")
            others.append(MarcField("880", one.indicators, (link, *one.vernacular)))
        elif one.vernacular:
            unlinked += 1
        if one.tag in PROVENANCE:
            consulted = tuple(("7", f"(dpesc){iri}") for iri in kept)
            written.append(one._replace(subfields=(*pair, *one.subfields, *consulted)))
        else:
            cited = tuple(("8", f"{numbers[iri]}\\p") for iri in kept)
            written.append(one._replace(subfields=(*pair, *cited, *one.subfields)))
    losses.add(unlinked, "name in another script beyond 99", many="names in other scripts beyond 99")
    made = [
        MarcField("883", "1 ", (("8", f"{number}\\p"), ("a", PROCESS), ("u", iri))) for iri, number in numbers.items()
    ]
    return [*written, *others, *made]


def _one_a_document(citations: tuple[str, ...]) -> tuple[str, ...]:
    firsts: dict[str, str] = {}
    for iri in citations:
        firsts.setdefault(iri.partition("#")[0], iri)
    return tuple(firsts.values())


def _script(text: str) -> str:
    letter = next((character for character in text if character.isalpha()), "A")
    name = unicodedata.name(letter, "").partition(" ")[0]
    code = _SCRIPTS.get(name) or _RIGHT_TO_LEFT.get(name, "")
    return f"/{code}" if code else ""
