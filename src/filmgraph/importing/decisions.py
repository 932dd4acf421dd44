"""Identity decisions: ``matches/<slug>.csv``, with ``key``, ``decision``, ``candidate``, ``score``, ``reasons``.

A decision is the IRI of a thing of the collection, ``new``, or empty as long as nobody decided. The key of a film is
that of its record; the key of a person, a company or a festival begins with ``person/``, ``org/`` or ``series/``. What
a person wrote is never overwritten.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.errors import DataError
from filmgraph.files import atomic
from filmgraph.rdf.files import read
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.utf8 import decoded

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("key", "decision", "candidate", "score", "reasons")
NEW = "new"
_SHORT = ("film:", "person:", "org:", "series:")


class Decision(NamedTuple):
    """A row of a matches file."""

    key: str
    decision: str
    candidate: str = ""
    score: str = ""
    reasons: str = ""


def key_of(iri: str) -> str:
    """Return the key that an imported thing has in a matches file.

    >>> key_of("https://w3id.org/filmgraph/id/film/films.fog.2001"), key_of(PREFIXES["person"] + "bo-lake")
    ('fog.2001', 'person/bo-lake')
    """
    if iri.startswith(PREFIXES["film"]):
        return iri.rpartition("/")[2].partition(".")[2]
    return iri.removeprefix(PREFIXES["id"])


def iri_of(key: str, slug: str) -> str:
    """Return the IRI that an import gives a thing, from its key.

    >>> iri_of("fog.2001", "films"), iri_of("person/bo-lake", "films")
    ('https://w3id.org/filmgraph/id/film/films.fog.2001', 'https://w3id.org/filmgraph/id/person/films.bo-lake')
    """
    kind, slash, name = key.partition("/")
    if not slash:
        return f"{PREFIXES['film']}{slug}.{key}"
    return f"{PREFIXES['id']}{kind}/{name if name.startswith(f'{slug}.') else f'{slug}.{name}'}"


def read_decisions(path: Path) -> dict[str, list[Decision]]:
    """Read the rows of a matches file, by key; empty where there is no file.

    Raises:
        FileError: It cannot be read, or is not UTF-8.
        DataError: It lacks a column, or a decision is neither an IRI nor ``new``.
    """
    if not path.exists():
        return {}
    found: dict[str, list[Decision]] = {}
    reader = csv.DictReader(io.StringIO(decoded(read(path), str(path)), newline=""))
    missing = [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]
    if missing:
        raise DataError(f"The file has no column {missing[0]}.", path=str(path), line=1)
    for row in reader:
        decision = (row.get("decision") or "").strip()
        if decision and decision != NEW and not decision.startswith(("http://", "https://", *_SHORT)):
            raise DataError(
                f"{decision!r} is no decision.",
                path=str(path),
                line=reader.line_num,
                hint="Write the IRI of a film, a person, a company or a festival; new; or nothing.",
            )
        if decision.startswith(_SHORT):
            prefix, _, name = decision.partition(":")
            decision = PREFIXES[prefix] + name
        if decision and decision != NEW:
            _refuse_no_iri(decision, str(path), reader.line_num)
        key = (row.get("key") or "").strip()
        values = (row.get(name) or "" for name in COLUMNS[2:])
        found.setdefault(key, []).append(Decision(key, decision, *values))
    return found


def _refuse_no_iri(text: str, path: str, line: int) -> None:
    try:
        ox.NamedNode(text)
    except ValueError as error:
        raise DataError(f"{text!r} is no IRI: {error}.", path=path, line=line) from error


def asked_elsewhere(folder: Path, slug: str) -> set[frozenset[str]]:
    """Return the pairs of IRIs that the matches files of other imports already ask about.

    Raises:
        DataError: A file is wrong.
    """
    return {
        frozenset({iri_of(row.key, path.stem), row.candidate})
        for path in sorted(folder.glob("*.csv"))
        if path.stem != slug
        for rows in read_decisions(path).values()
        for row in rows
        if row.candidate
    }


def write_decisions(path: Path, rows: list[Decision]) -> None:
    """Write a matches file; write none where there is nothing to decide and nothing was decided.

    Raises:
        OutputError: It cannot be written.
    """
    if not rows and not path.exists():
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    content = out.getvalue().encode()
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(exist_ok=True)
        atomic.write(path, [content])
