"""A bounded cache of what pages look up again and again: labels, passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Found = TypeVar("Found")
_ABSENT = object()


class LookupCache(Generic[Found]):
    """What was found for each key, also that nothing was; the oldest keys go first.

    It is for data that do not change while they are served.

    Args:
        look_up: Gives what is found for some keys, without those of which nothing is known.
        most: How many keys are remembered.

    >>> cache = LookupCache(lambda keys: {key: key.upper() for key in keys if key != "c"}, most=2)
    >>> cache.find(["a", "b", "c"]), len(cache)
    ({'a': 'A', 'b': 'B'}, 2)
    """

    def __init__(self, look_up: Callable[[Sequence[str]], Mapping[str, Found]], *, most: int) -> None:
        self._look_up, self._most = look_up, most
        self._known: dict[str, Found | None] = {}

    def __len__(self) -> int:
        return len(self._known)

    def find(self, keys: Iterable[str]) -> dict[str, Found]:
        """Return what is known of the keys; only unknown keys are looked up."""
        known = self._known
        result: dict[str, Found] = {}
        missing = []
        for key in keys:
            one = known.get(key, _ABSENT)
            if one is _ABSENT:
                missing.append(key)
            elif one is not None:
                result[key] = one  # type: ignore[assignment]  # not the mark of absence
        if missing:
            found = self._look_up(missing)
            result |= found
            known.update((key, found.get(key)) for key in missing)
            for oldest in list(known)[: max(len(known) - self._most, 0)]:
                del known[oldest]
        return result
