"""Every literal and every label of a film's graph is in the output, or in the count of what is lost; in each format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pymarc
import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.conftest import ROOT
from tests.exporters.conftest import PROLOGUE
from tests.exporters.film_texts import FERRY

from filmgraph.errors import FilmgraphError
from filmgraph.exporters import Request, find, names
from filmgraph.rdf.date_words import date_words
from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import FG, NON_CITATION_GRAPHS, PREFIXES
from filmgraph.store.memory import from_quads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

BUNDLED = PREFIXES["film"] + "last-train-home"
PUNCTUATION = ".,;:!()[]“”"
DERIVED = {FG + "earliest", FG + "latest"}
_TURTLE = ("turtle", "bibframe", "ebucoreplus", "fiafcore")
_TRIPLES = {"ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
_TRIPLES |= {"rdfxml": ox.RdfFormat.RDF_XML} | dict.fromkeys(_TURTLE, ox.RdfFormat.TURTLE)


def ontology() -> tuple[dict[str, list[str]], dict[str, str]]:
    """The properties of literals that things of a class may have, and what their values are."""
    of_class: dict[str, list[str]] = {}
    ranges: dict[str, str] = {}
    quads = list(parse(str(ROOT / "ontology/filmgraph.ttl")))
    literal = {q.subject for q in quads if getattr(q.object, "value", "").endswith("#DatatypeProperty")}
    for quad in quads:
        if quad.subject in literal and isinstance(quad.subject, ox.NamedNode):
            name = quad.subject.value.removeprefix(FG)
            iri = str(getattr(quad.object, "value", ""))
            if quad.predicate.value.endswith("domainIncludes") and iri.startswith(FG):
                of_class.setdefault(iri.removeprefix(FG), []).append(name)
            elif quad.predicate.value.endswith("rangeIncludes"):
                ranges[name] = re.split("[#/]", iri)[-1]
    of_facts = sorted(of_class.keys() - {"Citation", "SourceDocument"})
    return {name: sorted(of_class[name]) for name in of_facts}, ranges


OF_CLASS, RANGES = ontology()
LINKS = {"Award": "award", "Person": "agent", "Organisation": "outlet", "Place": "place", "EventEdition": "partOf"}


def value(kind: str, number: int, text: str) -> str:
    """A value that no other property has."""
    datatype = PREFIXES["xsd"] + kind
    if kind in {"integer", "decimal"}:
        return f'"{700_000 + number}"^^<{datatype}>'
    if kind == "EDTF":
        return f'"{1000 + number}"^^edtf:EDTF'
    if kind == "duration":
        return f'"PT{300 + number}M"^^<{datatype}>'
    if kind == "time":
        return f'"{number % 24:02}:{number // 24 % 60:02}:17"^^<{datatype}>'
    assert kind in {"string", "langString"}, kind
    return str(ox.Literal(f"Q{number}{text}q{number}", language="en" if kind == "langString" else None))


def film_of(texts: list[str]) -> Store:
    """A film about which everything is said that the ontology has words for, each with a value of its own."""
    lines = [f"film:night-ferry a fg:Film ; fg:title title:night-ferry.one ; fg:date {value('EDTF', 900, '')} ."]
    lines.append(f"title:night-ferry.one a fg:Title ; fg:titleText {value('langString', 901, texts[0])} .")
    number = 0
    for class_, properties in OF_CLASS.items():
        for copy in ("a", "b"):
            iri = f"<{PREFIXES['id']}{class_.lower()}/night-ferry.{copy}>" if class_ != "Film" else "film:night-ferry"
            link = LINKS.get(class_)
            lines.append(f"{iri} a fg:{class_} .")
            if link:
                credit = f"<{PREFIXES['id']}credit/night-ferry.{class_.lower()}.{copy}>"
                lines.append(f"{credit} a fg:Credit ; fg:film film:night-ferry ; fg:{link} {iri} .")
            elif class_ == "Title":
                lines.append(f"film:night-ferry fg:title {iri} .")
            elif class_ != "Film":
                lines.append(f"{iri} fg:film film:night-ferry ; fg:describes film:night-ferry .")
            for name in properties:
                number += 1
                kind = RANGES.get(name, "string")
                lines.append(f"{iri} fg:{name} {value(kind, number, texts[number % len(texts)])} .")
    facts = "\n  ".join(lines)
    citation = "<urn:guide#char=0,90>"
    text = f"{PROLOGUE}{citation} {{\n  {facts}\n}}\ngraph:citations {{ {citation} oa:hasSource <urn:guide> . }}"
    return from_quads(ox.parse(text.encode(), ox.RdfFormat.TRIG))


def texts_of(name: str, data: bytes) -> list[str]:
    """Every text in what a format wrote, as a reader of the format finds it."""
    if name in _TRIPLES:
        return [str(getattr(quad.object, "value", "")) for quad in ox.parse(data, _TRIPLES[name])]
    if name == "csv":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [archive.read(file).decode() for file in archive.namelist() if file.endswith(".csv")]
        return [cell for file in files for row in csv.reader(io.StringIO(file, newline="")) for cell in row]
    if name == "marc":
        records = list(pymarc.MARCReader(data, to_unicode=True, force_utf8=True))
        return [re.sub(r"\$[0-9a-z]", " ", str(field)) for record in records if record for field in record.fields]
    if name == "quickstatements":
        return [data.decode().replace('""', '"')]
    if name in {"dc", "mods", "marcxml", "graphml"}:
        return [
            text for node in etree.fromstring(data).iter() for text in ("".join(node.itertext()), *node.attrib.values())
        ]
    return list(_strings(json.loads(data)))


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif not isinstance(value, bool) and value is not None:
        yield str(value)


def graph_of(store: Store, film: str) -> list[ox.Quad]:
    """The facts of a film's graph that are stated in literals."""
    out = io.BytesIO()
    find("nquads").write(Request(store, film), out)
    return [
        quad
        for quad in ox.parse(out.getvalue(), ox.RdfFormat.N_QUADS)
        if isinstance(quad.object, ox.Literal)
        and getattr(quad.graph_name, "value", "") not in NON_CITATION_GRAPHS
        and quad.predicate.value not in DERIVED
    ]


def lacking(graph: list[ox.Quad], texts: list[str]) -> dict[str, set[tuple[str, str]]]:
    """By property the values of a film's graph that are in none of the texts."""
    whole = " ".join("\n".join(texts).casefold().split())  # headings begin with a capital
    words = {word.strip(PUNCTUATION) for word in whole.split()} | set(whole.split())
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in graph:
        text = str(getattr(quad.object, "value", ""))
        forms = {text, date_words(text), text.replace("-", "")}
        if text.isdecimal():
            forms.add(f"{int(text):,}")
        if match := re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
            forms.add(" ".join(f"{number} {unit}" for number, unit in parts if number))
            forms |= set() if seconds else {str(hours * 60 + minutes)}
        if not any(_in(form.casefold().split(), whole, words) for form in forms if form):
            name = quad.predicate.value.removeprefix(FG)
            in_words = re.sub("[A-Z]", lambda letter: f" {letter.group().lower()}", name)
            found.setdefault(in_words, set()).add((str(quad.subject), text))
    return found


def _in(parts: list[str], whole: str, words: set[str]) -> bool:
    return " ".join(parts) in whole or words.issuperset(parts)


def counted(losses: list[Loss]) -> dict[str, int]:
    """By property how many values a format says that it lost."""
    said = [loss.what for loss in losses if "nowhere" in loss.what]
    return {name: int(number) for what in said for number, name in re.findall(r"(\d+) of ([\w ]+)", what)}


def check(store: Store, name: str, film: str, graph: list[ox.Quad]) -> None:
    out = io.BytesIO()
    try:
        losses = find(name).write(Request(store, film), out)
    except FilmgraphError:
        return  # refused, and so not lost in silence
    missing = lacking(graph, texts_of(name, out.getvalue()))
    told = counted(losses)
    silent = {what: values for what, values in missing.items() if told.get(what, 0) < len(values)}
    assert not silent, (name, {what: (told.get(what, 0), sorted(values)[:4]) for what, values in silent.items()})


def test_there_is_something_to_lose() -> None:
    assert len(OF_CLASS) > 8
    assert len(names()) >= 17


@pytest.fixture(scope="module")
def bundled_graph(bundled: Store) -> list[ox.Quad]:
    return graph_of(bundled, BUNDLED)


@pytest.mark.parametrize("name", names())
def test_a_bundled_film_loses_nothing_in_silence(name: str, bundled: Store, bundled_graph: list[ox.Quad]) -> None:
    check(bundled, name, BUNDLED, bundled_graph)


@pytest.mark.parametrize("name", names())
@settings(max_examples=2)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
@example(["a\x01b", "c\x85d", "e\ufffef", "g\x1bh"])
@example(["<&>]]>\"'", "夜渡", "a_b", "back\\slash", "\u202eright"])
def test_a_film_of_which_everything_is_said_loses_nothing_in_silence(name: str, texts: list[str]) -> None:
    store = film_of(texts)
    check(store, name, FERRY, graph_of(store, FERRY))


def test_the_check_itself_can_fail() -> None:
    missing = lacking(graph_of(film_of(["plain"]), FERRY), ["nothing"])
    assert sum(map(len, missing.values())) > 50
