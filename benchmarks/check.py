"""How much faster the compiled shapes are than pySHACL, on the same data in one run.

    python benchmarks/check.py [FACTS]

Makes a collection of about FACTS facts (100,000 by default) in which two sources agree and differ, with a seeded
fault in one film of a hundred, and checks it with both engines. Prints the time of each pass, the ratio, and whether
the findings are the same. At a million facts pySHACL takes some minutes.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.collection import Collection
from filmgraph.derive import derived, merged
from filmgraph.facts import stated
from filmgraph.namespaces import EDTF, FG, PREFIXES, SOURCES_GRAPH
from filmgraph.resources import root
from filmgraph.store.embedded import EmbeddedStore
from filmgraph.validation import engine, per_source, reference
from filmgraph.validation.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACTS_PER_FILM = 98
WANTED = 8
TYPE, LABEL = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["rdfs"] + "label")
ROLES = ("fmd", "fmp", "cng", "flm", "onp")


def fg(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(FG + name)


def node(kind: str, name: str) -> ox.NamedNode:
    """An identity node."""
    return ox.NamedNode(f"{PREFIXES[kind]}{name}")


def typed(text: str, datatype: str) -> ox.Literal:
    """A literal with a datatype."""
    return ox.Literal(text, datatype=ox.NamedNode(datatype))


def film(number: int, passage: int, source: str, chance: random.Random) -> Iterator[ox.Quad]:
    """What one source says of one film, in one passage."""
    graph = ox.NamedNode(f"{source}#char={passage * 500},{passage * 500 + 400}")

    def say(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, predicate, value, graph)

    faulty = number % 100 == 0
    work, title = node("film", f"f{number}"), node("title", f"f{number}-1")
    yield say(work, TYPE, fg("Film"))
    yield say(work, fg("title"), title)
    yield say(title, TYPE, fg("Title"))
    yield say(
        title, fg("titleText"), ox.Literal(f"Film {number}") if faulty else ox.Literal(f"Film {number}", language="en")
    )
    minutes = 60 + number % 60 + chance.choice((0, 0, 0, 1))
    yield say(work, fg("runtime"), typed(f"PT{minutes}M", PREFIXES["xsd"] + "duration"))
    yield say(work, fg("productionCountry"), node("country", chance.choice(("CA", "CN", "DK"))))
    for role in ROLES:
        person = node("person", f"p{(number * 7 + len(role) * 13 + ROLES.index(role)) % (number // 2 + 50)}")
        credit = node("credit", f"f{number}-{person.value.rpartition('/')[2]}-{role}")
        yield say(person, TYPE, fg("Person"))
        yield say(person, fg("name"), ox.Literal(f"Person {person.value.rpartition('/')[2]}", language="en"))
        yield say(credit, TYPE, fg("Credit"))
        yield say(credit, fg("film"), work)
        if not (faulty and role == "cng"):
            yield say(credit, fg("agent"), person)
        yield say(credit, fg("role"), node("rel", role))
    release = node("release", f"f{number}-theatrical-CA")
    yield say(release, TYPE, fg("TheatricalRelease"))
    yield say(release, fg("film"), work)
    yield say(release, fg("territory"), node("country", "CA"))
    yield say(release, fg("date"), typed(f"{1990 + number % 30}-{1 + chance.randrange(12):02}", EDTF))
    figure = node("figure", f"{graph.value.rpartition('/')[2].replace('#', '-')}-votes")
    yield say(figure, TYPE, fg("Figure"))
    yield say(figure, fg("describes"), work)
    yield say(figure, fg("variable"), node("fgv", "voteCount"))
    yield say(figure, fg("unit"), node("fgv", "vote"))
    yield say(figure, fg("value"), ox.Literal(chance.randrange(100_000)))


def collection(films: int) -> Iterator[ox.Quad]:
    """A collection of films from two sources, with the bundled ontology and vocabularies."""
    chance = random.Random(0)  # noqa: S311 -- the same data each time
    bundled = Collection(root())
    for quad in stated(bundled):
        if quad.graph_name in {ox.NamedNode(PREFIXES["graph"] + name) for name in ("ontology", "reference")}:
            yield quad
    graph = ox.NamedNode(SOURCES_GRAPH)
    for slug in ("a", "b"):
        source = node("source", f"{slug}.01234567")
        yield ox.Quad(source, TYPE, fg("SourceDocument"), graph)
        yield ox.Quad(source, ox.NamedNode(PREFIXES["dcterms"] + "title"), ox.Literal(slug, language="en"), graph)
        yield ox.Quad(source, fg("sha256"), ox.Literal("01234567" * 8), graph)
        yield ox.Quad(source, fg("charLength"), ox.Literal(films * 500), graph)
        for number in range(films):
            yield from film(number, number, source.value, chance)


def timed(name: str, work: Callable[[], list[object]]) -> tuple[float, list[object]]:
    """Run, print and return the time and what came out."""
    start = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - start
    print(f"  {name:<34} {seconds:8.2f} s   {len(found):>7,} results")
    return seconds, found


def main(facts: int) -> int:
    """Compare the engines; exit with 1 where the compiled queries are not as fast as wanted, or differ."""
    store = ox.Store()
    quads = list(derived(collection(facts // FACTS_PER_FILM)))
    store.bulk_extend(quads)
    store.bulk_extend(merged(quads))
    embedded = EmbeddedStore(store, location="benchmark")
    library = Library.from_folder(f"{root()}/shapes", store=embedded)
    size = len({quad for quad in quads if "#char=" in str(quad.graph_name)})
    print(f"{size:,} facts, {len(library.structure)} shapes on the merged graph, {len(library.sources)} per source")

    subclasses = engine.subclasses_in(embedded)
    plan = engine.plan(library.structure, subclasses=subclasses)
    fast, ours = timed("compiled, merged graph", lambda: list(dict.fromkeys(engine.run(embedded, plan).results)))
    fast_s, ours_s = timed(
        "compiled, per source",
        lambda: list(per_source.by_queries(embedded, library.sources, subclasses=subclasses)[0]),
    )
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    slow, theirs = timed(
        "pySHACL, merged graph", lambda: list(dict.fromkeys(reference.validate(triples, library.structure)))
    )
    slow_s, theirs_s = timed("pySHACL, per source", lambda: list(per_source.by_pyshacl(embedded, library.sources)))
    timed("checks of the evidence", lambda: [one for each in library.evidence for one in each.findings(embedded)])
    same = set(ours) == set(theirs) and set(ours_s) == set(theirs_s)
    ratio = (slow + slow_s) / (fast + fast_s)
    print(f"ratio {ratio:.1f} (wanted: at least {WANTED}); the findings are {'the same' if same else 'DIFFERENT'}")
    return 0 if same and ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
