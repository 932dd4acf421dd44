"""Files that are too deep, have too long a token, or are none at all: each is told at once, with its place."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.build.build import build
from filmgraph.collection.starter import start
from filmgraph.errors import FilmgraphError, RdfSyntaxError
from filmgraph.graph import Graph
from filmgraph.rdf.files import parse
from filmgraph.rdf.limits import DEEPEST, LONGEST_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">\n{}\n</rdf:RDF>'


def nested(name: str, depth: int) -> str:
    return {
        "a.rdf": XML.format("<e:A><e:p>" * (depth // 2) + "</e:p></e:A>" * (depth // 2)),
        "a.owl": XML.format("<e:A><e:p>" * (depth // 2) + "</e:p></e:A>" * (depth // 2)),
        "a.jsonld": '\n{"urn:p":' * depth + "1" + "}" * depth,
        "b.jsonld": "\n" + "[" * depth + "]" * depth,
    }[name]


@pytest.mark.parametrize("name", ["a.rdf", "a.owl", "a.jsonld", "b.jsonld"])
def test_what_lies_too_deep_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(nested(name, 50_000), encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match=f"more than {DEEPEST:,} deep, which is the limit") as caught:
        list(parse(path))
    assert caught.value.line is not None
    path.write_text(nested(name, 100), encoding="utf-8")
    list(parse(path))


def test_brackets_in_strings_are_no_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text('{"@id": "urn:s", "urn:p": "' + "[{" * 5_000 + '"}', encoding="utf-8")
    assert len(list(parse(path))) == 1


@pytest.mark.parametrize("way", ["ask", "build"])
def test_a_token_that_is_too_long_is_told_with_file_and_line(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "films"
    start(folder)
    path = folder / "data" / "tide-letter.trig"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Joren Pell"', '"' + "x" * (LONGEST_TOKEN + 500_000) + '"', 1), encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match="which is the limit") as caught:
        Graph.open(folder) if way == "ask" else build(folder, tmp_path / "store")
    assert caught.value.path == path
    assert caught.value.line == text[: text.index('"Joren Pell"')].count("\n") + 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are POSIX")
@pytest.mark.parametrize(
    "name", ["data/a.trig", "data/a.nq.gz", "data/a.ttl", "data/a.csv", "ontology/a.ttl", "queries/a.rq"]
)
def test_a_pipe_in_a_collection_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "films"
    start(folder)
    os.mkfifo(folder / name)
    with pytest.raises(FilmgraphError, match=name), Graph.open(folder) as graph:
        graph.ask("films")
