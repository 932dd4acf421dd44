"""Stores that answer until a moment."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from filmgraph.catalogue import Catalogue
from filmgraph.errors import QueryTimeoutError
from filmgraph.graph import Graph
from filmgraph.rdf.results import Truth
from filmgraph.store.base import FactsAtHand, NamesAtHand
from filmgraph.store.deadline import hurried
from filmgraph.store.memory import from_quads
from filmgraph.store.origin import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filmgraph.rdf.results import Solutions, Triples
    from filmgraph.store.base import Store
    from filmgraph.store.embedded import EmbeddedStore

EX = "http://example.org/"
DATA = f"PREFIX : <{EX}> :g {{ :a :p :b , :c ; :q 1 }}".encode()


@pytest.fixture
def store() -> EmbeddedStore:
    return from_quads(ox.parse(DATA, format=ox.RdfFormat.TRIG))


class Slow:
    """A store of which every query takes a while."""

    origin = MEMORY

    def __init__(self, store: Store, seconds: float) -> None:
        self.store, self.seconds = store, seconds

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        sleep(self.seconds)
        return self.store.query(text, timeout=timeout)

    def quads(self) -> Iterator[ox.Quad]:
        return self.store.quads()

    def close(self) -> None:
        self.store.close()


def test_it_answers_while_there_is_time_and_then_no_longer(store: EmbeddedStore) -> None:
    quick = hurried(store, 0.2)
    assert quick.query("ASK { ?s ?p ?o }") == Truth(value=True)
    sleep(0.21)
    with pytest.raises(QueryTimeoutError, match=r"The answer took longer than 0\.2 seconds"):
        quick.query("ASK { ?s ?p ?o }")


def test_another_store_shares_its_time(store: EmbeddedStore) -> None:
    quick = hurried(store, 0.05)
    sleep(0.06)
    with pytest.raises(QueryTimeoutError):
        quick.beside(store).query("ASK {}")


def test_it_can_do_what_the_store_can(store: EmbeddedStore) -> None:
    quick = hurried(store, 9)
    slow = hurried(Slow(store, 0), 9)
    assert isinstance(quick, FactsAtHand)
    assert not isinstance(slow, FactsAtHand)
    assert isinstance(quick, NamesAtHand)
    fact = (ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.NamedNode(EX + "b"))
    assert quick.graphs(*fact) == [EX + "g"]


@pytest.mark.parametrize("why", [False, True])
def test_the_time_of_an_answer_counts_its_evidence(store: EmbeddedStore, why: bool, tmp_path: Path) -> None:  # noqa: FBT001
    slow = Slow(store, 0.15)
    graph = Graph(slow, catalogue=Catalogue(str(tmp_path)))
    text = f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}"
    if why:
        with pytest.raises(QueryTimeoutError, match=r"longer than 0\.1 seconds"):
            graph.query(text, why=True, timeout=0.1)
    else:
        assert len(graph.query(text, timeout=0.1).to_rows()) == 2


def test_labels_are_looked_up_after_the_time_in_python(store: EmbeddedStore, tmp_path: Path) -> None:
    graph = Graph(store, catalogue=Catalogue(str(tmp_path)))
    answer = graph.query(f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}", timeout=0.5)
    sleep(0.55)
    assert answer.glossary.labels([EX + "b"]) == {}
    late = graph.within(0.5, labels=True).query(f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}")
    sleep(0.55)
    with pytest.raises(QueryTimeoutError):
        late.glossary.labels([EX + "b"])
