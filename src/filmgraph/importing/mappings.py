"""Mappings at hand: a person's, those of the collection and of the tool, and the one that fits a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from filmgraph.collection.resources import root as tool
from filmgraph.errors import FileError
from filmgraph.importing.mapping import columns_by_variable, read
from filmgraph.importing.proposal import propose
from filmgraph.importing.readers._records import Defect
from filmgraph.importing.sources import file_name, read_text
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.importing.mapping import Mapping, Run
    from filmgraph.importing.readers import TableReader
    from filmgraph.importing.readers._records import Table

_FEW = 8
_FITS = "\n#+ fits:"


def folders_of(root: str | None) -> list[Path]:
    """Return the folders in which mappings are looked up by name: a collection's, then the bundled one."""
    places = [root] if root else []
    return [Path(place) / "imports" for place in (*places, tool())]


def find(path: str, reader: TableReader, table: Table, named: str, folders: Iterable[Path]) -> Mapping:
    """Return the mapping for a table: the one that is named, that of its format, one that fits it, or a proposal.

    Args:
        path: The file of the table.
        reader: Its reader.
        table: The table.
        named: A file, or the name of a mapping in one of the folders; empty for none.
        folders: Where mappings lie.

    Raises:
        FileError: There is none of that name, it cannot be read, or no column says which film a record is about.
    """
    folders = tuple(folders)
    name = named or reader.mapping
    if not name and (fitting := _fitting(reader, table, folders)) is not None:
        return fitting
    if not name:
        proposal = propose(table, reads=reader.name, name=file_name(path))
        if not proposal.taken:
            columns = ", ".join(column.name for column in table.columns[:_FEW])
            raise FileError(
                f"No column says which film a record is about: {columns}.",
                path=path,
                hint=f"Write a mapping that says it: filmgraph import --propose {path} -o films.rq",
            )
        return read(proposal.text, f"the mapping proposed for {path}")
    tried = [*([Path(name)] if named else []), *(folder / f"{name}.rq" for folder in folders)]
    found = next((place for place in tried if place.is_file()), None)
    if found is None:
        names = sorted({place.stem for folder in folders for place in folder.glob("*.rq")})
        raise FileError(
            f"There is no mapping {name!r}.",
            path=name,
            hint=f"Name a file, or one of {', '.join(names)}."
            if names
            else "Make one: filmgraph import --propose FILE",
        )
    text, _ = read_text(str(found))
    return read(text, str(found))


def _fitting(reader: TableReader, table: Table, folders: Iterable[Path]) -> Mapping | None:
    """Return the mapping that declares to fit a table, by most of its columns; None where none does."""
    columns = columns_by_variable(table.columns).keys()
    best: Mapping | None = None
    for path in (path for folder in folders for path in sorted(folder.glob("*.rq"))):
        text, _ = read_text(str(path))
        if _FITS not in text:
            continue
        mapping = read(text, str(path))
        fits = mapping.reads == reader.name and set(mapping.fits) <= columns
        if fits and (best is None or len(mapping.fits) > len(best.fits)):
            best = mapping
    return best


def misnamed(mapping: Mapping, run: Run, folders: Iterable[Path]) -> list[Defect]:
    """List the columns that a person's mapping names, and the table has in another spelling."""
    if Path(mapping.path).parent in folders or not Path(mapping.path).is_file():
        return []  # those in the folders are made for tables that lack some of their columns
    return [
        Defect(mapping.path, f"It names ?{name}, and no column of the table is called that. Did you mean ?{near[0]}?")
        for name in sorted(mapping.columns - run.names.keys())
        if (near := nearest(name, run.names))
    ]
