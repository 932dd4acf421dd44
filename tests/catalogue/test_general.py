"""Questions about films in general: they come with filmgraph, and every collection can ask them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.catalogue import Catalogue
from filmgraph.collection.starter import start
from filmgraph.errors import FrontMatterError, MissingParameterError, UnknownQueryError
from filmgraph.graph import Graph, catalogue_at
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import RowsAnswer

ROOT = Path(__file__).resolve().parents[2]
GENERAL = Catalogue("", general=str(ROOT / "queries"))
NAMES = GENERAL.names()
# What a general question may choose from: vocabularies, which come with filmgraph.
VOCABULARIES = (PREFIXES["fgv"], PREFIXES["rel"])
OWN = "#+ summary: {}\n\nSELECT ?film {{ ?film a <https://w3id.org/filmgraph/ns#Film> }}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("own") / "collection"
    start(made)
    return made


@pytest.fixture(scope="module")
def started(folder: Path) -> Iterator[Graph]:
    with Graph.open(folder) as graph:
        yield graph


def asked(graph: Graph, name: str) -> RowsAnswer:
    """Ask with what the error lists first, where something must be named."""
    values: dict[str, str] = {}
    for _ in graph.catalogue.question(name).parameters:
        try:
            return graph.ask_with(name, values)
        except MissingParameterError as error:
            listed = (error.hint or "").split("\n")
            if len(listed) == 1:
                pytest.skip(f"the collection has nothing for --{error.name}")
            values[error.name] = listed[1].split()[0]
    return graph.ask_with(name, values)


def test_there_are_general_questions() -> None:
    assert {"conflicts", "overview", "runtimes"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_general_question_has_nothing_of_the_bundled_film_in_it(name: str) -> None:
    question = GENERAL.question(name)
    assert question.expect.most is None
    assert question.expect.least == 0
    for parameter in question.parameters:
        for value in filter(None, [parameter.default, parameter.example]):
            typed = {short for short, _ in parameter.values}
            known = value in typed or value.isdecimal() or value.startswith(("fgv:", "rel:"))
            assert known, f"{parameter.option} is {value}"
        assert all(meant.startswith(VOCABULARIES) for _, meant in parameter.values if parameter.type == "iri")
    assert "w3id.org/filmgraph/id/" not in question.text
    assert "w3id.org/filmgraph/source/" not in question.text
    for prefix, namespace in re.findall(r"(?i)PREFIX (\w+): <([^>]+)>", question.sparql):
        assert PREFIXES[prefix] == namespace
        assert not namespace.startswith(PREFIXES["film"].removesuffix("film/")), "things are named by parameters"


@pytest.mark.parametrize("name", NAMES)
def test_a_general_question_names_nothing_that_only_the_bundled_collection_knows(name: str) -> None:
    described = GENERAL.question(name).text.casefold()
    with Graph.open() as bundled:
        text = "SELECT DISTINCT ?name { ?thing a ?class ; rdfs:label ?name . FILTER(?class IN (fg:Film, fg:Person)) }"
        prefixes = f"PREFIX fg: <{PREFIXES['fg']}> PREFIX rdfs: <{PREFIXES['rdfs']}> "
        names = [
            str(row[0]).strip('"').partition('"')[0].casefold() for row in bundled.query(prefixes + text).to_rows()
        ]
    assert len(names) > 50
    known = [one for one in names if re.search(rf"\b{re.escape(one)}\b", described) and " " in one]
    assert known == []


@pytest.mark.parametrize("name", NAMES)
def test_a_general_question_is_answered_in_another_collection(started: Graph, name: str) -> None:
    answer = asked(started, name)
    assert answer.variables


def test_the_film_of_a_collection_need_not_be_named(started: Graph) -> None:
    assert started.ask("runtimes").to_dict(labels=True)["minutes"] == [74, 76]


def test_where_there_are_several_films_they_are_listed(tmp_path: Path) -> None:
    start(tmp_path)
    facts = tmp_path / "data" / "tide-letter.trig"
    sources = tmp_path / "data" / "sources.ttl"
    for path in (facts, sources):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("film:the-salt-clock", "film:another-clock"), encoding="utf-8")
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("film:another-clock", "film:the-salt-clock", 1), encoding="utf-8"
    )
    with Graph.open(tmp_path) as graph, pytest.raises(MissingParameterError) as raised:
        graph.ask("runtimes")
    assert "film:another-clock" in str(raised.value.hint)
    assert "film:the-salt-clock" in str(raised.value.hint)


def test_the_questions_of_a_collection_add_to_the_general_ones_and_take_their_place(tmp_path: Path) -> None:
    own = tmp_path / "queries"
    own.mkdir()
    (own / "harbours.rq").write_text(OWN.format("Which harbours?"), encoding="utf-8")
    (own / "films.rq").write_text(OWN.format("Which films, here?"), encoding="utf-8")
    catalogue = Catalogue(str(own), general=str(ROOT / "queries"))
    assert set(catalogue.names()) == {*NAMES, "harbours"}
    assert catalogue.question("films").summary == "Which films, here?"
    assert catalogue.question("runtimes").path == str(ROOT / "queries" / "runtimes.rq")
    assert catalogue.own() == ["films", "harbours"]


def test_a_question_that_says_what_rows_it_gives_is_about_the_collection_beside_it(tmp_path: Path) -> None:
    of_one = OWN.format("Which?").replace("\n\n", "\n#+ expect:\n#+   rows: 1\n\n")
    (tmp_path / "here.rq").write_text(of_one, encoding="utf-8")
    (tmp_path / "anywhere.rq").write_text(OWN.format("Which?"), encoding="utf-8")
    assert Catalogue(str(tmp_path)).names() == ["anywhere", "here"]
    assert Catalogue(str(tmp_path / "own"), general=str(tmp_path)).names() == ["anywhere"]
    with pytest.raises(UnknownQueryError):
        Catalogue("", general=str(tmp_path)).question("here")


def test_a_collection_says_with_what_and_for_what_a_general_question_is_asked(tmp_path: Path) -> None:
    examples = tmp_path / "examples"
    examples.mkdir()
    (examples / "filmography.yaml").write_text(
        "note: Nobody else.\nparams:\n  - name: person\n    default: Ada\nexpect:\n  rows: 2\n", encoding="utf-8"
    )
    catalogue = Catalogue(str(tmp_path), general=str(ROOT / "queries"))
    question = catalogue.question("filmography")
    assert (question.parameters[0].default, question.parameters[0].required) == ("Ada", False)
    assert (question.expect.least, question.expect.most) == (2, 2)
    assert question.description.endswith("Nobody else.")
    assert catalogue.own() == ["filmography"]
    (examples / "filmography.yaml").write_text("expect:\n  rows: 3\n", encoding="utf-8")
    assert catalogue.question("filmography").expect.most == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("expects: 3\n", "1:1: Unknown key 'expects'"),
        ("params:\n  - name: persn\n", "2:5: The question has no parameter 'persn'"),
        ("expect:\n  contains:\n    - nobody: Ada\n", "A row is expected with a column 'nobody'"),
        ("a: [\n", "The front matter is no YAML"),
    ],
)
def test_what_is_wrong_with_examples_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    examples = tmp_path / "examples"
    examples.mkdir()
    (examples / "filmography.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FrontMatterError) as raised:
        Catalogue(str(tmp_path), general=str(ROOT / "queries")).question("filmography")
    assert said in str(raised.value)
    assert "examples/filmography.yaml" in str(raised.value)


def test_a_built_store_is_asked_what_its_collection_is(tmp_path: Path, folder: Path) -> None:
    from filmgraph.collection.build.build import build  # noqa: PLC0415 -- only this test builds

    build(folder, tmp_path / "store")
    assert catalogue_at(tmp_path / "store").names() == catalogue_at(folder).names()
    assert "camera" in catalogue_at(tmp_path / "store").names()
