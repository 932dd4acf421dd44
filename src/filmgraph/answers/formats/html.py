"""HTML: a table for embedding in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers.formats._format import Format, Page
from filmgraph.answers.html import html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.answers.answer import RowsAnswer


def _rows(answer: RowsAnswer, _page: Page) -> Iterable[str]:
    return html(answer)


FORMAT = Format("html", "a table for a web page", ("text/html",), ("html", "htm"), rows=_rows, evidence=True)
