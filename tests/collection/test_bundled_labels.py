"""Every label that the bundled collection's questions may show reads as English."""

from __future__ import annotations

import re

import pytest

import filmgraph
from filmgraph.rdf.results import Solutions

PREPOSITIONS = "at|by|for|from|in|of|on|to|with"
FAULTS = {
    "a word that stands twice": r"\b([a-z]+) \1\b",
    "a name that is said twice": r"^(.+), \1(?:,|$)",
    "a preposition after another": rf"(?<!\w)(?:{PREPOSITIONS}) (?:{PREPOSITIONS}) ",
    "a preposition at the end": rf" (?:{PREPOSITIONS})$",
    "a preposition at the start": r"^(?:of|with) ",
    "one of several": r"(?<![\d.,])1 (?!per|US)\w+s$",
    "several of one": r"(?<![\d.,])(?:[2-9]|\d\d+) (?:year|month|week|day|hour|minute|film|award|festival|holiday)$",
    "empty brackets": r"\(\s*\)|\[\s*\]",
    "a date that is no words": r"\b\d{4}-\d\d\b|\.\./",
    "a length of time that is no words": r"\bPT?\d+[YMDHS]",
    "spaces in a row": r"  |^ | $",
    "a comma without a word before it": r" ,|^,|, *,",
}


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?node ?label { ?node rdfs:label ?label FILTER(STRSTARTS(STR(?node), "https://w3id.org/filmgraph/id/")) }
    """
    found = filmgraph.open().store.query(query)
    assert isinstance(found, Solutions)
    return {str(node): label.value for node, label in found.rows}  # type: ignore[union-attr]  # a label is a literal


@pytest.mark.parametrize("fault", FAULTS)
def test_no_label_has(fault: str, labels: dict[str, str]) -> None:
    assert len(labels) > 500
    pattern = re.compile(FAULTS[fault])
    assert {node: label for node, label in labels.items() if pattern.search(label)} == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_label_with_such_a_fault_is_found(fault: str) -> None:
    wrong = {
        "a word that stands twice": "duration of of SPIT",
        "a name that is said twice": "Emmy, Emmy, 2012",
        "a preposition after another": "presented in association with of Night Ferry",
        "a preposition at the end": "Quay TV, presented in association with",
        "a preposition at the start": "of Night Ferry",
        "one of several": "the walk: 1 years",
        "several of one": "the walk: 2 holiday",
        "empty brackets": "event ()",
        "a date that is no words": "Night Ferry, cinemas, 2010-09-09",
        "a length of time that is no words": "PT1H30M",
        "spaces in a row": "Night  Ferry",
        "a comma without a word before it": "Ada , director",
    }
    assert re.search(FAULTS[fault], wrong[fault])
