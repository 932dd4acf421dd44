"""Passages as Web Annotations (`Web Annotation Data Model <https://www.w3.org/TR/annotation-model/>`_)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.locator import fragment

if TYPE_CHECKING:
    from filmgraph.passages.facts import CitedFact
    from filmgraph.rdf.citation import Citation
    from filmgraph.serving.pages.site import Document, ServedSite

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
Json = dict[str, object]


def annotation(citation: Citation, facts: list[CitedFact], base: str, site: ServedSite) -> Json:
    """Return a citation as an annotation: its target is the passage, its body the facts stated, as N-Triples."""
    return {"@context": _CONTEXT} | _annotation(citation, facts, base, site)


def annotation_collection(
    document: Document, facts: dict[Citation, list[CitedFact]], base: str, site: ServedSite
) -> Json:
    """Return all passages of a document as an annotation collection with one page."""
    address = f"{base}/sources/{document.slug}.jsonld"
    items = [_annotation(citation, stated, base, site) for citation, stated in facts.items()]
    return {
        "@context": _CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": document.title,
        "total": len(items),
        "first": {"id": f"{address}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(citation: Citation, facts: list[CitedFact], base: str, site: ServedSite) -> Json:
    selector: list[Json] = [
        {"type": "TextPositionSelector", "start": citation.start, "end": citation.end},
        {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
            "value": f"char={citation.start},{citation.end}",
        },
    ]
    locator = StoreGlossary(site.graph.store).locators([str(citation)]).get(str(citation), "")
    if (found := fragment(locator)) is not None:
        selector.append({"type": "FragmentSelector", "conformsTo": found.conforms_to, "value": found.value})
    text = site.texts.get(citation.source)
    if text is not None and citation.end <= len(text.text):
        quote: Json = {"type": "TextQuoteSelector", "exact": text.text[citation.start : citation.end]}
        before = text.text[max(0, citation.start - _AROUND) : citation.start]
        after = text.text[citation.end : citation.end + _AROUND]
        selector.append(quote | ({"prefix": before} if before else {}) | ({"suffix": after} if after else {}))
    subjects = sorted({fact.subject.value for fact in facts})
    statements = "".join(f"{fact.subject} {fact.predicate} {fact.object} .\n" for fact in facts)
    body: Json = {
        "type": "TextualBody",
        "value": statements,
        "format": "application/n-triples",
        "purpose": "describing",
    }
    return {
        "id": f"{base}{site.path(str(citation))}.jsonld",
        "type": "Annotation",
        "motivation": "describing",
        "canonical": str(citation),
        "body": [body, *subjects],
        "target": {"source": citation.source, "type": "SpecificResource", "selector": selector},
    }
