"""Large collections: pages that tell of some when there are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import written

from filmgraph.serving.pages import documents
from filmgraph.serving.protocol.request import HttpRequest
from filmgraph.serving.protocol.settings import ServeSettings
from filmgraph.serving.urls import answer, open_site

if TYPE_CHECKING:
    from filmgraph.serving.pages.site import ServedSite
    from filmgraph.serving.protocol.reply import HttpReply


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> ServedSite:
    """A collection of which one document has thousands of passages, as a table has."""
    root = written(tmp_path_factory.mktemp("large") / "collection", LARGE)
    return open_site(ServeSettings(collection=str(root)))


ROWS = documents.SEVERAL + 1
TABLE = "https://w3id.org/filmgraph/source/table.0a1b2c3d"
LARGE = {
    "data/sources.ttl": f'<{TABLE}> a fg:SourceDocument ; dcterms:title "A table"@en ; fg:charLength {ROWS * 10} .',
    "data/harbour-guide.trig": "",
    "data/tide-weekly.trig": "",
    "data/table.trig": "\n".join(
        f"<{TABLE}#char={row * 10},{row * 10 + 9}> {{ film:row-{row} a fg:Film . }}" for row in range(ROWS)
    ),
}


def test_a_document_of_thousands_of_passages_has_pages_all_the_same(large: ServedSite) -> None:
    def page(path: str) -> HttpReply:
        return answer(large, HttpRequest("GET", path, accept="text/html"))

    assert "More than 6" in str(page("/sources").body)
    shown = str(page("/sources/table").body)
    assert 'class="stated" id="c0-9"' in shown
    assert shown.count('class="stated"') <= documents.SOME
    for path in ("/sources/table.jsonld", "/sources/table.whole.html"):
        assert page(path).status == 422
    assert page("/sources/table/passages/0-9").status == 200


def test_the_home_page_lists_some_films_and_says_that_there_are_many(large: ServedSite) -> None:
    home = str(answer(large, HttpRequest("GET", "/", accept="text/html")).body)
    assert home.count('href="/id/film/row-') == 60
    assert "and many more" in home
