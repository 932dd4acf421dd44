"""Patterns that the engine cannot compile are said to be that, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.collection.build.build import build
from filmgraph.errors import FileError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BAD = ["(", ")", "[a-", "a(?=b)", "a(?!b)", "(?<=a)b", r"(a)\\1", "*", "a{2,1}", r"\\", "(?P<n"]
GOOD = ["", "^Night", "a|b", r"\\p{L}+", "[^x]", "(?i)night", "a{2,3}", "夜"]
CALLS = {
    "REGEX": 'REGEX(?n, "{}")',
    "regex, of a string": "regex(STR(?n), '{}')",
    "with flags": 'REGEX(?n, "{}", "i")',
    "REPLACE": 'REPLACE(?n, "{}", "") = "x"',
    "REPLACE with flags": 'REPLACE(?n, "{}", "", "s") = "x"',
    "within another": 'STRLEN(REPLACE(?n, "{}", "")) > 1 && !REGEX(?n, "a")',
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("pattern", BAD)
def test_a_pattern_that_cannot_be_compiled_is_named_with_its_place(collection: Path, call: str, pattern: str) -> None:
    text = f"SELECT ?n WHERE {{\n  ?s fg:name ?n\n  FILTER({CALLS[call].format(pattern)})\n}}"
    text = f"PREFIX fg: <https://w3id.org/filmgraph/ns#> {text}"
    with (
        filmgraph.open(collection) as graph,
        pytest.raises(QuerySyntaxError, match="cannot compile the pattern") as bad,
    ):
        graph.query(text)
    assert bad.value.line == 3
    line = text.splitlines()[2]
    assert bad.value.column is not None
    assert line[bad.value.column - 1] in "\"'"


@pytest.mark.parametrize("flags", ["z", "g", "ii(", " "])
def test_flags_that_the_engine_does_not_know_are_named(collection: Path, flags: str) -> None:
    with filmgraph.open(collection) as graph:
        for call in (f'REGEX(?o, "a", "{flags}")', f'REPLACE(?o, "a", "b", "{flags}")', f'REGEX(?o, ?o, "{flags}")'):
            with pytest.raises(QuerySyntaxError, match="knows no flags"):
                graph.query(f"SELECT * {{ ?s ?p ?o FILTER({call}) }}")


@pytest.mark.parametrize("written", ['"a"@en', '"a"^^fg:x', "5", "true", "fg:x"])
def test_a_pattern_that_is_no_plain_string_is_named(collection: Path, written: str) -> None:
    with filmgraph.open(collection) as graph:
        for call in (f"REGEX(?o, {written})", f'REPLACE(?o, {written}, "b")', f'REGEX(?o, "a", {written})'):
            with pytest.raises(QuerySyntaxError, match="no plain string") as bad:
                graph.query(f"PREFIX fg: <https://w3id.org/filmgraph/ns#>\nSELECT * {{ ?s ?p ?o FILTER({call}) }}")
            assert bad.value.line == 2


@pytest.mark.parametrize("pattern", GOOD)
def test_other_patterns_are_asked(collection: Path, pattern: str) -> None:
    with filmgraph.open(collection) as graph:
        for call in CALLS.values():
            graph.query(f"SELECT * {{ ?s ?p ?n FILTER({call.format(pattern)}) }}")


COMPUTED = {
    "bound before": 'BIND("(" AS ?p) FILTER(REGEX(?n, ?p))',
    "put together": 'FILTER(REGEX(?n, CONCAT("(", SUBSTR(?n, 1, 1))))',
    "in REPLACE": 'BIND(REPLACE(?n, CONCAT("[", ""), "") AS ?m)',
    "in REPLACE of a pattern": 'FILTER(REGEX(?n, REPLACE("a", "a", "(")))',
    "in a REPLACE inside": 'FILTER(REGEX(?n, REPLACE("a", CONCAT("(", ""), "b")))',
    "with flags": 'FILTER(REGEX(?n, CONCAT("(", "a"), "i"))',
    "its flags alone": 'FILTER(REGEX(?n, "a", CONCAT("z", "")))',
    "in EXISTS": 'FILTER EXISTS { ?s ?q ?o FILTER(REGEX(STR(?o), CONCAT("(", ?n))) }',
    "in OPTIONAL": 'OPTIONAL { ?s ?q ?o FILTER(REGEX(STR(?o), CONCAT("(", ?n))) }',
    "with a language": "FILTER(REGEX(?n, ?n))",
    "a number": "BIND(1 AS ?p) FILTER(REGEX(?n, ?p))",
    "of VALUES": 'VALUES ?p { "a" "(" } FILTER(REGEX(?n, ?p))',
}


PLACES = ["on disk", "of a file", "limited in time", "limited in memory", "in part"]


@pytest.mark.parametrize(
    ("how", "kind"), [*((how, "in memory") for how in COMPUTED), *(("put together", kind) for kind in PLACES)]
)
def test_a_pattern_that_the_query_computes_is_named_with_its_place(
    collection: Path, tmp_path: Path, how: str, kind: str
) -> None:
    text = f"PREFIX fg: <https://w3id.org/filmgraph/ns#>\nSELECT ?n WHERE {{ ?s fg:name ?n\n  {COMPUTED[how]} }}"
    location = collection
    if kind == "on disk":
        location = tmp_path / "store"
        build(collection, location)
    if kind == "of a file":
        location = tmp_path / "all.trig"
        with filmgraph.open(collection) as graph:
            graph.export("trig", location)
    with filmgraph.open(location) as graph:
        if kind == "limited in memory":
            graph.limit_memory(1_000_000_000)
        only = ["harbour-guide"] if kind == "in part" else []
        with pytest.raises(QuerySyntaxError, match=r"the query computes here") as bad:
            graph.query(text, timeout=60 if kind == "limited in time" else None, only_source=only)
    assert bad.value.line == 3


@pytest.mark.parametrize("place", ['"x"', "5", '"1:2:3"', "<urn:x>"])
def test_who_calls_the_function_of_patterns_by_its_name_is_told_the_same(collection: Path, place: str) -> None:
    with filmgraph.open(collection) as graph, pytest.raises(QuerySyntaxError, match="cannot compile the pattern"):
        graph.query(f'SELECT ?x {{ BIND(<urn:filmgraph:pattern>({place}, "(") AS ?x) }}')


def test_patterns_that_are_computed_and_compile_give_the_same_rows(collection: Path) -> None:
    written = 'SELECT ?n ?m { ?s ?p ?n FILTER(REGEX(STR(?n), "^a", "i")) BIND(REPLACE(STR(?n), "a", "b") AS ?m) }'
    computed = written.replace('"^a"', 'CONCAT("^", "a")').replace('"a", "b"', 'CONCAT("", "a"), "b"')
    quoted = 'SELECT ?n { ?s ?p ?n FILTER(REGEX(STR(?n), CONCAT("", "("), "q")) }'
    with filmgraph.open(collection) as graph:
        rows = sorted(map(str, graph.query(written).to_rows()))
        assert rows
        assert sorted(map(str, graph.query(computed).to_rows())) == rows
        graph.query(quoted)


def test_a_question_that_computes_patterns_is_looked_at(collection_of: Callable[[dict[str, str]], Path]) -> None:
    root = collection_of({})
    (root / "queries").mkdir()
    (root / "queries/begins.rq").write_text(
        "#+ summary: Names that begin so.\n"
        "#+ params:\n#+   - name: start\n#+     type: string\n#+     required: true\n#+     example: N\n"
        'SELECT ?n { ?s <https://w3id.org/filmgraph/ns#name> ?n FILTER(REGEX(?n, CONCAT("^", $start))) }\n'
    )
    with (
        filmgraph.open(root) as graph,
        pytest.raises(QuerySyntaxError, match="the query computes here"),
    ):
        graph.ask("begins", start="(")


def test_a_parameter_that_is_no_pattern_is_named(collection: Path) -> None:
    with filmgraph.open(collection) as graph, pytest.raises(QuerySyntaxError, match="cannot compile the pattern"):
        graph.query("SELECT * { ?s ?p ?n FILTER(REGEX(?n, $pattern)) }", bind={"pattern": "("})


@pytest.mark.parametrize("pattern", ["(", "[a-", "*"])
def test_a_shape_with_no_pattern_is_named_with_its_line(
    collection_of: Callable[[dict[str, str]], Path], pattern: str
) -> None:
    shape = f"""
    fgs:X a sh:NodeShape ; sh:targetClass fg:Film ; sh:property [ sh:path fg:title ;
      sh:pattern "{pattern}" ] .
    """
    root = collection_of({"shapes/film.ttl": shape})
    with filmgraph.open(root) as graph, pytest.raises(FileError, match="cannot be compiled") as bad:
        graph.check()
    assert bad.value.line is not None
    assert str(bad.value.path).endswith("shapes/film.ttl")
