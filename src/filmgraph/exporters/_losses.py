"""What a run of an exporter has no place for, added up over its films."""

from __future__ import annotations

from filmgraph.exporters._exporter import Loss


class Losses:
    """Counts of what has no place, by what it is and where it went instead."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, number: int, what: str, kept_in: str = "") -> None:
        """Count something; none of it is no loss."""
        if number:
            self._counts[what, kept_in] = self._counts.get((what, kept_in), 0) + number

    def all(self) -> list[Loss]:
        """The losses, in the order in which they were first counted."""
        return [Loss(number, what, kept_in) for (what, kept_in), number in self._counts.items()]
