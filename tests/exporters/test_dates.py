"""Dates of every kind in every format: each gets what it allows, and words stand for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

FILM = "https://w3id.org/filmgraph/id/film/x"
DATED = """
<urn:a#char=0,10> {{
  film:x a fg:Film ; fg:title title:x.one ; fg:date "{0}"^^edtf:EDTF .
  title:x.one a fg:Title ; fg:titleText "X"@en .
  <urn:release> a fg:TheatricalRelease ; fg:film film:x ; fg:date "{0}"^^edtf:EDTF .
}}
graph:citations {{ <urn:a#char=0,10> oa:hasSource <urn:a> . }}
"""
WORDS = {
    "2024-21": "spring 2024",
    "2024-24": "winter 2024",
    "200X": "2000s",
    "2009-21/2010-22": "spring 2009 to summer 2010",
}


@pytest.mark.parametrize("date", WORDS)
def test_a_date_that_a_format_does_not_have_is_written_in_words(
    date: str, store_of: Callable[[str], Store], written: Written
) -> None:
    store = store_of(DATED.format(date))
    for name in ("dc", "marcxml"):
        text = written(store, name, FILM)[0].decode()
        # Field 046 and MODS say that a date is EDTF, and may have any.
        text = re.sub(r'(?s)<datafield[^>]*tag="046".*?</datafield>', "", text)
        assert f">{date}" not in text, name
        assert WORDS[date] in text, name


@pytest.mark.parametrize("name", ["schemaorg", "ebucoreplus", "fiafcore"])
@pytest.mark.parametrize("date", ["2024-21", "2024-13", "2024-00", "2024-02-32"])
def test_no_property_for_days_holds_a_season_or_no_month_at_all(
    name: str, date: str, store_of: Callable[[str], Store], written: Written
) -> None:
    data, _ = written(store_of(DATED.format(date)), name, FILM)
    assert re.search(rf'(date|Date|Year|created|published)[^\n]*"{date}"', data.decode()) is None


def test_who_confers_an_award_is_told_where_no_ceremony_is(store_of: Callable[[str], Store], written: Written) -> None:
    store = store_of("""
    <urn:a#char=0,10> {
      film:x a fg:Film ; fg:title title:x.one .
      title:x.one a fg:Title ; fg:titleText "X"@en .
      <urn:result> a fg:AwardResult ; fg:film film:x ; fg:award <urn:award> .
      <urn:award> a fg:Award ; fg:name "Golden Anchor"@en ; fg:conferredBy <https://w3id.org/filmgraph/id/series/dd> .
      <https://w3id.org/filmgraph/id/series/dd> a fg:EventSeries ; fg:name "Dock Days"@en .
    }
    graph:derived {
      <urn:award> rdfs:label "Golden Anchor"@en . <https://w3id.org/filmgraph/id/series/dd> rdfs:label "Dock Days"@en .
    }
    graph:citations { <urn:a#char=0,10> oa:hasSource <urn:a> . }
    """)
    for name in ("marcxml", "mods", "dc", "schemaorg", "turtle", "trig", "jsonld", "ntriples", "nquads", "rdfxml"):
        assert "Dock Days" in written(store, name, FILM)[0].decode(), name
