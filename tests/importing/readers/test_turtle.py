"""Turtle and its kin: the same triples as the engine reads, each term at its place."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmgraph.importing.readers import find
from filmgraph.importing.readers._turtle import TurtleError, triples

PREFIXED = "@prefix ex: <http://ex.example/> .\nPREFIX s: <http://schema.org/>\n@base <http://base.example/a/> .\n"
TEXTS = {
    "all kinds of literals": 'ex:a ex:p "a" , \'b\' , """c\n"d" """ , "e"@de-AT , "f"^^ex:t , 1 , -1.5 , 1e6 , true .',
    "escapes": r'ex:a ex:p "\u00c9t\u00e9 \"2\" \\ \n \U0001F600" ; ex:q <http://x.example/\u00e9> .',
    "relative IRIs": "<b> <#c> <../d> . <> a <> .",
    "names with dots, escapes and digits": r"ex:a.b ex:1 ex:a\,b . ex: a ex:%41 .",
    "nodes without names": "[ ex:p [ ex:q 1 ; ex:r 2 ] ] ex:s ex:t . [ ex:p 1 ] . _:x ex:p _:y .",
    "lists of predicates": "ex:a ex:p 1 ;; ex:q 2 , 3 ; .",
    "comments and spaces": "# one\nex:a # two <\n ex:p\t1.# three\n",
    "graphs": "ex:g { ex:a ex:p 1 . ex:b ex:p 2 } GRAPH ex:h { ex:c ex:p 3 . } { ex:d ex:p 4 }",
}


def engine(text: str, syntax: ox.RdfFormat = ox.RdfFormat.TRIG) -> list[tuple[str, str]]:
    quads = ox.parse(text, syntax)
    return sorted((quad.predicate.value, _said(quad.object)) for quad in quads)


def _said(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else "_"


def ours(text: str) -> list[tuple[str, str]]:
    return sorted((one.predicate.value, "_" if one.value.kind == "blank" else one.value.value) for one in triples(text))


@pytest.mark.parametrize("name", TEXTS)
def test_it_reads_the_triples_that_the_engine_reads(name: str) -> None:
    assert ours(PREFIXED + TEXTS[name]) == engine(PREFIXED + TEXTS[name])


def test_lines_of_quads_are_read_as_well() -> None:
    text = '<http://a> <http://p> "x"@en <http://g> .\n_:b <http://p> <http://c> _:g .\n'
    assert ours(text) == engine(text, ox.RdfFormat.N_QUADS)


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), max_size=8), st.integers()), max_size=5))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_what_the_engine_writes_is_read_as_it_was(values: list[tuple[str, int]]) -> None:
    subject, predicate = ox.NamedNode("http://ex.example/a"), ox.NamedNode("http://ex.example/p")
    made = [ox.Triple(subject, predicate, ox.Literal(text)) for text, _ in values]
    made += [ox.Triple(subject, predicate, ox.Literal(number)) for _, number in values]
    text = (ox.serialize(made, format=ox.RdfFormat.TURTLE) or b"").decode()
    assert sorted(one.value.value for one in triples(text)) == sorted(one.object.value for one in made)  # type: ignore[union-attr]


BROKEN = {
    "a string that is never closed": 'ex:a ex:p "b .',
    "a statement without an end": "ex:a ex:p 1",
    "a prefix that is not declared": "no:a ex:p 1 .",
    "a property that is none": 'ex:a "p" 1 .',
    "a value that is missing": "ex:a ex:p .",
    "no Turtle": "<!doctype html>",
    "a bracket that is never closed": "ex:a ex:p [ ex:q 1 .",
    "too deep": "ex:a ex:p " + "[ ex:p " * 500,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_turtle_is_told_with_its_place(name: str) -> None:
    with pytest.raises(TurtleError):
        list(triples(PREFIXED + BROKEN[name]))
    table = find("turtle").read(PREFIXED + "ex:a ex:p 1 .\n" + BROKEN[name])
    assert table.records == []
    assert table.problems[0].where.startswith("line ")


def test_films_are_the_records_and_what_they_point_to_is_told_by_name() -> None:
    text = (
        "@prefix s: <http://schema.org/> . @prefix e: <http://e.example/> .\n"
        'e:f a s:Movie ; s:name "Fog" ; s:director e:m , e:n ; s:inLanguage e:german .\n'
        'e:m a s:Person ; s:name "Bo Lake" ; s:birthDate "1961" . e:n s:knows e:m .\n'
    )
    table = find("turtle").read(text)
    (record,) = table.records
    told = {name: [cell.text for cell in cells] for name, cells in record.cells.items()}
    assert told == {
        "@id": ["e:f"],
        "name": ["Fog"],
        "director": ["Bo Lake"],
        "director/birthDate": ["1961"],
        "director/knows": ["Bo Lake"],
        "director/knows/birthDate": ["1961"],
        "inLanguage": ["e:german"],
    }
    assert record.cells["name"][0].locator == "line 2, character 25"
