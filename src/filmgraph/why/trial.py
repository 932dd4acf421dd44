"""Trials: running a query over part of the data, on a copy of the facts or on selected graphs of the store."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from filmgraph.rdf.namespaces import NON_CITATION_GRAPHS
from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.sparql.query import Edit, edit
from filmgraph.sparql.tokens import Token
from filmgraph.store.base import FactLookup
from filmgraph.why.limits import Unexplained
from filmgraph.why.rendering import TYPE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from pyoxigraph import Triple

    from filmgraph.rdf.results import Term
    from filmgraph.sparql.query import Query
    from filmgraph.store.base import Store
    from filmgraph.why.limits import Limits
    from filmgraph.why.witnesses import Citations

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SOON = 1_000  # facts that are read without counting them first
_KEPT = 200  # answers that are remembered
_TRIALS = 3_000  # how often a query may be tried for one row
_FRESH = 30.0  # seconds for which the rows of one answer share what was found once
_asked: WeakKeyDictionary[Store, dict[str, tuple[float, list[Quad]]]] = WeakKeyDictionary()

Answer = frozenset["Hashable"]


class Trial:
    """A query that can be run over the facts of chosen citations and those that need none.

    Args:
        query: The query.
        limits: How long trying may take.

    Attributes:
        columns: The order of the columns of the rows that are asked for; of ``SELECT *`` it may not be the engine's.
        citations: All citations that bear on the answer, as far as they are known.
    """

    def __init__(self, query: Query, limits: Limits) -> None:
        self.query = query
        self.columns: list[str] = []
        self.citations: Citations = frozenset()
        self._limits = limits
        self._spent = 0.0
        self._text, self._counting = _counted(query)
        self._answers: dict[Citations, Answer] = {}
        self._blank: set[Term] = set()

    def answer(self, chosen: Citations) -> Answer:
        """Return the answer of the query over the facts of chosen citations and those that need none."""
        known = self._answers.get(chosen)
        if known is None:
            if len(self._answers) > _KEPT:
                self._answers.clear()
            known = self._answers[chosen] = self._run(chosen)
        return known

    def _run(self, chosen: Citations) -> Answer:
        if self._spent > self._limits.seconds_of_trying:
            raise Unexplained("trying out its citations takes too long")
        begin = monotonic()
        try:
            return self._tried(chosen)
        finally:
            self._spent += monotonic() - begin

    def _tried(self, chosen: Citations) -> Answer:
        raise NotImplementedError

    def _triples(self, found: Iterable[Triple]) -> Answer:
        return frozenset(self._comparable((t.subject, t.predicate, t.object)) for t in found)

    def _rows(self, names: list[str], found: Iterable[Iterable[Term | None]]) -> Answer:
        if names[: len(self.columns)] == self.columns:
            return frozenset(tuple(row) for row in found)
        places = [names.index(name) for name in self.columns] + list(range(len(self.columns), len(names)))
        return frozenset(tuple([values[place] for place in places]) for values in map(tuple, found))

    def gives(self, row: Hashable, chosen: Citations) -> bool:
        """Whether the chosen citations alone yield a row."""
        if self.query.form in ("construct", "describe") and isinstance(row, tuple):
            row = self._comparable(row)
        if self._counting and isinstance(row, tuple):
            everything = self.answer(self.citations)
            counts = {known[-1] for known in everything if isinstance(known, tuple) and known[:-1] == row}
            return any((*row, count) in self.answer(chosen) for count in counts)
        return row in self.answer(chosen)

    def _comparable(self, triple: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
        """Replace by one placeholder the blank nodes that a CONSTRUCT template creates."""
        return tuple("_:" if isinstance(t, BlankNode) and t not in self._blank else t for t in triple)

    def grown(self, row: Hashable, base: Citations) -> Citations:
        """Return a minimal set of citations that yields a row and includes all of ``base``.

        Raises:
            Unexplained: Even all citations do not give the row.
        """
        if self.gives(row, base):
            return base
        chosen = base | self.citations
        if not self.gives(row, chosen):
            raise Unexplained("the query does not give this row each time it is run")
        return self.shrunk(row, chosen, keep=base)

    def shrunk(self, row: Hashable, chosen: Citations, *, keep: Citations = frozenset()) -> Citations:
        """Remove citations, many at a time and then one by one, for as long as the row is still given."""
        size = max(1, len(chosen - keep) // 2)
        trials = 0
        while True:
            removed = False
            rest = sorted(chosen - keep)
            for begin in range(0, len(rest), size):
                fewer = chosen - set(rest[begin : begin + size])
                trials += 1
                if fewer != chosen and self.gives(row, fewer):
                    chosen, removed = fewer, True
                if trials > _TRIALS:
                    raise Unexplained("too many facts bear on it")
            if size == 1 and not removed:
                return chosen
            size = max(1, size // 2)


class Slice(Trial):
    """A trial on a copy of all facts that any pattern of the query can match.

    Args:
        query: The query.
        quads: Facts in named graphs.
        bare: Facts that stand in the default graph only.
        limits: How long trying may take.
    """

    def __init__(self, query: Query, quads: list[Quad], bare: list[Quad], limits: Limits) -> None:
        super().__init__(query, limits)
        self._free = list(bare)
        self._store: ox.Store | None = None
        self._bare: frozenset[Quad] = frozenset()
        self._cuts = any(n.kind == "SubSelect" and n.find("LimitOffset") is not None for n in query.root.walk())
        self._graphs: dict[str, list[Quad]] = {}
        for quad in quads:
            both = [quad, Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())]
            name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else str(quad.graph_name)
            if name in NON_CITATION_GRAPHS:
                self._free += both
            else:
                self._graphs.setdefault(name, []).extend(both)
        self.citations: Citations = frozenset(self._graphs)
        self._blank = {
            term for quad in [*quads, *bare] for term in (quad.subject, quad.object) if isinstance(term, BlankNode)
        }

    @classmethod
    def of(
        cls, store: Store, query: Query, limits: Limits, *, most: int | None = None, only: Citations | None = None
    ) -> Slice | None:
        """Copy the facts; None where there are more than ``most``.

        Args:
            store: What is asked.
            query: The query.
            limits: How many facts may be copied, and how long trying may take.
            most: How many facts may be copied, where that is fewer.
            only: Copy of all citations only these; facts that need no citation are copied in any case.
        """
        most = limits.facts if most is None else most
        wanted = predicates(query)
        if only is not None and _counted(query)[1]:
            return None
        if wanted is not None and not wanted:
            return cls(query, [], [], limits)
        given = "" if wanted is None else f"VALUES ?p {{ {' '.join(wanted)} }}"
        pattern = f"{given} GRAPH ?g {{ ?s ?p ?o }}"
        if only is not None:
            pattern = _of_graphs(only, wanted)
        # The default graph has each fact once, so it is quicker to count, and never has more.
        everywhere = only is None and not query.body.all("DatasetClause")
        if most < _SOON and everywhere and _count(store, f"{given} ?s ?p ?o", most) > most:
            return None
        asked = f"SELECT ?s ?p ?o ?g {{ {pattern} }} LIMIT "
        quads = _read(store, f"{asked}{min(most, _SOON) + 1}")
        if len(quads) > _SOON:
            if (everywhere and _count(store, f"{given} ?s ?p ?o", most) > most) or _count(store, pattern, most) > most:
                return None
            quads = _read(store, f"{asked}{most + 1}")
        if len(quads) > most:
            return None
        bare: list[Quad] | None = []
        if not (isinstance(store, FactLookup) and store.complete):
            bare = _unstated(store, given, most) if only is not None else _beside(store, given, quads, most)
        return cls(query, quads, bare, limits) if bare is not None and len(bare) <= most else None

    def _tried(self, chosen: Citations) -> Answer:
        if self._store is None:
            self._store = ox.Store()
            self._store.extend(self._free)
            self._bare = frozenset(self._free)
        quads = (quad for name in self._graphs if name in chosen for quad in self._graphs[name])
        added = dict.fromkeys(quad for quad in quads if quad not in self._bare)  # their order decides what LIMIT cuts
        self._store.extend(added)
        try:
            answer = self._answer(self._store.query(self._text))
            return answer & self._backwards(added) if self._cuts else answer
        finally:
            for quad in added:
                self._store.remove(quad)
            for name in chosen & self.citations:
                self._store.remove_graph(self._graphs[name][0].graph_name)  # or it stays, with nothing in it

    def _backwards(self, added: Iterable[Quad]) -> Answer:
        """Return the answer over the same facts loaded in reverse order, on which an inner LIMIT may depend."""
        store = ox.Store()
        store.extend([*reversed([*self._free, *added])])
        return self._answer(store.query(self._text))

    def _answer(self, found: ox.QueryBoolean | ox.QueryTriples | ox.QuerySolutions) -> Answer:
        if isinstance(found, ox.QueryBoolean):
            return frozenset([(bool(found),)])
        if isinstance(found, ox.QueryTriples):
            return self._triples(found)
        return self._rows([variable.value for variable in found.variables], found)


class Dataset(Trial):
    """A trial on the store itself with FROM, for queries that do not depend on how often a fact occurs.

    Args:
        store: What is asked; each of its facts stands in a named graph.
        query: The query; more facts can only give it more rows.
        limits: How long trying may take.
    """

    def __init__(self, store: Store, query: Query, limits: Limits) -> None:
        super().__init__(query, limits)
        self._asked = store
        self._place = query.body.child("WhereClause").start
        named = any(node.kind == "Graph" for node in query.root.walk())
        self._clause = "FROM <{0}> FROM NAMED <{0}>" if named else "FROM <{0}>"

    @classmethod
    def of(cls, store: Store, query: Query, limits: Limits) -> Dataset | None:
        """Return a trial on the store; None where the store or the query does not allow FROM."""
        complete = isinstance(store, FactLookup) and store.complete
        if not complete or query.form == "describe" or query.body.find("DatasetClause") is not None:
            return None
        return cls(store, query, limits) if query.body.find("WhereClause") is not None else None

    def _tried(self, chosen: Citations) -> Answer:
        names = sorted([*chosen, *NON_CITATION_GRAPHS])
        graphs = " ".join(map(self._clause.format, names))
        found = self._asked.query(f"{self._text[: self._place]} {graphs} {self._text[self._place :]}")
        if isinstance(found, Truth):
            return frozenset([(found.value,)])
        return (
            self._triples(found.triples) if isinstance(found, Triples) else self._rows([*found.variables], found.rows)
        )


def _of_graphs(citations: Citations, wanted: list[str] | None) -> str:
    """Return a pattern for the facts with the wanted properties, in some citations and in non-citation graphs."""
    cited = " ".join(f"<{name}>" for name in sorted(citations) if not name.startswith("_:"))
    free = " ".join(f"<{name}>" for name in sorted(NON_CITATION_GRAPHS))
    if wanted is None:
        return f"VALUES ?g {{ {cited} {free} }} GRAPH ?g {{ ?s ?p ?o }}"
    # A citation has few facts, and the other graphs have many, of which an index has those of a property.
    return (
        f"{{ VALUES ?g {{ {cited} }} GRAPH ?g {{ ?s ?p ?o }} FILTER (?p IN ({', '.join(wanted)})) }} UNION"
        f" {{ VALUES ?g {{ {free} }} VALUES ?p {{ {' '.join(wanted)} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    )


def _read(store: Store, text: str) -> list[Quad]:
    found = store.query(text)
    assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
    graph = found.variables.index("g") if "g" in found.variables else None
    quads: list[Quad] = []
    for row in found.rows:
        subject, predicate, object_ = row[:3]
        name = row[graph] if graph is not None else DefaultGraph()
        quads.append(Quad(subject, predicate, object_, name))  # type: ignore[arg-type]  # what a graph holds
    return quads


def _beside(store: Store, given: str, quads: list[Quad], most: int) -> list[Quad] | None:
    """Return the facts of the default graph that none of these quads states; None where too many must be read.

    They are subtracted here: some engines look for each fact in one graph after the other.
    """
    known = {quad.triple for quad in quads}
    enough = len(known) + most + 1
    found = _read(store, f"SELECT ?s ?p ?o {{ {given} ?s ?p ?o }} LIMIT {enough}")
    if len(found) == enough:
        return None
    if any(isinstance(term, BlankNode) for quad in found for term in (quad.subject, quad.object)):
        return _unstated(store, given, most)  # an endpoint names them anew in each answer
    return [quad for quad in found if quad.triple not in known]


def _unstated(store: Store, given: str, most: int) -> list[Quad]:
    """The facts of the default graph that no named graph states."""
    text = f"SELECT ?s ?p ?o {{ {given} ?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LIMIT {most + 1}"
    asked = _asked.setdefault(store, {})
    moment, found = asked.get(text, (-_FRESH, []))
    if monotonic() - moment > _FRESH:
        asked.clear()
        moment, found = asked[text] = monotonic(), _read(store, text)
    return found


def _counted(query: Query) -> tuple[str, bool]:
    """Return the query with a count of each group's solutions if it has SAMPLE or GROUP_CONCAT, and whether it has."""
    clause = query.body.nodes[0]
    picks = [n for n in clause.walk() if n.kind == "Aggregate" and n.first.text.upper() in ("SAMPLE", "GROUP_CONCAT")]
    if query.form != "select" or not picks:
        return query.text, False
    name = "why_count"
    while name in query.variables:
        name += "_"
    return edit(query.text, [Edit(clause.end, clause.end, f" (COUNT(*) AS ?{name})")]), True


def _count(store: Store, pattern: str, most: int) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?s {{ {pattern} }} LIMIT {most + 1} }} }}")
    assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
    number = found.rows[0][0]
    return int(number.value) if isinstance(number, Literal) else 0


def predicates(query: Query) -> list[str] | None:
    """Return the predicates of the query's patterns as it writes them; None where any predicate may match."""
    if query.form == "describe":
        return None
    found: dict[str, None] = {}
    for node in query.root.walk(skip=frozenset({"ConstructTemplate"})):
        if node.kind == "Collection":
            found.update(dict.fromkeys(f"<{_RDF}{name}>" for name in ("first", "rest")))
        if node.kind == "Graph" and node.find("GroupGraphPattern") and not node.nodes[-1].find("TriplesBlock"):
            return None  # which named graphs there are may matter
        if node.kind != "Verb":
            continue
        if isinstance(node.children[0], Token):
            return None
        for inner in node.walk():
            # A path of no length joins any node to itself, so any fact may matter.
            if inner.kind == "PathNegated" or (inner.kind == "PathMod" and inner.token(-1).text in "*?"):
                return None
            if inner.kind == "Iri":
                found[TYPE if inner.first.text == "a" else inner.first.text] = None
    return [_full(query, name) for name in found]


def _full(query: Query, name: str) -> str:
    if name.startswith("<") and query.base is None:
        return name  # else it may be relative to the base
    solutions = ox.Store().query(f"{query.text[: query.body.start]}SELECT ({name} AS ?iri) {{}}")
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 -- it was a SELECT
    return str(next(solutions)[0])
