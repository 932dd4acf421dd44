"""The keys of records, which tell one from another: those that have none, and those that share one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing.readers._records import Defect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.importing.mapping import Run
    from filmgraph.importing.readers._records import TableRecord


class RecordKeys(NamedTuple):
    """The key of each record, the records that have none, and those that share one."""

    found: dict[int, str]
    missing: list[Defect]
    shared: list[Defect]


def record_keys(run: Run, records: Iterable[TableRecord]) -> RecordKeys:
    """Return the key of each record; records with equal keys are kept apart by their numbers.

    Args:
        run: The mapping with the columns of the table.
        records: The records of the table.
    """
    found: dict[int, str] = {}
    missing: list[Defect] = []
    names = ", ".join(run.names.get(name, name) for name in run.mapping.key)
    places: dict[int, str] = {}
    for record in records:
        key = run.key_of(record)
        places[record.number] = _place(record)
        if key:
            found[record.number] = key
        else:
            missing.append(Defect(_place(record), f"The record has no value in {names}, which is its key."))
    first: dict[str, int] = {}
    shared = [
        Defect(places[number], f"It has the same {names} as {places[first[key]]}. Both stay, each by itself.")
        for number, key in found.items()
        if first.setdefault(key, number) != number
    ]
    counts = Counter(found.values())
    unique = {number: key if counts[key] == 1 else f"{key}.row-{number}" for number, key in found.items()}
    return RecordKeys(unique, missing, shared)


def _place(record: TableRecord) -> str:
    """Return where people find a record: its row, where it is one."""
    first = next((cell.locator for cells in record.cells.values() for cell in cells), "")
    row, column, _ = first.partition(", column ")
    return row if column else f"record {record.number}"
