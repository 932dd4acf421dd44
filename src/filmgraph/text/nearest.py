"""Suggestions for a mistyped name: those nearest to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, choices: Iterable[str], *, count: int = 3) -> tuple[str, ...]:
    """Up to ``count`` of the choices that look like a name, best first; case does not count.

    >>> nearest("Overvew", ["credits", "overview", "box-office"])
    ('overview',)
    """
    # Imported only after a mistake: difflib costs more than a question does.
    from difflib import get_close_matches  # noqa: PLC0415

    by_folded = {choice.casefold(): choice for choice in choices}
    folded = name.casefold()
    found = get_close_matches(folded, by_folded, n=count, cutoff=0.6)
    if folded:
        starting = sorted(choice for choice in by_folded if choice.startswith(folded) and choice not in found)
        found = [*found, *starting][:count]
    return tuple(by_folded[choice] for choice in found)
