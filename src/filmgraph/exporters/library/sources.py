"""The documents that a record draws on, and how its notes name them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.library.words import clean, listed, plain_date
from filmgraph.rdf.edtf import EdtfError, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters.film.record import Record


class SourceNote(NamedTuple):
    """A document: what it is called in a note, in full, when it appeared (EDTF), and its address where it has one."""

    iri: str
    name: str
    title: str
    publisher: str
    date: str
    address: str

    @property
    def full(self) -> str:
        """The document as a bibliography would name it."""
        return ", ".join(part for part in (self.title, self.publisher, plain_date(self.date)) if part)


class Sources:
    """The documents of one record.

    Args:
        record: The record of a film.
        iris: The documents' IRIs.
    """

    def __init__(self, record: Record, iris: Iterable[str]) -> None:
        rows = _rows(record, iris)
        publishers = Counter(publisher for _, publisher, _, _ in rows.values())
        self._by_iri = {
            iri: SourceNote(
                iri,
                publisher if publisher and publishers[publisher] == 1 else title or record.label(iri),
                title or record.label(iri),
                publisher,
                date,
                address,
            )
            for iri, (title, publisher, date, address) in rows.items()
        }

    def all(self) -> list[SourceNote]:
        """The documents, in the order of their IRIs."""
        return list(self._by_iri.values())

    def names(self, iris: Iterable[str]) -> str:
        """Some of the documents, by the names that notes give them."""
        return listed(self._by_iri[iri].name if iri in self._by_iri else iri for iri in iris)

    def latest(self) -> str:
        """The first day that the date of the youngest document allows, as ``YYYYMMDD``; nothing where none is dated."""
        return max((_first_day(source.date) for source in self.all()), default="")


def _first_day(date: str) -> str:
    try:
        first = bounds(date).earliest
    except EdtfError:
        return ""
    return first.strftime("%Y%m%d") if first else ""


def _rows(record: Record, iris: Iterable[str]) -> dict[str, tuple[str, str, str, str]]:
    wanted = sorted(set(iris))
    found: dict[str, tuple[str, str, str, str]] = dict.fromkeys(wanted, ("", "", "", ""))
    values = " ".join(f"<{iri}>" for iri in wanted)
    rows = record.select(
        f"""SELECT ?s ?title ?name ?date ?address WHERE {{ VALUES ?s {{ {values} }}
          OPTIONAL {{ ?s dcterms:source|schema:url ?page BIND(STR(?page) AS ?address) }}
          OPTIONAL {{ ?s dcterms:title ?title }} OPTIONAL {{ ?s fg:date ?date }}
          OPTIONAL {{ ?s dcterms:publisher ?publisher . ?publisher rdfs:label ?name }}
        }}"""
    )
    for source, *texts in sorted(rows, key=str):
        if isinstance(source, NamedNode):
            title, publisher, date, address = (clean(text.value) if isinstance(text, Literal) else "" for text in texts)
            found[source.value] = (title, publisher, date, address)
    return found
