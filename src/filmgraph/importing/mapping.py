"""A mapping: a SPARQL CONSTRUCT with front matter that turns the records of a table into triples.

Its variables are the columns of the table. ``BIND`` makes other variables of them, with the functions of SPARQL and
those of `functions`. The citations of a triple are the cells from which its object came; where the object is a constant
or made of the record's key, those from which its subject came. All other cells that it needs are what the citation
*needs*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.catalogue.header import Header, kind_of
from filmgraph.errors import FileError, QueryError
from filmgraph.importing.functions import FUNCTIONS, NAMESPACE, is_nothing, key
from filmgraph.importing.separators import parts
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.patterns import PatternWatch, UncompilablePatternError, told
from filmgraph.sparql.query import parse
from filmgraph.sparql.refusals import refuse
from filmgraph.sparql.regular_expressions import watched
from filmgraph.sparql.scope import name_of, variables, where_group
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from filmgraph.catalogue.header import Entry
    from filmgraph.importing.readers._records import CellValue, Column, TableRecord
    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

RECORD = "record"
"""The variable that holds the key of a record, ready to be a part of an IRI."""

_VARIABLE = "urn:filmgraph:variable:"
_KEYS = ("summary", "description", "reads", "key", "about", "split", "fits")
_RESERVED = frozenset({RECORD, "none"})
_AT_ONCE = 500


class CitedTriple(NamedTuple):
    """A triple, the cells that state it, and the cells needed to understand these."""

    triple: ox.Triple
    cells: tuple[CellValue, ...]
    needs: tuple[CellValue, ...]
    record: int


class Pattern(NamedTuple):
    """A triple pattern of the template: each position a term or a variable name."""

    subject: ox.NamedNode | str
    predicate: ox.NamedNode | str
    value: ox.NamedNode | ox.Literal | str


class _Way(NamedTuple):
    """How a pattern is cited: the columns whose cells state the triple, and those needed to understand it."""

    stating: tuple[str, ...]
    needed: tuple[str, ...]


class Mapping(NamedTuple):
    """A parsed mapping.

    ``key`` names the variables of the columns that tell one record from another, ``about`` those that say in words what
    a record is about; ``split`` says of a column what `separators` part its values. ``origins`` has for each
    variable the columns that it comes from.
    """

    path: str
    text: str
    summary: str
    reads: str
    key: tuple[str, ...]
    about: tuple[str, ...]
    fits: tuple[str, ...]
    split: dict[str, tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    where: str
    prologue: str
    origins: dict[str, frozenset[str]]

    @property
    def columns(self) -> frozenset[str]:
        """Return the variables of the columns that the mapping uses."""
        used = {name for pattern in self.patterns for name in pattern if isinstance(name, str)}
        return frozenset(column for name in used for column in self.origins.get(name, {name})) - {RECORD}


def variable(column: str) -> str:
    """Return the variable name of a column.

    >>> variable("Running time (min)"), variable("2nd title"), variable("/director/0/name")
    ('running_time_min', 'column_2nd_title', 'director_0_name')
    """
    name = key(column).replace("-", "_") or "column"
    return f"column_{name}" if name[0].isdecimal() else name


def columns_by_variable(columns: Iterable[Column]) -> dict[str, str]:
    """Map variables to the columns of a table; columns with equal names, or one that mappings use, get a number."""
    found: dict[str, str] = {}
    for column in columns:
        name = variable(column.name)
        number = 2
        while name in found or name in _RESERVED:
            name, number = f"{variable(column.name)}_{number}", number + 1
        found[name] = column.name
    return found


def read(text: str, path: str) -> Mapping:
    """Parse a mapping.

    Raises:
        FrontMatterError: Its header is wrong.
        FileError: Its query is no CONSTRUCT that this module understands.
    """
    header = Header(text, path)
    entries = header.root.by_key
    for name, entry in entries.items():
        if name not in _KEYS:
            raise header.error(f"Unknown key '{name}'.", entry.key, hint=f"Known keys: {', '.join(_KEYS)}.")
    for name in ("summary", "reads", "key"):
        if name not in entries:
            raise header.error(f"The front matter has no {name}.", header.root.node, hint=f"Add the line #+ {name}: …")
    split = header.entries(entries["split"].value, of="'split'").by_key if "split" in entries else {}
    try:
        query = parse(text)
        refuse(query)
        seen = parse(watched(text))
    except QueryError as error:
        message = error.message.removeprefix(f"Line {error.line}, column {error.column}: ")
        raise FileError(message, path=path, line=error.line, column=error.column, hint=error.hint) from error
    if query.form != "construct" or query.body.find("ConstructTemplate") is None:
        raise FileError("A mapping is a CONSTRUCT with a template.", path=path)
    _check_functions(where_group(query.body), query, path)
    group = where_group(seen.body)

    def names(name: str) -> tuple[str, ...]:
        if name not in entries:
            return ()
        of = f"'{name}'"
        return tuple(header.text(item, of=of) for item in header.items(entries[name].value, of=of))

    return Mapping(
        path=path,
        text=text,
        summary=header.text(entries["summary"].value, of="'summary'"),
        reads=header.text(entries["reads"].value, of="'reads'"),
        key=names("key"),
        about=names("about"),
        fits=names("fits"),
        split={name: _separators(header, entry, name) for name, entry in split.items()},
        patterns=tuple(_patterns(query, path)),
        where=seen.text[group.start : group.end],
        prologue="".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in query.prefixes.items()),
        origins=_origins(group),
    )


def _separators(header: Header, entry: Entry, name: str) -> tuple[str, ...]:
    """Return the separators of a column: one, or a list."""
    of = f"'{name}'"
    several = header.items(entry.value, of=of) if kind_of(entry.value) == "sequence" else [entry.value]
    return tuple(header.text(one, of=of) for one in several)


def _check_functions(group: Node, query: Query, path: str) -> None:
    """Check that the functions of mappings that are called exist.

    Raises:
        FileError: One does not.
    """
    names = [function.value.removeprefix(NAMESPACE) for function in FUNCTIONS]
    for call in group.walk():
        if call.kind != "FunctionCall":
            continue
        written = query.text[call.start : call.end].partition("(")[0].strip()
        prefix, _, name = written.partition(":")
        if query.prefixes.get(prefix) == NAMESPACE and name not in names:
            near = nearest(name, names)
            raise FileError(
                f"There is no function {written}.",
                path=path,
                line=query.text.count("\n", 0, call.start) + 1,
                hint=f"Did you mean {prefix}:{near[0]}?" if near else f"There are {', '.join(sorted(names))}.",
            )


def _patterns(query: Query, path: str) -> Iterator[Pattern]:
    """Yield the triple patterns of the template, parsed as Turtle with an IRI for each variable."""
    template = query.body.child("ConstructTemplate")
    pieces: list[str] = []
    place = template.start + 1
    for token in template.leaves():
        if token.kind == "VAR":
            pieces += [query.text[place : token.start], f"<{_VARIABLE}{name_of(token)}>"]
            place = token.end
    pieces.append(query.text[place : template.end - 1])
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in query.prefixes.items())
    body = "".join(pieces).rstrip()
    try:
        quads = list(ox.parse(f"{prefixes}{body}{'' if body.endswith('.') else ' .'}\n", ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise FileError(f"The template cannot be read as triples: {error.msg}.", path=path) from error
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise FileError("The template has a blank node; nodes of a collection are IRIs.", path=path)
        yield Pattern(_place(quad.subject), _place(quad.predicate), _place(quad.object))


def _place(term: object) -> ox.NamedNode | str:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_VARIABLE):
        return term.value.removeprefix(_VARIABLE)
    return term  # type: ignore[return-value]  # IRIs as subjects and predicates, any term as an object


def _origins(group: Node) -> dict[str, frozenset[str]]:
    """Map each variable bound by BIND to the column variables that it is computed from."""
    made: dict[str, frozenset[str]] = {}
    for node in group.walk():
        if node.kind == "Bind":
            target = name_of(node.token(-2))
            inside = [name for name in variables(node) if name != target]
            made[target] = frozenset(origin for name in inside for origin in made.get(name, frozenset({name})))
    return made


class Run:
    """The application of a mapping to the records of a table.

    Args:
        mapping: The mapping.
        columns: The columns of the table.
        prefix: What stands before the keys of records, and a full stop: the slug of the source.
    """

    def __init__(self, mapping: Mapping, columns: Sequence[Column], *, prefix: str) -> None:
        self.mapping = mapping
        self.names = columns_by_variable(columns)
        self.headers = {column.name: column.header for column in columns}
        self._prefix = prefix
        self._around = tuple(dict.fromkeys((*mapping.about, *mapping.key)))
        self._wanted = sorted({*mapping.columns, *self._around} & self.names.keys())
        self._store = ox.Store()
        self._header_of = {name: header for name, column in self.names.items() if (header := self.headers[column])}
        self._ways: dict[tuple[str, ...], list[_Way | None]] = {}

    def key_of(self, record: TableRecord) -> str:
        """Return the key of a record as a segment of an IRI; empty where its key columns are empty."""
        parts = [key(self._text(record, name)) for name in self.mapping.key]
        return ".".join(filter(None, parts))

    def statements(
        self,
        records: Sequence[TableRecord],
        keys: dict[int, str],
        *,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[CitedTriple]:
        """Yield the cited triples of records, in order.

        Args:
            records: The records.
            keys: The key of each record, by its number; records without one are left out.
            progress: Told what is done, and how many of how many records are.
        """
        for start in range(0, len(records), _AT_ONCE):
            if progress is not None:
                progress("mapping", start, len(records))
            batch = [record for record in records[start : start + _AT_ONCE] if record.number in keys]
            yield from self._batch(batch, keys)

    def _text(self, record: TableRecord, name: str) -> str:
        cells = record.cells.get(self.names.get(name, ""), ())
        return cells[0].text if cells else ""

    def _batch(self, records: list[TableRecord], keys: dict[int, str]) -> Iterator[CitedTriple]:
        lines: list[tuple[TableRecord, dict[str, CellValue]]] = [
            (record, cells) for record in records for cells in self._lines(record)
        ]
        if not lines:
            return
        rows = "".join(
            f"({number} {ox.Literal(f'{self._prefix}.{keys[record.number]}')} "
            f"{' '.join(str(ox.Literal(cells[name].text)) if name in cells else 'UNDEF' for name in self._wanted)})\n"
            for number, (record, cells) in enumerate(lines)
        )
        head = " ".join(f"?{name}" for name in self._wanted)
        text = (
            f"{self.mapping.prologue}SELECT * WHERE {{ VALUES (?line__ ?{RECORD} {head}) {{\n{rows}}}\n"
            f"{self.mapping.where[1:-1]} }}"
        )
        watch = PatternWatch()
        found = self._store.query(text, custom_functions=FUNCTIONS | watch.functions)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- the text is a SELECT
        names = {name.value for name in found.variables}
        solutions = sorted(((int(solution["line__"].value), solution) for solution in found), key=lambda pair: pair[0])
        self._check(watch)
        for number, solution in solutions:
            record, cells = lines[number]
            yield from self._made(record, cells, {name: solution[name] for name in names})

    def _check(self, watch: PatternWatch) -> None:
        """Tell of a regular expression that the mapping computed and the engine cannot compile."""
        try:
            watch.check()
        except UncompilablePatternError as error:
            message, line, column, hint = told(str(error))
            message = message.removeprefix(f"Line {line}, column {column}: ")
            raise FileError(
                f"{message[0].upper()}{message[1:]}", path=self.mapping.path, line=line, column=column, hint=hint
            ) from error

    def _lines(self, record: TableRecord) -> Iterator[dict[str, CellValue]]:
        """Yield the cells of a record by variable: a line with the first of each, and one for each further value."""
        several: list[tuple[str, CellValue]] = []
        first: dict[str, CellValue] = {}
        for name in self._wanted:
            values = [
                part
                for cell in record.cells.get(self.names[name], ())
                if not is_nothing(cell.text)
                for part in parts(cell, self.mapping.split.get(name, ()))
            ]
            if values:
                first[name] = values[0]
                several.extend((name, value) for value in values[1:])
        yield first
        kept = {name: first[name] for name in self._around if name in first}
        for name, value in several:
            yield kept | {name: value}

    def _made(
        self, record: TableRecord, cells: dict[str, CellValue], values: dict[str, object]
    ) -> Iterator[CitedTriple]:
        present = tuple(cells)
        if present not in self._ways:
            self._ways[present] = [self._way(pattern, cells) for pattern in self.mapping.patterns]
        headers = self._header_of
        for (subject, predicate, value), way in zip(self.mapping.patterns, self._ways[present], strict=True):
            if way is None:
                continue
            terms = [values.get(place) if isinstance(place, str) else place for place in (subject, predicate, value)]
            if None in terms or not isinstance(terms[0], ox.NamedNode):
                continue
            stating = tuple(cells[name] for name in way.stating)
            needs = (
                *(cells[name] for name in way.needed),
                *(headers[name] for name in way.stating if name in headers),
                *(cell.label for cell in stating if cell.label is not None),
            )
            yield CitedTriple(ox.Triple(*terms), stating, needs, record.number)  # type: ignore[arg-type]  # terms

    def _way(self, pattern: Pattern, cells: dict[str, CellValue]) -> _Way | None:
        """Return the columns that state a pattern's triple and those it needs; None where none states it."""
        own, others = self._origin(pattern.value), self._origin(pattern.subject)
        stating = self._stating(own, others, cells)
        if not stating:
            return None
        needed = dict.fromkeys(name for name in (*sorted(own | others), *self._around) if name in cells)
        return _Way(tuple(stating), tuple(name for name in needed if name not in stating))

    def _stating(self, own: frozenset[str], others: frozenset[str], cells: dict[str, CellValue]) -> list[str]:
        """Return the columns that state a triple: those of its object, else of its subject, else of the record.

        Columns of the key tell which record it is, so they come after all others. Of those that make a record's key
        the first is enough; the others are needed to understand it.
        """
        key = {RECORD, *self.mapping.key}
        for columns in (own - key, others - key, own - {RECORD}, others - {RECORD}):
            found = [name for name in sorted(columns) if name in cells]
            if found:
                return found
        return [name for name in self._around if name in cells][:1]

    def _origin(self, place: object) -> frozenset[str]:
        if not isinstance(place, str):
            return frozenset()
        return self.mapping.origins.get(place, frozenset({place}))


PROLOGUE = "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {
        **{
            name: PREFIXES[name]
            for name in (
                "fg",
                "fgv",
                "film",
                "title",
                "person",
                "org",
                "place",
                "credit",
                "figure",
                "rating",
                "rel",
                "skos",
                "xsd",
            )
        },
        "fn": NAMESPACE,
    }.items()
)
"""The prefixes that a proposed mapping declares."""
