"""Words for the names and values of a query, for messages."""

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
    """Words for what stands in a query.

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
        """From each of some names and values, as the query writes them, to what people call it."""
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
        """What some names are called, in brackets, where they do not say it themselves."""
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
        """The IRI that a name of the query stands for; empty where it is none."""
        if text.startswith("<"):
            return text[1:-1]
        prefix, colon, local = text.partition(":")
        return self._query.prefixes[prefix] + local if colon and prefix in self._query.prefixes else ""
