"""Every writer of XML, with every code point that XML 1.0 lacks: what is written is well-formed, or nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from filmgraph import exporters
from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer, TriplesAnswer
from filmgraph.answers.formats import Page
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.results import Solutions, Triples
from filmgraph.rdf.xml_characters import refuse_impossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

LACKING = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]
"""`XML 1.0, 2.2 <https://www.w3.org/TR/xml/#charsets>`_; surrogates are no characters of RDF either."""
EDGES = [0x09, 0x0A, 0x0D, 0x20, 0x7F, 0x85, 0x9F, 0x2028, 0xD7FF, 0xE000, 0xFDD0, 0xFFFD, 0x10000, 0x1FFFE, 0x10FFFF]
IN_XML = sorted(one.name for one in exporters.all_exporters() if "xml" in one.media_type)
ANSWERS = sorted(name for name in formats.names() if "xml" in formats.find(name).media_types[0])
ABOUT_ONE = """
<urn:a#char=0,10> {{
  film:x a fg:Film ; fg:title title:x.one ; fg:keyword "{0}" .
  title:x.one a fg:Title ; fg:titleText "{0}"@en .
  person:p a fg:Person ; fg:name "{0}" .
  <urn:credit> a fg:Credit ; fg:film film:x ; fg:agent person:p ; fg:role rel:fmd ; fg:creditedAs "{0}" .
}}
graph:sources {{ <urn:a> dcterms:title "{0}" . }}
graph:citations {{ <urn:a#char=0,10> oa:hasSource <urn:a> . }}
"""


def test_there_are_writers_of_xml() -> None:
    assert {"dc", "graphml", "marcxml", "mods", "rdfxml"} <= set(IN_XML)
    assert ANSWERS == ["rdfxml", "xml"]


@pytest.mark.parametrize("name", IN_XML)
def test_an_export_is_well_formed_or_refused(name: str, store_of: Callable[[str], Store], written: Written) -> None:
    film = "https://w3id.org/filmgraph/id/film/x"
    for number in [*LACKING, *EDGES]:
        store = store_of(ABOUT_ONE.format(f"a\\U{number:08X}b"))
        try:
            data, _ = written(store, name, film)
        except FilmgraphError as error:
            assert (number in LACKING, f"U+{number:04X}" in str(error)) == (True, True)  # noqa: PT017 -- or written
            continue
        etree.fromstring(data)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_well_formed_or_refused(name: str) -> None:
    for number in [*LACKING, *EDGES]:
        value = Literal(f"a{chr(number)}b")
        answer = (
            TriplesAnswer(Triples([Triple(NamedNode("urn:s"), NamedNode("urn:p"), value)]))
            if formats.find(name).triples
            else RowsAnswer(Solutions(("a",), [(value,)]))
        )
        try:
            text = "".join(formats.render(answer, formats.find(name), Page()))
        except FilmgraphError as error:
            assert (number in LACKING, f"U+{number:04X}" in str(error)) == (True, True)  # noqa: PT017 -- or written
            continue
        assert number not in LACKING, hex(number)
        etree.fromstring(text.encode())


def test_every_character_that_xml_lacks_is_refused_and_no_other() -> None:
    for number in range(0x110000):
        if 0xD800 <= number < 0xE000 or number in LACKING:
            with pytest.raises(FilmgraphError):
                refuse_impossible(chr(number))
        else:
            refuse_impossible(chr(number))
