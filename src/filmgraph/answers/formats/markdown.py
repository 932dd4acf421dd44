"""Markdown: a pipe table, with footnotes for the evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.answers.arrangement import laid_out
from filmgraph.answers.formats._format import Format, Page
from filmgraph.answers.grid import why_text
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import RowsAnswer

_SPECIAL = re.compile(r"([\\`*_\[\]|~#$])")
_LINE_END = re.compile(r"\r\n|[\r\n]")


def _rows(answer: RowsAnswer, _page: Page) -> Iterator[str]:
    laid = laid_out(answer)
    headers = [_text(name) for name in laid.headers]
    rules = ["--:" if numeric else "---" for numeric in laid.numeric]
    if laid.why is not None:
        headers.append("why")
        rules.append("---")
    yield _line(headers or [""])
    yield _line(rules or ["---"])
    for index, row in enumerate(laid.rows):
        why = [] if laid.why is None else [why_text(laid.why[index], "[^{}]", runs=False)]
        yield _line([*map(_text, row), *why])
    if laid.footnotes:
        yield "\n"
    for number, footnote in enumerate(laid.footnotes, 1):
        yield f"[^{number}]: {_text(footnote)}\n"
    for remark in filter(None, [laid.legend, *laid.remarks]):
        yield f"\n{_text(remark)}\n"


def _line(values: list[str]) -> str:
    return f"| {' | '.join(values)} |\n"


def _text(value: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return printable(_LINE_END.sub("<br>", escaped))


FORMAT = Format("markdown", "a table for documents and wikis", ("text/markdown",), ("md",), rows=_rows, evidence=True)
