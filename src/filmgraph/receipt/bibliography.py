"""The sources that an answer cites, as people and reference managers read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import Solutions
from filmgraph.citation import Citation, is_citation, source_slug
from filmgraph.glossary import StoreGlossary
from filmgraph.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.store.base import Store

_PAGES = {"broadcasterPage", "databasePage", "interviewPage"}  # kinds of source that are pages of a site
_DATE = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    one: f"\\{one}" for one in "{}%&$#_"
}


class Cited(NamedTuple):
    """A source with those of its passages that an answer cites; what is not known is empty."""

    iri: str
    sha256: str
    title: str
    publisher: str
    date: str
    kind: str
    citations: tuple[str, ...]

    @property
    def key(self) -> str:
        """What it is called in a list of references: slug and digest."""
        return self.iri.removeprefix(PREFIXES["source"])

    @property
    def passages(self) -> str:
        """Its passages in words, in the order of the text."""
        parsed = sorted(Citation.parse(iri)[1:] for iri in self.citations if is_citation(iri))
        return ", ".join(f"{start}-{end}" for start, end in parsed)


def cited(store: Store, citations: Iterable[str]) -> list[Cited]:
    """The sources of some citations, by IRI.

    Raises:
        StoreError: The store could not answer.
    """
    passages: dict[str, set[str]] = {}
    for iri in citations:
        passages.setdefault(iri.partition("#")[0] if is_citation(iri) else iri, set()).add(iri)
    lines = StoreGlossary(store).sources(sorted(passages))
    known = _records(store, sorted(passages))
    found = []
    for iri in sorted(passages):
        line, record = lines.get(iri), known.get(iri, {})
        title = line.title if line else source_slug(iri)
        publisher, date = (line.publisher, line.date) if line else ("", "")
        sha256, kind = record.get("sha256", ""), record.get("sourceKind", "").rpartition("/")[2]
        found.append(Cited(iri, sha256, title, publisher, date, kind, tuple(sorted(passages[iri]))))
    return found


def csl(sources: Iterable[Cited]) -> list[dict[str, object]]:
    """The sources as CSL-JSON (`schema <https://docs.citationstyles.org/en/stable/specification.html>`_).

    ``custom`` holds the SHA-256 of the text and the citations.
    """
    items = []
    for one in sources:
        item: dict[str, object] = {"id": one.key, "type": "webpage" if one.kind in _PAGES else "document"}
        item |= {name: value for name, value in (("title", one.title), ("publisher", one.publisher)) if value}
        if one.date:
            match = re.fullmatch(_DATE, one.date)
            parts = [int(part) for part in match.groups() if part] if match else []
            item["issued"] = {"date-parts": [parts]} if parts else {"literal": one.date}
        item["custom"] = {"source": one.iri, "sha256": one.sha256, "citations": list(one.citations)}
        items.append(item)
    return items


def bibtex(sources: Iterable[Cited]) -> str:
    r"""The sources as BibTeX, in UTF-8.

    >>> one = Cited("urn:a", "", "Ferries & Fares", "", "2011-03", "", ("urn:a#char=0,9",))
    >>> print(bibtex([one]), end="")
    @misc{urn:a,
      title = {{Ferries \& Fares}},
      year = {2011},
      month = {3},
      note = {Characters 0-9},
    }
    """
    entries = []
    for one in sources:
        fields = {"title": f"{{{_escaped(one.title)}}}", "publisher": _escaped(one.publisher)}
        match = re.fullmatch(_DATE, one.date)
        if match:
            fields |= {"year": match[1], "month": (match[2] or "").lstrip("0"), "day": (match[3] or "").lstrip("0")}
        elif one.date:
            fields["year"] = _escaped(one.date)
        digest = f"SHA-256 {one.sha256}" if one.sha256 else ""
        passages = f"Characters {one.passages}" if one.passages else ""
        fields["note"] = "; ".join(filter(None, [passages, digest]))
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        entries.append(f"@misc{{{re.sub(r'[^A-Za-z0-9.:/+-]', '-', one.key)},\n{body}}}\n")
    return "\n".join(entries)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))


def _records(store: Store, iris: list[str]) -> dict[str, dict[str, str]]:
    values = " ".join(str(NamedNode(iri)) for iri in iris)
    text = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} VALUES ?p {{ <{FG}sha256> <{FG}sourceKind> }} ?s ?p ?o }}"
    answered = store.query(text)
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, value in answered.rows if isinstance(answered, Solutions) else []:
        if (
            isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and isinstance(value, Literal | NamedNode)
        ):
            found.setdefault(subject.value, {})[predicate.value.removeprefix(FG)] = value.value
    return found
