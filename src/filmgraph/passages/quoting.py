"""Quotation of passages from the source texts, where these are available."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import CitationError
from filmgraph.passages.sources import read_sources
from filmgraph.passages.texts import find_texts
from filmgraph.rdf.citation import Citation, is_citation, source_slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from filmgraph.store.base import Store


class Quoted(NamedTuple):
    """Quotations: the words of citations by IRI, and the slugs of sources whose texts are not at hand."""

    passages: dict[str, str]
    missing: list[str]


def quoted(store: Store, citations: Iterable[str], folder: Path | None) -> Quoted:
    """Look up the text of citations.

    Args:
        store: Where the SHA-256 of each source is known.
        citations: The IRIs.
        folder: Where the texts lie, whatever they are called; None where there is none.

    Raises:
        UnknownSourceError: There is no such folder.
        StoreError: The store could not answer.
    """
    records = read_sources(store)
    digests = {source.slug: source.sha256 for source in records.values()}
    texts = find_texts(folder, digests) if folder else {}
    by_iri = {text.iri: text for text in texts.values()}
    passages: dict[str, str] = {}
    missing: dict[str, None] = {}
    for iri in citations:
        if not is_citation(iri):
            continue
        citation = Citation.parse(iri)
        text = by_iri.get(citation.source)
        if text is None:
            missing[source_slug(citation.source)] = None
            continue
        try:
            passages[iri] = text.passage(citation)
        except CitationError:
            continue  # it ends after the end of its text; `check` finds it
    return Quoted(passages, list(missing))
