"""The RDF formats: what they write reads back into what was there."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmgraph.errors import BadParameterError, UnknownFormatError
from filmgraph.exporters import Options, Request, all_exporters, find, names, of_file
from filmgraph.exporters.linked import claims, ordered_rdf, turtle_text
from filmgraph.exporters.linked.terms import facts
from filmgraph.files.sorted_lines import sorted_lines
from filmgraph.opening import open_store
from filmgraph.rdf.files import used_prefixes
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Exporter
    from filmgraph.store.base import Store

FILMS = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:runtimeMinutes 85 ; fg:title title:night-ferry.night-ferry .
  title:night-ferry.night-ferry a fg:Title ; fg:titleText "Night \\"Ferry\\" & more\\n夜"@en .
  credit:night-ferry.ada.fmd a fg:Credit ; fg:film film:night-ferry ; fg:agent person:ada ; fg:role rel:fmd .
  person:ada a fg:Person ; fg:name "Ada Lake"@en .
}
<urn:b#char=0,10> {
  film:night-ferry a fg:Film ; fg:runtimeMinutes 85 .
  film:other a fg:Film ; fg:relatedFilm film:night-ferry ; fg:runtimeMinutes 12 .
}
graph:citations { <urn:a#char=0,10> a fg:Citation ; oa:hasSource <urn:a> . <urn:b#char=0,10> oa:hasSource <urn:b> . }
graph:sources { <urn:a> a fg:SourceDocument ; dcterms:title "A page"@en . }
graph:derived { person:ada rdfs:label "Ada Lake"@en . film:night-ferry rdfs:label "Night Ferry"@en . }
"""
DATASETS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}
GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML}
FERRY = PREFIXES["film"] + "night-ferry"


def exported(store: Store, name: str, *, thing: str = "", citations: str = "") -> bytes:
    out = io.BytesIO()
    find(name).write(Request(store, thing, Options(citations=citations)), out)
    return out.getvalue()


def stated(store: Store) -> set[ox.Quad]:
    return {quad for quad in store.quads() if "#char=" in str(quad.graph_name)}


@pytest.mark.parametrize("name", DATASETS)
def test_a_format_with_graphs_gives_every_quad_back(name: str, store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    assert set(ox.parse(exported(store, name), DATASETS[name])) == set(store.quads())


@pytest.mark.parametrize("name", GRAPHS)
def test_a_format_without_graphs_gives_every_fact_back_with_its_citations(
    name: str, store_of: Callable[[str], Store]
) -> None:
    store = store_of(FILMS)
    assert claims.restored(ox.parse(exported(store, name), GRAPHS[name])) == stated(store)


def test_reifiers_of_rdf_12_give_every_fact_back_with_its_citations(store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    text = exported(store, "turtle", citations="rdf12")
    assert claims.restored(ox.parse(text, ox.RdfFormat.TURTLE)) == stated(store)


def test_without_citations_each_fact_stands_once(store_of: Callable[[str], Store]) -> None:
    text = exported(store_of(FILMS), "ntriples", citations="none").decode()
    assert text.count(f"<{FERRY}> <{PREFIXES['fg']}runtimeMinutes>") == 1
    assert "Statement" not in text


@pytest.mark.parametrize("exporter", all_exporters(), ids=names())
def test_two_runs_give_the_same_bytes(exporter: Exporter, store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    first, second = io.BytesIO(), io.BytesIO()
    exporter.write(Request(store, FERRY), first)
    exporter.write(Request(store, FERRY), second)
    assert first.getvalue() == second.getvalue() != b""


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_only_the_prefixes_that_are_used_are_declared(name: str, store_of: Callable[[str], Store]) -> None:
    text = exported(store_of(FILMS), name).decode()
    declared = re.findall(r"^@prefix (\w+): ", text, re.MULTILINE)
    body = re.sub(r"^@prefix .*$", "", text, flags=re.MULTILINE)
    assert declared
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w<]){prefix}:", body)] == []


def test_one_film_comes_with_what_is_about_it_and_not_with_other_films(store_of: Callable[[str], Store]) -> None:
    text = exported(store_of(FILMS), "nquads", thing=FERRY).decode()
    assert "Ada Lake" in text
    assert "A page" in text
    assert "relatedFilm" in text
    assert '"12"' not in text


def test_rdf_xml_has_no_reifiers(store_of: Callable[[str], Store]) -> None:
    with pytest.raises(BadParameterError, match="rdf12"):
        exported(store_of(FILMS), "rdfxml", citations="rdf12")


iris = st.sampled_from([ox.NamedNode(f"urn:n{n}") for n in range(4)])
citations = st.sampled_from([ox.NamedNode(f"urn:s{n}#char=0,{n + 1}") for n in range(3)])
literals = st.builds(
    lambda text, tag: ox.Literal(text, language=tag) if tag else ox.Literal(text),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
    st.sampled_from(["", "en", "zh-latn"]),
)
quads = st.builds(ox.Quad, iris, iris, st.one_of(iris, literals), citations)


@settings(max_examples=60, deadline=None)
@given(st.lists(quads, min_size=1, max_size=12))
def test_whatever_the_facts_every_form_with_citations_gives_the_same_quads_back(facts: list[ox.Quad]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.nq"
        path.write_text("".join(f"{quad} .\n" for quad in facts), encoding="utf-8")
        store = open_store(str(path))
    assert set(ox.parse(exported(store, "nquads"), ox.RdfFormat.N_QUADS)) == set(facts)
    assert set(ox.parse(exported(store, "trig"), ox.RdfFormat.TRIG)) == set(facts)
    assert claims.restored(ox.parse(exported(store, "turtle"), ox.RdfFormat.TURTLE)) == set(facts)
    assert claims.restored(ox.parse(exported(store, "ntriples"), ox.RdfFormat.N_TRIPLES)) == set(facts)
    rdf12 = exported(store, "turtle", citations="rdf12")
    assert claims.restored(ox.parse(rdf12, ox.RdfFormat.TURTLE)) == set(facts)


@settings(max_examples=60, deadline=None)
@given(st.lists(quads, min_size=1, max_size=12))
def test_claims_written_as_text_are_those_that_the_engine_writes_of_triples(stated_quads: list[ox.Quad]) -> None:
    each = list(facts(sorted({f"{quad} .\n" for quad in stated_quads})))
    lines = sorted({f"{triple} .\n" for triple in claims.claims(stated_quads)})
    assert list(claims.claim_lines(each)) == lines
    reifiers = sorted({f"{triple} .\n" for triple in claims.reifiers(stated_quads)})
    assert list(claims.reifier_lines(each)) == reifiers
    triples = {quad.triple for quad in ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES)}
    prefixes = used_prefixes(triples)
    text = "".join([*turtle_text.header(prefixes), *claims.in_turtle_text(each, prefixes)])
    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)} == triples


@settings(max_examples=60, deadline=None)
@given(st.lists(quads, min_size=1, max_size=12), st.sampled_from(["", "urn:n0"]))
def test_turtle_as_text_says_what_its_lines_say(stated_quads: list[ox.Quad], thing: str) -> None:
    triples = {quad.triple for quad in stated_quads}
    lines = sorted(f"{triple} .\n" for triple in triples)
    text = "".join(ordered_rdf.turtle(lines, used_prefixes(triples), thing))
    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)} == triples


def test_the_turtle_of_a_film_begins_with_the_film_and_ends_with_who_says_so(store_of: Callable[[str], Store]) -> None:
    text = exported(store_of(FILMS), "turtle", thing=FERRY).decode()
    prefixes = re.findall(r"^@prefix (\w+): ", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    subjects = re.findall(r"^(\S+) a ", text, re.MULTILINE)
    assert subjects[0] == "film:night-ferry"
    assert subjects[-1].startswith("claim:")
    assert text.index("# Credits") < text.index("# Passages") < text.index("# Who says so")
    assert all(not line or line[0] != " " for line in re.findall(r"^\n(.*)$", text, re.MULTILINE))


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=5), max_size=30))
def test_sorting_in_files_is_sorting_in_memory(words: list[str]) -> None:
    lines = [f"{word}\n" for word in words]
    assert list(sorted_lines(lines, in_memory=3)) == sorted(set(lines))


def test_a_mistyped_format_is_met_with_the_nearest_names() -> None:
    with pytest.raises(UnknownFormatError, match="turtel") as error:
        find("turtel")
    assert error.value.choices == ("turtle",)


def test_a_file_names_its_format_by_its_ending() -> None:
    assert of_file("out/graph.nq").name == "nquads"
    with pytest.raises(UnknownFormatError):
        of_file("graph")


def test_names_media_types_and_endings_are_each_one_formats_own() -> None:
    exporters = all_exporters()
    assert len(exporters) >= 5
    assert len({exporter.name for exporter in exporters}) == len(exporters)
    assert [exporter for exporter in exporters if not (exporter.keeps and exporter.loses and exporter.summary)] == []
