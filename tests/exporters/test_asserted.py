"""Records hold facts: what a passage only hopes for, plans or supposes stays out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

FERRY = "https://w3id.org/filmgraph/id/film/night-ferry"
TWO_SHOWINGS = """<urn:a#char=0,9> {
  film:night-ferry a fg:Film ; fg:title title:nf .
  title:nf a fg:Title ; fg:titleText "Night Ferry"@en .
  screening:pier a fg:Screening ; fg:film film:night-ferry ; fg:place place:pier ; fg:date "1999-11-20"^^edtf:EDTF .
  place:pier a fg:Place ; fg:name "the pier"@en .
}
<urn:a#char=20,29> {
  film:night-ferry a fg:Film .
  screening:moon a fg:Screening ; fg:film film:night-ferry ; fg:place place:moon ; fg:date "2050"^^edtf:EDTF ;
    fg:stance fgv:hoped .
  place:moon a fg:Place ; fg:name "Moonbase"@en .
}
"""


@pytest.mark.parametrize("name", ["mods", "schemaorg", "bibframe"])
def test_what_is_only_hoped_for_is_in_no_record(store_of: Callable[[str], Store], written: Written, name: str) -> None:
    text = written(store_of(TWO_SHOWINGS), name, FERRY)[0].decode()
    assert "the pier" in text
    assert "Moonbase" not in text
    assert "2050" not in text
