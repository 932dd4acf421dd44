"""What a text in plain English is read as, on the bundled collection and on others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.asking.judged import judged, shares

from filmgraph.catalogue import Catalogue
from filmgraph.errors import AmbiguousQuestionError, MissingParameterError, UnansweredQuestionError, UnknownQueryError
from filmgraph.graph import Graph
from filmgraph.lookup.names import only

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
NAMES = Catalogue(str(ROOT / "queries")).names()
SETS = sorted(path.name for path in HERE.glob("*.tsv"))


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph.open(ROOT) as opened:
        yield opened


@pytest.mark.parametrize("name", SETS)
def test_questions_as_people_type_them_are_read_rightly(graph: Graph, name: str) -> None:
    found = shares(graph, judged(HERE / name))
    assert found.first >= 0.85, found.wrong
    assert found.three >= 0.93, found.wrong
    assert found.declined >= 0.85


@pytest.mark.parametrize("name", NAMES)
def test_each_phrasing_of_a_question_leads_to_it(graph: Graph, name: str) -> None:
    question = graph.catalogue.question(name)
    assert len(question.asks) >= 4, "people ask it in their own words"
    for asked in (*question.asks, question.summary):
        text = re.sub(r"\$(\w+)", lambda found: _named(graph, name, found[1]), asked)
        first = [one.question for one in graph.readings(text)[:1]]
        assert first == [name], text


def _named(graph: Graph, question: str, parameter: str) -> str:
    """The example of a parameter as it is said: a label, not an IRI."""
    one = next(one for one in graph.catalogue.question(question).parameters if one.name == parameter)
    if one.type != "iri":
        return one.sample
    value = one.example or one.default
    if value is None:
        value = str(only(graph.scope.whole, one.class_iri)[0])
    iri = dict(one.values).get(value) or graph.thing(value, one.class_iri or one.scheme_iri).value
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    rows = graph.query(f"SELECT ?label {{ <{iri}> {label} ?label }}").to_rows()
    return min(str(row["label"].value).replace("-", " ") for row in rows if row["label"] is not None)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("who won what at IDFA?", "awards", {"festival": "IDFA"}),
        ("What prizes did it get in 2010", "awards", {"year": "2010"}),
        ("films by fan lixin", "filmography", {"person": "Lixin Fan"}),
        ("films by fan lixn", "filmography", {"person": "Lixin Fan"}),
        (
            "what did PETER WINTONICK do on Last Train Home",
            "credits",
            {"film": "Last Train Home", "person": "Peter Wintonick"},
        ),
        ("wo directed up the yangtse", "directors", {"film": "Up the Yangtze"}),
        ("who was the director of photography?", "credits", {"role": "cinematographer"}),
        ("Where does the press kit disagree with all the others?", "source-against-all", {"source": "press-kit"}),
        ("passages with more than 12 facts", "dense-passages", {"more_than": "12"}),
    ],
)
def test_names_roles_documents_and_numbers_become_values(
    graph: Graph, text: str, question: str, values: dict[str, str]
) -> None:
    best = graph.readings(text)[0]
    assert (best.question, best.values) == (question, values)


def test_the_same_text_has_the_same_readings(graph: Graph) -> None:
    text = "which prizes did Up the Yangtze win"
    with Graph.open(ROOT) as other:
        assert graph.readings(text) == other.readings(text)


def test_readings_are_ranked_from_nought_to_one(graph: Graph) -> None:
    readings = graph.readings("who is in the film")
    scores = [reading.score for reading in readings]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_text_is_answered_like_the_question_that_it_asks(graph: Graph) -> None:
    answer = graph.ask("who won what at IDFA?")
    assert list(answer) == list(graph.ask("awards", festival="IDFA"))
    assert answer.asked is not None
    assert answer.asked.name == "awards"
    assert list(graph.ask("which awards did it win", year=2010)) == list(graph.ask("awards", year=2010))


def test_what_the_catalogue_does_not_answer_is_said_with_the_three_nearest_questions(graph: Graph) -> None:
    with pytest.raises(UnansweredQuestionError) as raised:
        graph.ask("what will the weather be like tomorrow")
    assert len(raised.value.choices) == 3
    assert set(raised.value.choices) <= set(NAMES)
    assert graph.readings("what will the weather be like tomorrow") == []
    assert graph.readings("") == []


def test_a_name_mistyped_is_no_text(graph: Graph) -> None:
    with pytest.raises(UnknownQueryError, match=re.escape("There is no question 'overvew'.")):
        graph.ask("overvew")


def test_the_catalogue_of_a_single_film_needs_no_name(tmp_path: Path) -> None:
    facts = """@base <https://w3id.org/filmgraph/source/log.0123abcd> .
@prefix fg: <https://w3id.org/filmgraph/ns#> .
<#char=0,20> { <https://w3id.org/filmgraph/id/film/ferry> a fg:Film ; fg:title <https://w3id.org/filmgraph/id/title/1> .
<https://w3id.org/filmgraph/id/title/1> a fg:Title ; fg:titleText "Night Ferry"@en . }
"""
    sources = """@prefix fg: <https://w3id.org/filmgraph/ns#> .
<https://w3id.org/filmgraph/source/log.0123abcd> a fg:SourceDocument ; fg:charLength 100 .
"""
    question = """#+ summary: Who pilots the ferry of a film?
#+ params:
#+   - name: film
#+     class: Film
#+     required: true
#+     example: Night Ferry
#+     description: The film.
#+ asks: [who steers the ship in $film, who is the captain]
SELECT ?who { $film <https://w3id.org/filmgraph/ns#pilot> ?who }
"""
    for name, text in {"data/log.trig": facts, "data/sources.ttl": sources, "queries/pilots.rq": question}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Graph.open(tmp_path) as graph:
        reading = graph.readings("Who is the captian?")[0]
        assert (reading.question, reading.values) == ("pilots", {}), "the film need not be named"
        assert graph.readings("who steers the ship in nihgt ferry")[0].values == {"film": "Night Ferry"}
        assert graph.readings("where do I park my boat") == []


def test_two_questions_that_fit_alike_are_both_named(tmp_path: Path) -> None:
    for name in ("cooks", "chefs"):
        (tmp_path / "queries").mkdir(exist_ok=True)
        text = f"#+ summary: Which {name} work on the boat?\n#+ asks: [who makes the soup]\nSELECT ?a {{ ?a ?b ?c }}\n"
        (tmp_path / "queries" / f"{name}.rq").write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    with Graph.open(tmp_path) as graph, pytest.raises(AmbiguousQuestionError) as raised:
        graph.ask("who makes the soup")
    assert raised.value.choices == ("filmgraph ask chefs", "filmgraph ask cooks")


@pytest.mark.parametrize("text", ["who did not direct Last Train Home", "which films did Lixin Fan not make"])
def test_what_is_not_so_is_not_answered_by_what_is(graph: Graph, text: str) -> None:
    assert graph.readings(text) == []
    assert [one.question for one in graph.readings("where did it not win")[:1]] == ["shown-without-prize"]
    assert [one.question for one in graph.readings("isn't it subtitled?")[:1]] == ["languages"]


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("where did the director grow up", "life", {"person": "Lixin Fan"}),
        ("interviews with the filmmaker", "interviews", {"person": "Lixin Fan"}),
        ("lixin fan awards for last train home", "awards", {"film": "Last Train Home"}),
        ("who is the director", "directors", {}),
    ],
)
def test_who_is_named_by_a_role_is_the_only_one_who_has_it(
    graph: Graph, text: str, question: str, values: dict[str, str]
) -> None:
    best = graph.readings(text)[0]
    assert (best.question, best.values) == (question, values)


@pytest.mark.parametrize(
    "text",
    ["how do I become a director", "translate the title", "please play the trailer", "who directed it, how tall is he"],
)
def test_orders_and_how_to_are_no_questions(graph: Graph, text: str) -> None:
    assert graph.readings(text) == []


def test_one_clause_of_a_text_may_be_the_question(graph: Graph) -> None:
    text = "Which company produced it? We must clear the rights for a series of lectures."
    assert graph.readings(text)[0].question == "producers"


def test_a_long_text_is_read_in_bounds(graph: Graph) -> None:
    padding = "ferry harbour lantern " * 400
    assert graph.readings(f"who directed the film? {padding}")[0].question == "directors"
    assert graph.readings(padding) == []


def test_of_several_films_the_one_is_asked_for(tmp_path: Path) -> None:
    films = "".join(
        f'film:{name} a fg:Film ; fg:title title:{name} . title:{name} a fg:Title ; fg:titleText "{text}"@en .\n'
        for name, text in (("ferry", "Night Ferry"), ("lamp", "Harbour Lamp"))
    )
    facts = f"""@base <https://w3id.org/filmgraph/source/log.0123abcd> .
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix title: <https://w3id.org/filmgraph/id/title/> .
<#char=0,20> {{ {films} }}
"""
    sources = """@prefix fg: <https://w3id.org/filmgraph/ns#> .
<https://w3id.org/filmgraph/source/log.0123abcd> a fg:SourceDocument ; fg:charLength 100 .
"""
    for name, text in {"data/log.trig": facts, "data/sources.ttl": sources}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Graph.open(tmp_path) as graph:
        assert [one.question for one in graph.readings("how long is it")[:1]] == ["runtimes"]
        with pytest.raises(MissingParameterError, match="film"):
            graph.ask("who directed it?")
        assert graph.readings("who directed the harbor lamp")[0].values == {"film": "Harbour Lamp"}
