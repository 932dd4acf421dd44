"""The certainty of assertions, as a word or number, and its form in citation records."""

from __future__ import annotations

from filmgraph.errors import FilmgraphError
from filmgraph.text.folding import fold
from filmgraph.text.nearest import nearest

CERTAINTIES: dict[str, tuple[tuple[str, str], ...]] = {
    "certain": (),
    "implied": (("support", "implies"),),
    "reported": (("stance", "reported"),),
    "uncertain": (("stance", "conjectured"),),
    "possible": (("stance", "possible"),),
    "planned": (("stance", "intended"),),
    "hoped": (("stance", "hoped"),),
    "denied": (("stance", "denied"),),
}
"""What can be written as a certainty, and what it says of the citation: a property with a concept."""

_SAME = {
    "": "certain",
    "yes": "certain",
    "sure": "certain",
    "high": "certain",
    "asserted": "certain",
    "says it": "certain",
    "likely": "uncertain",
    "probable": "uncertain",
    "medium": "uncertain",
    "low": "uncertain",
    "conjectured": "uncertain",
    "implies it": "implied",
    "intended": "planned",
}
_ENOUGH = 0.5
_ASSERTED = frozenset({"reported"})


def unasserted(remarks: tuple[tuple[str, str], ...]) -> str:
    """The stance of what a passage does not assert: a plan, a hope, a denial; empty where it asserts it.

    >>> unasserted(remarks_of("planned")), unasserted(remarks_of("reported")), unasserted(remarks_of("implied"))
    ('intended', '', '')
    """
    return next((concept for name, concept in remarks if name == "stance" and concept not in _ASSERTED), "")


class CertaintyError(FilmgraphError):
    """The certainty of an assertion is not a known word or number."""


def remarks_of(certainty: str) -> tuple[tuple[str, str], ...]:
    """Return the remarks for a citation: a property with a concept, or none where the assertion is certain.

    >>> remarks_of("implied"), remarks_of(""), remarks_of("0.4")
    ((('support', 'implies'),), (), (('stance', 'conjectured'),))

    Raises:
        CertaintyError: It is none that is known.
    """
    plain = fold(certainty)
    name = _SAME.get(plain, plain)
    if name in CERTAINTIES:
        return CERTAINTIES[name]
    share = _share(plain)
    if share is not None:
        return CERTAINTIES["certain" if share >= _ENOUGH else "uncertain"]
    near = nearest(plain, CERTAINTIES)
    raise CertaintyError(
        f"{certainty!r} is no certainty.",
        hint=f"Did you mean {near[0]!r}?" if near else f"Write one of {', '.join(CERTAINTIES)}, or nothing.",
    )


def _share(text: str) -> float | None:
    """Parse a number between 0 and 1, or a percentage."""
    try:
        number = float(text.removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    number = number / 100 if text.endswith("%") or number > 1 else number
    return number if 0 <= number <= 1 else None
