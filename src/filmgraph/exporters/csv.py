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
from typing import IO, TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters import extract
from filmgraph.exporters._exporter import Exporter, Loss, Request
from filmgraph.namespaces import FG, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

_SEPARATOR = " | "
_LARGEST = 20 * 2**20
"""The bytes of an archive that are kept in memory."""

_CONCEPT = PREFIXES["skos"] + "Concept"
_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_FOLDED = FG + "foldedName"
_FACTS = ("subject", "subject_label", "property", "value", "value_label", "datatype", "language", "citation")
_ADDRESSES = {"id", "subject", "property", "citation"}

_Values = dict[str, dict[str, dict[str, None]]]


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the archive."""
    labels: dict[str, str] = {}
    tables: dict[str, set[str]] = {}
    values: _Values = {}
    for quad in extract.quads(request):
        if not _is(quad.graph_name, ONTOLOGY_GRAPH):
            _collect(quad, labels, tables, values)
    with tempfile.SpooledTemporaryFile(_LARGEST) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            described = [_class(archive, name, iris, values, labels) for name, iris in sorted(tables.items())]
            described.append(_facts(archive, request, labels))
            _add(archive, "csv-metadata.json", _metadata(described))
        file.seek(0)
        shutil.copyfileobj(file, out)
    return []


def _collect(quad: ox.Quad, labels: dict[str, str], tables: dict[str, set[str]], values: _Values) -> None:
    subject, predicate = cast("NamedNode", quad.subject).value, quad.predicate.value
    if predicate == _TYPE:
        kind = cast("NamedNode", quad.object).value
        if kind.startswith(FG) or kind == _CONCEPT:
            tables.setdefault(kind.replace("#", "/").rpartition("/")[2], set()).add(subject)
    elif predicate == _LABEL:
        labels.setdefault(subject, cast("Literal", quad.object).value)
    elif predicate != _FOLDED:
        value = cast("Literal | NamedNode", quad.object).value
        values.setdefault(subject, {}).setdefault(predicate, {})[value] = None


def _class(
    archive: zipfile.ZipFile, name: str, iris: set[str], values: _Values, labels: dict[str, str]
) -> dict[str, Any]:
    """Write the table of a class: a row per thing, a column per property, and the labels of what it names."""
    used = sorted({predicate for iri in iris for predicate in values.get(iri, {})}, key=_column)
    named = {p for p in used if any(value in labels for iri in iris for value in values.get(iri, {}).get(p, ()))}
    columns = [_described("id", ""), _described("label", _LABEL)]
    for predicate in used:
        columns.append(_described(_column(predicate), predicate, separator=_SEPARATOR))
        if predicate in named:
            columns.append(_described(f"{_column(predicate)}_label", "", separator=_SEPARATOR))

    def rows() -> Iterator[list[str]]:
        for iri in sorted(iris):
            row = [iri, labels.get(iri, "")]
            for predicate in used:
                found = sorted(values.get(iri, {}).get(predicate, ()))
                row.append(_SEPARATOR.join(found))
                if predicate in named:
                    row.append(_SEPARATOR.join(labels.get(value, "") for value in found))
            yield row

    url = f"{name.lower()}.csv"
    _add(archive, url, _table([column["name"] for column in columns], rows()))
    schema = {"columns": columns, "primaryKey": "id", "aboutUrl": "{id}"}
    return {"url": url, "dc:title": name, "tableSchema": schema}


def _facts(archive: zipfile.ZipFile, request: Request, labels: dict[str, str]) -> dict[str, Any]:
    """Write every fact with each citation that states it: the only table that loses nothing."""

    def rows() -> Iterator[list[str]]:
        for quad in extract.quads(request):
            if extract.is_citation_graph(quad.graph_name):
                subject, value = cast("NamedNode", quad.subject).value, cast("Literal | NamedNode", quad.object)
                literal = (value.datatype.value, value.language or "") if isinstance(value, Literal) else ("", "")
                citation = cast("NamedNode", quad.graph_name).value
                label = "" if isinstance(value, Literal) else labels.get(value.value, "")
                yield [
                    subject, labels.get(subject, ""), quad.predicate.value, value.value, label, *literal, citation
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


def _table(header: Iterable[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _metadata(tables: list[dict[str, Any]]) -> str:
    context = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    return json.dumps({"@context": context, "tables": tables}, indent=2, ensure_ascii=False) + "\n"


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text.encode("utf-8", "surrogatepass"))


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
