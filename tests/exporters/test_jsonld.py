"""JSON-LD: whatever the form, it means the same quads, and nothing is fetched to find that out."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmgraph.errors import BadParameterError, FilmgraphError, MissingDependencyError
from filmgraph.exporters import Options, Request, find
from filmgraph.exporters.film import extract
from filmgraph.exporters.film.films import films
from filmgraph.exporters.linked import claims, context, framed
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.store.base import Store

FERRY = PREFIXES["film"] + "night-ferry"
FILMS = """
<urn:a#char=0,10> {
  film:night-ferry a fg:Film ; fg:title title:night-ferry.zh ; fg:runtimeMinutes 85 , 087 , 85.0 ;
    fg:runtime "PT85M"^^xsd:duration ; fg:relatedFilm film:other ; fg:colour <urn:"x> .
  title:night-ferry.zh a fg:Title ; fg:titleText "夜渡"@zh , "plain" , "Night \\"Ferry\\" & <b>\\n \u202eقطار"@en .
  credit:night-ferry.ada.fmd a fg:Credit ; fg:film film:night-ferry ; fg:agent person:ada ; fg:role rel:fmd .
  person:ada a fg:Person ; fg:name "Ada Lake"@en .
}
<urn:b#char=0,10> {
  film:night-ferry a fg:Film ; fg:runtimeMinutes 85 .
  figure:b.one a fg:Figure ; fg:film film:night-ferry ; fg:describes film:night-ferry ; fg:value 7.50 .
  <urn:odd> fg:film film:night-ferry ; <urn:other> true , "1"^^xsd:boolean , 99999999999999999999 .
  remark:b.one a fg:Remark ; fg:about film:night-ferry .
  film:other a fg:Film ; fg:relatedFilm film:night-ferry ; fg:runtimeMinutes 12 .
}
graph:citations { <urn:a#char=0,10> a fg:Citation ; oa:hasSource <urn:a> ; oa:hasSelector <urn:sel> .
  <urn:b#char=0,10> a fg:Citation ; oa:hasSource <urn:b> . }
graph:sources { <urn:a> a fg:SourceDocument ; dcterms:title "A page"@en . }
graph:derived { person:ada rdfs:label "Ada Lake"@en . film:night-ferry rdfs:label "Night Ferry"@en . }
""".replace('<urn:"x>', "<urn:x>")
FORMS = ("compact", "expanded", "flattened")


def exported(store: Store, thing: str = "", **options: str) -> bytes:
    out = io.BytesIO()
    find("jsonld").write(Request(store, thing, Options(**options)), out)
    return out.getvalue()


def read(data: bytes) -> set[ox.Quad]:
    return set(ox.parse(data, ox.RdfFormat.JSON_LD))


def read_by_pyld(data: bytes) -> set[ox.Quad]:
    text = framed.processor().to_rdf(json.loads(data), {"format": "application/n-quads", "documentLoader": None})
    return set(ox.parse(text.encode(), ox.RdfFormat.N_QUADS))


def meant(store: Store, thing: str) -> set[ox.Quad]:
    """Each fact once in the default graph, and each citation's facts in its own."""
    quads = list(extract.quads(Request(store, thing)))
    default = ox.DefaultGraph()
    return {ox.Quad(one.subject, one.predicate, one.object, default) for one in quads} | {
        quad for quad in quads if extract.is_citation_graph(quad.graph_name)
    }


def test_the_context_follows_from_the_ontology() -> None:
    assert context.committed() == context.generated()


def test_no_term_of_the_context_is_two_things() -> None:
    terms = context.generated()
    assert len({json.dumps(term) for name, term in terms.items() if ":" in json.dumps(term)}) > 100
    assert set(context.reverse_keys().values()) <= terms.keys()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", [read, read_by_pyld])
def test_every_form_of_a_film_means_its_facts_and_its_citations(
    form: str, reader: Callable[[bytes], set[ox.Quad]], store_of: Callable[[str], Store]
) -> None:
    store = store_of(FILMS)
    assert reader(exported(store, FERRY, form=form)) == meant(store, FERRY)


@pytest.mark.parametrize("form", FORMS)
def test_everything_means_every_quad(form: str, store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    assert read(exported(store, form=form)) == set(store.quads())


def test_every_bundled_film_means_its_facts_and_its_citations() -> None:
    store = open_store(None)
    found = films(Request(store))
    assert len(found) > 3
    for film in found:
        assert read(exported(store, film)) == meant(store, film), film


def test_claims_give_every_fact_back_with_its_citations(store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    stated = {quad for quad in store.quads() if extract.is_citation_graph(quad.graph_name)}
    assert claims.restored(read(exported(store, citations="claims"))) == stated
    of_film = {quad for quad in meant(store, FERRY) if quad.graph_name != ox.DefaultGraph()}
    assert claims.restored(read(exported(store, FERRY, citations="claims"))) == of_film


def test_a_film_is_a_tree_with_a_list_for_each_class(store_of: Callable[[str], Store]) -> None:
    film = json.loads(exported(store_of(FILMS), FERRY))
    assert list(film)[:5] == ["@context", "id", "type", "label", "title"]
    assert film["id"] == FERRY
    assert film["label"] == {"en": "Night Ferry"}
    assert film["credits"][0]["agent"]["name"] == {"en": ["Ada Lake"]}
    assert film["credits"][0]["role"] == "rel:fmd"
    assert [figure["describes"] for figure in film["figures"]] == [FERRY]
    assert "describedIn" not in film
    assert [remark["type"] for remark in film["subjectOf"]] == ["Remark"]
    assert [other["id"] for other in film["others"]] == ["urn:odd"]
    passages = {node["id"] for node in film["evidence"] if "states" in node}
    assert passages == {"urn:a#char=0,10", "urn:b#char=0,10"}


def test_without_citations_there_is_no_evidence_of_passages(store_of: Callable[[str], Store]) -> None:
    assert b'"states": [' not in exported(store_of(FILMS), FERRY, citations="none")


def test_the_context_is_inlined_or_linked(store_of: Callable[[str], Store]) -> None:
    store = store_of(FILMS)
    linked, inlined = json.loads(exported(store, FERRY, context="link")), json.loads(exported(store, FERRY))
    assert linked.pop("@context") == context.LINK
    words = inlined.pop("@context")
    assert words.items() <= context.committed().items()
    assert linked == inlined


def test_chinese_stays_readable(store_of: Callable[[str], Store]) -> None:
    assert "夜渡" in exported(store_of(FILMS), FERRY).decode()


def test_two_runs_give_the_same_bytes(store_of: Callable[[str], Store]) -> None:
    store, other = store_of(FILMS), store_of(FILMS)
    for form in FORMS:
        assert exported(store, FERRY, form=form) == exported(other, FERRY, form=form)


@pytest.mark.parametrize(("name", "value"), [("form", "flat"), ("citations", "rdf12"), ("context", "remote")])
def test_a_choice_that_there_is_not_is_refused(name: str, value: str, store_of: Callable[[str], Store]) -> None:
    with pytest.raises(BadParameterError, match=value):
        exported(store_of(FILMS), FERRY, **{name: value})


def test_a_context_on_the_network_is_refused() -> None:
    loader: Any = framed._refuse  # noqa: SLF001 -- the one way in which PyLD could reach the network
    with pytest.raises(FilmgraphError, match="fetches nothing"):
        loader("https://example.org/context", {})


def test_without_pyld_a_message_says_what_to_install(
    store_of: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyld", None)
    store = store_of(FILMS)
    with pytest.raises(MissingDependencyError, match="PyLD"):
        exported(store, FERRY)
    assert exported(store, FERRY, form="expanded")


def test_a_film_with_many_credits_is_written(store_of: Callable[[str], Store]) -> None:
    credit = "credit:big.{0} a fg:Credit ; fg:film film:big ; fg:agent person:p{0} . person:p{0} a fg:Person .\n"
    store = store_of("<urn:a#char=0,9> { film:big a fg:Film . " + "".join(map(credit.format, range(500))) + "}")
    film = json.loads(exported(store, PREFIXES["film"] + "big"))
    assert len(film["credits"]) == 500


def test_a_film_is_what_was_read_by_eye(night_ferry: Store, golden: Callable[[str, bytes], bytes]) -> None:
    made = exported(night_ferry, FERRY, context="link")
    assert made == golden("export/jsonld.jsonld", made)


iris = st.sampled_from([ox.NamedNode(f"urn:n{n}") for n in range(4)])
predicates = st.sampled_from([ox.NamedNode(PREFIXES["fg"] + name) for name in ("film", "name", "value", "agent")])
citations = st.sampled_from([ox.NamedNode(f"urn:s{n}#char=0,{n + 1}") for n in range(3)])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
literals = st.one_of(
    st.builds(lambda text, tag: ox.Literal(text, language=tag), texts, st.sampled_from(["en", "zh-latn"])),
    st.builds(ox.Literal, texts),
    st.builds(ox.Literal, st.integers(-(10**20), 10**20)),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal")), texts),
)
quads = st.builds(ox.Quad, iris, predicates, st.one_of(iris, literals), citations)


def store_with(facts: list[ox.Quad]) -> Store:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.nq"
        path.write_text("".join(f"{quad} .\n" for quad in facts), encoding="utf-8")
        return open_store(str(path))


@settings(max_examples=60, deadline=None)
@given(st.lists(quads, min_size=1, max_size=10))
def test_whatever_the_facts_they_are_read_back(facts: list[ox.Quad]) -> None:
    store = store_with(facts)
    assert read(exported(store)) == set(facts)
    assert read(exported(store, "urn:n0", form="expanded")) == meant(store, "urn:n0")


@settings(max_examples=8, deadline=None)  # PyLD takes some tenths of a second to read the context
@given(st.lists(quads, min_size=1, max_size=10))
def test_whatever_the_facts_the_tree_gives_them_back(facts: list[ox.Quad]) -> None:
    store = store_with(facts)
    assert read(exported(store, "urn:n0")) == meant(store, "urn:n0")


def test_nodes_that_name_one_another_do_not_make_the_tree_explode(store_of: Callable[[str], Store]) -> None:
    names = [f"event:e{number}" for number in range(12)]
    facts = "".join(f"{one} a fg:Event ; fg:film film:x ; fg:about {', '.join(names)} .\n" for one in names)
    store = store_of("<urn:a#char=0,9> { film:x a fg:Film .\n" + facts + "}")
    data = exported(store, PREFIXES["film"] + "x")
    assert len(data) < 200_000
    assert read(data) == meant(store, PREFIXES["film"] + "x")
