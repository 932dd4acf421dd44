"""The interface of a reader: its names and endings, and how it reads records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.importing.readers._records import Table


class TableReader(NamedTuple):
    """A reader: the name of a format, the endings of its files, and how a text is read.

    ``rendition`` makes a text of what is none; it is None where files are texts as they are.
    ``converter`` names the package that made the rendition. ``marks`` are what the beginning of a text has, all of
    them, that is of this format whatever the ending of its file says. ``mapping`` is the bundled mapping that is used
    where none is named; where there is none, one is proposed.
    """

    name: str
    summary: str
    endings: tuple[str, ...]
    read: Callable[[str], Table]
    rendition: Callable[[bytes], str] | None = None
    converter: str = ""
    marks: tuple[str, ...] = ()
    mapping: str = ""


class NotOfFormatError(ValueError):
    """A file is not of its format.

    Args:
        message: What is wrong.
        hint: What to do next.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
