"""The sources that an answer cites, as people and reference managers read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.citation import Citation, is_citation, source_slug
from filmgraph.rdf.namespaces import FG, PREFIXES
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.store.base import Store

_PAGES = {"broadcasterPage", "databasePage", "interviewPage"}  # kinds of source that are pages of a site
_DATE = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
    locators: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The citation key in a list of references: slug and digest."""
        return self.iri.removeprefix(PREFIXES["source"])

    @property
    def passages(self) -> str:
        """Its passages in words, in the order of the text: by their locators where they have such."""
        if self.locators:
            return "; ".join(self.locators)
        parsed = sorted(Citation.parse(iri)[1:] for iri in self.citations if is_citation(iri))
        return f"Characters {', '.join(f'{start}-{end}' for start, end in parsed)}" if parsed else ""


def cited(store: Store, citations: Iterable[str]) -> list[Cited]:
    """The sources of some citations, by IRI.

    Raises:
        StoreError: The store could not answer.
    """
    passages: dict[str, set[str]] = {}
    for iri in citations:
        passages.setdefault(iri.partition("#")[0] if is_citation(iri) else iri, set()).add(iri)
    glossary = StoreGlossary(store)
    lines = glossary.sources(sorted(passages))
    known = _records(store, sorted(passages))
    found = []
    for iri in sorted(passages):
        line, record = lines.get(iri), known.get(iri, {})
        title = line.title if line else source_slug(iri)
        publisher, date = (line.publisher, line.date) if line else ("", "")
        sha256, kind = record.get("sha256", ""), record.get("sourceKind", "").rpartition("/")[2]
        found.append(
            Cited(
                iri=iri,
                sha256=sha256,
                title=title,
                publisher=publisher,
                date=date,
                kind=kind,
                citations=tuple(sorted(passages[iri])),
                locators=_located(glossary, passages[iri]),
            )
        )
    return found


def _located(glossary: StoreGlossary, citations: Iterable[str]) -> tuple[str, ...]:
    """The locators of a source's passages, each once, in the order of the text; of none where one has none."""
    ordered = sorted((one for one in citations if is_citation(one)), key=lambda iri: Citation.parse(iri)[1:])
    found = glossary.locators(ordered)
    return tuple(dict.fromkeys(found[iri] for iri in ordered)) if len(found) == len(ordered) else ()


def csl(sources: Iterable[Cited]) -> list[dict[str, object]]:
    """The sources as CSL-JSON (`schema <https://docs.citationstyles.org/en/stable/specification.html>`_).

    ``custom`` holds the SHA-256 of the text and the citations.
    """
    items = []
    for one in sources:
        item: dict[str, object] = {"id": one.key, "type": "webpage" if one.kind in _PAGES else "document"}
        # Of a web page reference managers keep no publisher, but the name of the site.
        site = one.publisher if item["type"] == "webpage" else ""
        named = (("title", one.title), ("container-title", site), ("publisher", one.publisher))
        item |= {name: value for name, value in named if value}
        if one.date:
            item["issued"] = _issued(one.date)
        if one.passages:
            item["note"] = one.passages
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
      month = mar,
      note = {Characters 0-9},
    }
    """
    entries = []
    for one in sources:
        publisher = _escaped(one.publisher)
        # Styles of BibTeX print how an @misc was published, reference managers read its publisher.
        fields = {"title": f"{{{_escaped(one.title)}}}", "howpublished": publisher, "publisher": publisher}
        match = re.fullmatch(_DATE, one.date)
        if match:
            fields |= {"year": match[1], "month": _month(match[2] or ""), "day": (match[3] or "").lstrip("0")}
        elif one.date:
            about = one.date[-1] in "~?%" and re.fullmatch(_DATE, one.date[:-1])
            fields["year"] = f"ca. {one.date[:-1]}" if about else _escaped(one.date)
        digest = f"SHA-256 {one.sha256}" if one.sha256 else ""
        fields["note"] = "; ".join(filter(None, [one.passages, digest]))
        body = "".join(
            f"  {name} = {value if name == 'month' and value.isalpha() else f'{{{value}}}'},\n"
            for name, value in fields.items()
            if value
        )
        entries.append(f"@misc{{{re.sub(r'[^A-Za-z0-9.:/+-]', '-', one.key)},\n{body}}}\n")
    return "\n".join(entries)


def _issued(date: str) -> dict[str, object]:
    """A date as CSL has it: its parts, two for an interval, and whether it is about; what has no parts as it stands."""
    ends = date.rstrip("~?%").split("/")
    matches = [re.fullmatch(_DATE, end) for end in ends]
    parts = [[int(part) for part in match.groups() if part] for match in matches if match]
    if len(parts) != len(ends) or any(len(part) > 1 and part[1] > len(_MONTHS) for part in parts):
        return {"literal": date}
    return {"date-parts": parts} | ({"circa": True} if date[-1] in "~?%" else {})


def _month(number: str) -> str:
    """A month as the macro that every style knows; EDTF's seasons, 21 to 24, are left out."""
    return _MONTHS[int(number) - 1] if number and 1 <= int(number) <= len(_MONTHS) else ""


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
