"""Counting what an export format has no place for, over all films of a run."""

from __future__ import annotations

from filmgraph.exporters.film.exporter import Loss


class Losses:
    """Counts of what has no place, by what it is and where it went instead."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}

    def add(self, number: int, one: str, kept_in: str = "", *, many: str = "") -> None:
        """Count something; none of it is no loss.

        Args:
            number: How many.
            one: What a single one is called.
            kept_in: Where they went instead.
            many: What several are called; by default with an *s* at the end.
        """
        if number:
            key = (one, many or f"{one}s", kept_in)
            self._counts[key] = self._counts.get(key, 0) + number

    def all(self) -> list[Loss]:
        """The losses, in the order in which they were first counted."""
        return [
            Loss(number, one if number == 1 else many, kept_in) for (one, many, kept_in), number in self._counts.items()
        ]
