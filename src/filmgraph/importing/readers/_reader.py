"""The interface of table readers: names, file endings, and how records are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.importing.readers._records import Table


class TableReader(NamedTuple):
    """A table reader: the name of a format, its file endings, and the function that reads a text.

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
