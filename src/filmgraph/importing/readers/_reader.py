"""What a reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.importing.readers._records import Table


class TableReader(NamedTuple):
    """A reader: the name of a format, the endings of its files, and how a text is read.

    ``rendition`` makes a text of what is none; it is None where files are texts as they are.
    ``converter`` names what made the rendition, with its version.
    """

    name: str
    summary: str
    endings: tuple[str, ...]
    read: Callable[[str], Table]
    rendition: Callable[[bytes], str] | None = None
    converter: str = ""
