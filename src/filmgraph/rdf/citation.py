"""Citations: passages of sources, named by RFC 5147 fragments.

A citation is the IRI ``{source}#char={start},{end}``
(`RFC 5147, 2.2.1 <https://www.rfc-editor.org/rfc/rfc5147#section-2.2.1>`_): 0-based, end-exclusive, counted in Unicode
code points of the source's UTF-8 text as it stands.
A source's IRI is ``https://w3id.org/filmgraph/source/{slug}.{first 8 hex digits of its SHA-256}``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from filmgraph.errors import CitationError
from filmgraph.rdf.namespaces import PREFIXES

# Not compiled here: this module is on the way to every answer, and few answers need a citation read.
_SOURCE = re.escape(PREFIXES["source"]) + r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<digest>[0-9a-f]{8})"
_FRAGMENT = r"#char=(?P<start>0|[1-9][0-9]*),(?P<end>0|[1-9][0-9]*)"


DIGITS = 15
"""What a place in a document has at most: no document is longer."""
_SHOWN = 120


class Citation(NamedTuple):
    """A passage: the IRI of its source, and where it starts and ends in code points.

    >>> citation = Citation.parse("https://w3id.org/filmgraph/source/press-kit.9be0dd98#char=120,215")
    >>> citation.start, citation.end, citation.slug
    (120, 215, 'press-kit')
    >>> str(citation)
    'https://w3id.org/filmgraph/source/press-kit.9be0dd98#char=120,215'
    """

    source: str
    start: int
    end: int

    @classmethod
    def parse(cls, iri: str) -> Citation:
        """Read a citation from its IRI.

        Raises:
            CitationError: The IRI is no ``{source}#char={start},{end}``, or its start is not before its end.
        """
        source, hash_sign, rest = iri.partition("#")
        match = re.fullmatch(_FRAGMENT, hash_sign + rest)
        if match is None:
            raise CitationError(
                f"<{iri}> is not a citation.", hint="A citation ends in #char=START,END, for instance #char=120,215."
            )
        if len(match["end"]) > DIGITS or len(match["start"]) > DIGITS:
            raise CitationError(f"<{iri[:_SHOWN]}…> is no passage: no document is so long.")
        start, end = int(match["start"]), int(match["end"])
        if start >= end:
            raise CitationError(f"<{iri}> is an empty passage: it starts at {start} and ends at {end}.")
        return cls(source, start, end)

    @property
    def slug(self) -> str:
        """The source's short name, or its whole IRI where it is not one of filmgraph's."""
        return source_slug(self.source)

    def __str__(self) -> str:
        return f"{self.source}#char={self.start},{self.end}"


def is_citation(iri: str) -> bool:
    """Whether an IRI has the form of a citation."""
    _, hash_sign, rest = iri.partition("#")
    return re.fullmatch(_FRAGMENT, hash_sign + rest) is not None


def source_iri(slug: str, sha256: str) -> str:
    """The IRI of a source.

    >>> source_iri("press-kit", "9be0dd98023bd38e")
    'https://w3id.org/filmgraph/source/press-kit.9be0dd98'
    """
    return f"{PREFIXES['source']}{slug}.{sha256[:8]}"


def source_slug(iri: str) -> str:
    """The slug inside a source's IRI, or the IRI itself where it has none."""
    match = re.fullmatch(_SOURCE, iri)
    return match["slug"] if match else iri
