"""The ontology, its alignments and the vocabularies, read as files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib import Graph, URIRef

from filmgraph.rdf.namespaces import FG, PREFIXES

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = ROOT / "ontology" / "filmgraph.ttl"
ALIGNMENTS = sorted((ROOT / "ontology" / "alignments").glob("*.ttl"))
RDFS_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
DEFINITION = NamedNode(PREFIXES["skos"] + "definition")
EXAMPLE = NamedNode(PREFIXES["skos"] + "example")
DEFINED_BY = NamedNode(PREFIXES["rdfs"] + "isDefinedBy")
VOCABULARIES = {
    "schema-org": ("schemaorg/schemaorg-all-http.ttl", "turtle"),
    "fiafcore": ("fiafcore/FIAFcore.ttl", "turtle"),
    "ebucoreplus": ("ebucoreplus/ebucoreplus.ttl", "turtle"),
    "bibframe": ("bibframe/bibframe.rdf", "xml"),
    "prov": ("oa/prov-o.ttl", "turtle"),
    "web-annotation": ("oa/oa.ttl", "turtle"),
}


def triples(path: Path) -> list[tuple[str, NamedNode, object]]:
    return [
        (str(quad.subject.value), quad.predicate, quad.object) for quad in parse(path=path, format=RdfFormat.TURTLE)
    ]


TERMS = sorted({subject for subject, _, _ in triples(ONTOLOGY) if subject.startswith(FG)})


def test_there_are_terms_and_alignments_to_check() -> None:
    assert len(TERMS) > 80
    assert len(ALIGNMENTS) >= 7


@pytest.mark.parametrize("predicate", [RDFS_LABEL, DEFINITION, EXAMPLE])
def test_every_term_has_one_english_label_definition_and_example(predicate: NamedNode) -> None:
    found: Counter[str] = Counter()
    for subject, verb, value in triples(ONTOLOGY):
        if verb == predicate and isinstance(value, Literal) and value.language == "en" and value.value.strip():
            found[subject] += 1
    assert {term: found[term] for term in TERMS if found[term] != 1} == {}


def test_every_term_says_which_ontology_defines_it() -> None:
    defined = {subject for subject, verb, _ in triples(ONTOLOGY) if verb == DEFINED_BY}
    assert sorted(set(TERMS) - defined) == []


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_speaks_only_of_terms_that_exist(path: Path) -> None:
    assert sorted({subject for subject, _, _ in triples(path)} - set(TERMS)) == []


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_points_at_terms_of_the_official_vocabulary(path: Path, shared: Path) -> None:
    if path.stem not in VOCABULARIES:
        pytest.skip(f"no official file of {path.stem} at hand")
    name, syntax = VOCABULARIES[path.stem]
    vocabulary = Graph().parse(shared / "standards" / name, format=syntax)
    targets = {value.value for _, _, value in triples(path) if isinstance(value, NamedNode)}
    assert targets
    assert sorted(target for target in targets if (URIRef(target), None, None) not in vocabulary) == []


def test_no_concept_is_declared_twice() -> None:
    files = [ROOT / "data" / "reference.ttl", *sorted((ROOT / "ontology" / "vocabularies").glob("*.ttl"))]
    labels = Counter(subject for path in files for subject, verb, _ in triples(path) if verb == RDFS_LABEL)
    assert len(labels) > 1000
    assert [subject for subject, count in labels.items() if count != 1] == []
