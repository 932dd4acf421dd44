"""Adding a document to a collection: its text in ``sources/``, its record in ``data/sources.ttl``."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from filmgraph.errors import BadParameterError, DataError, FileError
from filmgraph.files import atomic
from filmgraph.importing.functions import key
from filmgraph.rdf.citation import source_iri, source_slug
from filmgraph.rdf.files import parse_bytes, read
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.packed import opened
from filmgraph.text.nearest import nearest

_HEAD = "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    for prefix in ("dcterms", "edtf", "fg", "fgv", "language", "org", "source")
)

_PACKED = (".gz", ".zst")


_LONGEST_SLUG = 200
"""File names are made of slugs, and have at most 255 bytes."""


class Intake(NamedTuple):
    """A document to add to a collection.

    ``original`` is the SHA-256 of the file where the text is a rendition of it, and ``converter`` what made that;
    ``basis`` the citation of the passage in which its date stands; ``outline`` where its pages and headings start, as
    `filmgraph.rdf.locator.Outline` reads it; ``columns`` the columns of a table, in their
    order; ``media_type`` that of the text, where places in it are written as that asks for.
    """

    slug: str
    text: str
    title: str
    ending: str = ".txt"
    publisher: str = ""
    date: str = ""
    kind: str = ""
    original: str = ""
    converter: str = ""
    basis: str = ""
    outline: str = ""
    columns: tuple[str, ...] = ()
    media_type: str = ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def iri(self) -> str:
        """The IRI of the source."""
        return source_iri(self.slug, self.sha256)


def slug_of(path: str) -> str:
    """Return the default slug for a file, from its name.

    >>> slug_of("/archive/Films 2020 (final).csv.gz")
    'films-2020-final'
    >>> slug_of("title.crew.tsv")
    'title-crew'
    """
    name = Path(path).name
    for packed in _PACKED:
        name = name.removesuffix(packed)
    name = name.rpartition(".")[0] or name
    plain = key(name).encode("ascii", "ignore").decode().strip("-")
    return plain[:_LONGEST_SLUG].rstrip("-") or "table"


def file_name(path: str) -> str:
    """Return the name of a file as text, which the bytes of a name need not be.

    >>> file_name("/archive/films.csv")
    'films.csv'
    """
    return Path(path).name.encode("utf-8", "replace").decode()


def converter_version(package: str) -> str:
    """Return the version of an installed package; empty where it is not installed.

    >>> converter_version("no-such-package")
    ''
    """
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def check_collection(root: Path) -> None:
    """Check that a folder is a collection.

    Raises:
        DataError: It is none, or is not there.
    """
    if (root / "data").is_dir():
        return
    there = "This folder is no collection: it has no folder data." if root.is_dir() else "There is no such folder."
    near = nearest(root.name, (path.parent.name for path in root.parent.glob("*/data"))) if root.name else ()
    meant = f"Did you mean {' or '.join(repr(str(root.parent / name)) for name in near)}? " if near else ""
    raise DataError(there, path=str(root), hint=f"{meant}To start one: filmgraph new {root}")


def check_slug(slug: str) -> None:
    """Check that a slug can be part of an IRI.

    Raises:
        BadParameterError: It cannot.
    """
    plain = "-".join(part for part in key(slug).split("-") if part)
    if not slug or slug != plain or not slug.isascii() or len(slug) > _LONGEST_SLUG:
        raise BadParameterError(
            f"{slug!r} is no slug."
            if len(slug) <= _LONGEST_SLUG
            else f"A slug of {len(slug):,} characters is too long.",
            query="import",
            name="as",
            hint=f"Use lower-case letters of English and digits, parted by hyphens, up to {_LONGEST_SLUG}.",
        )


def is_known(root: Path, document: Intake) -> bool:
    """Whether a collection has a record of exactly this text under this slug.

    Raises:
        FileError: The records cannot be read.
    """
    return document.iri in _records(root)


def _records(root: Path) -> set[str]:
    path = root / "data" / "sources.ttl"
    if not path.exists():
        return set()
    kind, wanted = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(FG + "SourceDocument")
    quads = parse_bytes(read(path), ox.RdfFormat.TURTLE, path=str(path))
    return {
        quad.subject.value
        for quad in quads
        if quad.predicate == kind and quad.object == wanted and isinstance(quad.subject, ox.NamedNode)
    }


def others(root: Path, document: Intake) -> list[str]:
    """Return the sources of a collection with the document's slug but another text.

    Raises:
        FileError: The records cannot be read.
    """
    return sorted(iri for iri in _records(root) - {document.iri} if source_slug(iri) == document.slug)


def add(root: Path, document: Intake) -> str:
    """Add a document to a collection: its text, and a record unless it has one.

    Returns:
        The IRI of the source.

    Raises:
        DataError: The folder is no collection.
        OutputError: A file cannot be written; each is there whole or not at all.
    """
    check_collection(root)
    texts = root / "sources"
    texts.mkdir(exist_ok=True)
    place = texts / f"{document.slug}.{document.sha256[:8]}{document.ending}"
    content = document.text.encode()
    if not place.exists() or place.read_bytes() != content:
        atomic.write(place, [content])
    if not is_known(root, document):
        path = root / "data" / "sources.ttl"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        atomic.write(path, [f"{before.rstrip()}\n\n{_record(document, declared=before)}".lstrip("\n").encode()])
    return document.iri


def _record(document: Intake, *, declared: str) -> str:
    """Return the source record as Turtle, with the prefixes not yet declared."""
    known = dict(re.findall(r"^[ \t]*@?prefix[ \t]+([\w-]*:)[ \t]*<([^>]*)>", declared, re.IGNORECASE | re.MULTILINE))
    prefixes = "".join(
        f"{line}\n" for line in _HEAD.splitlines() if known.get((parts := line.split(" "))[1]) != parts[2][1:-1]
    )
    names = "\t".join(" ".join(name.split()) for name in document.columns)
    said = (
        (f"dcterms:publisher org:{key(document.publisher)}", document.publisher),
        (f"fg:sourceKind fgv:{document.kind}", document.kind),
        (f'fg:date "{document.date}"^^edtf:EDTF', document.date),
        (f"fg:basis <{document.basis}>", document.basis),
        (f'fg:originalSha256 "{document.original}"', document.original),
        (f"fg:converter {ox.Literal(document.converter)}", document.converter),
        (f"dcterms:format {ox.Literal(document.media_type)}", document.media_type),
        (f"fg:columns {ox.Literal(names)}", names),
        (f"fg:outline {ox.Literal(document.outline)}", document.outline),
    )
    lines = [
        f"source:{document.slug}.{document.sha256[:8]} a fg:SourceDocument",
        f"dcterms:title {ox.Literal(document.title, language='en')}",
        f'fg:sha256 "{document.sha256}"',
        f"fg:charLength {len(document.text)}",
        *(line for line, value in said if value),
    ]
    record = prefixes + ("\n" if prefixes else "") + " ;\n    ".join(lines) + " .\n"
    if document.publisher:
        name = ox.Literal(document.publisher, language="en")
        record += f"\norg:{key(document.publisher)} a fg:Organisation ; fg:name {name} .\n"
    return record


_BEGINNING = 1 << 20


def beginning(path: str) -> bytes:
    """Return the first bytes of a file, decompressed, for format detection.

    Raises:
        FileError: It cannot be read.
    """
    with opened(path) as file:
        try:
            return file.read(_BEGINNING)
        except (OSError, EOFError) as error:
            raise FileError(f"The file cannot be read: {error}.", path=path) from error


def read_text(path: str, *, encoding: str = "") -> tuple[str, bytes]:
    """Return the text of a file and its decompressed bytes, decoded as UTF-8 or the named encoding.

    Raises:
        FileError: It cannot be read, or is not in its encoding.
    """
    data = read(path)
    wanted = encoding or "utf-8"
    try:
        text = data.decode(wanted)
        text.encode()
    except LookupError as error:
        raise FileError(
            f"There is no encoding {wanted!r}.", path=path, hint="Name one that there is, for instance: cp1252, utf-16"
        ) from error
    except UnicodeError as error:
        line = data[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else None
        raise FileError(
            f"The file is not in {encoding or 'UTF-8'}.",
            path=path,
            line=line,
            hint="Name its encoding, for instance: --encoding cp1252",
        ) from error
    return text, data
