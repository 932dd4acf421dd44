"""An answer as an HTML table, each IRI a link, each value escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.answers.arrangement import laid_out
from filmgraph.answers.grid import why_text
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.answers.grid import Why
    from filmgraph.answers.rows import AnsweredRows
    from filmgraph.rdf.results import Term


def html(answer: AnsweredRows) -> Iterator[str]:
    """Yield a ``<table>`` and, with evidence, an ordered list of footnotes.

    Who asks of a row why opens it where it stands, and reads its footnotes there, with the passages where they are at
    hand; no script is needed.
    """
    laid = laid_out(answer)
    yield '<table class="filmgraph">\n<thead><tr>'
    yield "".join(f"<th>{_text(name)}</th>" for name in laid.headers)
    yield "<th>why</th></tr></thead>\n<tbody>\n" if laid.why is not None else "</tr></thead>\n<tbody>\n"
    for index, (row, texts) in enumerate(zip(laid.lines, laid.rows, strict=True)):
        cells = "".join(
            f"<td{' align=right' if numeric else ''}>{_cell(term, text)}</td>"
            for term, text, numeric in zip(row, texts, laid.numeric, strict=True)
        )
        why = "" if laid.why is None else f"<td>{_why(laid.why[index], laid.footnotes)}</td>"
        yield f"<tr>{cells}{why}</tr>\n"
    yield "</tbody>\n</table>\n"
    if laid.footnotes:
        yield f"<ol>{''.join(f'<li>{_text(footnote)}</li>' for footnote in laid.footnotes)}</ol>\n"
    for remark in filter(None, [laid.legend, *laid.remarks]):
        yield f"<p>{_text(remark)}</p>\n"


def _why(why: Why, footnotes: Sequence[str]) -> str:
    """Return the witnesses of a row as an expandable element with their footnotes."""
    numbers = sorted({number for witness in why.witnesses for number in witness if number <= len(footnotes)})
    said = _text(why_text(why))
    if not numbers:
        return said
    lines = "".join(f"<p>[{number}] {_text(footnotes[number - 1])}</p>" for number in numbers)
    return f"<details><summary>{said}</summary>{lines}</details>"


def _cell(term: Term | None, text: str) -> str:
    # Only links that a browser opens as pages: an IRI may as well be javascript:….
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<a href="{escape(term.value)}">{_text(text)}</a>'
    return _text(text)


def _text(text: str) -> str:
    return escape(printable(text, keep="\n\t")).replace("\n", "<br>")


def escape(text: str) -> str:
    """Escape a text for HTML; the standard library's function costs 2 ms more to import."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
