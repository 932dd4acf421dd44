"""The names of a store by their trigrams, in one file that is read where it lies: a search touches a few pages of it.

The file holds the folded names in order, and for each run of three characters the names that have it. Numbers are
little endian and start at multiples of eight bytes::

    "fgnames1"  names  trigrams  bytes of text          (each 8 bytes)
    where each name starts, and the end                 (8 bytes each)
    the trigrams, each as three code points of 21 bits  (8 bytes each, ascending)
    where the list of each trigram starts, and the end  (8 bytes each)
    the names, UTF-8, without anything between them
    the lists: the numbers of names                     (4 bytes each)
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = b"fgnames1"
_HEAD = struct.Struct("<8sQQQ")
_MOST_POSTINGS = 25_000
_FEWEST_LISTS = 2
_CANDIDATES = 100


class NameIndex:
    """The index in a file, open to search.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no index of names.
    """

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        whole = memoryview(self._map)
        if len(whole) < _HEAD.size or sys.byteorder != "little":
            raise ValueError("no index of names")
        magic, names, grams, text = _HEAD.unpack_from(whole)
        ends = _HEAD.size + 8 * (names + 1 + grams + grams + 1)
        if magic != _MAGIC or len(whole) < ends + _padded(text):
            raise ValueError("no index of names")
        numbers = whole[_HEAD.size : ends].cast("Q")
        self._starts = numbers[: names + 1]
        self._grams = numbers[names + 1 : names + 1 + grams]
        self._lists = numbers[names + 1 + grams :]
        self._text = whole[ends : ends + text]
        self._postings = whole[ends + _padded(text) :].cast("I")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def name(self, number: int) -> str:
        """The name with a number."""
        return bytes(self._text[self._starts[number] : self._starts[number + 1]]).decode()

    def similar(self, folded: str) -> list[str]:
        """Names that share the rarer trigrams of a folded text, those that share most first."""
        lists = sorted(filter(None, map(self._list, _trigrams(folded))), key=lambda pair: pair[1] - pair[0])
        shared: Counter[int] = Counter()
        read = 0
        for count, (start, end) in enumerate(lists):
            if count >= _FEWEST_LISTS and read + end - start > _MOST_POSTINGS:
                break
            read += end - start
            shared.update(self._postings[start:end])
        best = max(shared.values(), default=0)
        least = max(1, best // 3)
        length = len(folded)
        found = [
            (-count, abs(self._starts[number + 1] - self._starts[number] - length), number)
            for number, count in shared.items()
            if count >= least
        ]
        return [self.name(number) for _, _, number in sorted(found)[:_CANDIDATES]]

    def _list(self, gram: int) -> tuple[int, int] | None:
        place = bisect_left(self._grams, gram)
        if place == len(self._grams) or self._grams[place] != gram:
            return None
        return self._lists[place], self._lists[place + 1]


def write(names: Iterable[str], file: IO[bytes]) -> None:
    """Write the index of some folded names.

    Raises:
        OSError: The file cannot be written.
    """
    ordered = sorted(set(names))
    starts, position = array("Q", [0]), 0
    lists: dict[int, array[int]] = {}
    for number, name in enumerate(ordered):
        position += len(name.encode())
        starts.append(position)
        for gram in _trigrams(name):
            found = lists.get(gram)
            if found is None:
                found = lists[gram] = array("I")
            found.append(number)
    grams = array("Q", sorted(lists))
    ends = array("Q", [0])
    for gram in grams:
        ends.append(ends[-1] + len(lists[gram]))
    text = "".join(ordered).encode()
    file.write(_HEAD.pack(_MAGIC, len(ordered), len(grams), len(text)))
    for numbers in (starts, grams, ends):
        file.write(_little(numbers))
    file.write(text.ljust(_padded(len(text)), b"\0"))
    for gram in grams:
        file.write(_little(lists[gram]))


def _trigrams(name: str) -> set[int]:
    """The runs of three characters of a name with spaces around it, each as a number.

    >>> len(_trigrams("ebb"))
    4
    """
    points = [32, 32, *map(ord, name), 32]
    return {a << 42 | b << 21 | c for a, b, c in zip(points, points[1:], points[2:], strict=False)}


def _padded(size: int) -> int:
    return (size + 7) // 8 * 8


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
