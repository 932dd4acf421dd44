"""Source texts, found by their SHA-256 whatever their file names."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import CitationError, RdfSyntaxError, UnknownSourceError
from filmgraph.rdf.citation import Citation, source_iri, source_slug
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SHA256 = ox.NamedNode(FG + "sha256")


class SourceText(NamedTuple):
    """A source with its text.

    >>> text = SourceText.of("a-letter", "Ann wrote in May.")
    >>> str(text.citation(0, 3))
    'https://w3id.org/filmgraph/source/a-letter.fc53f1c7#char=0,3'
    """

    slug: str
    sha256: str
    text: str

    @classmethod
    def of(cls, slug: str, text: str) -> SourceText:
        """Make a source from its text, computing the digest."""
        return cls(slug, hashlib.sha256(text.encode()).hexdigest(), text)

    @property
    def iri(self) -> str:
        """Return the IRI of the source: its slug and the first eight digits of its digest."""
        return source_iri(self.slug, self.sha256)

    def citation(self, start: int, end: int) -> Citation:
        """Return the citation of a range."""
        return Citation(self.iri, start, end)

    def passage(self, citation: Citation) -> str:
        """Return the text of a citation.

        Raises:
            CitationError: The citation is of another source, or ends after the end of the text.
        """
        if citation.source != self.iri:
            raise CitationError(f"<{citation}> is no passage of <{self.iri}>.")
        if citation.end > len(self.text):
            raise CitationError(
                f"<{citation}> ends after the end of its text, which has {len(self.text)} characters.",
                hint="Offsets count Unicode code points, from 0. Find the passage again with: filmgraph locate",
            )
        return self.text[citation.start : citation.end]


class Texts(dict[str, SourceText]):
    """The available texts by slug, and the files that could not be read.

    Attributes:
        refused: Of a slug whose text is there and is no text: the file, and what is wrong with it.
        unread: Files that could not be read, and why; whose texts they are nobody knows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused: dict[str, str] = {}
        self.unread: list[str] = []


def find_texts(folder: Path, digests: Mapping[str, str]) -> Texts:
    """Find the texts in a folder, by slug; a file that is not text does not stop the search.

    Args:
        folder: Where the texts lie; sub-folders are searched too.
        digests: The SHA-256 of each source, by its slug.

    Raises:
        UnknownSourceError: The folder does not exist.
    """
    if not folder.is_dir():
        raise UnknownSourceError(
            f"There is no folder {folder}.", name=str(folder), hint="Say where the texts lie with --sources DIR."
        )
    slugs: dict[str, list[str]] = {}
    for slug, digest in digests.items():
        slugs.setdefault(digest, []).append(slug)
    found = Texts()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            content = path.read_bytes()
        except OSError as error:
            found.unread.append(f"{path}: The file cannot be read: {error.strerror or error}.")
            continue
        digest = hashlib.sha256(content).hexdigest()
        for slug in slugs.get(digest, ()):
            try:
                found[slug] = SourceText(slug, digest, content.decode("utf-8"))
            except UnicodeDecodeError as error:
                found.refused[slug] = f"{path}: The text is not UTF-8: byte {error.start:,} cannot stand there."
    return found


def read_digests(path: Path) -> dict[str, str]:
    """Read the SHA-256 of each source by slug, from ``data/sources.ttl``.

    Raises:
        RdfSyntaxError: The file does not parse.
    """
    try:
        quads = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=PREFIXES["source"]))
    except SyntaxError as exc:
        raise RdfSyntaxError(str(exc.msg), path=path, line=exc.lineno, column=exc.offset) from exc
    return {
        source_slug(quad.subject.value): quad.object.value
        for quad in quads
        if quad.predicate == _SHA256 and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
