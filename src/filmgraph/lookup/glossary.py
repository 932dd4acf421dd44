"""Labels and records of sources for IRIs, looked up in a store."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.rows import Particulars, SourceLine
from filmgraph.errors import QueryTimeoutError, StoreError
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.rdf.locator import Outline
    from filmgraph.store.base import Store

_TYPE = PREFIXES["rdf"] + "type"
_AT_ONCE = 500
_DCTERMS = PREFIXES["dcterms"]
_LABELLING = (
    PREFIXES["skos"] + "prefLabel",
    FG + "name",
    FG + "titleText",
    PREFIXES["schema"] + "name",
    _DCTERMS + "title",
)
_LANGUAGES = {"en": 0, "": 1}


class StoreGlossary:
    """Labels and source records from a store.

    Args:
        store: Where they are looked up.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def labels(self, iris: Sequence[str], /) -> dict[str, str]:
        """The label of each IRI that has one: English is preferred, then one without a language.

        A citation is called by its source's slug and its characters.
        """
        # Stores that filmgraph makes have one label for nearly everything; other names are looked for only after it.
        found = self._labels(iris, (PREFIXES["rdfs"] + "label",))
        if _TYPE in iris:
            found.setdefault(_TYPE, "is a")
        for iri in iris:
            if "#char=" in iri and iri not in found and (name := _of_citation(iri)):
                found[iri] = name
        missing = [iri for iri in iris if iri not in found]
        return found | self._labels(missing, _LABELLING) if missing else found

    def _labels(self, iris: Sequence[str], properties: tuple[str, ...]) -> dict[str, str]:
        best: dict[str, tuple[tuple[int, int, str], str]] = {}
        for pairs in _in_parts(iris, properties):
            rows = self._rows(f"SELECT ?iri ?p ?label {{ VALUES (?iri ?p) {{ {pairs} }} ?iri ?p ?label }}")
            for iri, predicate, label in rows:
                if isinstance(iri, NamedNode) and isinstance(predicate, NamedNode) and isinstance(label, Literal):
                    language = _LANGUAGES.get((label.language or "").partition("-")[0], 2)
                    found = ((properties.index(predicate.value), language, label.value), label.value)
                    best[iri.value] = min(best.get(iri.value, found), found)
        return {iri: label for iri, (_, label) in best.items()}

    def sources(self, iris: Sequence[str], /) -> dict[str, SourceLine]:
        """The title, publisher and date of each source that is described."""
        records: dict[str, dict[str, object]] = {}
        for pairs in _in_parts(iris, (_DCTERMS + "title", _DCTERMS + "publisher", FG + "date")):
            rows = self._rows(f"SELECT ?iri ?p ?value {{ VALUES (?iri ?p) {{ {pairs} }} ?iri ?p ?value }}")
            for iri, predicate, value in rows:
                if isinstance(iri, NamedNode) and isinstance(predicate, NamedNode):
                    records.setdefault(iri.value, {}).setdefault(predicate.value, value)
        publishers = {
            one.value for record in records.values() if isinstance(one := record.get(_DCTERMS + "publisher"), NamedNode)
        }
        names = self.labels(sorted(publishers))
        return {
            iri: SourceLine(
                _text(record.get(_DCTERMS + "title"), names) or iri,
                _text(record.get(_DCTERMS + "publisher"), names),
                _text(record.get(FG + "date"), names),
            )
            for iri, record in records.items()
        }

    def locators(self, iris: Sequence[str], /) -> dict[str, str]:
        """Where people look for each citation that has such a locator: *row 12, column Director*, *page 3*."""
        found: dict[str, str] = self._in_outlines(iris)
        for pairs in _in_parts(iris, (FG + "locator",)):
            for iri, _, value in self._rows(
                f"SELECT ?iri ?p ?value {{ VALUES (?iri ?p) {{ {pairs} }} ?iri ?p ?value }}"
            ):
                if isinstance(iri, NamedNode) and isinstance(value, Literal):
                    found[iri.value] = value.value
        return found

    def particulars(self, iris: Sequence[str], /) -> dict[str, Particulars]:
        """The class and the date of each thing that has one, in words."""
        found: dict[str, dict[str, set[object]]] = {}
        for pairs in _in_parts(iris, (_TYPE, FG + "date")):
            rows = self._rows(f"SELECT ?iri ?p ?value {{ VALUES (?iri ?p) {{ {pairs} }} ?iri ?p ?value }}")
            for iri, predicate, value in rows:
                if isinstance(iri, NamedNode) and isinstance(predicate, NamedNode):
                    found.setdefault(iri.value, {}).setdefault(predicate.value, set()).add(value)
        classes = {one.value for its in found.values() for one in its.get(_TYPE, ()) if isinstance(one, NamedNode)}
        names = self.labels(sorted(classes))
        words = import_module("filmgraph.rdf.date_words").date_words
        return {
            iri: Particulars(
                ", ".join(sorted(_text(one, names) for one in its.get(_TYPE, ()))),
                ", ".join(sorted(words(_text(one, names)) for one in its.get(FG + "date", ()))),
            )
            for iri, its in found.items()
        }

    def _in_outlines(self, iris: Sequence[str]) -> dict[str, str]:
        """The page or the heading of each citation of a document that has such."""
        places = [(iri, *iri.partition("#char=")[::2]) for iri in iris]
        outlines: dict[str, Outline] = {}
        for pairs in _in_parts(sorted({source for _, source, _ in places}), (FG + "outline",)):
            for iri, _, value in self._rows(
                f"SELECT ?iri ?p ?value {{ VALUES (?iri ?p) {{ {pairs} }} ?iri ?p ?value }}"
            ):
                if isinstance(iri, NamedNode) and isinstance(value, Literal):
                    outlines[iri.value] = import_module("filmgraph.rdf.locator").Outline.parse(value.value)
        return {
            iri: name
            for iri, source, span in places
            if source in outlines and (name := outlines[source].at(int(span.partition(",")[0] or 0)))
        }

    def _rows(self, text: str) -> list[tuple[object, ...]]:
        try:
            found = self._store.query(text)
        except QueryTimeoutError:
            raise  # nobody set a limit who would wait longer
        except StoreError:
            return []  # an answer without labels is better than none
        return list(found.rows) if isinstance(found, Solutions) else []


def _of_citation(iri: str) -> str:
    """Return the label of a citation; None if the IRI is no citation."""
    citation = import_module("filmgraph.rdf.citation")
    if not citation.is_citation(iri):
        return ""
    one = citation.Citation.parse(iri)
    return f"{one.slug}#char={one.start},{one.end}"


def _in_parts(iris: Sequence[str], properties: tuple[str, ...]) -> Iterator[str]:
    """Yield the pairs to look up in batches of some hundred.

    In two lists an engine would join the shorter one first, often that of properties, and read all that have them.
    """
    pairs = [f"(<{iri}> <{one}>)" for iri in iris for one in properties]
    for start in range(0, len(pairs), _AT_ONCE):
        yield " ".join(pairs[start : start + _AT_ONCE])


def _text(value: object, names: dict[str, str]) -> str:
    if isinstance(value, NamedNode):
        return names.get(value.value, value.value)
    return value.value if isinstance(value, Literal) else ""
