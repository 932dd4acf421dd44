"""A file as a source document: the metadata it contains, and the metadata its owner gives."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from filmgraph.collection.vocabulary import terms
from filmgraph.errors import BadParameterError, FileError
from filmgraph.importing import renditions
from filmgraph.importing.sources import (
    Intake,
    add,
    check_slug,
    converter_version,
    is_known,
    others,
    read_text,
    slug_of,
)
from filmgraph.rdf.edtf import EdtfError, bounds
from filmgraph.rdf.files import parse_bytes, read
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.packed import refuse_stream
from filmgraph.text.nearest import nearest
from filmgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.importing.renditions import DocumentConverter

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
"""What a file may begin with, and the encoding that it then has: https://www.unicode.org/faq/utf_bom.html."""
_SHOWN = 80
_SCHEME = PREFIXES["fgv"] + "sourceKindType"
_LABEL = PREFIXES["rdfs"] + "label"
_IN_SCHEME = PREFIXES["skos"] + "inScheme"


def document(  # noqa: PLR0913 -- what a record says, each by its name
    path: str,
    *,
    slug: str = "",
    title: str = "",
    publisher: str = "",
    date: str = "",
    kind: str = "",
    encoding: str = "",
    basis: str = "",
    whole: bool = False,
    kinds: dict[str, str] | None = None,
) -> Intake:
    """Read a file as a document that can be added to a collection with `sources.add`.

    Args:
        path: The file: plain text, or a document of which a rendition is made: HTML, PDF, DOCX, EPUB. What is in
            another encoding than UTF-8 is kept as UTF-8.
        slug: What it is called in its IRI; by default its name.
        title: Its title; by default its name.
        publisher: Who published it.
        date: When, as EDTF.
        kind: The name or label of a kind of source.
        encoding: Its encoding, where it is not UTF-8 and no mark at its beginning tells.
        basis: The words of the text in which its date stands.
        whole: Of what is no plain text, all text; by default without what stands around the main one.
        kinds: Label to name of the kinds that there are; by default those that come with filmgraph.

    Raises:
        FileError: It cannot be read, is empty, damaged or protected, or has no text.
        MissingDependencyError: The packages that read its format are not installed.
        BadParameterError: The slug, the date or the kind is none, or the text does not have the words once.
    """
    if slug:
        check_slug(slug)
    about = Intake(
        slug=slug or slug_of(path),
        text="",
        title=title or Path(path).stem.encode("utf-8", "replace").decode(),
        publisher=publisher,
        date=checked_date(date),
        kind=_kind(kind, source_kinds() if kinds is None else kinds),
    )
    converter = renditions.of_file(path)
    made = (
        _plain(about, path, encoding=encoding)
        if converter is None
        else _rendition(about, path, converter, whole=whole, titled=bool(title))
    )
    return made._replace(basis=_basis(made, basis)) if basis else made


def is_document(path: str) -> bool:
    """Whether a file is a document to render as text, and not a page with structured data.

    >>> is_document("programme.pdf"), is_document("films.csv")
    (True, False)

    Raises:
        FileError: It cannot be read.
    """
    converter = renditions.of_file(path)
    return converter is not None and (converter.name != "html" or b"application/ld+json" not in read(path).lower())


def take(root: Path, made: Intake) -> bool:
    """Add a document to a collection; return whether it was there already.

    Raises:
        BadParameterError: Another text has its slug.
        DataError: The folder is no collection.
        OutputError: A file cannot be written; each is there whole or not at all.
    """
    known = is_known(root, made)
    if other := others(root, made):
        raise BadParameterError(
            f"{made.title}: {other[0]} has this slug, and another text.",
            query="sources add",
            name="as",
            hint="Give it another: --as SLUG",
        )
    add(root, made)
    return known


def _rendition(about: Intake, path: str, converter: DocumentConverter, *, whole: bool, titled: bool) -> Intake:
    """Return a document with its rendition as text, the digest of the original, and the converter."""
    data = read(path)
    taken = "all text" if whole else "main text"
    made = renditions.rendered(converter, data, path, whole=whole)
    return about._replace(
        text=made.text,
        title=about.title if titled or not made.title else made.title,
        original=hashlib.sha256(data).hexdigest(),
        converter=f"{converter.package} {converter_version(converter.package)}, {taken}".strip(),
        outline="\n".join(f"{one.start}\t{one.kind} {one.name}" for one in made.landmarks),
    )


def _plain(about: Intake, path: str, *, encoding: str) -> Intake:
    raw = _start(path)
    marked = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "")
    text, data = read_text(path, encoding=encoding or marked)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise FileError("The file is empty.", path=path, hint="Name a file with the text of a document.")
    if (place := re.search(r"[\x00-\x08\x0e-\x1f]", text)) is not None:
        line = text.count("\n", 0, place.start()) + 1
        raise FileError(
            f"The file is no plain text: it has the character U+{ord(place[0]):04X}.",
            path=path,
            line=line,
            hint="Save the text of the document as plain text in UTF-8, and add that.",
        )
    changed = text.encode() != data
    return about._replace(
        text=text,
        original=hashlib.sha256(data).hexdigest() if changed else "",
        converter=f"filmgraph {__version__}, {encoding or marked} to UTF-8" if changed else "",
    )


def _basis(made: Intake, words: str) -> str:
    count = made.text.count(words)
    if count != 1:
        times = "does not stand in the text" if not count else f"stands {count} times in the text"
        raise BadParameterError(
            f"--basis {words!r} {times}.",
            query="sources add",
            name="basis",
            hint="Give the words with which the document dates itself, and so many of them that they stand once.",
        )
    start = made.text.index(words)
    return f"{made.iri}#char={start},{start + len(words)}"


def source_kinds(root: str = "") -> dict[str, str]:
    """Map the labels of source kinds to their names: bundled ones and a collection's own.

    >>> source_kinds()["press kit"]
    'pressKit'
    """
    found = {}
    for iri, term in terms().items():
        if "skos:inScheme fgv:sourceKindType" in term.line:
            label = re.search(r'rdfs:label "([^"]+)"', term.line)
            found[label[1] if label else ""] = iri.value.removeprefix(PREFIXES["fgv"])
    path = Path(root) / "data" / "reference.ttl"
    if root and path.exists():
        found |= _own_kinds(path)
    return found


def _own_kinds(path: Path) -> dict[str, str]:
    quads = list(parse_bytes(read(path), RdfFormat.TURTLE, path=str(path)))
    own = {
        str(quad.subject) for quad in quads if quad.predicate.value == _IN_SCHEME and str(quad.object)[1:-1] == _SCHEME
    }
    return {
        getattr(quad.object, "value", ""): str(quad.subject)[1:-1].removeprefix(PREFIXES["fgv"])
        for quad in quads
        if quad.predicate.value == _LABEL and str(quad.subject) in own
    }


def _kind(kind: str, kinds: dict[str, str]) -> str:
    by_name = {label.casefold(): name for label, name in kinds.items()} | {
        name.casefold(): name for name in kinds.values()
    }
    plain = kind.strip().removeprefix("fgv:").casefold()
    if not plain or plain in by_name:
        return by_name.get(plain, "")
    near = nearest(kind, sorted({*kinds, *kinds.values()}))
    raise _bad("kind", kind, f"Did you mean {_or(near)}?" if near else f"Kinds: {', '.join(sorted(kinds))}.")


def checked_date(date: str) -> str:
    """A date that an option gives, if it is EDTF or nothing.

    Raises:
        BadParameterError: It is neither.
    """
    try:
        bounds(date) if date else None
    except EdtfError:
        raise _bad("date", date, "Write it as EDTF, for instance 2022-05-14, 2022-05, 2022 or 2022~.") from None
    return date


def _bad(name: str, value: str, hint: str) -> BadParameterError:
    return BadParameterError(
        f"--{name} cannot be {value[:_SHOWN]!r}{'…' * (len(value) > _SHOWN)}.",
        query="sources add",
        name=name,
        hint=hint,
    )


def _or(words: Iterable[str]) -> str:
    return " or ".join(repr(word) for word in words)


def _start(path: str) -> bytes:
    refuse_stream(path)
    try:
        with open(path, "rb") as file:
            return file.read(4)
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
