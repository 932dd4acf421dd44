"""The network: a sound GraphML file with the edges that the facts give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.exporters.film_texts import FERRY, TEXTS

from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.exporters import Loss
    from filmgraph.store.base import Store

    Written = Callable[..., tuple[bytes, list[Loss]]]

NS = "{http://graphml.graphdrawing.org/xmlns}"
TRAIN = PREFIXES["film"] + "last-train-home"


def network(data: bytes) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, dict[str, str]]]]:
    """Nodes by their IRIs, and edges between IRIs; what is unsound in the file fails."""
    root = ET.fromstring(data)  # noqa: S314 -- our own file
    kinds = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.findall(f"{NS}key")}
    ids: dict[str | None, str] = {}
    nodes: dict[str, dict[str, str]] = {}
    edges: list[tuple[str, str, dict[str, str]]] = []
    for element in root.findall(f"{NS}graph/*"):
        name, kind = element.get("id") or "", element.tag.removeprefix(NS)
        assert re.fullmatch(r"[\w.:-]+", name, re.ASCII)
        values = {str(data.get("key")): str(data.text) for data in element}
        assert all(kinds[key][0] == kind for key in values)
        assert all(value.isdecimal() for key, value in values.items() if kinds[key][1] == "int")
        if kind == "node":
            assert name not in ids
            ids[name] = values["iri"]
            nodes[values["iri"]] = values
        else:
            edges.append((ids[element.get("source")], ids[element.get("target")], values))
    return nodes, edges


def test_everything_bundled_is_one_network(bundled: Store, written: Written) -> None:
    data, losses = written(bundled, "graphml")
    nodes, edges = network(data)
    person = PREFIXES["person"]
    assert nodes[TRAIN]["label"] == "Last Train Home"
    assert nodes[person + "lixin-fan"]["kind"] == "Person"
    relations = {(source, target, values["relation"]) for source, target, values in edges}
    assert (person + "zhang-changhua", person + "zhang-qin", "parentOf") in relations
    roles = {
        values["role"]: int(values["stated"])
        for s, t, values in edges
        if s == person + "lixin-fan" and t == TRAIN and "role" in values
    }
    assert roles["film director"] > 3
    assert [loss.kept_in for loss in losses] == ["", "numbers of citations", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_a_film_of_any_kind_is_a_network(text: str, store_of: Callable[[str], Store], written: Written) -> None:
    nodes, edges = network(written(store_of(TEXTS[text]), "graphml", FERRY)[0])
    assert FERRY in nodes
    assert len(edges) == {"title only": 0, "ten thousand credits": 10_000}.get(text, len(edges))


def test_the_check_itself_can_fail(bundled: Store, written: Written) -> None:
    data, _ = written(bundled, "graphml", TRAIN)
    with pytest.raises(KeyError):
        network(data.replace(b'target="n0"', b'target="nowhere"').replace(b'source="n1"', b'source="nowhere"'))


def test_a_film_looks_as_it_did_when_it_was_reviewed(
    bundled: Store, written: Written, golden: Callable[[str, bytes], bytes]
) -> None:
    data, _ = written(bundled, "graphml", TRAIN)
    assert data == golden("export/last-train-home.graphml", data)
