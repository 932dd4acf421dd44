"""German, French, Spanish, Italian and Portuguese names of countries and languages.

They come from the `Unicode CLDR <https://cldr.unicode.org/>`_ by way of Babel, which is imported when a name is not
English, and no store holds them.
"""

from __future__ import annotations

from functools import cache

from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.folding import fold

_LOCALES = ("de", "fr", "es", "it", "pt")
# What people write and the CLDR does not have.
_IN_SHORT = {
    "US": ("Etats-Unis", "EE.UU.", "EEUU", "EE. UU.", "Vereinigte Staaten von Amerika"),
    "GB": ("Großbritannien", "Grande-Bretagne", "Gran Bretaña", "Gran Bretagna", "England"),
    "DE": ("BRD", "Bundesrepublik Deutschland"),
    "RU": ("Russia",),
    "CZ": ("Czech Republic", "Tschechische Republik", "République tchèque"),
    "NL": ("Holland", "The Netherlands"),
}


@cache
def names_of_country(iri: str) -> frozenset[str]:
    """Return the names of a country in other languages; none where the IRI is not a country's.

    >>> "Allemagne" in names_of_country(PREFIXES["country"] + "DE"), names_of_country("urn:x")
    (True, frozenset())
    """
    space, code = iri[:-2], iri[-2:]
    if space != PREFIXES["country"]:
        return frozenset()
    names = {names[code] for _, names in _of_territories() if code in names}
    return frozenset(names | set(_IN_SHORT.get(code, ())))


@cache
def countries() -> dict[str, str]:
    """Map folded country names in other languages to ISO 3166-1 alpha-2 codes.

    >>> countries()["osterreich"], countries()["etats-unis"]
    ('AT', 'US')
    """
    found = {fold(name): code for code, names in _IN_SHORT.items() for name in names}
    for _, names in _of_territories():
        for code, name in names.items():
            found.setdefault(fold(name), code)
    return found


@cache
def languages() -> dict[str, str]:
    """Map folded language names in other languages, and codes of two letters of ISO 639-1, to English names.

    >>> languages()["franzosisch"], languages()["allemand"], languages()["es"]
    ('French', 'German', 'Spanish')
    """
    from babel import Locale  # noqa: PLC0415 -- only where a name is not English

    english = dict(Locale("en").languages)
    found = {code: name for code, name in english.items() if len(code) == 2}  # noqa: PLR2004  ISO 639-1
    for locale in _LOCALES:
        for code, name in Locale(locale).languages.items():
            if code in english:
                found.setdefault(fold(name), english[code])
    return found


@cache
def _of_territories() -> tuple[tuple[str, dict[str, str]], ...]:
    from babel import Locale  # noqa: PLC0415 -- only where a name is not English

    return tuple((locale, dict(Locale(locale).territories)) for locale in _LOCALES)
