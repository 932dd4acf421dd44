"""The origin of a store: its kind, where its data comes from, and how messages name it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["bundled", "collection", "store", "file", "endpoint", "memory"]

BUNDLED = "the bundled collection"
"""How messages call the collection that filmgraph brings along."""


class Origin(NamedTuple):
    """The origin of a store: its kind, and where its data come from.

    Attributes:
        kind: ``bundled`` (the collection that filmgraph brings along), ``collection`` (a folder), ``store`` (on disk),
            ``file`` (one RDF file), ``endpoint``, or ``memory`` (quads that nobody can open again).
        path: The folder, the file, or the URL without credentials; empty for ``memory``.
        digest: Of its content, with the name of the algorithm, where opening it has found it out; else empty.
        shown: How messages name it: as the user did, without credentials.
    """

    kind: Kind
    path: str
    digest: str
    shown: str

    @classmethod
    def of(cls, kind: Kind, path: str) -> Origin:
        """Return the origin for a path, which messages show as given.

        >>> Origin.of("file", "films.trig").shown
        'films.trig'
        """
        return cls(kind, path, "", path)

    @property
    def collection(self) -> str | None:
        """The folder of the collection; None where the store is not one of a collection.

        >>> Origin.of("collection", "my-films").collection
        'my-films'
        """
        return self.path if self.kind in {"bundled", "collection"} else None


MEMORY = Origin("memory", "", "", "memory")
"""Quads that were put together in this process."""
