"""An assertion: a claim that a passage states a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("document", "words", "about", "what", "value", "certainty")
"""The columns of a worksheet, in their order."""

_CALLED = {
    "document": "document source file text-id doc document-id quelle dokument fuente documento",
    "words": "words passage words-of-the-passage quote quotation evidence excerpt span text-span extraction-text"
    " wortlaut citation palabras mots",
    "about": "about about-whom about-what subject of film thing entity uber-wen sujet",
    "what": "what property predicate field relation attribute eigenschaft was propriete",
    "value": "value object says wert valeur valor",
    "certainty": "certainty confidence sure certain how-certain stance sicherheit",
}
_BY_HEADER = {name: field for field, names in _CALLED.items() for name in names.split()}

Fate = Literal["supported", "unsupported", "invented", "not understood"]


class Assertion(NamedTuple):
    """A claim that a passage states a fact.

    ``where`` is its place in the file that it was read from. ``start`` and ``end`` are the place of the words in the
    document, in code points, where the file tells; -1 where it does not. ``written`` is the text of the document as the
    file has it, to which the place belongs; empty where it has none.
    """

    where: str
    document: str
    words: str
    about: str
    what: str
    value: str
    certainty: str = ""
    start: int = -1
    end: int = -1
    written: str = ""

    @classmethod
    def of(
        cls, where: str, said: Mapping[str, str], *, place: tuple[int, int] = (-1, -1), written: str = ""
    ) -> Assertion:
        """Make an assertion from its fields; missing ones are empty."""
        fields = {field: said.get(field, "") for field in FIELDS}
        return cls(where=where, start=place[0], end=place[1], written=written, **fields)


class JudgedAssertion(NamedTuple):
    """An assertion with the verdict on it and the reason, which may be empty."""

    assertion: Assertion
    fate: Fate
    reason: str = ""
    note: str = ""


def field_of(header: str) -> str:
    """Return the field that a header names; empty where it names none.

    >>> field_of("Words of the passage"), field_of("Property"), field_of("Budget")
    ('words', 'what', '')
    """
    plain = "-".join("".join(c if c.isalnum() else " " for c in header.casefold()).split())
    return _BY_HEADER.get(plain, "")
