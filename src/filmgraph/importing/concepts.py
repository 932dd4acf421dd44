"""Countries, languages and genres by their names, from the vocabularies that come with filmgraph."""

from __future__ import annotations

import re
from functools import cache

from filmgraph.collection.vocabulary import terms
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.folding import fold

_LABEL = re.compile(r'(?:rdfs:label|skos:prefLabel|skos:altLabel|skos:notation) ((?:"[^"]*"(?:@\w+)?(?: , )?)+)')
_TEXT = re.compile(r'"([^"]*)"')


def country(name: str) -> str | None:
    """The IRI of a country, by its name in English or its code in ISO 3166-1.

    >>> country("germany"), country("DE"), country("Atlantis")
    ('https://w3id.org/filmgraph/id/place/iso3166-1/DE', 'https://w3id.org/filmgraph/id/place/iso3166-1/DE', None)
    """
    return _countries().get(fold(name))


def language(name: str) -> str | None:
    """The IRI of a language, by its name in English.

    >>> language("German") == language("german")
    True
    """
    return _concepts("language").get(fold(name))


def genre(name: str) -> str | None:
    """The IRI of a genre, by its name in English.

    >>> genre("Drama"), genre("unheard-of")
    ('https://w3id.org/filmgraph/vocab/drama', None)
    """
    return _concepts("genre").get(fold(name))


@cache
def _countries() -> dict[str, str]:
    lines = {iri.value: known.line for iri, known in terms().items() if iri.value.startswith(PREFIXES["country"])}
    return _by_name(lines)


@cache
def _concepts(scheme: str) -> dict[str, str]:
    lines = {iri.value: known.line for iri, known in terms().items() if f"skos:inScheme fgv:{scheme} " in known.line}
    return _by_name(lines)


def _by_name(lines: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for iri, line in lines.items():
        for labels in _LABEL.findall(line):
            for name in _TEXT.findall(labels):
                found.setdefault(fold(name), iri)
    return found
