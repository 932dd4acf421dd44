from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

CREDITS = """#+ summary: Who did what on a film?
#+ params:
#+   - name: film
#+     class: film
#+     required: true
#+     example: Night Ferry
#+     description: The film.
#+   - name: role
#+     type: iri
#+     values: [fgv:pilot, fgv:cook]
#+   - name: least_year
#+     type: year

PREFIX fg: <https://w3id.org/filmgraph/ns#>
SELECT ?person $role ?year {
  ?credit a fg:Credit ; fg:film $film ; fg:agent ?person ; fg:role $role .
  OPTIONAL { ?credit fg:order ?year FILTER(!BOUND($least_year) || ?year >= $least_year) }
}
ORDER BY ?person
"""
OVERVIEW = """#+ summary: Which films?

SELECT ?film { ?film a <https://w3id.org/filmgraph/ns#Film> }
"""
SOURCES = """
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/filmgraph/source/log.0123abcd> a fg:SourceDocument ; dcterms:title "Log"@en ; fg:charLength 100 .
"""
FACTS = """
@base <https://w3id.org/filmgraph/source/log.0123abcd> .
@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix fgv: <https://w3id.org/filmgraph/vocab/> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix person: <https://w3id.org/filmgraph/id/person/> .
@prefix credit: <https://w3id.org/filmgraph/id/credit/> .
@prefix title: <https://w3id.org/filmgraph/id/title/> .
<#char=0,20> {
  film:ferry a fg:Film ; fg:title title:ferry.1 , title:ferry.2 .
  title:ferry.1 a fg:Title ; fg:titleText "Night Ferry"@en .
  title:ferry.2 a fg:Title ; fg:titleText "夜の渡し船"@ja .
  film:day a fg:Film ; fg:title title:day.1 .
  title:day.1 a fg:Title ; fg:titleText "Day Ferry"@en .
  film:day2 a fg:Film ; fg:title title:day2.1 .
  title:day2.1 a fg:Title ; fg:titleText "Day Ferry"@en .
}
<#char=10,40> {
  credit:1 a fg:Credit ; fg:film film:ferry ; fg:agent person:ada ; fg:role fgv:pilot .
  credit:2 a fg:Credit ; fg:film film:ferry ; fg:agent person:bo ; fg:role fgv:cook ; fg:order 1 .
  person:ada a fg:Person ; fg:name "Ada Åkesson"@sv .
  person:bo a fg:Person ; fg:name "Bo"@en .
}
"""


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small collection about two ferries."""
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "ferries"
    for name, text in {
        "data/sources.ttl": SOURCES,
        "data/log.trig": FACTS,
        "queries/credits.rq": CREDITS,
        "queries/overview.rq": OVERVIEW,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def ask(run: Run, collection: Path) -> Run:
    """Run ``filmgraph -C the-small-collection ask``."""

    def asked(*arguments: str | Path) -> Ran:
        return run("-C", collection, "ask", *arguments)

    return asked


def test_ask_alone_lists_the_questions_of_the_tool_and_the_own_ones_in_their_place(ask: Run) -> None:
    lines = [" ".join(line.split()) for line in ask().out.splitlines()]
    assert lines[0] == "name question parameters"
    assert "overview Which films?" in lines
    listed = " ".join(lines)
    assert "credits Who did what on a film? --film [--role]" in listed
    assert "runtimes Which runtimes" in listed


def test_the_questions_about_something_are_found_by_words_that_mean_the_same(run: Run) -> None:
    assert run("ask", "--about", "money", "-f", "csv").out.splitlines()[1].startswith("box-office,")
    assert "awards," in run("ask", "--about", "prizes", "-f", "csv").out
    assert "reviews," in run("ask", "--about", "reveiws", "-f", "csv").out, "slips are forgiven"
    assert "soundtrack," in run("ask", "--about", "sound", "-f", "csv").out, "the beginning of a word is enough"
    code, out, err = run("ask", "--about", "zebras")
    assert (code, out) == (2, "")
    assert err.startswith("Error: No question is about 'zebras'.")


def test_words_after_the_name_of_a_question_need_no_quotes(run: Run) -> None:
    code, out, err = run("ask", "awards", "IDFA", "-f", "csv")
    assert (code, err) == (0, "Understood as: filmgraph ask awards --festival IDFA\n")
    assert out == run("ask", "awards", "--festival", "IDFA", "-f", "csv").out
    code, _, err = run("ask", "awards", "extra", "words")
    assert (code, err.splitlines()[0]) == (2, "Error: Got unexpected extra arguments (extra words)")


def test_the_list_comes_in_every_format(ask: Run) -> None:
    listed = json.loads(ask("-f", "json").out)["results"]["bindings"]
    assert {"credits", "overview", "runtimes"} <= {row["name"]["value"] for row in listed}
    assert "overview,Which films?," in ask("-f", "csv").out.splitlines()


def test_a_question_is_answered_with_labels(ask: Run) -> None:
    code, out, err = ask("credits", "--film", "night ferry")
    assert (code, err) == (0, "")
    assert out == (
        "person       role       year\n"
        "───────────  ─────────  ────\n"
        "Ada Åkesson  fgv:pilot\n"
        "Bo           fgv:cook      1\n"
    )


@pytest.mark.parametrize(
    "name", ["NIGHT FERRY", "夜の渡し船", "film:ferry", "<https://w3id.org/filmgraph/id/film/ferry>"]
)
def test_a_film_has_many_names(ask: Run, name: str) -> None:
    code, out, _ = ask("credits", "--film", name, "-f", "csv")
    assert code == 0
    assert len(out.splitlines()) == 3


def test_a_parameter_that_is_projected_shows_its_value(ask: Run) -> None:
    out = ask("credits", "--film", "film:ferry", "--role", "cook", "-f", "csv").out
    assert out.splitlines()[1:] == ["https://w3id.org/filmgraph/id/person/bo,https://w3id.org/filmgraph/vocab/cook,1"]


def test_the_query_can_be_shown_in_place_of_its_answer(ask: Run) -> None:
    code, out, _ = ask("credits", "--film", "film:ferry", "--least-year", "2009", "--show-query")
    assert code == 0
    assert "fg:film <https://w3id.org/filmgraph/id/film/ferry> ;" in out
    assert '?year >= "2009"^^<http://www.w3.org/2001/XMLSchema#integer>' in out
    assert "#+" not in out


def test_the_help_of_a_question_has_its_parameters_and_an_example(ask: Run) -> None:
    code, out, _ = ask("credits", "--help")
    assert code == 0
    assert '--film FILM The film. [required; for instance "Night Ferry"]' in " ".join(out.split())
    assert '  Example:  filmgraph ask credits --film "Night Ferry"\n' in out
    assert "  Python:   graph.ask('credits', film='Night Ferry')\n" in out


ERRORS = {
    "an unknown question": (("credit",), "There is no question 'credit'.\nDid you mean 'credits'?"),
    "nothing near": (("zzz",), "There is no question 'zzz'.\nList all questions with: filmgraph ask"),
    "an unknown format": (("overview", "-f", "jsn"), "There is no format 'jsn'.\nDid you mean 'json' or 'jsonld'?"),
    "a missing parameter": (
        ("credits",),
        (
            "'credits' needs --film.\nSay which film:\n  film:day  Day Ferry (Film)\n  film:day2  Day Ferry (Film)\n"
            "  film:ferry  Night Ferry (Film)"
        ),
    ),
    "an unknown parameter": (
        ("credits", "--flim", "a"),
        "'credits' has no parameter --flim.\nDid you mean --film?",
    ),
    "an unknown parameter that looks a little like others": (
        ("credits", "--within", "a"),
        "'credits' has no parameter --within.\nIts parameters are --film, --role, --least-year.",
    ),
    "an unknown parameter of a question without": (
        ("overview", "--zzz", "a"),
        "'overview' has no parameter --zzz.\nIt takes none. Ask: filmgraph ask overview",
    ),
    "a repeated parameter": (
        ("credits", "--film", "a", "--film", "b"),
        "--film of 'credits' is given 2 times.\nGive it once.",
    ),
    "a parameter of the wrong type": (
        ("credits", "--film", "film:ferry", "--least-year", "soon"),
        "--least-year of 'credits' cannot be 'soon': it takes a year.\nFor instance: --least-year 2009",
    ),
    "a value that is not in the list": (
        ("credits", "--film", "film:ferry", "--role", "pilto"),
        "--role of 'credits' cannot be 'pilto': it takes pilot|cook.\nDid you mean pilot?",
    ),
    "an empty film": (
        ("credits", "--film", ""),
        "--film of 'credits' cannot be '': it is empty.\nFor instance: --film \"Night Ferry\"",
    ),
    "an unknown film": (
        ("credits", "--film", "Nihgt Ferry"),
        "There is no film called 'Nihgt Ferry'.\nDid you mean 'Night Ferry' or 'Day Ferry'?",
    ),
    "a film of a name that two have": (
        ("credits", "--film", "day ferry"),
        "2 things are called 'day ferry'.\nSay which one:\n  film:day  Day Ferry (Film)\n  film:day2  Day Ferry (Film)",
    ),
    "a person where a film is asked for": (
        ("credits", "--film", "Bo"),
        "There is no film called 'Bo': Bo is a Person.\nName a film, or ask something else.",
    ),
    "an injection": (
        ("credits", "--film", 'x" } ; DROP ALL #'),
        "There is no film called 'x\" } ; DROP ALL #'.",
    ),
    "half a surrogate pair": (
        ("credits", "--film", "a\udcff"),
        "--film of 'credits' cannot be 'a\\udcff': it is not UTF-8 text.\nFor instance: --film \"Night Ferry\"",
    ),
    "an argument too many": (
        ("overview", "now"),
        "Got unexpected extra argument (now)\nTry 'filmgraph ask overview --help'.",
    ),
    "a file that has no format": (
        ("overview", "-o", "answer.zzz"),
        (
            "The ending of 'answer.zzz' names no format.\n"
            "Name one with -f. Formats: csv, html, json, jsonld, markdown, "
            "nquads, ntriples, rdfxml, table, trig, tsv, turtle, xml."
        ),
    ),
    "rows as triples": (
        ("overview", "-f", "turtle"),
        (
            "turtle holds triples, and this query answers with rows.\n"
            "Choose one of csv, html, json, markdown, table, tsv, xml."
        ),
    ),
}


@pytest.mark.parametrize(("arguments", "message"), ERRORS.values(), ids=ERRORS)
def test_bad_input_is_told_and_nothing_is_written(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(*arguments) == (2, "", f"Error: {message}\n")
    assert not list(tmp_path.glob("answer*"))


def test_a_collection_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    for arguments in (("ask",), ("ask", "overview"), ("query", "-e", "ASK {}")):
        code, out, err = run("-C", tmp_path / "none", *arguments)
        assert (code, out) == (2, "")
        assert err.startswith("Error: There is no")


def test_why_names_the_passages_of_each_row(ask: Run) -> None:
    code, out, _ = ask("credits", "--film", "film:ferry", "--role", "pilot", "--why")
    assert code == 0
    assert "[1]" in out
    assert "[1] Log, undated, characters 10–40\n" in out
    listed = json.loads(ask("credits", "--film", "film:ferry", "--role", "pilot", "--why", "-f", "json").out)
    assert listed["provenance"] == [[["https://w3id.org/filmgraph/source/log.0123abcd#char=10,40"]]]
    plain = json.loads(ask("credits", "--film", "film:ferry", "--role", "pilot", "-f", "json").out)
    assert plain["results"] == listed["results"]


def test_a_wrong_header_is_told_by_the_list_and_by_the_question(ask: Run, collection: Path) -> None:
    wrong = collection / "queries" / "wrong.rq"
    wrong.write_text("#+ summary: [\nASK {}\n")
    expected = f"Error: {wrong}:1:14: The front matter is no YAML: "
    for arguments in ((), ("wrong",), ("--help",)):
        code, out, err = ask(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith(expected)
    assert ask("overview").code == 0


def test_an_answer_goes_to_a_file_whole_or_not_at_all(ask: Run, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    assert ask("overview", "-o", target) == (0, "", "")
    kept = target.read_bytes()
    assert kept.startswith(b"film\r\nhttps://")
    assert ask("overview", "-o", tmp_path / "none" / "answer.csv") == (
        2,
        "",
        f"Error: {tmp_path}/none/answer.csv: The file cannot be written: No such file or directory.\n",
    )
    assert ask("overview", "-f", "csv", "-o", tmp_path).code == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("answer")) == ["answer.csv"]
    assert target.read_bytes() == kept


def test_a_question_in_plain_english_says_as_what_it_was_understood(ask: Run, collection: Path) -> None:
    code, out, err = ask("credits of nihgt ferry?", "-f", "csv")
    assert code == 0
    assert err == f'Understood as: filmgraph -C {collection} ask credits --film "Night Ferry"\n'
    assert len(out.splitlines()) == 3


def test_a_question_needs_no_quotes_and_options_count_more_than_words(ask: Run) -> None:
    code, out, err = ask("full", "credits", "for", "Night", "Ferry", "--role", "cook", "-f", "csv")
    assert (code, len(out.splitlines())) == (0, 2)
    assert "Understood as" in err


def test_a_question_that_is_not_answered_names_the_nearest_ones(ask: Run, collection: Path) -> None:
    code, out, err = ask("what is the weather like in Bergen")
    assert (code, out) == (2, "")
    assert err.startswith("Error: No question of the catalogue answers 'what is the weather like in Bergen'.\n")
    assert err.count(f"  filmgraph -C {collection} ask ") == 3, "each can be pasted back"


def test_a_question_that_may_mean_two_lists_both(ask: Run, collection: Path) -> None:
    twin = CREDITS.replace("Who did what on a film?", "Who did which job on a film?")
    (collection / "queries/jobs.rq").write_text(
        twin.replace("required: true", "default: Night Ferry"), encoding="utf-8"
    )
    (collection / "queries/credits.rq").write_text(twin, encoding="utf-8")
    code, out, err = ask("who did which job on Night Ferry")
    assert (code, out) == (2, "")
    assert err.count("--film") == 2
