"""Differences between a collection's files and its store: other lexical forms, files not read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.collection import facts
from filmgraph.collection.folder import Collection
from filmgraph.rdf.lexical import normalised
from filmgraph.rdf.namespaces import compact
from filmgraph.validation.evidence import shown
from filmgraph.validation.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad


def unread_files(folder: str) -> list[Finding]:
    """The files among the data of which nothing is read."""
    return [
        Finding(
            Severity.WARNING,
            "Nothing is read of files of this kind.",
            "Facts stand in .trig and .nq files, packed as .gz or .zst or not. Put other files elsewhere.",
            "file-unread",
            file=os.path.relpath(path, folder),
        )
        for path in Collection(folder).unread()
    ]


def other_forms(folder: str) -> Iterator[Finding]:
    """The literals that the engine keeps in another form than the one that is written: one finding for each statement.

    Raises:
        FileError: A file is wrong.
    """
    kept: dict[Literal, Literal] = {}
    for quad in _stated(Collection(folder)):
        written = quad.object
        if not isinstance(written, Literal):
            continue
        if written not in kept:
            kept[written] = normalised(written)
        stored = kept[written]
        if stored != written:
            graph = quad.graph_name
            yield Finding(
                Severity.INFO,
                f"The store keeps {_typed(stored, written)} for what is written {written.value}.",
                "Both are one value; docs/evidence.md lists the forms. Write the kept one, if it matters.",
                "form-kept",
                node=quad.subject.value if isinstance(quad.subject, NamedNode) else None,
                property=compact(quad.predicate.value),
                value=written.value,
                citations=(graph.value,) if isinstance(graph, NamedNode) else (),
            )


def _stated(collection: Collection) -> Iterator[Quad]:
    """Return the statements of the files, in the graphs where they belong."""
    sources = set()
    for quad in facts.background(collection):
        sources.add(str(quad.subject)[1:-1])
        yield quad
    for file in collection.files():
        if file.graph is None:
            yield from facts.facts(file.path, sources)


def _typed(stored: Literal, written: Literal) -> str:
    """The form that is kept, with its datatype where that is another one, too."""
    form = shown(stored) or ""
    return form if stored.datatype == written.datatype else f"{form} as {compact(stored.datatype.value)}"
