"""`check` from front to back, on small collections."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from filmgraph.errors import FileError, FindingsError, FrontMatterError
from filmgraph.graph import Graph
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.validation.rendering import as_json, text
from filmgraph.validation.report import Severity

if TYPE_CHECKING:
    from filmgraph.validation.passes import Engine
    from filmgraph.validation.report import Report

ROOT = Path(__file__).parents[2]
PROLOGUE = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"@base <{PREFIXES['source']}> .\n"
)
SOURCES = "".join(
    f'source:{slug}.01234567 a fg:SourceDocument ; dcterms:title "{slug}"@en ; dcterms:publisher org:o ;'
    f' fg:charLength 900 ; fg:sha256 "{"01234567" * 8}" .\n'
    for slug in ("a", "b")
)
TITLE = 'title:x a fg:Title ; fg:titleText "X"@en .'
FILM = f'film:x a fg:Film ; fg:title title:x . {TITLE} org:o a fg:Organisation ; fg:name "O"@en .'


class Make(Protocol):
    def __call__(self, a: str, b: str = FILM) -> Path: ...


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A collection with two sources, of one passage each unless more is said."""

    def maker(a: str, b: str = FILM) -> Path:
        for name in ("ontology", "shapes"):
            shutil.copytree(ROOT / name, tmp_path / name)
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "sources.ttl").write_text(PROLOGUE + SOURCES, encoding="utf-8")
        shutil.copy(ROOT / "data" / "reference.ttl", tmp_path / "data")
        for slug, facts in (("a", a), ("b", b)):
            passage = facts if facts.startswith("<") else f"<{slug}.01234567#char=0,9> {{\n{facts}\n}}\n"
            (tmp_path / "data" / f"{slug}.trig").write_text(PROLOGUE + passage, encoding="utf-8")
        return tmp_path

    return maker


def checked(folder: Path, engine: Engine = "sparql") -> Report:
    with Graph.open(folder) as graph:
        return graph.check(engine=engine)


def messages(report: Report, severity: Severity) -> list[str]:
    return [finding.message for finding in report.of(severity)]


def test_a_sound_collection_conforms_and_the_report_counts_what_was_looked_at(make: Make) -> None:
    report = checked(make(FILM))
    assert report.conforms
    assert messages(report, Severity.WARNING) == []
    assert report.counts.shapes > 100
    assert report.counts.focus_nodes > 100
    assert report.counts.sources == 2
    assert report.counts.checks > 20
    report.raise_for_findings()


def test_a_finding_may_be_about_what_is_no_node(make: Make) -> None:
    about = 'fg:describes "PT85M"^^xsd:duration ; fg:variable fgv:voteCount ; fg:unit fgv:vote'
    figure = "figure:{} a fg:Figure ; " + about + " ; fg:value {} ."
    report = checked(make(FILM + figure.format("a-0-9-n", 1), FILM + figure.format("b-0-9-n", 2)))
    assert "Passages give different numbers for the same thing." in messages(report, Severity.INFO)


def test_a_finding_says_where_on_what_and_what_to_do(make: Make) -> None:
    report = checked(make(FILM + ' film:x fg:runtime "85 minutes" .'))
    found = next(finding for finding in report.findings if finding.shape == "fgs:runtime")
    assert found.severity is Severity.VIOLATION
    assert found.node == PREFIXES["film"] + "x"
    assert found.label == "X"
    assert (found.property, found.value) == ("fg:runtime", "85 minutes")
    assert found.citations == (PREFIXES["source"] + "a.01234567#char=0,9",)
    assert found.file is not None
    path, line = found.file.split(":")
    assert path == "data/a.trig"
    assert int(line) > 1
    assert found.advice.startswith("Write days, hours")
    with pytest.raises(FindingsError) as caught:
        report.raise_for_findings()
    assert caught.value.report is report


def test_sources_that_disagree_are_worth_knowing_and_no_failure(make: Make) -> None:
    folder = make(
        FILM + ' film:x fg:runtime "PT85M"^^xsd:duration .',
        FILM + ' film:x fg:runtime "PT90M"^^xsd:duration .',
    )
    report = checked(folder)
    assert report.conforms
    assert messages(report, Severity.WARNING) == []
    found = next(finding for finding in report.of(Severity.INFO) if finding.shape == "conflict-value")
    assert (found.property, found.value) == ("fg:runtime", "PT1H25M or PT1H30M")
    assert len(found.citations) == 2


@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
def test_one_source_that_disagrees_with_itself_is_a_warning(make: Make, engine: Engine) -> None:
    passages = "".join(
        f'<a.01234567#char={start},{start + 9}> {{ {FILM} film:x fg:runtime "PT{minutes}M"^^xsd:duration . }}\n'
        for start, minutes in ((0, 85), (20, 90))
    )
    report = checked(make(passages), engine)
    assert report.conforms
    found = next(finding for finding in report.of(Severity.WARNING) if finding.shape == "fgs:one-runtime")
    assert found.value == "PT1H25M, PT1H30M"
    assert len(found.citations) == 2


def test_both_engines_find_the_same(make: Make) -> None:
    folder = make(
        FILM + ' film:x fg:runtime "long" ; fg:productionCountry place:here . credit:c a fg:Credit ; fg:film film:x ;'
        ' fg:actor person:p . figure:f a fg:Figure ; fg:value "many" . person:p fg:parentOf film:x ; fg:name "P" .'
    )
    assert checked(folder, "sparql").findings == checked(folder, "pyshacl").findings


def test_a_shape_for_a_class_that_nobody_defined_is_reported(make: Make) -> None:
    folder = make(FILM)
    shape = 'fgs:flim a sh:NodeShape ; sh:targetClass fg:Flim ; sh:message "x"@en ; sh:nodeKind sh:IRI .'
    (folder / "shapes" / "own.ttl").write_text(PROLOGUE + shape, encoding="utf-8")
    report = checked(folder)
    assert "A shape is for fg:Flim, which the ontology does not define." in messages(report, Severity.WARNING)
    assert "fgs:flim" in report.counts.idle


def test_where_there_are_no_shapes_nothing_was_checked_and_that_is_a_failure(make: Make) -> None:
    folder = make(FILM)
    shutil.rmtree(folder / "shapes")
    (folder / "shapes").mkdir()
    report = checked(folder)
    assert not report.conforms
    assert any(message.startswith("Nothing was checked.") for message in messages(report, Severity.VIOLATION))


def test_what_the_compiler_does_not_claim_goes_to_pyshacl_and_the_report_says_so(make: Make) -> None:
    folder = make(FILM)
    shape = 'fgs:own a sh:NodeShape ; sh:targetClass fg:Film ; sh:message "x"@en ; sh:pattern "(?i)^(?!http)" .'
    (folder / "shapes" / "own.ttl").write_text(PROLOGUE + shape, encoding="utf-8")
    report = checked(folder, "sparql")
    assert [name for name, _ in report.counts.by_pyshacl] == ["fgs:own"]
    assert "pySHACL applied fgs:own: " in text(report)
    assert [finding.node for finding in report.of(Severity.VIOLATION)] == [PREFIXES["film"] + "x"]


def test_a_constraint_in_sparql_goes_to_pyshacl(make: Make) -> None:
    folder = make(FILM)
    shape = """fgs:own a sh:NodeShape ; sh:targetClass fg:Film ; sh:sparql [ sh:message "A film is called X."@en ;
        sh:prefixes fgs: ; sh:select "SELECT $this ?value { $this fg:title/fg:titleText ?value }" ] .
        fgs: sh:declare [ sh:prefix "fg" ; sh:namespace "https://w3id.org/filmgraph/ns#"^^xsd:anyURI ] ."""
    (folder / "shapes" / "own.ttl").write_text(PROLOGUE + shape, encoding="utf-8")
    report = checked(folder)
    assert report.counts.by_pyshacl == (("fgs:own", "sh:sparql"),)
    found = [finding for finding in report.of(Severity.VIOLATION) if finding.shape == "fgs:own"]
    assert [(finding.value, finding.message) for finding in found] == [("X@en", "A film is called X.")]


def test_by_itself_check_takes_pyshacl_for_what_is_small(make: Make) -> None:
    assert checked(make(FILM), "auto").counts.engine == "pyshacl"


def test_a_check_without_its_header_is_an_error_with_its_place(make: Make) -> None:
    folder = make(FILM)
    path = folder / "shapes" / "evidence" / "own.rq"
    path.write_text("#+ problem: X.\nSELECT * { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(FrontMatterError, match=r"own\.rq:1: .*lacks advice, severity"):
        checked(folder)


def test_a_check_that_is_no_sparql_is_an_error_with_its_place(make: Make) -> None:
    folder = make(FILM)
    path = folder / "shapes" / "evidence" / "unlinked.rq"
    path.write_text(path.read_text(encoding="utf-8").replace("SELECT", "SELEKT"), encoding="utf-8")
    with pytest.raises(FileError, match=r"unlinked\.rq"):
        checked(folder)


def test_text_fits_80_columns_and_shows_five_of_a_kind(make: Make) -> None:
    films = "".join(f"film:a-film-with-a-rather-long-name-number-{n} a fg:Film . " for n in range(9))
    report = checked(make(FILM + films))
    shown = text(report)
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "and 4 more like this" in shown
    assert "number-4" in shown
    assert "number-8" not in shown
    assert "number-8" in text(report, every=True)


def test_json_holds_the_whole_report(make: Make) -> None:
    report = checked(make(FILM + ' film:x fg:runtime "long" .'))
    whole = json.loads(as_json(report))
    assert whole["conforms"] is False
    assert len(whole["findings"]) == len(report.findings)
    assert {"severity", "message", "advice", "node", "citations", "file"} <= set(whole["findings"][0])


QUESTION = """#+ summary: Which films?
#+ params: []
#+ expect:
#+   rows: {rows}

PREFIX fg: <https://w3id.org/filmgraph/ns#>
SELECT ?film {{ ?film a fg:{name} }}
"""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (1, None),
        (3, "The question films gives 1 rows for its example, and says that it gives 3."),
        ("some", "A number of rows"),
    ],
)
def test_a_question_answers_its_example_as_it_says(make: Make, rows: int | str, said: str | None) -> None:
    folder = make(FILM)
    (folder / "queries").mkdir()
    (folder / "queries" / "films.rq").write_text(QUESTION.format(rows=rows, name="Film"), encoding="utf-8")
    report = checked(folder)
    assert report.counts.questions == 1
    found = [finding for finding in report.of(Severity.VIOLATION) if finding.shape == "questions"]
    assert [bool(finding.file and finding.file.startswith("queries/films.rq")) for finding in found] == [True] * len(
        found
    )
    if said is None:
        assert found == []
    elif said.startswith("The question"):
        assert [finding.message for finding in found] == [said]
    else:
        assert len(found) == 1
        assert found[0].file == "queries/films.rq:4:12"


def test_the_bundled_questions_are_not_tried_on_a_file_of_other_films(make: Make) -> None:
    report = checked(make(FILM) / "data" / "a.trig")
    assert report.counts.questions > 20
    assert [finding for finding in report.findings if finding.shape == "questions"] == []


def test_a_misspelt_property_or_class_is_told_with_the_nearest_of_the_ontology(make: Make) -> None:
    report = checked(make(f'{FILM} film:y a fg:Flim ; fg:tittle "Y"@en ; fg:zzz film:x .'))
    advice = {one.value or one.property: one.advice for one in report.findings if one.shape.startswith("unknown-")}
    assert advice["fg:Flim"].startswith("Did you mean fg:Film?")
    assert advice["fg:tittle"].startswith("Did you mean fg:title?")
    assert advice["fg:zzz"].startswith("If it is not misspelt")
