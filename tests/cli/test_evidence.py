"""What --why, --passages, --only-source and --not-source bring, and what is said of empty answers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import filmgraph as fg
from filmgraph.errors import UnknownSourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

TEXTS = {"log": "The Night Ferry\nran for \x1b[31m85 minutes. ", "diary": "I timed it: 85 minutes. " + "Rain. " * 60}
IRI = {slug: f"https://w3id.org/filmgraph/source/{slug}.{hashlib.sha256(t.encode()).hexdigest()[:8]}"
       for slug, t in TEXTS.items()}  # fmt: skip
PREFIXES = """
PREFIX fg: <https://w3id.org/filmgraph/ns#>
PREFIX film: <https://w3id.org/filmgraph/id/film/>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
FACTS = {
    "log": f"""
        <{IRI["log"]}#char=0,40> {{ film:ferry a fg:Film ; fg:name "Night Ferry"@en ; fg:runtimeMinutes 85 . }}""",
    "diary": f"""
        <{IRI["diary"]}#char=0,23> {{ film:ferry a fg:Film ; fg:runtimeMinutes 85 . }}
        <{IRI["diary"]}#char=3,380> {{ film:ferry fg:runtimeMinutes 85 ; fg:wetness 9 . }}""",
}
MINUTES = PREFIXES + "SELECT ?m { film:ferry fg:runtimeMinutes ?m }"
FACTS_OF_IT = PREFIXES + "CONSTRUCT WHERE { film:ferry fg:runtimeMinutes ?m }"
COUNT = PREFIXES + "SELECT (COUNT(*) AS ?n) { ?f fg:runtimeMinutes ?m FILTER (?m > 90) }"
RUNTIMES = """#+ summary: How long are films?

PREFIX fg: <https://w3id.org/filmgraph/ns#>
SELECT ?film ?minutes { ?film a fg:Film ; fg:runtimeMinutes ?minutes FILTER (?minutes > 90) }
"""


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    folder = tmp_path / "ferries"
    (folder / "data").mkdir(parents=True)
    (folder / "queries").mkdir()
    sources = "".join(
        f'<{iri}> a fg:SourceDocument ; dcterms:title "{slug.title()}"@en ; fg:charLength {len(TEXTS[slug])} ;'
        f' fg:sha256 "{hashlib.sha256(TEXTS[slug].encode()).hexdigest()}" .\n'
        for slug, iri in IRI.items()
    )
    (folder / "data/sources.ttl").write_text(PREFIXES + sources, "utf-8")
    for slug, facts in FACTS.items():
        (folder / f"data/{slug}.trig").write_text(PREFIXES + facts, "utf-8")
    (folder / "queries/runtimes.rq").write_text(RUNTIMES, "utf-8")
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "anywhere"
    folder.mkdir()
    for number, text in enumerate(TEXTS.values()):
        (folder / f"{number}.dat").write_bytes(text.encode())
    return folder


@pytest.fixture
def query(run: Run, ferries: Path) -> Run:
    return lambda text, *rest: run("-C", ferries, "query", "-e", text, *rest)


def test_as_many_witnesses_are_listed_as_are_wanted_and_the_rest_is_counted(query: Run) -> None:
    assert "[1]; also [2] [3]\n" in query(MINUTES, "--why").out
    assert "[1] and 2 more\n" in query(MINUTES, "--why", "--max-witnesses", "1").out
    assert "[^1]; also [^2] and 1 more" in query(MINUTES, "--why", "--max-witnesses", "2", "-f", "markdown").out


def test_machine_formats_list_fewer_and_stay_what_they_are(query: Run) -> None:
    read = json.loads(query(MINUTES, "--why", "--max-witnesses", "1", "-f", "json").out)
    assert list(read) == ["head", "results", "provenance"]
    assert [len(witnesses) for witnesses in read["provenance"]] == [1]
    assert query(MINUTES, "--why", "--max-witnesses", "1", "-f", "csv").out.splitlines()[1].count("|") == 0


def test_no_witness_at_all_is_not_to_be_had(query: Run) -> None:
    code, _, err = query(MINUTES, "--why", "--max-witnesses", "0")
    assert code == 2
    assert "--max-witnesses" in err


def test_passages_stand_in_the_footnotes_without_control_characters(query: Run, texts: Path) -> None:
    code, out, err = query(MINUTES, "--passages", "--sources", texts)
    assert (code, err) == (0, "")
    words = " ".join(out.split())
    assert "Log, undated, characters 0–40: “The Night Ferry ran for \\x1b[31m85 minutes.”" in words
    assert "Rain. Rain. … Rain." in words
    assert "\x1b" not in out + query(MINUTES, "--passages", "--sources", texts, "-f", "markdown").out


def test_json_has_the_passages_whole(query: Run, texts: Path) -> None:
    read = json.loads(query(MINUTES, "--passages", "--sources", texts, "-f", "json").out)
    assert read["passages"][IRI["diary"] + "#char=3,380"] == TEXTS["diary"][3:380]
    assert {iri for witness in read["provenance"][0] for iri in witness} == set(read["passages"])


def test_texts_that_are_not_at_hand_are_named_and_the_answer_stands(query: Run, texts: Path) -> None:
    (texts / "0.dat").unlink()
    code, out, err = query(MINUTES, "--passages", "--sources", texts)
    assert (code, err) == (0, "No text is at hand of log.\n")
    assert "[1]" in out
    assert query(MINUTES, "--passages").err == (
        "No text is at hand of diary, log. Say where the texts lie with --sources DIR.\n"
    )
    assert query(MINUTES, "--passages", "--quiet").err == ""


def test_show_takes_the_same_options(run: Run, ferries: Path, texts: Path) -> None:
    options = ("--why", "--max-witnesses", "1", "--passages", "--sources", texts, "--not-source", "log")
    code, out, _ = run("-C", ferries, "show", "film:ferry", *options)
    assert code == 0
    assert "I timed it: 85 minutes." in out
    assert "and 1 more" in out
    assert "Log" not in out


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
def test_formats_with_graphs_hold_each_triple_in_the_graphs_of_its_citations(query: Run, name: str) -> None:
    code, out, err = query(FACTS_OF_IT, "--why", "-f", name)
    assert (code, err) == (0, "")
    read = ox.parse(
        out.encode(), format=getattr(ox.RdfFormat, {"nquads": "N_QUADS", "jsonld": "JSON_LD"}.get(name, "TRIG"))
    )
    assert {quad.graph_name.value for quad in read if isinstance(quad.graph_name, ox.NamedNode)} == {
        IRI["log"] + "#char=0,40",
        IRI["diary"] + "#char=0,23",
        IRI["diary"] + "#char=3,380",
    }


@pytest.mark.parametrize("name", ["turtle", "ntriples"])
def test_formats_without_graphs_let_the_citations_reify_the_triple(query: Run, name: str) -> None:
    code, out, _ = query(FACTS_OF_IT, "--why", "-f", name)
    assert code == 0
    read = list(ox.parse(out.encode(), format=ox.RdfFormat.TURTLE))
    reified = {quad.subject.value for quad in read if isinstance(quad.object, ox.Triple)}
    assert len(reified) == 3
    assert len(read) == 4


JOINED = PREFIXES + (
    "CONSTRUCT { ?f fg:wet ?n ; fg:long ?m } { { ?f fg:wetness ?w ; fg:name ?n } UNION { ?f fg:runtimeMinutes ?m } }"
)


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld", "turtle", "ntriples"])
def test_rdf_tells_what_is_together_from_what_is_also(query: Run, name: str) -> None:
    listed = json.loads(query(JOINED, "--why", "-f", "json").out)["provenance"]
    assert any(len(witness) > 1 for witnesses in listed for witness in witnesses)
    media = {"trig": "TRIG", "nquads": "N_QUADS", "jsonld": "JSON_LD", "turtle": "TURTLE", "ntriples": "N_TRIPLES"}
    read = list(ox.parse(query(JOINED, "--why", "-f", name).out.encode(), format=getattr(ox.RdfFormat, media[name])))
    derived: dict[str, set[str]] = {}
    for quad in read:
        if quad.predicate.value.endswith("wasDerivedFrom"):
            derived.setdefault(quad.subject.value, set()).add(quad.object.value)
    names = {quad.graph_name.value for quad in read if isinstance(quad.graph_name, ox.NamedNode)}
    names |= {quad.subject.value for quad in read if isinstance(quad.object, ox.Triple)}
    found = {frozenset(derived.get(one, {one})) for one in names}
    assert found == {frozenset(witness) for witnesses in listed for witness in witnesses}


def test_what_is_not_listed_is_said_in_a_comment(query: Run) -> None:
    out = query(FACTS_OF_IT, "--why", "--max-witnesses", "1", "-f", "trig").out
    assert out.endswith("# Further citations support 1 triple; --max-witnesses lists more.\n")


def test_a_triple_that_needs_no_citation_stands_in_the_default_graph(query: Run) -> None:
    text = PREFIXES + f"DESCRIBE <{IRI['log']}>"
    out = query(text, "--why", "-f", "nquads").out
    assert out == query(text, "-f", "nquads").out
    assert out.count("\n") == 5


def test_what_is_not_explained_is_said_in_a_comment(query: Run) -> None:
    out = query(PREFIXES + "CONSTRUCT { [] fg:at ?now } { BIND(RAND() AS ?now) }", "--why", "-f", "turtle").out
    assert "# Not explained: 1 triple: " in out
    list(ox.parse(out.encode(), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--only-source", "log"), ["Night Ferry"]),
        (("--not-source", IRI["diary"]), ["Night Ferry"]),
        (("--not-source", "log"), []),
        (("--only-source", "log", "--only-source", "diary"), ["Night Ferry"]),
        (("--only-source", "diary", "--not-source", "diary"), []),
    ],
)
def test_what_remains_when_a_document_is_trusted_alone_or_withdrawn(
    query: Run, ferries: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    text = PREFIXES + "SELECT ?name { ?film fg:runtimeMinutes 85 ; fg:name ?name }"
    assert query(text, *options, "-f", "csv").out.splitlines()[1:] == expected
    chosen: dict[str, list[str]] = {"only_source": [], "not_source": []}
    for option, value in zip(options[::2], options[1::2], strict=True):
        chosen[option[2:].replace("-", "_")].append(value)
    with fg.open(ferries) as graph:
        found = graph.query(text, only_source=chosen["only_source"], not_source=chosen["not_source"])
        assert [str(row[0]) for row in found.to_rows()] == [f'"{name}"@en' for name in expected]


def test_an_unknown_source_is_met_with_the_nearest(query: Run, ferries: Path) -> None:
    code, out, err = query(MINUTES, "--only-source", "dairy")
    assert (code, out) == (2, "")
    assert err == f"Error: There is no source 'dairy' in {ferries}.\nDid you mean 'diary'?\n"
    with fg.open(ferries) as graph, pytest.raises(UnknownSourceError, match="no source 'x'"):
        graph.ask("runtimes", not_source="x")


def test_names_are_found_though_their_document_is_withdrawn(run: Run, ferries: Path) -> None:
    assert run("-C", ferries, "show", "Night Ferry", "--not-source", "log").code == 0


def test_a_part_of_the_graph_leaves_the_whole_open(ferries: Path) -> None:
    with fg.open(ferries) as graph:
        with graph.restricted(not_source=["diary"]) as part:
            assert len(part.query(MINUTES, why=True).to_rows()[0].why) == 1
        assert len(graph.query(MINUTES, why=True).to_rows()[0].why) == 3


EMPTY = {
    "a filter": (COUNT, "your filter removed 1 solution: FILTER (?m > 90)"),
    "a mistyped property": ("SELECT ?m { ?f fg:runtimeMinuts ?m }", "Did you mean fg:runtimeMinutes?"),
    "another language": ('SELECT ?f { ?f fg:name "Night Ferry"@de }', 'Did you mean "Night Ferry"@en?'),
    "a mistyped name": ('SELECT ?f { ?f fg:name "Nigth Ferry"@en }', 'Did you mean "Night Ferry"@en?'),
    "a mistyped thing": ("SELECT ?m { film:fery fg:runtimeMinutes ?m }", "Did you mean film:ferry?"),
    "nobody says": (
        "SELECT ?m { film:ferry fg:runtimeMinutes 9 }",
        "no document states: film:ferry fg:runtimeMinutes 9",
    ),
    "a no": ("ASK { film:ferry fg:wetness 85 }", "no document states: film:ferry fg:wetness 85"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_of_an_empty_answer_it_is_said_why(query: Run, name: str) -> None:
    text, reason = EMPTY[name]
    text = text if text.startswith("\n") else PREFIXES + text
    code, out, err = query(text, "-f", "csv")
    assert code == 0
    assert reason in err
    quiet = query(text, "-f", "csv", "--quiet")
    assert (quiet.out, quiet.err) == (out, "")


def test_a_zero_that_counts_nothing_is_no_empty_answer(query: Run) -> None:
    assert query("SELECT (0 AS ?zero) {}").err == ""
    assert query(MINUTES).err == ""


def test_a_question_says_where_its_query_can_be_read(run: Run, ferries: Path) -> None:
    code, out, err = run("-C", ferries, "ask", "runtimes", "--not-source", "log")
    assert (code, out) == (0, "No rows.\n")
    assert err == (
        "There is 1 candidate, but none meets this condition of the question: minutes > 90 (without log)\n"
        "The query itself: --show-query\n"
    )


def test_the_search_for_a_reason_takes_no_longer_than_it_may(tmp_path: Path) -> None:
    lines = "".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(30))
    (tmp_path / "many.ttl").write_text(lines)
    with fg.open(tmp_path / "many.ttl") as graph:
        answer = graph.query("SELECT * { ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:q> ?f }")
        assert "not found out within 1e-06 seconds" in graph.why_empty(answer, seconds=0.000001)


@pytest.mark.parametrize("command", [["ask", "films"], ["query", "-e", "SELECT * { ?s ?p ?o } LIMIT 1"], ["show", "x"]])
def test_a_time_limit_counts_evidence_and_labels(run: Run, command: list[str]) -> None:
    code, out, err = run(*command, "--timeout", "0.000001", *(["--why"] if command[0] != "show" else []))
    assert (code, out) == (2, "")
    assert err == "Error: The answer took longer than 1e-06 seconds.\nAllow it more time, or ask for less.\n"


def test_a_count_says_how_many_passages_it_rests_on_and_how_to_list_them(run: Run) -> None:
    count = ("query", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    told = run(*count, "--why")
    assert "passages of 5 documents" in told.out
    assert "--why-of 1 lists them" in told.out
    assert len(run(*count, "--why-of", 1, "-f", "csv").out.splitlines()) > 500
    tallies = json.loads(run(*count, "--why", "-f", "json").out)["tallies"]
    assert len(tallies["0"]) == 5


def test_a_row_that_is_not_there_has_no_passages(run: Run) -> None:
    beyond = run("ask", "directors", "--why-of", 99)
    assert beyond.code == 2
    assert "the answer has 4 rows" in beyond.err


def test_the_passages_of_a_row_stand_in_place_of_the_answer(run: Run) -> None:
    header, *citations = run("ask", "directors", "--why-of", 1, "-f", "csv").out.splitlines()
    assert header == "citation"
    assert all("filmgraph/source/press-kit" in one for one in citations)
