"""Stores that answer until a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from filmgraph.catalogue import Catalogue
from filmgraph.errors import QueryTimeoutError
from filmgraph.graph import Graph
from filmgraph.rdf.results import Truth
from filmgraph.store.base import FactLookup, NameIndexed
from filmgraph.store.deadline import with_deadline
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


class Clock:
    """A clock that goes when it is told to, so that no test depends on how busy the machine is."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("filmgraph.store.deadline.monotonic", clock)
    return clock


class Slow:
    """A store of which every query takes a while."""

    origin = MEMORY

    def __init__(self, store: Store, clock: Clock, seconds: float) -> None:
        self.store, self.clock, self.seconds = store, clock, seconds

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        self.clock.pass_by(self.seconds)
        return self.store.query(text, timeout=timeout)

    def quads(self) -> Iterator[ox.Quad]:
        return self.store.quads()

    def close(self) -> None:
        self.store.close()


def test_it_answers_while_there_is_time_and_then_no_longer(store: EmbeddedStore, clock: Clock) -> None:
    quick = with_deadline(store, 200)
    assert quick.query("ASK { ?s ?p ?o }") == Truth(value=True)
    clock.pass_by(201)
    with pytest.raises(QueryTimeoutError, match=r"The answer took longer than 200 seconds"):
        quick.query("ASK { ?s ?p ?o }")


def test_another_store_shares_its_time(store: EmbeddedStore, clock: Clock) -> None:
    quick = with_deadline(store, 50)
    clock.pass_by(60)
    with pytest.raises(QueryTimeoutError):
        quick.beside(store).query("ASK {}")


def test_it_can_do_what_the_store_can(store: EmbeddedStore, clock: Clock) -> None:
    quick = with_deadline(store, 9)
    slow = with_deadline(Slow(store, clock, 0), 9)
    assert isinstance(quick, FactLookup)
    assert not isinstance(slow, FactLookup)
    assert isinstance(quick, NameIndexed)
    fact = (ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.NamedNode(EX + "b"))
    assert quick.graphs(*fact) == [EX + "g"]


@pytest.mark.parametrize("why", [False, True])
def test_the_time_of_an_answer_counts_its_evidence(
    store: EmbeddedStore,
    clock: Clock,
    why: bool,  # noqa: FBT001  a parameter of pytest
    tmp_path: Path,
) -> None:
    slow = Slow(store, clock, 150)
    graph = Graph(slow, catalogue=Catalogue(str(tmp_path)))
    text = f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}"
    if why:
        with pytest.raises(QueryTimeoutError, match=r"longer than 100 seconds"):
            graph.query(text, why=True, timeout=100)
    else:
        assert len(graph.query(text, timeout=100).to_rows()) == 2


def test_labels_are_looked_up_after_the_time_in_python(store: EmbeddedStore, clock: Clock, tmp_path: Path) -> None:
    graph = Graph(store, catalogue=Catalogue(str(tmp_path)))
    answer = graph.query(f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}", timeout=500)
    clock.pass_by(550)
    assert answer.glossary.labels([EX + "b"]) == {}
    late = graph.within(500, labels=True).query(f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }}")
    clock.pass_by(550)
    with pytest.raises(QueryTimeoutError):
        late.glossary.labels([EX + "b"])
