"""Reading and writing RDF files with pyoxigraph. Errors say ``file:line:column``."""

from __future__ import annotations

import os
import re
from codecs import getincrementaldecoder
from io import BytesIO
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from filmgraph.errors import FileError, RdfSyntaxError
from filmgraph.rdf import limits
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.packed import opened
from filmgraph.rdf.xml_characters import refuse_impossible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""File ending to RDF format. Each ending may be followed by ``.gz`` or ``.zst``."""

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_BARE = {ox.NamedNode(PREFIXES["xsd"] + name) for name in ("string", "integer", "decimal", "double", "boolean")}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_POSITION = re.compile(
    r"^Parser error (?:at line \d+ (?:between columns \d+ and \d+|column \d+)|between line .*? column \d+"
    r" and line \d+ column \d+): "
)
_REMOTE = re.compile(rb'"@(?:context|import)"\s*:\s*\[?\s*"')


def format_of(path: str | Path) -> ox.RdfFormat | None:
    """The RDF format that a file's ending names, or None.

    >>> format_of("data/press-kit.trig.gz")
    <RdfFormat TriG>
    """
    name = os.fspath(path).lower().removesuffix(".gz").removesuffix(".zst")
    return FORMATS.get(name.rpartition(".")[2])


def read(path: str | Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in ``.gz`` or ``.zst``.

    Raises:
        FileError: It cannot be read or unpacked.
        MissingDependencyError: It ends in ``.zst``, and the package zstandard is not installed.
    """
    with opened(path) as file:
        return file.read()


def parse_stream(path: str | Path, rdf_format: ox.RdfFormat) -> Iterator[ox.Quad]:
    """The quads of a file of any size, which is never in memory as a whole; columns of errors are the engine's.

    Raises:
        FileError: The file cannot be read.
        RdfSyntaxError: It does not parse, or is not UTF-8.
    """
    with opened(path) as file:
        try:
            yield from ox.parse(cast("IO[bytes]", _Utf8(file)), rdf_format)
        except SyntaxError as error:
            raise RdfSyntaxError(error.msg, path=path, line=error.lineno, column=error.offset) from error
        except UnicodeDecodeError as error:
            raise RdfSyntaxError("The file is not UTF-8.", path=path, hint="Save the file as UTF-8.") from error
        except MemoryError as error:
            with opened(path) as again:
                raise limits.too_long(path, again) from error


class _Utf8:
    """A file without its byte order mark, refused where it is not UTF-8: parsers skip comments without looking."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = getincrementaldecoder("utf-8")().decode
        self._started = False

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        if not self._started:
            self._started = True
            while 0 < len(data) < len(_BYTE_ORDER_MARK) and (more := self._file.read(1)):
                data += more
            data = data.removeprefix(_BYTE_ORDER_MARK) or self._file.read(size)
        self._decode(data, final=not data)
        return data


def parse(path: str | Path, *, rename_blank_nodes: bool = False) -> Iterator[ox.Quad]:
    """The quads of an RDF file, in the order in which they stand. The format follows from the ending.

    Nothing is fetched: a JSON-LD context on the network is an error, and RDF/XML must not declare entities.

    Raises:
        FileError: The file cannot be read, or its ending names no RDF format.
        RdfSyntaxError: The file does not parse, or is not UTF-8.
    """
    rdf_format = format_of(path)
    if rdf_format is None:
        raise FileError(
            "The file's ending names no RDF format.", path=path, hint=f"Known endings: {', '.join(sorted(FORMATS))}."
        )
    return parse_bytes(read(path), rdf_format, path=path, rename_blank_nodes=rename_blank_nodes)


def parse_bytes(
    data: bytes, rdf_format: ox.RdfFormat, *, path: str | Path, rename_blank_nodes: bool = False
) -> Iterator[ox.Quad]:
    """The quads of bytes in a known format; ``path`` is what errors name.

    Raises:
        RdfSyntaxError: The bytes do not parse, or are not UTF-8.
    """
    _refuse_other_encodings(data, path)
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if rdf_format == ox.RdfFormat.RDF_XML:
        _refuse_entities(data, path)
        limits.refuse_deep_xml(data, path)
    elif rdf_format == ox.RdfFormat.JSON_LD:
        limits.refuse_deep_json(data, path)
    try:
        yield from ox.parse(data, rdf_format, rename_blank_nodes=rename_blank_nodes)
    except SyntaxError as error:
        raise _syntax_error(error, data, rdf_format, path) from error
    except MemoryError as error:
        raise limits.too_long(path, BytesIO(data)) from error
    if rdf_format == ox.RdfFormat.RDF_XML:
        _refuse_cut_off_xml(data, path)


def line_of(data: bytes, rdf_format: ox.RdfFormat, wanted: Callable[[ox.Quad], bool]) -> int | None:
    """The line in which the first quad that is wanted ends.

    The parser tells no positions of quads, so the bytes are parsed again, handed over line by line.
    """
    lines = _Lines(data)
    for quad in ox.parse(cast("IO[bytes]", lines), rdf_format):
        if wanted(quad):
            return lines.count
    return None


class _Lines:
    """A file that gives one line per read, and counts them."""

    def __init__(self, data: bytes) -> None:
        self._lines = iter(data.splitlines(keepends=True))
        self._rest = b""
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.count += 1
        part = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(part) :]
        return part


def serialise(
    quads: Iterable[ox.Quad | ox.Triple],
    rdf_format: ox.RdfFormat,
    *,
    prefixes: dict[str, str] = PREFIXES,
) -> bytes:
    """RDF text that is the same for the same quads: sorted, each once, with the prefixes that it uses and no others.

    Raises:
        FilmgraphError: The format is RDF/XML, and a literal has a character that XML cannot hold.

    >>> quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(PREFIXES["fg"] + "name"), ox.Literal("A", language="en"))
    >>> print(serialise([quad], ox.RdfFormat.TURTLE).decode(), end="")
    @prefix fg: <https://w3id.org/filmgraph/ns#> .
    <urn:s> fg:name "A"@en .
    """
    if rdf_format in {ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES}:
        return "".join(sorted({f"{quad} .\n" for quad in quads})).encode()
    ordered = sorted(set(quads), key=_sort_key)
    if rdf_format == ox.RdfFormat.RDF_XML:
        for one in ordered:
            if isinstance(one.object, ox.Literal):
                refuse_impossible(one.object.value)
    used = used_prefixes(ordered, prefixes)
    # The stub wants all quads or all triples; a mixture is the caller's mistake and raises a TypeError.
    text = ox.serialize(cast("list[ox.Quad]", ordered), format=rdf_format, prefixes=used) or b""
    return _with_used_prefixes(text) if rdf_format in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG} else text


def _with_used_prefixes(text: bytes) -> bytes:
    """Remove the prefixes of datatypes that the serialiser abbreviated, such as that of ``12``."""
    lines = text.splitlines(keepends=True)
    header = [line for line in lines if line.startswith(b"@prefix ")]
    body = b"".join(lines[len(header) :])
    used = {match[1] for match in re.finditer(rb'"(?:[^"\\]|\\.)*"|<[^>]*>|([\w-]+):', body)}
    return b"".join(line for line in header if line.split()[1][:-1] in used) + body


def _sort_key(quad: ox.Quad | ox.Triple) -> tuple[str, str, str, str]:
    graph = str(quad.graph_name) if isinstance(quad, ox.Quad) and quad.graph_name != ox.DefaultGraph() else ""
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)


def used_prefixes(quads: Iterable[ox.Quad | ox.Triple], prefixes: dict[str, str] = PREFIXES) -> dict[str, str]:
    """The prefixes that the serialiser may use for quads."""
    return prefixes_of(
        {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for quad in quads for iri in _iris(quad)}, prefixes
    )


def prefixes_of(namespaces: Iterable[str], prefixes: dict[str, str] = PREFIXES) -> dict[str, str]:
    """The prefixes that the serialiser may use: of those that fit an IRI, the one with the longest namespace.

    Args:
        namespaces: Of each IRI what comes before its last slash or number sign, and that sign.
        prefixes: Those to choose from.
    """
    by_length = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    used = {next((item for item in by_length if name.startswith(item[1])), None) for name in namespaces}
    return {prefix: namespace for prefix, namespace in prefixes.items() if (prefix, namespace) in used}


def _iris(quad: ox.Quad | ox.Triple) -> Iterator[str]:
    """The IRIs that are written out; Turtle has ``a`` and bare numbers for some."""
    if quad.predicate != _TYPE:
        yield quad.predicate.value
    terms: tuple[object, ...] = (quad.subject, quad.object)
    if isinstance(quad, ox.Quad):
        terms = (*terms, quad.graph_name)
    for term in terms:
        if isinstance(term, ox.Triple):
            yield from _iris(term)
        elif isinstance(term, ox.NamedNode):
            yield term.value
        elif isinstance(term, ox.Literal) and term.language is None and term.datatype not in _BARE:
            yield term.datatype.value


def _refuse_other_encodings(data: bytes, path: str | Path) -> None:
    """The parsers skip comments without looking, so a wrong encoding may pass them."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        raise RdfSyntaxError(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} cannot stand here.",
            path=path,
            line=line,
            column=column,
            hint="Save the file as UTF-8.",
        ) from error


def _refuse_entities(data: bytes, path: str | Path) -> None:
    """A few hundred bytes of nested entities unfold to gigabytes, and no RDF needs any."""
    match = _DOCTYPE.search(data)
    if match:
        line, column = _place(data, match.start())
        raise RdfSyntaxError(
            "RDF/XML that declares a document type or entities is not read.",
            path=path,
            line=line,
            column=column,
            hint="Write the IRIs out, or convert the file to Turtle.",
        )


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, the column in code points."""
    start = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode(errors="replace")) + 1


def _syntax_error(error: SyntaxError, data: bytes, rdf_format: ox.RdfFormat, path: str | Path) -> RdfSyntaxError:
    message, line, column, hint = _POSITION.sub("", error.msg), error.lineno, error.offset, None
    if "LoadDocumentCallback" in message:
        match = _REMOTE.search(data)
        line, column = _place(data, match.start()) if match else (None, None)
        message = "The file names a JSON-LD context on the network, and filmgraph fetches nothing."
        hint = "Copy the context into the file."
    elif "Unexpected end of file" in message:
        hint = "Is the file cut off, or a string or IRI not closed?"
    elif rdf_format == ox.RdfFormat.RDF_XML and line is None:
        line, column = _place_in_xml(data)
    message = message[:1].upper() + message[1:]
    return RdfSyntaxError(message.removesuffix(".") + ".", path=path, line=line, column=column, hint=hint)


def _refuse_cut_off_xml(data: bytes, path: str | Path) -> None:
    """The engine takes a document for whole that ends before its elements do."""
    line, column = _place_in_xml(data)
    if line is not None:
        raise RdfSyntaxError(
            "The XML is not well-formed here, or ends before its elements do.",
            path=path,
            line=line,
            column=column,
            hint="Is the file cut off?",
        )


def _place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Where another XML parser stumbles; pyoxigraph's tells no positions."""
    from xml.parsers import expat  # noqa: PLC0415 -- only after an error

    # Entities were refused before, so there is nothing to expand.
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return None, None
