"""Columns told apart by a role or a type that each value names beside it: ``{"name": …, "job": "Director"}``.

In trees a field holds people of all roles, or titles of all types, and a sibling says which. Each role becomes a column
of its own, and what names it a label of the cell, which the citations of its facts need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.importing.functions import key
from filmgraph.importing.headers import MEANINGS
from filmgraph.importing.readers._records import Column, TableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.importing.readers._records import CellValue, Table

_NAMING_ROLES = frozenset(
    {
        *("activity", "art", "credit", "function", "job", "kind", "relation", "role", "type"),
        *("funktion", "rolle", "tatigkeit", "typ", "fonction", "funcion", "funcao", "funzione"),
    }
)
_NAMING_TYPES = frozenset({"art", "kind", "relation", "typ", "type"})
"""Fields whose values are types, of which one known is enough; a role may be a character of that name."""
_ENOUGH = 0.5


def by_role(table: Table) -> Table:
    """Give each role and each type of title a column of its own, where most values of a field name a known one."""
    for named, naming in _pairs(table):
        records = [_told_apart(record, named, naming) for record in table.records]
        names = {name: None for record in records for name in record.cells if name.startswith(f"{named}/")}
        known = {column.name for column in table.columns}
        table = table._replace(
            records=records, columns=(*table.columns, *(Column(name) for name in names if name not in known))
        )
    return table


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that others tell apart, each with the column that names its roles."""
    names = {column.name for column in table.columns if column.header is None}
    for naming in sorted(names):
        named, _, last = naming.rpartition("/")
        if named in names and key(last) in _NAMING_ROLES:
            values = [cell.text for record in table.records for cell in record.cells.get(naming, ())]
            roles = sum(_is_role(named, value) for value in values)
            if roles >= _ENOUGH * len(values) or (roles and key(last) in _NAMING_TYPES):
                yield named, naming


def _is_role(named: str, value: str) -> bool:
    own = named.rpartition("/")[2]
    meanings = {MEANINGS.get(key(text), "") for text in (value, f"{value} {own}")}
    return any(meaning.startswith("rel:") or meaning.endswith("_title") or meaning == "genre" for meaning in meanings)


def _told_apart(record: TableRecord, named: str, naming: str) -> TableRecord:
    labels = {_parent(cell.locator): cell for cell in record.cells.get(naming, ())}
    cells = dict(record.cells)
    used: set[CellValue] = set()
    for cell in cells.pop(named, ()):
        label = labels.get(cell.locator) or labels.get(_parent(cell.locator))
        name = f"{named}/{label.text}" if label else named
        cells[name] = (*cells.get(name, ()), cell._replace(label=label))
        used |= {label} if label else set()
    left = tuple(cell for cell in cells.pop(naming, ()) if cell not in used)
    return record._replace(cells=cells | ({naming: left} if left else {}))


def _parent(locator: str) -> str:
    return locator.rpartition("/")[0]
