"""Terminal width of text, and line wrapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINER = "\u200d"


def width(text: str) -> int:
    """Return the terminal columns that a text without control characters occupies.

    >>> width("Train"), width("归途列车"), width("e\N{COMBINING ACUTE ACCENT}")
    (5, 8, 1)
    """
    if text.isascii():
        return len(text)
    return sum(columns for _, columns in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the grapheme clusters of a text: a character with its combining marks, and its columns."""
    cluster, columns = "", 0
    for character in text:
        own = _of_character(character)
        if cluster and (own == 0 or cluster[-1] == _JOINER):
            joined = _of_cluster(cluster + character)
            if joined <= max(columns, own):  # two joiners in a row join nothing
                cluster, columns = cluster + character, joined
                continue
        if cluster:
            yield cluster, columns
        cluster, columns = character, own
    if cluster:
        yield cluster, columns


def wrap(text: str, limit: int) -> list[str]:
    """Wrap a text to lines of at most ``limit`` columns, at spaces where possible; nothing is cut off.

    >>> wrap("the last train home", 9)
    ['the last', 'train', 'home']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend([paragraph] if width(paragraph) <= limit else _wrapped(paragraph, limit))
    return lines


def _wrapped(paragraph: str, limit: int) -> Iterator[str]:
    line, used = "", 0
    for word in paragraph.split(" "):
        needed = width(word)
        if line and used + 1 + needed <= limit:
            line, used = f"{line} {word}", used + 1 + needed
            continue
        if line:
            yield line
        line, used = word, needed
        if needed > limit:
            *full, line = _cut(word, limit)
            used = width(line)
            yield from full
    yield line


def _cut(word: str, limit: int) -> Iterator[str]:
    part, used = "", 0
    for cluster, columns in clusters(word):
        if part and used + columns > limit:
            # Dates and paths are broken after a stroke where there is one.
            stroke = max(map(part.rfind, "/-")) + 1
            if stroke * 2 < len(part) or not 0 < width(part[stroke:]) + columns <= limit:
                stroke = len(part)
            yield part[:stroke]
            part, used = part[stroke:], width(part[stroke:])
        part += cluster
        used += columns
    yield part


def _of_character(character: str) -> int:
    """Return the columns of one character, without importing wcwidth for common letters."""
    number = ord(character)
    if number < 0x300 or 0x370 <= number <= 0x45F or 0x2010 <= number <= 0x2026:  # noqa: PLR2004  blocks of Unicode
        return 1
    if 0x4E00 <= number <= 0x9FFF or 0xAC00 <= number <= 0xD7A3 or 0x30A1 <= number <= 0x30FA:  # noqa: PLR2004  blocks of Unicode
        return 2
    return _of_cluster(character)


def _of_cluster(cluster: str) -> int:
    import wcwidth  # noqa: PLC0415  slow to import, and rarely needed

    return max(int(wcwidth.wcswidth(cluster)), 0)
