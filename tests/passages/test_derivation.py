from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from filmgraph.passages.explanation import DERIVATIONS
from filmgraph.passages.reckoning import is_reckoned
from filmgraph.passages.support import Doubt, check_support
from filmgraph.passages.texts import SourceText
from filmgraph.passages.wording import Wording

if TYPE_CHECKING:
    from tests.sample import Sample


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("millions of people", [10**6, 2 * 10**6]),
        ("dozens of awards", [12, 24]),
        ("they waited for days, several of them", [2]),
        ("a few days", [2]),
        ("two teenage children", [13, 19]),
        ("the yearly visit", [1]),
        ("half of the people", [50]),
        ("a trilogy", [3]),
        ("from 1990 to 2006, or 16 years", [16, 3996]),
    ],
)
def test_words_imply_numbers(text: str, values: list[int]) -> None:
    assert {Fraction(value) for value in values} <= Wording(text).implied


def test_most_numbers_are_implied_by_no_words() -> None:
    assert Wording("millions of people walked for days").implied.isdisjoint(map(Fraction, (3, 5, 17, 10**5, 5 * 10**6)))


@pytest.mark.parametrize(
    ("edtf", "text", "start", "reckoned"),
    [
        ("1911-05-03", "she said yesterday", "1911-05-04", True),
        ("1911-05-04", "she said yesterday", "1911-05-04", False),
        ("1911-05-02", "on Tuesday", "1911-05-04", True),
        ("1911-05-03", "on Tuesday", "1911-05-04", False),
        ("1911-04-29/1911-04-30", "at the weekend", "1911-05-04", True),
        ("1911-05-01", "at the weekend", "1911-05-04", False),
        ("1911-04", "last month", "1911-05-04", True),
        ("1911-01", "last month", "1911-05-04", False),
        ("1910-09", "last September", "1911-05-04", True),
        ("1910-08", "last September", "1911-05-04", False),
        ("1910", "last year", "1911", True),
        ("1901", "last year", "1911", False),
        ("1895", "sixteen years ago", "1911", True),
        ("1894", "sixteen years ago", "1911", False),
        ("1911-22", "this summer", "1911-09", True),
        ("1911-24", "this summer", "1911-09", False),
        ("1911-05-03", "on 3 May", "1911", True),
        ("1911-05-99", "yesterday", "1911-05-04", False),
        ("soon", "soon", "1911", False),
        ("1911", "this year", "never", False),
    ],
)
def test_a_date_is_reckoned_from_another(edtf: str, text: str, start: str, *, reckoned: bool) -> None:
    assert is_reckoned(edtf, [Wording(text)], [start]) is reckoned


PAGE = SourceText.of(
    "second-page",
    "Millions of pilgrims walk. Mira Okafor-Lund filmed them. She left last year. "
    "It rained for days. Printed in 2031, for the friends of the festival.",
)


def findings(sample: Sample, facts: str) -> list[Doubt]:
    sample.add(PAGE, facts)
    return check_support(sample.store(), sample.texts).findings


@pytest.mark.parametrize(
    ("passage", "fact", "derivation", "message"),
    [
        ("Millions of pilgrims", "figure:m a fg:Figure ; fg:lowerBound 1000000 .", "computed", ""),
        ("Millions of pilgrims", "figure:m a fg:Figure ; fg:lowerBound 5000000 .", "computed", "do not imply it"),
        ("for days", "figure:d a fg:Figure ; fg:lowerBound 2 .", "computed", ""),
        ("for days", "figure:d a fg:Figure ; fg:lowerBound 9 .", "computed", "do not imply it"),
        (
            "She left",
            "event:x a fg:LifeEvent ; fg:participant person:mira . person:mira a fg:Person .",
            "fromAntecedent",
            "",
        ),
        (
            "She left",
            "event:x a fg:LifeEvent ; fg:participant person:castellan . person:castellan a fg:Person .",
            "fromAntecedent",
            "nor does any other of the document",
        ),
        ("She left last year", 'event:x a fg:LifeEvent ; fg:date "2030"^^edtf:EDTF .', "fromDocumentDate", "reckoned"),
    ],
)
def test_a_derivation_must_be_possible(sample: Sample, passage: str, fact: str, derivation: str, message: str) -> None:
    place = f"<#:~:text={passage}>"
    found = findings(sample, f"{place} {{ {fact} }}\ngraph:citations {{ {place} fg:derivation fgv:{derivation} . }}")
    assert [message in finding.message for finding in found] == ([True] if message else [])


def test_a_date_is_reckoned_from_a_passage_that_is_needed(sample: Sample) -> None:
    assert not findings(
        sample,
        '<#:~:text=She%20left%20last%20year> { event:x a fg:LifeEvent ; fg:date "2030"^^edtf:EDTF . }\n'
        "graph:citations { <#:~:text=She%20left%20last%20year> fg:derivation fgv:computed ;\n"
        "  fg:needs <#:~:text=Printed%20in%202031> . }",
    )


def test_the_publisher_of_a_document_needs_no_words(sample: Sample) -> None:
    fact = "review:x a fg:Review ; fg:outlet <https://w3id.org/filmgraph/id/org/gazette> ."
    assert findings(sample, f"<#:~:text=She%20left> {{ {fact} }}") == []
    path = sample.root / "data" / "sources.ttl"
    gazette = "<https://w3id.org/filmgraph/id/org/gazette>"
    label = f'{gazette} <http://www.w3.org/2000/01/rdf-schema#label> "The Gazette"@en .\n'
    path.write_text(path.read_text(encoding="utf-8") + label, encoding="utf-8")
    assert "The Gazette" in check_support(sample.store(), sample.texts).findings[0].message
    published = f"<{PAGE.iri}> <http://purl.org/dc/terms/publisher> {gazette} .\n"
    path.write_text(path.read_text(encoding="utf-8") + published, encoding="utf-8")
    report = check_support(sample.store(), sample.texts)
    assert report.findings == []
    assert report.explained_by["publisher of the document"] == 1


def test_every_derivation_is_a_term_of_the_reference(shared_reference: str) -> None:
    assert DERIVATIONS
    assert all(f"fgv:{name} a skos:Concept" in shared_reference for name in DERIVATIONS)


@pytest.mark.parametrize(
    "fact", ["fg:participant person:mira", "fg:partOf event:walk"], ids=["a pronoun", "a node without a name"]
)
def test_a_node_that_is_not_named_is_introduced_by_its_graph(sample: Sample, fact: str) -> None:
    place = "<#:~:text=She%20left>"
    node = fact.split()[1]
    said = f"graph:citations {{ {place} fg:derivation fgv:fromAntecedent . }}"
    (found,) = findings(sample, f"{place} {{ event:x a fg:LifeEvent ; {fact} . }}\n{said}")
    assert found.message == "The passage does not name a node that its graph does not introduce either."
    assert not findings(sample, f"{place} {{ event:x a fg:LifeEvent ; {fact} . {node} a fg:Thing . }}\n{said}")


def test_what_only_another_document_names_says_so(sample: Sample) -> None:
    place = "<#:~:text=She%20left>"
    facts = f"{place} {{ event:x a fg:LifeEvent ; fg:participant person:castellan . person:castellan a fg:Person . }}\n"
    assert findings(sample, f"{facts} graph:citations {{ {place} fg:derivation fgv:fromContext . }}")
    assert not findings(sample, f"{facts} graph:citations {{ {place} fg:derivation fgv:fromOtherDocument . }}")
