"""The titles of a film: the one that it is entered under, and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film.resolver import ranked_values
from filmgraph.exporters.library.words import clean, is_latin, tag

if TYPE_CHECKING:
    from filmgraph.exporters.film.record import DescribedNode, Record

_ARTICLES = {
    "en": ("a", "an", "the"),
    "fr": ("le", "la", "les", "l'", "un", "une", "des"),
    "de": ("der", "die", "das", "ein", "eine"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l'", "un", "una"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "nl": ("de", "het", "een"),
    "da": ("den", "det", "de", "en", "et"),
    "sv": ("den", "det", "de", "en", "ett"),
}


class Title(NamedTuple):
    """A title; ``kind`` says in words why it exists, ``vernacular`` is the same title in its own script."""

    text: str
    language: str
    kind: str
    citations: tuple[str, ...]
    vernacular: str = ""
    devised: bool = False

    @property
    def own_language(self) -> str:
        """The language of the title in its own script."""
        return self.language.replace("-Latn", "") if self.vernacular else self.language

    @property
    def skipped(self) -> int:
        """How many characters of it are no matter for sorting: those of an article at its start, 0 to 9.

        >>> Title("The Night Ferry", "en", "", ()).skipped, Title("Theatre", "en", "", ()).skipped
        (4, 0)
        """
        lower = self.text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        for article in sorted(_ARTICLES.get(self.language.split("-")[0], ()), key=len, reverse=True):
            if article.endswith("'") and lower.startswith(article):
                return len(article)
            if lower.startswith(article + " ") and len(self.text) > len(article) + 1:
                return len(article) + 1
        return 0


def titles(record: Record, makers: list[str]) -> list[Title]:
    """The titles of a film, the one that most sources give first; a devised one where there is none.

    Args:
        record: The film's record.
        makers: The names of its directors, for a devised title.
    """
    nodes = {node.iri: node for node in record.titles}
    found: list[Title] = []
    for link in record.film.all("title"):
        if isinstance(link.value, NamedNode) and link.value.value in nodes:
            found += _texts(record, nodes[link.value.value], link.citations)
    # A film may bear its name directly, as other graphs have it.
    found += [
        Title(clean(name.value.value), tag(name.value.language or ""), "", name.citations)
        for name in record.film.all("name")
        if isinstance(name.value, Literal) and clean(name.value.value)
    ]
    if not found:
        text = f"[Film directed by {'; '.join(makers)}]" if makers else "[Untitled film]"
        return [Title(text, "en", "", record.film.citations(), devised=True)]
    return _paired(found)


def _texts(record: Record, node: DescribedNode, citations: tuple[str, ...]) -> list[Title]:
    kind = "; ".join(record.label(kind.value) for kind in node.all("titleType"))
    return [
        Title(text, tag(value.value.language or ""), kind, tuple(sorted({*citations, *value.citations})))
        for value in ranked_values(node.statements("titleText"))
        if isinstance(value.value, Literal) and (text := clean(value.value.value))
    ]


def _paired(found: list[Title]) -> list[Title]:
    """Put a title in another script and its romanisation together; such a pair is one title."""
    rest = [title for title in found if not is_latin(title.text)]
    paired: list[Title] = []
    seen: set[str] = set()
    for title in found:
        if title.text in seen or title in paired:
            continue
        if is_latin(title.text):
            base = title.language.split("-")[0]
            own = next((t for t in rest if "-Latn" in title.language and t.language.split("-")[0] == base), None)
            if own:
                rest.remove(own)
                citations = tuple(sorted({*title.citations, *own.citations}))
                title = title._replace(vernacular=own.text, kind=own.kind or title.kind, citations=citations)  # noqa: PLW2901
                seen.add(own.text)
        seen.add(title.text)
        paired.append(title)
    # A title that was met before its romanisation stands with it, not alone.
    owned = {title.vernacular for title in paired if title.vernacular}
    return [title for title in paired if title.text not in owned]
