"""Human-readable names for the IRIs and values of a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.answers.grid import words
from filmgraph.rdf.namespaces import FG, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filmgraph.answers.rows import Asked, Glossary
    from filmgraph.sparql.query import Query


class Naming:
    """A source of human-readable names for the terms of one query.

    Args:
        query: The query.
        glossary: Where labels are found.
        asked: The question that it is, where it is one: what was typed for a parameter is called so.
    """

    def __init__(self, query: Query, glossary: Glossary, asked: Asked | None = None) -> None:
        self._query = query
        self._glossary = glossary
        self._typed = {str(term): asked.values[name] for name, term in asked.terms.items()} if asked else {}

    def of(self, texts: Iterable[str]) -> Callable[[str], str]:
        """Return a function from terms, as the query writes them, to their human-readable names."""
        iris = {text: self.iri(text) for text in texts}
        labels = self._glossary.labels(sorted({iri for iri in iris.values() if iri}))

        def name(text: str) -> str:
            if text in self._typed:
                return f"“{self._typed[text]}”"
            iri = iris.get(text) or self.iri(text)
            if not iri:
                return re.sub(r"[\"'](@[\w-]+|\^\^.*)?$", "”", text).replace('"', "“", 1) if text[0] == '"' else text
            local = iri.removeprefix(FG)
            if local != iri and local[:1].islower():  # a property of ours: its name is a noun, its label may be a verb
                return words(local)
            return labels.get(iri) or compact(iri)

        return name

    def beside(self, texts: Iterable[str]) -> str:
        """Return labels in brackets for terms whose own spelling does not show them."""
        said = []
        iris = {text: self.iri(text) for text in dict.fromkeys(texts)}
        labels = self._glossary.labels(sorted({iri for iri in iris.values() if iri}))
        for text, iri in iris.items():
            label = labels.get(iri, "")
            own = words(re.split(r"[/#:]", iri)[-1].replace("-", " ")).casefold()
            if label and not set(own.split()) & set(label.casefold().split()):
                said.append(f"{text} is {label}")
        return f" ({'; '.join(said)})" if said else ""

    def iri(self, text: str) -> str:
        """Return the IRI that a term of the query denotes; empty where it is not an IRI."""
        if text.startswith("<"):
            return text[1:-1]
        prefix, colon, local = text.partition(":")
        return self._query.prefixes[prefix] + local if colon and prefix in self._query.prefixes else ""
