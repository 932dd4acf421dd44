"""Classes of the ontology as people call them in a message."""

from __future__ import annotations

from filmgraph.rdf.namespaces import FG

_WORDS = {
    "Agent": "person or body",
    "EventSeries": "festival or ceremony",
    "EventEdition": "year of a festival or ceremony",
    "SourceDocument": "document",
}


def class_words(iri: str) -> str:
    """Return what people call a thing of a class.

    >>> class_words("https://w3id.org/filmgraph/ns#EventSeries"), class_words("http://example.org/FilmClub")
    ('festival or ceremony', 'film club')
    """
    name = iri.replace("#", "/").rpartition("/")[2]
    if iri.startswith(FG) and name in _WORDS:
        return _WORDS[name]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def indefinite(kind: str) -> str:
    """Return a word with its indefinite article.

    >>> indefinite("agent"), indefinite("film"), indefinite("text")
    ('an agent', 'a film', 'text')
    """
    return kind if kind == "text" else f"{'an' if kind[:1].lower() in set('aeiou') else 'a'} {kind}"
