"""Coverage as one HTML page: the texts at hand with their cited passages marked, and the facts beside them.

The page stands alone: no script, no font, nothing from a network; every word in it is escaped. It holds the texts of
the sources, so it is for who has them and not for publication.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from filmgraph.coverage.agreement import STANDINGS
from filmgraph.passages.facts import RDF_TYPE
from filmgraph.rdf.namespaces import FG, compact
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from filmgraph.coverage.agreement import FilmAgreement
    from filmgraph.coverage.coverage import SourceCoverage, Stretch
    from filmgraph.passages.facts import Evidence
    from filmgraph.passages.texts import SourceText
    from filmgraph.rdf.citation import Citation

_UNTOLD = frozenset({RDF_TYPE, FG + "earliest", FG + "latest"})
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STYLE = """
:root{color-scheme:light dark;--cited:#ffe69a;--more:#ffc94d;--left:#8888;--open:#d33;--line:#8884}
@media (prefers-color-scheme:dark){:root{--cited:#5c4a00;--more:#8a6d00}}
body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:85rem;padding:0 1rem}
h2{margin-top:3rem}
.bar{display:flex;height:1rem;border:1px solid var(--line)}
.bar .cited{background:var(--more)}.bar .left{background:var(--left)}.bar .open{background:var(--open)}
.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.5rem;border-top:1px solid var(--line);
padding:.4rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:var(--cited);color:inherit}mark.more{background:var(--more)}
.text .left{opacity:.55}.text .open{text-decoration:underline wavy var(--open);text-decoration-skip-ink:none}
.facts{font-size:.85rem;overflow-wrap:anywhere}.facts ul{margin:0 0 .5rem;padding-left:1.1rem}
:target{outline:2px solid var(--open)}
table{border-collapse:collapse}
td,th{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top}
"""


def coverage_page(
    covered: Sequence[SourceCoverage],
    films: Sequence[FilmAgreement],
    evidence: Evidence,
    texts: Mapping[str, SourceText],
) -> Iterator[str]:
    """The page, piece by piece.

    Args:
        covered: The sources.
        films: The films.
        evidence: The facts.
        texts: The texts at hand, by slug; a source without one is shown by its citations and facts only.
    """
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Coverage</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Coverage</h1>\n"
        '<p><mark>cited</mark> <mark class="more">cited by several passages</mark> '
        '<span class="text"><span class="left">left out on purpose</span> <span class="open">open</span></span></p>\n'
        "<ul>\n"
    )
    for source in covered:
        slug = _text(source.source.slug)
        yield f'<li><a href="#{slug}">{slug}</a>: {_shares(source)}</li>\n'
    yield "</ul>\n"
    for source in covered:
        yield from _section(source, evidence, texts.get(source.source.slug))
    yield from _films(films)
    yield "<p>This page holds texts of other people's works: keep it to yourself.</p>\n</body>\n</html>\n"


def _section(source: SourceCoverage, evidence: Evidence, text: SourceText | None) -> Iterator[str]:
    slug = source.source.slug
    yield f'<section id="{_text(slug)}">\n<h2>{_text(source.source.title or slug)} ({_text(slug)})</h2>\n'
    counts = f"{source.length:,} characters, {source.citations} citations, {source.facts:,} triples"
    yield f"<p>{counts}: {_shares(source)}</p>\n"
    bar = "".join(
        f'<span class="{_class(stretch)}" style="flex:{stretch.length}"></span>' for stretch in source.stretches
    )
    yield f'<div class="bar">{bar}</div>\n'
    citations = sorted(
        {citation for stretch in source.stretches for citation in stretch.citations if citation in evidence.facts}
    )
    if text is None:
        yield "<p>The text is not at hand.</p>\n"
        yield f'<div class="row"><div></div>{_facts(citations, evidence)}</div>\n'
    else:
        for start, end in _paragraphs(text.text):
            words = "".join(_pieces(source.stretches, text, start, end))
            beside = [citation for citation in citations if start <= citation.start < end]
            yield f'<div class="row"><div class="text">{words}</div>{_facts(beside, evidence)}</div>\n'
    yield "</section>\n"


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _PARAGRAPH.finditer(text):
        if match.start() > start:
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _pieces(stretches: Sequence[Stretch], text: SourceText, start: int, end: int) -> Iterator[str]:
    """The words of a paragraph, stretch by stretch; each stretch has an anchor at its start."""
    for stretch in stretches:
        first, last = max(start, stretch.start), min(end, stretch.end)
        if first >= last:
            continue
        words = _text(text.text[first:last].rstrip("\n") if last == end else text.text[first:last])
        anchor = f'id="{_text(text.slug)}-{first}"'
        if stretch.kind == "cited":
            more = ' class="more"' if len(stretch.citations) > 1 else ""
            title = " ".join(f"{citation.start}-{citation.end}" for citation in stretch.citations)
            yield f'<mark {anchor}{more} title="{title}">{words}</mark>'
        elif stretch.kind == "blank":
            yield words
        else:
            title = f"left out: {stretch.reasons[0]}" if stretch.reasons else f"open: {stretch.start}-{stretch.end}"
            yield f'<span {anchor} class="{_class(stretch)}" title="{_text(title)}">{words}</span>'


def _facts(citations: Sequence[Citation], evidence: Evidence) -> str:
    lines: list[str] = []
    for citation in citations:
        place = f"{citation.start}-{citation.end}"
        place = ", ".join(filter(None, [evidence.place(citation), place]))
        lines.append(f'<a href="#{_text(citation.slug)}-{citation.start}">{_text(place)}</a><ul>')
        lines += [
            f"<li>{_text(evidence.label(fact.subject))}: {_text(compact(fact.predicate.value).removeprefix('fg:'))} "
            f"{_text(evidence.label(fact.object))}</li>"
            for fact in evidence.facts[citation]
            if fact.predicate.value not in _UNTOLD
        ]
        lines.append("</ul>")
    return f'<div class="facts">{"".join(lines)}</div>'


def _films(films: Sequence[FilmAgreement]) -> Iterator[str]:
    if not films:
        return
    yield "<section>\n<h2>Films</h2>\n<table>\n<tr><th>film</th>"
    yield "".join(f"<th>{standing}</th>" for standing in STANDINGS) + "</tr>\n"
    for film in films:
        counts = "".join(f"<td>{film.count(standing)}</td>" for standing in STANDINGS)
        yield f"<tr><td>{_text(film.label)}</td>{counts}</tr>\n"
    yield "</table>\n"
    for film in films:
        shared = [found for found in film.properties if len(found.values) > 1]
        if shared:
            yield f"<h3>{_text(film.label)}</h3>\n<table>\n<tr><th>property</th><th>sources</th><th>values</th></tr>\n"
            for found in shared:
                values = "<br>".join(
                    f"{_text(slug)}: {_text(', '.join(stated))}" for slug, stated in found.values.items()
                )
                yield f"<tr><td>{_text(found.name)}</td><td>{found.standing}</td><td>{values}</td></tr>\n"
            yield "</table>\n"
    yield "</section>\n"


def _class(stretch: Stretch) -> str:
    return {"cited": "cited", "left out": "left", "open": "open", "blank": "blank"}[stretch.kind]


def _shares(source: SourceCoverage) -> str:
    return ", ".join(f"{source.share(kind):.0%} {kind}" for kind in ("cited", "left out", "open"))


def _text(text: str) -> str:
    return escape(printable(text, keep="\n\t"))
