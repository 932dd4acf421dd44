"""Import of a file into a collection: read, map, match, and write atomically."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from filmgraph.errors import FileError, NotOfFormatError
from filmgraph.files import atomic
from filmgraph.importing import decisions, identity, mappings, readers, replacing
from filmgraph.importing.documents import checked_date
from filmgraph.importing.functions import is_nothing
from filmgraph.importing.known import known_in, known_of
from filmgraph.importing.mapping import Run
from filmgraph.importing.proposal import propose
from filmgraph.importing.readers._records import Defect
from filmgraph.importing.record_keys import record_keys
from filmgraph.importing.roles import by_role
from filmgraph.importing.sources import (
    Intake,
    add,
    check_collection,
    check_slug,
    converter_version,
    file_name,
    read_text,
    slug_of,
)
from filmgraph.importing.spool import PassageSpool
from filmgraph.importing.writing import batched, trig
from filmgraph.rdf.files import read as read_bytes
from filmgraph.rdf.packed import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.importing.identity import Matches
    from filmgraph.importing.mapping import CitedTriple, Mapping
    from filmgraph.importing.proposal import Proposal
    from filmgraph.importing.readers import TableReader
    from filmgraph.importing.readers._records import CellValue, Table, TableRecord
    from filmgraph.importing.spool import PassageBatch

MOST_BYTES = 200_000_000
"""So large a file may be: each of its bytes takes some hundred in memory."""
_PIECE = 1 << 20
_TABLES = frozenset({"csv", "tsv"})
"""Readers whose columns are those of RFC 7111."""


_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "rdfxml": "application/rdf+xml",
    "tsv": "text/tab-separated-values",
    "wikidata": "application/json",
    "xml": "application/xml",
}
"""Media types of texts whose locators are written as these ask for."""
_AT_ONCE = 500
"""Records that are mapped and counted together."""
_LONGEST_CELL = 1_000_000
"""Characters. What is longer is the text of a document, and no fact."""
_HALF = re.compile("[\ud800-\udfff]")


class ImportOptions(NamedTuple):
    """Options of an import; what is empty is detected.

    ``mapping`` is the file of a mapping, or the name of one of the tool's or the collection's. ``strict`` imports
    nothing where a part of the file cannot be read. ``replace`` takes away what was imported under the slug before.
    """

    mapping: str = ""
    slug: str = ""
    encoding: str = ""
    strict: bool = False
    title: str = ""
    publisher: str = ""
    date: str = ""
    kind: str = ""
    replace: bool = False


class Untaken(NamedTuple):
    """A column of which some cells were not imported: how many, and why."""

    column: str
    cells: int
    reason: str


class RecordCounts:
    """Counts of the records that were mapped, of their cells, and of the cells from which nothing was made.

    Args:
        run: The mapping, applied to the table.
    """

    def __init__(self, run: Run) -> None:
        self.records = 0
        self.cells = 0
        used = {*run.mapping.columns, *run.mapping.key}
        self._mapped = {run.names[name] for name in used if name in run.names}
        self._unmapped: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()

    def add(self, records: list[TableRecord], statements: Iterable[CitedTriple]) -> None:
        """Count some records, and what was made of them."""
        cited = sorted({cell.start for statement in statements for cell in (*statement.cells, *statement.needs)})
        self.records += len(records)
        for record in records:
            for column, cells in record.cells.items():
                self.cells += len(cells)
                if column in self._mapped:
                    left = sum(not (_is_within(cell, cited) or is_nothing(cell.text)) for cell in cells)
                    self._unread[column] += left
                else:
                    self._unmapped[column] += sum(not is_nothing(cell.text) for cell in cells)

    @property
    def losses(self) -> list[Untaken]:
        """Return the columns that no mapping uses, and those with cells from which nothing was made."""
        return [
            *(
                Untaken(name, number, "no mapping takes this column")
                for name, number in self._unmapped.items()
                if number
            ),
            *(Untaken(name, number, "not understood") for name, number in self._unread.items() if number),
        ]


class ImportPlan(NamedTuple):
    """A file read, before anything is written; ``statements`` maps its records while it is drawn from, once."""

    document: Intake
    mapping: Mapping
    statements: Iterator[CitedTriple]
    taken: RecordCounts
    problems: list[Defect]
    shared: list[Defect]


class ImportReport(NamedTuple):
    """The result of an import."""

    slug: str
    source: str
    records: int
    statements: int
    cells: int
    losses: list[Untaken]
    problems: list[Defect]
    shared: list[Defect]
    matches: Matches
    changed: bool
    mapping: str
    change: replacing.Change | None
    beside: list[str]

    @property
    def complete(self) -> bool:
        """Whether everything was imported and no match is open."""
        return not (self.problems or self.losses or self.matches.open)


class ImportProgress(Protocol):
    """A callback for progress messages."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """Report the current step and how many records are done, of how many; 0 of 0 where unknown."""


def plan(
    path: str,
    options: ImportOptions,
    *,
    folders: Iterable[Path] = (),
    sample: int | None = None,
    progress: ImportProgress | None = None,
) -> ImportPlan:
    """Read a file and map its records.

    Args:
        path: The file.
        options: How it is imported.
        folders: Where mappings lie that are named without a folder.
        sample: Only so many records.
        progress: Told how many records are mapped.

    Raises:
        UnknownFormatError: No reader has the file's ending.
        FileError: The file or the mapping cannot be read; with ``strict``, also where a part of the file cannot.
    """
    reader = readers.of_file(path)
    document = _document(path, reader, options)
    reader = readers.of_text(reader, document.text)
    table = _holdable(by_role(reader.read(document.text)))
    if not table.columns:
        raise FileError(table.problems[0].message if table.problems else "There is nothing in it.", path=path)
    if options.strict:
        _refuse(path, table.problems)
    document = document._replace(media_type=_MEDIA_TYPES.get(reader.name, ""))
    if reader.name in _TABLES:
        document = document._replace(columns=tuple(column.name for column in table.columns))
    mapping = mappings.find(path, reader, table, options.mapping, folders)
    run = Run(mapping, table.columns, prefix=document.slug)
    missing = sorted(set(mapping.key) - run.names.keys())
    if missing:
        raise FileError(
            f"The mapping's key names a column ?{missing[0]}, and the table has none of that name.",
            path=mapping.path,
            hint=f"The table has {', '.join(f'?{name}' for name in run.names)}.",
        )
    records = table.records if sample is None else table.records[:sample]
    taken = RecordCounts(run)
    keys = record_keys(run, records)
    if options.strict:
        _refuse(path, [*keys.missing, *keys.shared])
    return ImportPlan(
        document=document,
        mapping=mapping,
        statements=_statements(run, records, keys.found, taken, progress or _quiet),
        taken=taken,
        problems=[*table.problems, *keys.missing, *mappings.misnamed(mapping, run, folders)],
        shared=keys.shared,
    )


def _statements(
    run: Run, records: list[TableRecord], keys: dict[int, str], taken: RecordCounts, progress: ImportProgress
) -> Iterator[CitedTriple]:
    """Yield the cited triples of records, which are let go of as soon as they are mapped."""
    total = len(records)
    records.reverse()
    while records:
        progress("mapping", total - len(records), total)
        several = [records.pop() for _ in range(min(len(records), _AT_ONCE))]
        made = list(run.statements(several, keys))
        taken.add(several, made)
        yield from made


def _refuse(path: str, problems: list[Defect]) -> None:
    if problems:
        first = problems[0]
        raise FileError(
            f"{first.where}: {first.message}", path=path, hint="Mend it, or import the rest without --strict."
        )


def _refuse_large(path: str) -> None:
    """Refuse a file that would not fit in memory, packed or not, before it is read as a whole."""
    size = 0
    with opened(path) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise FileError(
                    f"It is larger than {MOST_BYTES // 1_000_000} MB, and an import holds a file in memory.",
                    path=path,
                    hint="Part it into several files, each with the header, and import each under a slug of its own.",
                )


def _holdable(table: Table) -> Table:
    """A table without the cells that no literal can hold, each of which is a problem of its own."""
    problems: list[Defect] = []
    records: list[TableRecord] = []
    for record in table.records:
        wrong = {cell: why for cells in record.cells.values() for cell in cells if (why := _why_not_held(cell))}
        if not wrong:
            records.append(record)
            continue
        problems += [Defect(cell.locator, why) for cell, why in wrong.items()]
        kept = {name: tuple(cell for cell in cells if cell not in wrong) for name, cells in record.cells.items()}
        records.append(record._replace(cells={name: cells for name, cells in kept.items() if cells}))
    return table._replace(records=records, problems=[*table.problems, *problems]) if problems else table


def _why_not_held(cell: CellValue) -> str:
    """Why no literal of a collection can hold a cell; empty where one can."""
    text = cell.text
    if text.isascii() and cell.locator.isascii() and len(text) <= _LONGEST_CELL and "\0" not in text:
        return ""
    if len(text) > _LONGEST_CELL:
        return f"A cell has {len(text):,} characters, and the limit is {_LONGEST_CELL:,}."
    if "\0" in text:
        return "A cell has a NUL character."
    if _HALF.search(text) or _HALF.search(cell.locator):
        return "A cell has half of a surrogate pair, which is no character."
    return ""


def _document(path: str, reader: TableReader, options: ImportOptions) -> Intake:
    slug = options.slug or slug_of(path)
    check_slug(slug)
    _refuse_large(path)
    name = file_name(path)
    original = converter = ""
    if reader.rendition is None:
        text, _ = read_text(path, encoding=options.encoding)
        if options.encoding and options.encoding.lower().replace("-", "") != "utf8":
            original, converter = _sha256(read_bytes(path)), f"decoded from {options.encoding}"
    else:
        data = read_bytes(path)
        try:
            text, original = reader.rendition(data), _sha256(data)
        except NotOfFormatError as error:
            raise FileError(str(error), path=path, hint=error.hint) from error
        converter = f"{reader.converter} {converter_version(reader.converter)}".strip()
    if "\0" in text and reader.rendition is None and text.count("\0") * 4 > len(text):
        raise FileError("The file is no text in UTF-8.", path=path, hint="Name its encoding: --encoding utf-16")
    return Intake(
        slug,
        text,
        options.title or name,
        ending=reader.endings[0] if reader.rendition is None else ".txt",
        publisher=options.publisher,
        date=checked_date(options.date),
        kind=options.kind,
        original=original,
        converter=converter,
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_within(cell: CellValue, cited: list[int]) -> bool:
    """Whether a cited passage begins within a cell."""
    place = bisect_left(cited, cell.start)
    return place < len(cited) and cited[place] < cell.end


def import_file(
    root: Path,
    path: str,
    options: ImportOptions,
    *,
    folders: Iterable[Path] = (),
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Import a file into a collection.

    Args:
        root: The folder of the collection.
        path: The file.
        options: How it is imported.
        folders: Where mappings lie that are named without a folder.
        progress: Told what is being done, and how many of how many records are.

    Raises:
        DataError: The folder is no collection, or a matches file is wrong.
        FileError: The file or the mapping cannot be read.
        OutputError: A file cannot be written; each is there whole or not at all.
    """
    check_collection(root)
    tell = progress or _quiet
    tell("reading", 0, 0)
    made = plan(path, options, folders=folders, progress=tell)
    slug = made.document.slug
    place = root / "matches" / f"{slug}.csv"
    with PassageSpool() as spool:
        triples: set[int] = set()
        known = known_of(_texts(made.statements, spool, triples))
        tell("matching", 0, 0)
        matches = identity.match(
            known,
            known_in(root, but=slug),
            decisions.read_decisions(place),
            slug=slug,
            asked=frozenset(decisions.asked_elsewhere(root / "matches", slug)),
        )
        tell("writing", 0, 0)
        return _written(root, made, options, matches, spool, len(triples))


def _written(
    root: Path,
    made: ImportPlan,
    options: ImportOptions,
    matches: Matches,
    passages: Iterable[PassageBatch],
    count: int,
) -> ImportReport:
    """Write what was read and matched into the collection."""
    slug = made.document.slug
    place = root / "matches" / f"{slug}.csv"
    facts = root / "data" / f"{slug}.{made.document.sha256[:8]}.trig"
    before = _digest(facts)
    earlier = replacing.earlier(root, made.document)
    # In this order whoever is killed between two files leaves a collection that is right, and that the next run mends.
    add(root, made.document)
    decisions.write_decisions(place, matches.rows)
    lines = trig(made.document.iri, identity.renamed(passages, matches.taken))
    atomic.write(facts, (line.encode() for line in lines))
    changed = _digest(facts) != before
    change = replacing.change(earlier, facts) if options.replace and earlier else None
    if options.replace:
        replacing.remove(root, earlier)
    return ImportReport(
        slug=slug,
        source=made.document.iri,
        records=made.taken.records,
        statements=count,
        cells=made.taken.cells,
        losses=made.taken.losses,
        problems=made.problems,
        shared=made.shared,
        matches=matches,
        changed=changed or change is not None,
        mapping=made.mapping.path if made.mapping.path and Path(made.mapping.path).is_file() else "",
        change=change,
        beside=[] if options.replace else [one.name for one in earlier],
    )


def _digest(path: Path) -> str:
    """The SHA-256 of a file; nothing where there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _texts(statements: Iterable[CitedTriple], spool: PassageSpool, triples: set[int]) -> Iterator[tuple[str, str, str]]:
    """Yield the triples of statements as text, a literal as its value, while their passages go into the spool."""
    for several, batch in batched(statements, triples):
        spool.add(batch)
        for (subject, predicate, value), *_ in several:
            yield subject.value, predicate.value, value.value


def _quiet(_what: str, _done: int, _total: int, /) -> None:
    """Report no progress."""


def proposed(path: str, options: ImportOptions) -> Proposal:
    """Propose a mapping for a file.

    Raises:
        UnknownFormatError: No reader has the file's ending.
        FileError: It cannot be read, or there is nothing in it.
    """
    reader = readers.of_file(path)
    text = _document(path, reader, options).text
    reader = readers.of_text(reader, text)
    table = by_role(reader.read(text))
    if not table.columns:
        raise FileError("There is nothing in it.", path=path)
    return propose(table, reads=reader.name, name=file_name(path))
