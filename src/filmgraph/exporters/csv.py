"""Tables for spreadsheets: one CSV file per class, one of all facts with their citations, and CSVW metadata, zipped.

`Tabular data <https://www.w3.org/TR/tabular-data-model/>`_ and
`metadata <https://www.w3.org/TR/tabular-metadata/>`_ on the Web.
The files are stored without compression and with one fixed date, so that the archive is the same everywhere.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import zipfile
from itertools import chain, groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss, Request
from filmgraph.exporters.linked.terms import batches
from filmgraph.files.sorted_lines import kept, sorted_lines
from filmgraph.rdf.namespaces import FG, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

_SEPARATOR = " | "
_LARGEST = 20 * 2**20
"""The bytes of an archive that are kept in memory."""

_CONCEPT = PREFIXES["skos"] + "Concept"
_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_WRITTEN_LABEL = f" <{_LABEL}> "
_NO_COLUMN = (_LABEL, FG + "foldedName")
_FACTS = ("subject", "subject_label", "property", "value", "value_label", "datatype", "language", "citation")
_ADDRESSES = {"id", "subject", "property", "citation"}


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the archive. Of everything only the labels are in memory, and each table is made in a file."""
    with kept(extract.lines(request)) as lines, tempfile.SpooledTemporaryFile(_LARGEST) as file:
        labels = _labels(lines)
        lines.seek(0)
        tables = _Tables(labels)
        # Sorting reads all things before the first row comes out, so the columns of each table are known by then.
        rows = (line[:-1].split("\t") for line in sorted_lines(tables.rows(extract.parsed(lines))))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            described = [
                _class(archive, name, ((iri, json.loads(values)) for _, iri, values in group), tables)
                for name, group in groupby(rows, key=itemgetter(0))
            ]
            lines.seek(0)
            described.append(_facts(archive, extract.parsed(lines), labels))
            _add(archive, "csv-metadata.json", [_metadata(described)])
        file.seek(0)
        shutil.copyfileobj(file, out)
    return []


def _labels(lines: Iterable[str]) -> dict[str, str]:
    """The label of each thing that has one."""
    found: dict[str, str] = {}
    for quad in extract.parsed(line for line in lines if _WRITTEN_LABEL in line):
        if quad.predicate.value == _LABEL and not _is(quad.graph_name, ONTOLOGY_GRAPH):
            found.setdefault(cast("NamedNode", quad.subject).value, cast("Literal", quad.object).value)
    return found


class _Tables:
    """The tables of classes, and what was seen in them.

    Args:
        labels: The label of each thing that has one.
    """

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        self.used: dict[str, set[str]] = {}
        """By class the properties of its things."""
        self.named: dict[str, set[str]] = {}
        """By class those of which a value has a label."""

    def rows(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        """Each thing, once for each of its classes: class, IRI and the values of its properties, in one line."""
        for subject, group in groupby(quads, key=lambda quad: quad.subject):
            values: dict[str, set[str]] = {}
            classes: set[str] = set()
            for quad in group:
                predicate, value = quad.predicate.value, getattr(quad.object, "value", str(quad.object))
                if _is(quad.graph_name, ONTOLOGY_GRAPH) or predicate in _NO_COLUMN:
                    continue
                if predicate != _TYPE:
                    values.setdefault(predicate, set()).add(value)
                elif value.startswith(FG) or value == _CONCEPT:
                    classes.add(value.replace("#", "/").rpartition("/")[2])
            named = {name for name, found in values.items() if classes and any(value in self.labels for value in found)}
            text = json.dumps({name: sorted(found) for name, found in values.items()}) if classes else ""
            for kind in classes:
                self.used.setdefault(kind, set()).update(values)
                self.named.setdefault(kind, set()).update(named)
                yield f"{kind}\t{cast('NamedNode', subject).value}\t{text}\n"


def _class(
    archive: zipfile.ZipFile, name: str, things: Iterable[tuple[str, dict[str, list[str]]]], tables: _Tables
) -> dict[str, Any]:
    """Write the table of a class: a row per thing, a column per property, and the labels of what it names."""
    labels, named = tables.labels, tables.named[name]
    used = sorted(tables.used[name], key=lambda predicate: (_column(predicate), predicate))
    columns = [_described("id", ""), _described("label", _LABEL)]
    for predicate in used:
        columns.append(_described(_column(predicate), predicate, separator=_SEPARATOR))
        if predicate in named:
            columns.append(_described(f"{_column(predicate)}_label", "", separator=_SEPARATOR))

    def rows() -> Iterator[list[str]]:
        for iri, values in things:
            row = [iri, labels.get(iri, "")]
            for predicate in used:
                found = values.get(predicate, [])
                row.append(_SEPARATOR.join(found))
                if predicate in named:
                    row.append(_SEPARATOR.join(labels.get(value, "") for value in found))
            yield row

    url = f"{name.lower()}.csv"
    _add(archive, url, _table([column["name"] for column in columns], rows()))
    schema = {"columns": columns, "primaryKey": "id", "aboutUrl": "{id}"}
    return {"url": url, "dc:title": name, "tableSchema": schema}


def _facts(archive: zipfile.ZipFile, quads: Iterable[ox.Quad], labels: dict[str, str]) -> dict[str, Any]:
    """Write every fact with each citation that states it: the only table that loses nothing."""

    def rows() -> Iterator[list[str]]:
        for quad in quads:
            if extract.is_citation_graph(quad.graph_name):
                subject, value = cast("NamedNode", quad.subject).value, cast("Literal | NamedNode", quad.object)
                literal = (value.datatype.value, value.language or "") if isinstance(value, Literal) else ("", "")
                citation = cast("NamedNode", quad.graph_name).value
                text = getattr(value, "value", str(value))  # a triple in a triple has none
                label = "" if isinstance(value, Literal) else labels.get(text, "")
                yield [
                    subject, labels.get(subject, ""), quad.predicate.value, text, label, *literal, citation
                ]  # fmt: skip

    _add(archive, "facts.csv", _table(_FACTS, rows()))
    columns = [_described(name, "") for name in _FACTS]
    return {"url": "facts.csv", "dc:title": "All facts, each with the citations that state it",
            "tableSchema": {"columns": columns}}  # fmt: skip


def _described(name: str, predicate: str, separator: str = "") -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "titles": name}
    if predicate:
        column["propertyUrl"] = predicate
    if name in _ADDRESSES:
        column["datatype"] = "anyURI"
    if separator:
        column["separator"] = separator
    return column


def _column(predicate: str) -> str:
    """The name of a property's column: of a term of filmgraph its local name, else with the prefix before it."""
    for prefix, namespace in PREFIXES.items():
        if predicate.startswith(namespace):
            local = predicate.removeprefix(namespace)
            return local if prefix == "fg" else f"{prefix}_{local}"
    return "".join(character if character.isascii() and character.isalnum() else "_" for character in predicate)


def _table(header: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for batch in batches(chain([header], rows)):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(batch)
        yield text.getvalue()


def _metadata(tables: list[dict[str, Any]]) -> str:
    context = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    return json.dumps({"@context": context, "tables": tables}, indent=2, ensure_ascii=False) + "\n"


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    with tempfile.SpooledTemporaryFile(_LARGEST) as file:
        file.writelines(piece.encode("utf-8", "surrogatepass") for piece in pieces)
        entry.file_size = file.tell()  # what is written before the data depends on it
        file.seek(0)
        with archive.open(entry, "w") as place:
            shutil.copyfileobj(file, place)


def _is(term: object, iri: str) -> bool:
    return isinstance(term, NamedNode) and term.value == iri


EXPORTER = Exporter(
    name="csv",
    summary="Tables for spreadsheets: a CSV file per class, all facts with their citations, and CSVW metadata, zipped.",
    media_type="application/zip",
    endings=("csv.zip", "zip"),
    keeps="every thing by its class, and in facts.csv every fact with its citations",
    loses="nothing in facts.csv; the tables of classes do not say who states what",
    write=write,
)
