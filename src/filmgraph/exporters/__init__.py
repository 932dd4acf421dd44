"""Export formats: each one file of this package, found by its name, a media type or a file ending."""

from __future__ import annotations

import os
from importlib import import_module

from filmgraph.errors import UnknownFormatError
from filmgraph.exporters._exporter import Exporter, Loss, Options, Request
from filmgraph.nearest import nearest

__all__ = ["Exporter", "Loss", "Options", "Request", "all_exporters", "find", "names", "of_file"]

_FOLDER = os.path.dirname(__file__)  # noqa: PTH120 -- pathlib costs more than a small export
_OTHER_FILES = frozenset({"claims", "extract", "lines", "record", "resolver"})


def names() -> list[str]:
    """The names of all export formats."""
    files = os.listdir(_FOLDER)  # noqa: PTH208 -- as above
    return sorted(
        name[:-3] for name in files if name.endswith(".py") and name[0] != "_" and name[:-3] not in _OTHER_FILES
    )


def all_exporters() -> list[Exporter]:
    """All export formats, in the order of their names."""
    return [_load(name) for name in names()]


def find(wanted: str) -> Exporter:
    """The export format of that name, media type or file ending.

    >>> find("application/n-quads").name, find(".ttl").name
    ('nquads', 'turtle')

    Raises:
        UnknownFormatError: There is none.
    """
    name = wanted.partition(";")[0].strip().lower()
    if name in names():
        return _load(name)
    for one in all_exporters():
        if name == one.media_type or name.removeprefix(".") in one.endings:
            return one
    near = nearest(name.removeprefix("."), names())
    raise UnknownFormatError(
        f"There is no export format {wanted!r}.", name=wanted, choices=near, hint=None if near else _all()
    )


def of_file(path: str) -> Exporter:
    """The export format that a file's ending names.

    Raises:
        UnknownFormatError: The file has no ending, or one that no format has.
    """
    stem, dot, ending = os.path.basename(path).rpartition(".")  # noqa: PTH119 -- as above
    if stem and dot:
        for one in all_exporters():
            if ending.lower() in one.endings:
                return one
    raise UnknownFormatError(f"The ending of {path!r} names no export format.", name=path, hint=f"Name one. {_all()}")


def _load(name: str) -> Exporter:
    found: Exporter = import_module(f"filmgraph.exporters.{name}").EXPORTER
    return found


def _all() -> str:
    return f"Formats: {', '.join(names())}."
