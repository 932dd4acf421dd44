"""Export formats: each a file of this package or a line of the table of RDF formats, found by its name.

A media type or a file ending finds it too.
"""

from __future__ import annotations

import os
from importlib import import_module

from filmgraph.errors import UnknownFormatError
from filmgraph.exporters.crosswalks import crosswalk
from filmgraph.exporters.film.exporter import Exporter, Loss, Options, Request
from filmgraph.exporters.rdf import EXPORTERS
from filmgraph.text.nearest import nearest

__all__ = ["Exporter", "Loss", "Options", "Request", "all_exporters", "find", "names", "of_file"]

_FOLDER = os.path.dirname(__file__)
_TABLE = "rdf"
"""The file that has a table of formats."""


def names(collection: str = "") -> list[str]:
    """The names of all export formats.

    Args:
        collection: The folder of a collection that may have crosswalks of its own.
    """
    return sorted({*_modules(), *crosswalk.paths(collection)})


def all_exporters(collection: str = "") -> list[Exporter]:
    """All export formats, in the order of their names.

    Raises:
        FileError: The file of a crosswalk is wrong.
    """
    return [_load(name, collection) for name in names(collection)]


def find(wanted: str, collection: str = "") -> Exporter:
    """The export format of that name, media type or file ending.

    Several formats share the media types of RDF; these mean the format that writes filmgraph's own terms.

    >>> find("application/n-quads").name, find(".ttl").name
    ('nquads', 'turtle')

    Raises:
        UnknownFormatError: There is none.
        FileError: The file of a crosswalk is wrong.
    """
    name = wanted.partition(";")[0].strip().lower()
    if name in names(collection):
        return _load(name, collection)
    for one in _modules_first(collection):
        if name == one.media_type or name.removeprefix(".") in one.endings:
            return one
    near = nearest(name.removeprefix("."), names(collection))
    raise UnknownFormatError(
        f"There is no export format {wanted!r}.", name=wanted, choices=near, hint=None if near else _all(collection)
    )


def of_file(path: str, collection: str = "") -> Exporter:
    """The export format that a file's ending names; the longest ending counts.

    >>> of_file("film.ttl").name, of_file("film.bibframe.ttl").name
    ('turtle', 'bibframe')

    Raises:
        UnknownFormatError: The file has no ending, or one that no format has.
        FileError: The file of a crosswalk is wrong.
    """
    name = os.path.basename(path).lower()
    found = [
        (len(ending), one)
        for one in _modules_first(collection)
        for ending in one.endings
        if name.endswith(f".{ending}") and len(name) > len(ending) + 1
    ]
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    raise UnknownFormatError(
        f"The ending of {path!r} names no export format.", name=path, hint=f"Name one. {_all(collection)}"
    )


def _modules() -> list[str]:
    """The names of the formats that are written by code: those with a file of their own, and those of the table."""
    files = [name[:-3] for name in os.listdir(_FOLDER) if name.endswith(".py") and name[0] != "_"]
    return [*(name for name in files if name != _TABLE), *EXPORTERS]


def _modules_first(collection: str) -> list[Exporter]:
    modules = _modules()
    return sorted(all_exporters(collection), key=lambda one: one.name not in modules)


def _load(name: str, collection: str) -> Exporter:
    if name not in _modules():
        return crosswalk.load(name, crosswalk.paths(collection)[name])
    if name in EXPORTERS:
        return EXPORTERS[name]
    found: Exporter = import_module(f"filmgraph.exporters.{name}").EXPORTER
    return found


def _all(collection: str) -> str:
    return f"Formats: {', '.join(names(collection))}."
