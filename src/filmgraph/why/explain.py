"""Find the witnesses, minimal sets of citations, of the rows of any SPARQL query."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.errors import FilmgraphError, QueryFailedError
from filmgraph.rdf.citation import DIGITS
from filmgraph.rdf.results import Explanation, Solutions, Term, Triples, Truth
from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import projected
from filmgraph.store.base import Timed
from filmgraph.why.citations_of_facts import NODE, CitationCache, Fact
from filmgraph.why.constructed import possible, triple_ways
from filmgraph.why.deriving import Deriver
from filmgraph.why.grouping import TooMany
from filmgraph.why.inquiry import Inquiry
from filmgraph.why.limits import LIMITS, Limits, Unexplained
from filmgraph.why.prepared import prepared
from filmgraph.why.shadows import is_mark, without_shadows
from filmgraph.why.shape import group_of
from filmgraph.why.trial import Dataset, Slice, Trial
from filmgraph.why.witnesses import Citations, Way, witnesses

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from filmgraph.store.base import Store
    from filmgraph.why.inquiry import Ways
    from filmgraph.why.plan import Facts
    from filmgraph.why.prepared import Prepared
    from filmgraph.why.tally import Tally


def explain(
    store: Store,
    text: str,
    answer: Solutions | Triples | Truth,
    *,
    max_witnesses: int = 10,
    limits: Limits | None = None,
) -> list[Explanation]:
    """Find the citations behind each row of an answer.

    The answer itself is not touched. What cannot be explained says so, row by row; so does every row of an endpoint
    that answers the query and refuses what has to be asked about it.

    Args:
        store: What gave the answer.
        text: The query, as it was run.
        answer: What the store answered, or those rows of it that are shown.
        max_witnesses: How many witnesses of a row are listed; the rest is counted.
        limits: How much work it may take. Without them a store with a deadline has up to half of the time left.

    Returns:
        One explanation for each row of a SELECT, each triple of a CONSTRUCT or DESCRIBE, and one for an ASK.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.
        StoreError: The store could not do its work.
    """
    if limits is None:
        limits = LIMITS.within(store.left()) if isinstance(store, Timed) else LIMITS
    try:
        return _explained(_Explaining(store, prepared(text), max_witnesses, limits), answer)
    except QueryFailedError as error:
        if error.status is None:  # it was no endpoint
            raise
        return [Explanation([], f"{error.store} refused a question about it: {error.body}")] * _count(answer)


def citations(
    store: Store, text: str, row: tuple[Term | None, ...], names: Sequence[str], *, limits: Limits = LIMITS
) -> list[str]:
    """List all citations that support a row of a SELECT, sorted by document and passage.

    Args:
        store: What gave the answer.
        text: The query, as it was run.
        row: The row.
        names: Its columns.
        limits: How much work it may take.

    Returns:
        Their IRIs: of each fact that the row uses all citations that state it.

    Raises:
        FilmgraphError: They cannot be listed.
        StoreError: The store could not do its work.
    """
    work = _Explaining(store, prepared(text), 1, limits._replace(solutions=0))
    try:
        found = work.cited(row, names)
    except Unexplained as reason:
        raise FilmgraphError(f"The passages of this row cannot be listed: {reason}.") from None
    return sorted(found, key=_by_place)


def _by_place(iri: str) -> tuple[str, int, str]:
    document, _, place = iri.partition("#char=")
    start = place.partition(",")[0]
    return document, int(start) if start.isdecimal() and len(start) <= DIGITS else 0, place


def _count(answer: Solutions | Triples | Truth) -> int:
    if isinstance(answer, Truth):
        return 1
    return len(answer.rows if isinstance(answer, Solutions) else answer.triples)


def _explained(work: _Explaining, answer: Solutions | Triples | Truth) -> list[Explanation]:
    if isinstance(answer, Truth):
        if not answer.value:
            monotone = work.prepared.monotone
            return [Explanation([[]]) if monotone else Explanation([], "a no rests on what is not stated")]
        return work.rows([()], [(True,)])
    if isinstance(answer, Triples):
        triples = [(one.subject, one.predicate, one.object) for one in answer.triples]
        return work.rows(triples, triples)
    return work.rows(answer.rows, answer.rows, answer.variables)


_SOON = 1_000  # facts that are copied as soon as something has to be tried
_LISTED = 3  # witnesses of a row of which not all ways were followed; each is tried, and there are perhaps others


class _Explaining:
    """The computation of witnesses for one answer."""

    def __init__(self, store: Store, known: Prepared, most: int, limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self.prepared = known
        self.query = known.renderer.query
        self.most = most
        self.inquiry = Inquiry(store, known.renderer, limits)
        self.deriver = Deriver(self.inquiry, first_only=known.first_only)
        names = None
        if known.dataset is not None:
            merged = [self.inquiry.term(text, {}) for text in known.dataset]
            names = frozenset(term.value for term in merged if isinstance(term, NamedNode))
        self.ledger = CitationCache(store, names)
        self._begin = monotonic()
        self._deadline = 0.0
        self._hopeless = False
        self._doubtful: set[Hashable] = set()
        self._names: list[str] = []
        self._slice: Trial | None = None
        self._part: Trial | None = None
        self._graphs: Trial | None = None
        self._found: dict[Hashable, tuple[list[list[str]], int] | Unexplained] = {}
        self._copied = 0
        self._tallies: dict[Hashable, Tally] = {}
        self._askable = True

    def cited(self, row: tuple[Term | None, ...], names: Sequence[str]) -> list[str]:
        """Return all citations of the facts that a row uses.

        Raises:
            Unexplained: They cannot be told.
        """
        (ways,) = self._ways([row], names)
        if isinstance(ways, TooMany):
            return ways.groups.counting().citations(ways.key)
        if isinstance(ways, Unexplained):
            raise ways
        known = {(): ways}
        self._look_up(known)  # type: ignore[arg-type]  # the key is of no matter
        clauses = (clause for way in ways for clause in self._clauses(way))
        return list({name for clause in clauses for name in clause})

    def rows(
        self, rows: Sequence[tuple[Term | None, ...]], keys: Sequence[Hashable], names: Sequence[str] = ()
    ) -> list[Explanation]:
        """Return an explanation for each row; ``keys`` are the rows as a trial's answer holds them."""
        self._names = list(names)
        self.inquiry.deadline = self._begin + self.limits.seconds + self.limits.seconds_per_row * len(rows)
        unique = dict(zip(keys, rows, strict=True))
        ways = dict(zip(unique, self._ways(list(unique.values()), names), strict=True))
        if self.prepared.nodes:
            ways = {key: self._settled(key, found) for key, found in ways.items()}
        self._tally(ways)
        self._look_up(ways)
        # Asking may take as long as five times what finding the ways took, where that is more.
        self._deadline = monotonic() + max(self.limits.seconds_of_asking, 5 * (monotonic() - self._begin))
        self._found = {key: self._witnesses(found) for key, found in ways.items()}
        known = {key: self._one(key, found) for key, found in ways.items()}
        return [known[key] for key in keys]

    def _witnesses(self, ways: Ways | Unexplained) -> tuple[list[list[str]], int] | Unexplained:
        if isinstance(ways, Unexplained):
            return ways
        try:
            self.inquiry.hurry()
            return witnesses((self._clauses(way) for way in ways), most=self.most)
        except Unexplained as reason:
            return reason

    def _ways(self, rows: list[tuple[Term | None, ...]], names: Sequence[str]) -> list[Ways | Unexplained]:
        if self.prepared.lost:
            return [Unexplained(self.prepared.lost)] * len(rows)
        try:
            if self.query.form == "select":
                return self.deriver.select([dict(zip(names, row, strict=True)) for row in rows])
            group = group_of(self.query)
            if self.query.form == "ask" and group is not None:
                found = self.deriver.solutions(group, [{} for _ in rows], [], suffix=self.inquiry.trailing)
                if self.deriver.cut:
                    self.deriver.cut.add((True,))  # type: ignore[arg-type]  # the key of the only row
                return found
            return triple_ways(self.deriver, rows)
        except Unexplained as reason:
            return [reason] * len(rows)

    def _look_up(self, ways: dict[Hashable, Ways | Unexplained]) -> None:
        used: set[object] = set()
        for found in ways.values():
            if not isinstance(found, Unexplained):
                used.update(*found)
        if self.inquiry.shadows:
            used = {fact for fact in used if not is_mark(fact)} | self.inquiry.shadows.facts()  # type: ignore[arg-type]
        try:
            self.ledger.look_up(used)  # type: ignore[arg-type]  # a set of facts
        except Unexplained as reason:
            ways.update(dict.fromkeys(ways, reason))

    def _tally(self, ways: dict[Hashable, Ways | Unexplained]) -> None:
        """Count the citations of rows that rest on too many facts to list."""
        large = {key: reason for key, reason in ways.items() if isinstance(reason, TooMany)}
        several = {id(reason.groups): reason.groups for reason in large.values()}
        for groups in several.values():
            mine = {key: reason.key for key, reason in large.items() if reason.groups is groups}
            try:
                counted = groups.counting().tallies(list(dict.fromkeys(mine.values())))
            except Unexplained as reason:
                ways.update(dict.fromkeys(mine, reason))
            else:
                self._tallies.update({key: counted[group] for key, group in mine.items()})

    def _settled(self, key: Hashable, ways: Ways | Unexplained) -> Ways | Unexplained:
        """Replace the placeholder facts "this node occurs" by facts in which the node occurs."""
        if isinstance(ways, Unexplained):
            return ways
        settled: dict[Facts, None] = {}
        for way in ways:
            nodes = [fact for fact in way if fact.predicate == NODE and fact.graph != fact.subject]
            kept = way.difference(nodes) if nodes else way
            named = {fact.graph for fact in kept if fact.predicate == NODE}
            if named - {fact.graph for fact in kept if fact.predicate != NODE}:
                self._doubtful.add(key)  # GRAPH around no fact: engines differ in whether the graph must be there
            options: Ways = [kept]
            for node in nodes:
                if any(f.graph == node.graph and node.subject in (f.subject, f.object) for f in kept):
                    continue
                try:
                    options = self.inquiry.both(options, self.deriver.mentions(node))
                except Unexplained as reason:
                    return reason
            settled.update(dict.fromkeys(options))
        return list(settled)

    def _clauses(self, way: Facts) -> Way:
        known = self.ledger.known
        if not self.ledger.missing.isdisjoint(way):
            raise Unexplained("the engine gave solutions whose facts it does not have")
        facts = [fact for fact in way if not is_mark(fact)] if self.inquiry.shadows else way
        return frozenset([clause for fact in facts if (clause := known[fact]) is not None])

    def _one(self, key: Hashable, ways: Ways | Unexplained) -> Explanation:
        tally = self._tallies.get(key)
        if tally is not None:
            whole = tally.whole and self.query.form == "select" and has_aggregates(self.query.body)
            return Explanation([], partial=not whole, tally=tally.documents)
        try:
            if isinstance(ways, Unexplained):
                return self._tried_out(key, ways)
            known = self._found[key]
            if isinstance(known, Unexplained):
                raise known
            found, more = known
            partial = self._is_cut(key) and found != [[]]
            # Each way is enough by itself; whether a smaller one was missed matters to monotone queries only.
            cut = self.prepared.monotone and partial
            doubt = self.prepared.must_try or key in self._doubtful or self.inquiry.unsure
            if not (cut or doubt) and self.inquiry.shadows:
                sure = self._without_shadows(ways, found)
                found, doubt = sure or found, sure is None
            if cut or doubt or self._worth_a_look():
                listed = found[:_LISTED] if partial and self.prepared.monotone else found
                found = self._tried(key, listed, enough=cut and not doubt)
            return Explanation(found, "", more, partial)
        except Unexplained as reason:
            return Explanation([], str(reason))

    def _is_cut(self, key: Hashable) -> bool:
        """Whether some ways of a row were left out because of a limit."""
        if self.inquiry.capped or key in self._doubtful:
            return True
        if not self.deriver.cut:
            return False
        if self.query.form == "select" and isinstance(key, tuple):
            row = dict(zip(self._names, key, strict=True))
            key = tuple([row.get(name) for name in projected(self.query.body)])
        return key in self.deriver.cut

    def _worth_a_look(self) -> bool:
        """Whether re-running the query on the witnesses alone adds certainty at little cost."""
        if not self.prepared.should_try or self.store in self.prepared.large:
            return False
        if self._copy(self.limits.facts_to_be_sure) is None:
            self.prepared.large.add(self.store)
            return False
        return True

    def _without_shadows(self, ways: Ways, found: list[list[str]]) -> list[list[str]] | None:
        """Add to each witness the citations that rule out its shadows; None where these are not known."""
        shadows = self.inquiry.shadows.of(ways)
        kept: dict[Citations, None] = {}
        for one in found:
            sure = without_shadows(frozenset(one), shadows, self.ledger)
            if sure is None:
                return None
            kept[sure] = None
        return self._sorted(kept)

    def _copy(self, most: int) -> Trial | None:
        if self._slice is None and most > self._copied:
            self._slice, self._copied = self._in_order(Slice.of(self.store, self.query, self.limits, most=most)), most
        return self._slice

    def _dataset(self) -> Trial | None:
        """Return a trial over selected graphs of the store, if the query is monotone; else None."""
        if self._graphs is None and self.prepared.monotone:
            self._graphs = self._in_order(Dataset.of(self.store, self.query, self.limits))
        return self._graphs

    def _named(self) -> Trial | None:
        """Return a trial over a copy of the facts in the witnesses of all rows."""
        if self._part is None and not self._hopeless:
            found = (known[0] for known in self._found.values() if not isinstance(known, Unexplained))
            named = frozenset(citation for several in found for one in several for citation in one)
            self._part = self._in_order(Slice.of(self.store, self.query, self.limits, only=named))
            self._hopeless = self._part is None
        return self._part

    def _in_order(self, copy: Trial | None) -> Trial | None:
        if copy is not None:
            copy.columns = self._names
        return copy

    def _tried_out(self, key: Hashable, reason: Unexplained) -> Explanation:
        """Explain a row without ways: remove citations from the data for as long as the row is still given."""
        grouped = any(n.kind in ("SelectQuery", "SubSelect") and has_aggregates(n) for n in self.query.root.walk())
        copy = None if grouped else self._copy(self.limits.facts)
        if copy is None:
            raise reason
        try:
            found = [sorted(copy.grown(key, frozenset()))]
        except Unexplained:
            raise reason from None
        return Explanation(found, partial=found != [[]])  # one of them; nobody has looked for others

    def _asked(self, key: Hashable, found: list[list[str]]) -> list[list[str]]:
        """Remove citations that a witness does not need, by asking the store for a way without each."""
        kept: dict[Citations, None] = {}
        tried: dict[Citations, bool] = {}
        row = key if isinstance(key, tuple) else ()
        for one in found:
            chosen = frozenset(one)
            for citation in one:
                fewer = chosen - {citation}
                if fewer not in tried:
                    if monotonic() > self._deadline:
                        raise Unexplained(f"it has more than {self.limits.ways} ways")
                    tried[fewer] = self._possible(row, fewer)
                chosen = fewer if tried[fewer] else chosen
            kept[chosen] = None
        return self._sorted(kept)

    def _possible(self, row: tuple[Term | None, ...], chosen: Citations) -> bool:
        if self.query.form in ("select", "ask"):
            return self.deriver.possible(row, self._names, chosen)
        fact = Fact(None, *row)  # type: ignore[arg-type]  # a triple has all three terms
        return possible(self.deriver, row, self.ledger.known.get(fact), chosen)

    def _tried(self, key: Hashable, found: list[list[str]], *, enough: bool) -> list[list[str]]:
        """Keep the witnesses that yield the row by themselves; enlarge the others until they do.

        Args:
            key: The row.
            found: The witnesses.
            enough: Whether each is known to yield it, so that the question is only whether less would do.
        """
        smallest = self.prepared.monotone
        if smallest and self.inquiry.complete and self._askable:
            try:
                return self._asked(key, found)
            except Unexplained:
                self._askable = False  # a copy may still tell
        part = self._dataset() or self._copy(min(_SOON, self.limits.facts)) or self._named()
        if part is self._part or part is None:  # not all facts are in it
            if part is not None and all(part.gives(key, frozenset(one)) for one in found):
                return self._sorted(part.shrunk(key, frozenset(one)) if smallest else frozenset(one) for one in found)
            part = self._copy(self.limits.facts)
        if smallest and part is None:
            return self._asked(key, found)
        part = part or self._part
        if part is None:
            raise Unexplained("more facts bear on it than can be tried out")
        grown = [frozenset(one) if enough else part.grown(key, frozenset(one)) for one in found]
        return self._sorted(part.shrunk(key, one) if smallest else one for one in grown)

    def _sorted(self, found: Iterable[Citations]) -> list[list[str]]:
        return sorted((sorted(chosen) for chosen in dict.fromkeys(found)), key=lambda one: (len(one), one))
