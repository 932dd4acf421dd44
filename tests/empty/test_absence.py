from __future__ import annotations

import pyoxigraph as ox
import pytest

from filmgraph.empty.absence import absence, is_empty
from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.store.memory import from_quads

EX = "http://example.org/"
DATA = f"""
PREFIX : <{EX}>
:g {{ :film1 :year 2009 ; :director :ann . :film2 :year 2010 ; :director :ann . :bob :name "Bob" }}
""".encode()
STORE = from_quads(ox.parse(DATA, format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("SELECT ?f { ?f :director :carl }", "unknown", "nothing in the store has the name :carl"),
        ("SELECT ?f { ?f :producer :ann }", "unknown", ":producer"),
        ("SELECT ?f { ?f :director :bob }", "unsaid", "no document states: ?f :director :bob"),
        (
            "SELECT ?f { ?f :year ?y . ?f :name ?n }",
            "unsaid",
            "there are 2 solutions up to here, but no doc",
        ),
        ("SELECT ?f {\n ?f :year ?y\n FILTER (?y > 2050) }", "filtered", "Line 3: your filter removed all 2 solutions"),
        ("SELECT ?f { ?f :year ?y MINUS { ?f :director ?d } }", "filtered", "MINUS removed 2 solutions"),
        ("SELECT ?f { ?f :year ?y VALUES ?y { 1 } }", "filtered", "VALUES removed 2 solutions"),
        ("SELECT ?f { ?f :year ?y } OFFSET 5", "skipped", "OFFSET 5 left out 2 solutions"),
        ("SELECT ?f { ?f :year ?y } GROUP BY ?f HAVING (COUNT(*) > 1)", "filtered", "HAVING (COUNT(*) > 1) left out"),
        ("SELECT (COUNT(?f) AS ?n) { ?f :director :bob }", "unsaid", "no document states"),
        ("SELECT (COUNT(?z) AS ?n) { ?f :year ?y OPTIONAL { ?f :name ?z } }", "unsaid", "a value for ?z"),
        ("ASK { { ?f :year ?y } { ?f :director :bob } }", "unsaid", "no document states"),
        (
            "ASK { ?f :year ?y . GRAPH ?g { ?f :name ?n } }",
            "unsaid",
            "goes on to state: ?f :name ?n",
        ),
        ("ASK { GRAPH ?g { ?f :year ?y FILTER (?y = 1) } }", "filtered", "your filter removed all 2 solutions"),
        ("ASK { { SELECT ?f { ?f :year ?y . ?f :director :bob } } }", "unsaid", "document states: ?f :director :bob"),
        ("ASK { { ?f :year 1 } UNION { ?f :name 'A' } }", "unsaid", "none of these 2 alternatives is in the documents"),
        ("ASK { ?f :year 2009 ; :name ?n }", "unsaid", "to state: ?f :name ?n"),
        ("CONSTRUCT { ?f a :Old } WHERE { ?f :year ?y FILTER (?y < 1900) }", "filtered", "removed all 2"),
        ("SELECT ?f { ?f :year [ :of ?y ] }", "unknown", ":of"),
        ("SELECT ?z { ( ?z ) }", "unsaid", "no document states: ( ?z )"),
    ],
)
def test_the_part_that_left_nothing_over_is_named(text: str, kind: str, words: str) -> None:
    prologue = f"PREFIX : <{EX}> "
    assert is_empty(STORE.query(prologue + text))
    found = absence(STORE, prologue + text)
    assert (found.kind, words in found.message) == (kind, True), found


def test_an_answer_is_empty_without_rows_and_with_a_zero() -> None:
    zero, one = ox.Literal(0), ox.Literal(1)
    assert is_empty(Solutions(("n",), []))
    assert is_empty(Solutions(("n",), [(zero,)]))
    assert not is_empty(Solutions(("n",), [(one,)]))
    assert not is_empty(Solutions(("n",), [(zero,), (zero,)]))
    assert is_empty(Truth(value=False))
    assert is_empty(Triples([]))
