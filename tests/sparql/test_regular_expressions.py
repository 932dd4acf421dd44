"""Patterns that the engine cannot compile are said to be that, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
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


@pytest.mark.parametrize("pattern", GOOD)
def test_other_patterns_are_asked(collection: Path, pattern: str) -> None:
    with filmgraph.open(collection) as graph:
        for call in CALLS.values():
            graph.query(f"SELECT * {{ ?s ?p ?n FILTER({call.format(pattern)}) }}")


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
