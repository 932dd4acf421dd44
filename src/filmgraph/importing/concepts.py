"""Vocabulary concepts (countries, languages, genres) looked up by name."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from filmgraph.collection.translated_names import countries, languages
from filmgraph.collection.vocabulary import terms
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.folding import fold

_LABEL = re.compile(r'(?:rdfs:label|skos:prefLabel|skos:altLabel|skos:notation) ((?:"[^"]*"(?:@\w+)?(?: , )?)+)')
# The vocabulary has other names of the genres below only in English, so that records of films stay short.
_GENRES = {
    name: genre
    for genre, names in {
        "documentary": "documentary film,dokumentarfilm,dokumentation,doku,documentaire,documental,documentario",
        "drama": "drame,spielfilmdrama,dramma",
        "news": "nachrichten,actualites,noticias",
        "music": "musik,musikfilm,musique,musica",
        "crime": "krimi,kriminalfilm,policier,criminal,policiaco,crimen",
        "fiction": "feature film,spielfilm,ficcion",
    }.items()
    for name in names.split(",")
}
_COLOURS = {
    name: colour
    for colour, names in {
        "black and white": "b&w,b/w,bw,black & white,s/w,sw,schwarzweiss,schwarz-weiss,noir et blanc,n&b,n/b,nb,"
        "blanco y negro,b/n,bianco e nero,bn,preto e branco,p&b,p/b",
        "colour": "color,farbe,farbig,couleur,couleurs,en couleurs,colore,cor,colorido",
    }.items()
    for name in names.split(",")
}
_ISO_639_2 = re.compile(r"broadMatch <http://id\.loc\.gov/vocabulary/iso639-2/(\w{3})>")
_TEXT = re.compile(r'"([^"]*)"')


def country(name: str) -> str | None:
    """Return the IRI of a country, by name in English, German, French, Spanish or Italian, or by ISO 3166-1 code.

    >>> country("germany"), country("Allemagne"), country("Atlantis")
    ('https://w3id.org/filmgraph/id/place/iso3166-1/DE', 'https://w3id.org/filmgraph/id/place/iso3166-1/DE', None)
    """
    folded = fold(name)
    known = _countries()
    return known.get(folded) or known.get(fold(countries().get(folded, "")))


def language(name: str) -> str | None:
    """Return the IRI of a language, by its code or its name in English, German, French, Spanish, Italian or Portuguese.

    The code is one of ISO 639, part 1, 2 or 3; that of part 2 may be the one of libraries, such as *ger*.

    >>> language("German") == language("allemand") == language("de") == language("ger") == language("deu")
    True
    """
    folded = fold(name)
    known = _concepts("language")
    return known.get(folded) or _of_libraries().get(folded) or known.get(fold(languages().get(folded, "")))


def genre(name: str) -> str | None:
    """Return the IRI of a genre, by its English name.

    >>> genre("Drama"), genre("unheard-of")
    ('https://w3id.org/filmgraph/vocab/drama', None)
    """
    folded = fold(name)
    return _concepts("genre").get(folded) or _concepts("genre").get(_GENRES.get(folded, ""))


def colour(name: str) -> str | None:
    """Return the IRI of colour or of black and white, by its name in English, German, French, Spanish or Italian.

    >>> colour("N&B") == colour("black and white"), colour("sepia")
    (True, None)
    """
    plain = name.strip().casefold().replace("ß", "ss")
    return _concepts("colourType").get(fold(_COLOURS.get(plain, plain)))


def term(scheme: str, name: str) -> ox.NamedNode | None:
    """Return the concept of a bundled vocabulary, by its English name.

    >>> str(term("occupationType", "critic")), term("occupationType", "unheard-of")
    ('<https://w3id.org/filmgraph/vocab/critic>', None)
    """
    found = _concepts(scheme).get(fold(name))
    return ox.NamedNode(found) if found else None


@cache
def _countries() -> dict[str, str]:
    lines = {iri.value: known.line for iri, known in terms().items() if iri.value.startswith(PREFIXES["country"])}
    return _by_name(lines)


@cache
def _concepts(scheme: str) -> dict[str, str]:
    lines = {iri.value: known.line for iri, known in terms().items() if f"skos:inScheme fgv:{scheme} " in known.line}
    return _by_name(lines)


@cache
def _of_libraries() -> dict[str, str]:
    """Map the codes of ISO 639-2 to languages."""
    return {code[1]: iri.value for iri, known in terms().items() if (code := _ISO_639_2.search(known.line))}


def _by_name(lines: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for iri, line in lines.items():
        for labels in _LABEL.findall(line):
            for name in _TEXT.findall(labels):
                found.setdefault(fold(name), iri)
    return found
