"""What evidence costs: each question and query with and without it, side by side in one process.

    python benchmarks/why.py [QUADS] [STORE ...]

First every bundled question on the bundled collection; then the questions about one thing, with values of it, on each
STORE, which was built from a collection of benchmarks/generate.py; last the queries below on QUADS quads of synthetic
films in memory (default 1,000,000; 0 leaves them out).

Of a question all rows are explained, and the best of three runs counts: it is asked again and again, as by a server.
Of a query at most 20 rows are explained, and each run asks with a text of its own, so that nothing that is remembered
of a text helps. All times are of processors.
Targets: for the bundled collection a ratio of 2.5 at the median and 8 at worst, and no question over 150 ms; for stores
and queries 3 and 10.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
from questions import questions

import filmgraph
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.namespaces import BASE, DERIVED_GRAPH
from filmgraph.rdf.results import Explanation, Solutions, Triples, Truth
from filmgraph.sparql.reading import ready
from filmgraph.store.memory import from_quads
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.graph import Graph
    from filmgraph.store.embedded import EmbeddedStore

SHOWN = 20
TWICE = 0.05  # of the facts stand in a second passage
RUNS = 7
LONG = 0.5
"""Seconds above which a question is not about one thing, but reads all."""
PER_FILM = 50  # quads, about
_NUMBERS = itertools.count()
EX = BASE + "id/"
FG = BASE + "ns#"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PREFIXES = f"PREFIX fg: <{FG}> PREFIX id: <{EX}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"

QUERIES = {
    "look-up by name": 'SELECT ?film { ?film fg:title "Film 17" }',
    "credits of a film": "SELECT ?person ?role { ?c fg:work id:film17 ; fg:agent ?person ; fg:role ?role }",
    "credits with names": (
        "SELECT ?name ?role { ?c fg:work id:film17 ; fg:agent ?p ; fg:role ?role . ?p rdfs:label ?name }"
    ),
    "optional": (
        "SELECT ?film ?award { ?film fg:director id:person5 OPTIONAL { ?r fg:nominee ?film ; fg:award ?award } }"
    ),
    "union": "SELECT ?film { { ?film fg:director id:person5 } UNION { ?film fg:country id:country3 ; fg:year 1990 } }",
    "not exists": "SELECT ?film { ?film fg:director id:person5 FILTER NOT EXISTS { ?r fg:nominee ?film } }",
    "co-stars": "SELECT DISTINCT ?other { ?c fg:agent id:person9 ; fg:work ?w . ?d fg:work ?w ; fg:agent ?other }",
    "co-stars, two steps": (
        "SELECT DISTINCT ?other { ?c fg:agent id:person9 ; fg:work ?w . ?d fg:work ?w ; fg:agent ?x . "
        "?e fg:agent ?x ; fg:work ?v . ?f fg:work ?v ; fg:agent ?other }"
    ),
    "awards of a company": (
        "SELECT ?film ?award { ?film fg:company id:company4 . ?r fg:nominee ?film ; fg:award ?award }"
    ),
    "order and limit": "SELECT ?film ?n { ?film fg:votes ?n ; rdfs:label ?l } ORDER BY DESC(?n) LIMIT 20",
    "contains": 'SELECT ?film ?t { ?film fg:title ?t FILTER (CONTAINS(?t, "999")) }',
    "first rows": "SELECT ?film ?person { ?film fg:director ?person } LIMIT 20",
    "path +": "SELECT ?place { id:place900 fg:within+ ?place }",
    "path *, other end": "SELECT ?place { ?place fg:within* id:place40 }",
    "path /": "SELECT ?name { id:film17 fg:director/rdfs:label ?name }",
    "count all": "SELECT (COUNT(*) AS ?n) { ?film fg:director ?person }",
    "films by year": "SELECT ?year (COUNT(?film) AS ?n) { ?film fg:year ?year } GROUP BY ?year ORDER BY ?year",
    "busiest people": (
        "SELECT ?person (COUNT(?c) AS ?n) { ?c fg:agent ?person } GROUP BY ?person ORDER BY DESC(?n) ?person LIMIT 10"
    ),
    "films of a director": "SELECT (COUNT(?film) AS ?n) (MIN(?y) AS ?y0) { ?film fg:director id:person5 ; fg:year ?y }",
    "sub-select": (
        "SELECT ?film ?n { { SELECT ?film (COUNT(?r) AS ?n) { ?r fg:nominee ?film } GROUP BY ?film } "
        "?film fg:director id:person5 }"
    ),
    "ask": "ASK { ?film fg:director id:person5 ; fg:year ?y FILTER (?y > 1950) }",
    "construct": "CONSTRUCT { ?p fg:directed ?f } WHERE { ?f fg:director ?p ; fg:year 1990 } LIMIT 20",
    "a type": "SELECT DISTINCT ?type { ?x a ?type }",
}


def node(kind: str, number: int) -> ox.NamedNode:
    """A thing."""
    return ox.NamedNode(f"{EX}{kind}{number}")


def term(name: str) -> ox.NamedNode:
    """A property or a class."""
    return ox.NamedNode(FG + name)


def films(quads: int) -> Iterator[ox.Quad]:
    """Facts of films in passages of ten sources, four facts a passage, some facts in two passages."""
    chance = random.Random(7)  # noqa: S311 -- a benchmark must be repeatable
    count = max(20, quads // PER_FILM)
    people = count
    written = 0

    def state(*triple: ox.NamedNode | ox.Literal) -> Iterator[ox.Quad]:
        nonlocal written
        for _ in range(2 if chance.random() < TWICE else 1):
            source, place = written % 10, written // 40 * 100
            graph = ox.NamedNode(f"{BASE}source/s{source}.0000000{source}#char={place},{place + 90}")
            written += 1
            yield ox.Quad(*triple, graph)  # type: ignore[arg-type]  # subject and predicate are IRIs

    for number in range(1000):
        yield from state(node("place", number), term("within"), node("place", number // 3))
    for number in range(people):
        yield from _label(node("person", number), f"Person {number}")
    for number in range(count):
        film = node("film", number)
        yield from _label(film, f"Film {number}")
        yield from state(film, TYPE, term("Film"))
        yield from state(film, term("title"), ox.Literal(f"Film {number}"))
        yield from state(film, term("year"), ox.Literal(1900 + chance.randrange(125)))
        yield from state(film, term("votes"), ox.Literal(chance.randrange(10**6)))
        yield from state(film, term("director"), node("person", chance.randrange(people // 5 + 1)))
        yield from state(film, term("country"), node("country", chance.randrange(30)))
        yield from state(film, term("company"), node("company", chance.randrange(count // 20 + 1)))
        for credit in range(10):
            this = node("credit", number * 10 + credit)
            yield from state(this, TYPE, term("Credit"))
            yield from state(this, term("work"), film)
            yield from state(this, term("agent"), node("person", int(people * chance.random() ** 2)))
            yield from state(this, term("role"), node("role", credit % 6))
        if number % 3 == 0:
            result = node("result", number)
            yield from state(result, term("nominee"), film)
            yield from state(result, term("award"), node("award", chance.randrange(200)))


def _label(thing: ox.NamedNode, text: str) -> Iterator[ox.Quad]:
    yield ox.Quad(thing, LABEL, ox.Literal(text), ox.NamedNode(DERIVED_GRAPH))


def new(text: str) -> str:
    """The same query as a text that was never seen."""
    return f"{text} # {next(_NUMBERS)}"


def asked(store: EmbeddedStore, text: str) -> Solutions | Triples | Truth:
    """What answering a query takes without evidence: it is read, looked at, and run."""
    ready(text, {})
    return store.query(text)


def with_evidence(store: EmbeddedStore, text: str) -> list[Explanation]:
    """The same, and the evidence of what is shown."""
    return explain(store, text, shown(asked(store, text)))


def shown(answer: Solutions | Triples | Truth) -> Solutions | Triples | Truth:
    """The rows that a person sees."""
    if isinstance(answer, Solutions):
        return Solutions(answer.variables, answer.rows[:SHOWN])
    return Triples(answer.triples[:SHOWN]) if isinstance(answer, Triples) else answer


def best_ms(work: object, *, enough: float = 1.0, runs: int = RUNS) -> float:
    """The best time of several runs, in milliseconds of work."""
    assert callable(work)  # noqa: S101 -- called below
    times: list[float] = []
    while len(times) < runs and sum(times) < enough * 1000:
        begin = time.process_time()  # of all threads; a busy machine does not count
        work()
        times.append((time.process_time() - begin) * 1000)
    return min(times)


def measured(store: EmbeddedStore, name: str, text: str) -> float:
    """Measure one query and print its line."""
    answer = shown(store.query(text))
    plain = best_ms(lambda: asked(store, new(text)))
    both = best_ms(lambda: with_evidence(store, new(text)))
    found = explain(store, text, answer)
    tracemalloc.start()
    explain(store, text, answer)
    memory = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    explained = sum(bool(one.witnesses or one.tally) for one in found)
    reason = next((f"  ({one.unexplained})" for one in found if one.unexplained), "")
    ratio = both / plain
    print(f"{name:22}{plain:10.2f}{both:10.2f}{ratio:8.1f}{explained:6}/{len(found):<4}{memory:7.1f}{reason}")
    return ratio


class Measured(NamedTuple):
    """A question with its times in milliseconds."""

    name: str
    plain: float
    why: float
    rows: int
    explained: int

    @property
    def ratio(self) -> float:
        """How many times as long it takes with evidence."""
        return self.why / self.plain


def question(graph: Graph, name: str, given: dict[str, str]) -> Measured | None:
    """Measure a question; None where it takes too long to be about one thing."""
    try:
        if best_ms(lambda: graph.ask(name, timeout=LONG, **given), runs=1) > LONG * 1000:  # type: ignore[arg-type]
            return None
    except FilmgraphError:
        return None
    plain = best_ms(lambda: graph.ask(name, **given), runs=3)  # type: ignore[arg-type]
    why = best_ms(lambda: graph.ask(name, why=True, **given), runs=3)  # type: ignore[arg-type]
    answer = graph.ask(name, why=True, **given)  # type: ignore[arg-type]
    return Measured(name, plain, why, len(answer), sum(not row.unexplained for row in answer))


def table(title: str, measured: list[Measured]) -> None:
    """Print what was measured, the highest ratio first."""
    print(f"{title}\n{'question':28}{'plain ms':>10}{'why ms':>10}{'ratio':>8}{'explained':>13}")
    for one in sorted(measured, key=lambda one: -one.ratio):
        print(f"{one.name:28}{one.plain:10.2f}{one.why:10.2f}{one.ratio:8.1f}{one.explained:8}/{one.rows}")
    ratios, longest = [one.ratio for one in measured], max(one.why for one in measured)
    print(f"median {statistics.median(ratios):.1f}, worst {max(ratios):.1f}, longest {longest:.0f} ms\n")


def of_bundled() -> None:
    """All bundled questions on the bundled collection."""
    with filmgraph.open() as graph:
        asked = [question(graph, one.name, dict(one.example)) for one in graph.catalogue]
        table("bundled collection", [one for one in asked if one is not None])


def of_store(path: str) -> None:
    """The questions about one thing on a store."""
    with filmgraph.open(path) as graph:
        asked = list(questions(graph, ox.Store.read_only(path)))
        measured = [question(graph, one.name, one.given) for one in asked if one.given]
        table(path, [one for one in measured if one is not None])


def main() -> None:
    """Measure all questions and queries."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    quads = numbers[0] if numbers else 1_000_000
    of_bundled()
    for path in sys.argv[1:]:
        if not path.isdigit():
            of_store(path)
    if quads:
        of_queries(quads)


def of_queries(quads: int) -> None:
    """The queries of this program on synthetic films."""
    begin = time.perf_counter()
    store = from_quads(films(quads))
    print(f"{quads:,} quads made and loaded in {time.perf_counter() - begin:.1f} s")
    print(f"{'query':22}{'plain ms':>10}{'why ms':>10}{'ratio':>8}{'explained':>11}{'MB':>7}")
    ratios = [measured(store, name, PREFIXES + text) for name, text in QUERIES.items()]
    print(f"median {statistics.median(ratios):.1f}, worst {max(ratios):.1f}")


if __name__ == "__main__":
    main()
