"""The HTML preview of a candidate, shown beside a table: its facts with their citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers.footnotes import footnotes
from filmgraph.answers.grid import grid
from filmgraph.answers.html import escape
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from filmgraph.graph import Graph

_SHOWN = 8
_PASSAGES = 2
_STYLE = (
    "body{font:13px/1.35 sans-serif;margin:8px;color:#1a1a1a;background:#fff}h1{font-size:15px;margin:0 0 6px}"
    "dl{margin:0}dt{color:#555;float:left;clear:left;width:7.5em}dd{margin:0 0 4px 8em}small{color:#666;display:block}"
)


def preview(graph: Graph, iri: str) -> str:
    """Render the HTML preview of a thing.

    Raises:
        UnknownThingError: There is no such thing.
        StoreError: The store could not answer.
    """
    answer = graph.show(iri, max_witnesses=_PASSAGES)
    name = answer.glossary.labels([iri]).get(iri, iri)
    lines: list[str] = []
    seen = set[str]()
    for row, (what, value, note) in zip(answer, grid(answer).rows, strict=True):
        if len(lines) == _SHOWN:
            break
        citations = list(dict.fromkeys(one for witness in row.why for one in witness))[:_PASSAGES]
        said = "; ".join(footnotes(citations, answer.glossary))
        term = "" if what in seen else _text(what)
        seen.add(what)
        remark = f" ({_text(note)})" if note else ""
        lines.append(f"<dt>{term or '&nbsp;'}</dt><dd>{_text(value)}{remark}<small>{_text(said)}</small></dd>")
    more = len(answer) - len(lines)
    rest = f"<p><small>and {more} more facts</small></p>" if more > 0 else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{_text(name)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{_text(name)}</h1><dl>{''.join(lines)}</dl>{rest}</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(printable(text))
