"""Ways to rows of GROUP BY and aggregates: the groups of a row, and all solutions of each group."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, Triple

from filmgraph.sparql.scope import in_scope, name_of, projected, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.why.inquiry import guarded, laid_out
from filmgraph.why.limits import Unexplained
from filmgraph.why.shadows import UNKNOWN, Shadow, ShadowFactory
from filmgraph.why.shape import lenient_keys, nested_aggregates
from filmgraph.why.tally import Counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from filmgraph.rdf.results import Solutions, Term
    from filmgraph.sparql.tree import Node
    from filmgraph.why.inquiry import Found, Inquiry, ReaderOf, Values, Ways
    from filmgraph.why.parts import NegatedPart
    from filmgraph.why.plan import Facts, Plan, Row

_MANY = 4  # groups for which one pass over everything is tried first
_TOGETHER = 20  # groups in one query
_AGAIN = "the store did not give this group again"


class Aggregates:
    """The ways to aggregate rows; a row rests on every solution of its group.

    Args:
        inquiry: The query, and what is asked.
        reader: Makes the ways to the solutions of a group, in which it counts how often a row of a sub-select comes.
        holds: Finds the facts of something that must not exist, for a solution.
    """

    def __init__(
        self, inquiry: Inquiry, reader: ReaderOf, holds: Callable[[NegatedPart, Values], Facts | None]
    ) -> None:
        self._inquiry = inquiry
        self._reader = reader
        self._holds = holds
        self._groups: dict[tuple[int, str | None], _Groups] = {}

    def ways(self, select: Node, rows: Sequence[Values], graph: str | None) -> list[Ways | Unexplained]:
        """Return the ways of rows of an aggregate SELECT; each row has all the columns of the query."""
        try:
            known = self._groups.get((id(select), graph))
            if known is None:
                known = self._groups[id(select), graph] = _Groups(
                    self._inquiry, self._reader, self._holds, select, graph
                )
            keys = [[tuple(key.values()) for key in known.keys.of(row)] for row in rows]
            known.read(list(dict.fromkeys(key for several in keys for key in several)))
            open_ = self._inquiry.renderer.joined_if_open(select)
            # A row of the sub-select that lacks such a value joins with any: it may not be the one that was looked up.
            self._inquiry.unsure = self._inquiry.unsure or bool(open_ and known.may_lack(open_))
        except Unexplained as reason:
            return [reason] * len(rows)
        return [guarded(partial(known.of_row, several)) for several in keys]


class _Groups:
    """The groups of one aggregate SELECT, and the solutions read for them so far."""

    def __init__(
        self,
        inquiry: Inquiry,
        reader: ReaderOf,
        holds: Callable[[NegatedPart, Values], Facts | None],
        select: Node,
        graph: str | None,
    ) -> None:
        self._holds = holds
        self.keys = Keys(inquiry, select, graph)
        self._inquiry = inquiry
        self._reader = reader
        self._plan = inquiry.plan(where_group(select), graph)
        self._gain = inquiry.renderer.gain(select)
        self._found: Found = {}
        self._solutions: Solutions | None = None
        self._too_long = False
        self._others: dict[Row, list[Shadow]] = {}
        self._counted: Counter[Row] = Counter()
        self._visible = in_scope(where_group(select))
        self._select = select
        self._graph = graph
        self._lenient = lenient_keys(select) if self._gain in ("keys", "filtered", "any") else set()
        self._extremes = list(_extremes(select))
        self._tied: set[Row] = set()
        self._nested = nested_aggregates(select)
        self._partly: list[Shadow] | None = None if self._nested else []

    def read(self, keys: list[Row]) -> None:
        """Read all solutions of these groups: all groups in one query where that is short, else several at a time."""
        # A sub-select was gone through whole by the query itself.
        if not (self._solutions or self._too_long) and (len(keys) >= _MANY or self._select.kind == "SubSelect"):
            self._read_all()
        missing = [] if self._solutions else [key for key in keys if key not in self._found]
        if len(missing) > _TOGETHER:
            missing = self._without_large(missing)
        for several in self._together(missing):
            self._read_groups(several)
        unread = [key for key in keys if key not in self._others]
        if self._gain in ("any", "filtered"):
            self._read_shadows(unread)
        elif self._gain == "keys":
            self._read_shadows(unread if self._lenient else [key for key in unread if None in key])

    def _without_large(self, keys: list[Row]) -> list[Row]:
        """Return the groups that are small enough for their citations to be listed one by one."""
        names, limits = " ".join(f"?{name}" for name in self.keys.names), self._inquiry.limits
        number = f"?{self._inquiry.renderer.mark}_solutions"
        body = f"{{ {self._plan.bare} {self.keys.binds} }} GROUP BY {names}"
        found = self._inquiry.select(f"{names} (COUNT(*) AS {number})", body)
        sizes = {tuple(row[:-1]): int(row[-1].value) for row in found.rows if isinstance(row[-1], Literal)}
        if sum(sizes.get(key, 0) for key in keys) <= limits.solutions_in_all:
            return keys
        for key in keys:
            if sizes.get(key, 0) > limits.solutions_each:
                self._found[key] = [self._too_many]
        return [key for key in keys if key not in self._found]

    def _together(self, keys: list[Row]) -> Iterator[list[Row]]:
        # A blank node cannot be given to a query, so what comes is not only of its group.
        alone = [key for key in keys if any(map(_nameless, key))]
        together = [key for key in keys if key not in alone]
        yield from ([key] for key in alone)
        most = _TOGETHER if self._inquiry.renderer.repeatable else 1
        yield from (together[begin : begin + most] for begin in range(0, len(together), most))

    def _read_all(self) -> None:
        solutions = self._all(self._plan)
        self._solutions, self._too_long = solutions, solutions is None
        if solutions is not None:
            names = self.keys.names
            self._found = {key: [] for key in _columns(solutions, names)}
            if self._gain in ("any", "filtered"):
                self._counted = Counter(_columns(solutions, self._visible))
            laid_out(self._reader(self._plan, solutions.variables), solutions, names, self._found)
            self._note_ties(solutions)

    def _all(self, plan: Plan) -> Solutions | None:
        """Return all solutions of the pattern; None where there are too many to read in one query."""
        most = self._inquiry.limits.solutions_in_all
        solutions = self._inquiry.ask(f"{{ {plan.bare} {self.keys.binds} }}", limit=most + 1)
        return solutions if len(solutions.rows) <= most else None

    def _read_groups(self, keys: list[Row]) -> None:
        solutions = self._some(self._plan, keys)
        read: Found = {key: [] for key in keys}
        laid_out(self._reader(self._plan, solutions.variables), solutions, self.keys.names, read)
        self._note_ties(solutions)
        most = self._inquiry.limits.solutions
        if len(keys) == 1 and len(solutions.rows) > most:
            read[keys[0]] = [self._too_many]  # what came may be of other groups, so some of this one may be missing
        self._found.update(read)

    def _note_ties(self, solutions: Solutions) -> None:
        """Note the groups in which several terms have the least or greatest value: the engine may show any of them."""
        for name, pick in self._extremes:
            seen: dict[Row, dict[float, set[Term]]] = {}
            columns = zip(_columns(solutions, self.keys.names), _columns(solutions, [name]), strict=True)
            for key, (term,) in columns:
                if isinstance(term, Literal) and (number := _number(term)) is not None:
                    seen.setdefault(key, {}).setdefault(number, set()).add(term)
            self._tied.update(key for key, numbers in seen.items() if len(numbers[pick(numbers)]) > 1)

    def _some(self, plan: Plan, keys: list[Row], *, any_for_none: bool = False) -> Solutions:
        """Return the solutions of some groups, at most one more for each than the limit allows."""
        names, most = self.keys.names, self._inquiry.limits.solutions + 1
        texts = [self._inquiry.given(plan, key, names, self.keys.binds, any_for_none=any_for_none) for key in keys]
        if len(texts) == 1:
            return self._inquiry.ask(texts[0], limit=most)
        branches = " UNION ".join(f"{{ SELECT * {text} LIMIT {most} }}" for text in texts)
        return self._inquiry.ask(f"{{ {branches} }}")

    def _read_shadows(self, keys: list[Row]) -> None:
        """Read the shadows of some groups: solutions that a subset of the facts could add to them."""
        if not keys:
            return
        plan = self._plan
        if self._gain != "keys":
            plan = self._inquiry.plan(where_group(self._select), self._graph, relaxed=True)
        if self._solutions is not None:
            solutions = self._solutions if plan is self._plan else self._all(plan)
            if solutions is not None:
                self._lay_out(plan, list(self._found), solutions)
                return
        # Where a key has no value, solutions of other groups come, which must not be counted twice.
        single = [key for key in keys if None in key or self._lenient]
        for several in [*self._together([key for key in keys if key not in single]), *([key] for key in single)]:
            self._read_some_shadows(plan, several)

    def _read_some_shadows(self, plan: Plan, keys: list[Row]) -> None:
        if self._gain != "keys" and any(_nameless(term) for key in keys for term in key):
            self._others.update((key, [UNKNOWN]) for key in keys)
            return
        open_ = [tuple(None if place in self._lenient else term for place, term in enumerate(key)) for key in keys]
        solutions = self._some(plan, open_, any_for_none=True)
        if len(solutions.rows) <= self._inquiry.limits.solutions:
            self._lay_out(plan, keys, solutions)
        elif len(keys) > 1:
            for key in keys:
                self._read_some_shadows(plan, [key])
        else:
            self._others[keys[0]] = [UNKNOWN]

    def _lay_out(self, plan: Plan, keys: list[Row], solutions: Solutions) -> None:
        """Record the shadows of each group: solutions with its keys, as far as they are bound, that are not its own."""
        shadows = ShadowFactory(plan, solutions, self._inquiry.renderer.constant, self._holds)
        groups: dict[tuple[int, ...], dict[Row, list[Row]]] = {}
        for key in keys:
            places = tuple(n for n, term in enumerate(key) if term is not None and n not in self._lenient)
            groups.setdefault(places, {}).setdefault(tuple([key[place] for place in places]), []).append(key)
            self._others[key] = []
        named = list(_columns(solutions, self._visible))
        own, came = self._own(keys) if self._gain != "keys" else None, Counter(named)
        for row, values, key in zip(solutions.rows, named, _columns(solutions, self.keys.names), strict=True):
            shadow: Shadow | None = None
            ruled_out = own is not None and came[values] > own[values]
            for places, alike in groups.items():
                for group in alike.get(tuple([key[place] for place in places]), ()):
                    if key != group or ruled_out:
                        shadow = shadow or shadows.shadow(row, complete=not (ruled_out and self._gain == "any"))
                        self._others[group].append(shadow)

    def _own(self, keys: list[Row]) -> Counter[Row]:
        """Count how often each solution occurs over all facts."""
        if self._solutions is not None:
            return self._counted
        parts = (self._some(self._plan, several) for several in self._together(keys))
        return Counter(row for part in parts for row in _columns(part, self._visible))

    def of_row(self, keys: list[Row]) -> Ways:
        """Return the ways of a row that some groups yield."""
        every: Ways = []
        for key in keys:
            if key in self._tied:
                raise Unexplained("its MIN or MAX is the value of several literals, of which the engine shows any")
            solutions = self._found.get(key, [])
            if len(solutions) > self._inquiry.limits.solutions or self._too_many in solutions:
                raise TooMany(self, key)
            if key and not solutions:  # a group that GROUP BY made has some
                raise Unexplained(_AGAIN)
            ways = self._inquiry.all_of([ways() for ways in solutions]) if solutions else [frozenset()]
            mark: Facts = self._inquiry.shadows.mark([*self._others.get(key, ()), *self._of_inner()])
            every += [way | mark for way in ways] if mark else ways
        if not every:
            raise Unexplained(_AGAIN)
        return every

    def _of_inner(self) -> list[Shadow]:
        """Return the shadows of nested aggregates: their rows over a subset of the facts of a group."""
        if self._partly is None:
            groups = [_Groups(self._inquiry, self._reader, self._holds, select, None) for select in self._nested]
            self._partly = [shadow for one in groups for shadow in one.incomplete()]
        return self._partly

    def incomplete(self) -> Iterator[Shadow]:
        """Yield the shadow of each group: the row that it yields from only some of its solutions."""
        self._read_all()
        if self._solutions is None:
            yield UNKNOWN
            return
        shadows = ShadowFactory(self._plan, self._solutions, self._inquiry.renderer.constant, self._holds)
        needed: dict[Row, dict[Facts, None]] = {}
        for key, row in zip(_columns(self._solutions, self.keys.names), self._solutions.rows, strict=True):
            needed.setdefault(key, {})[shadows.shadow(row).needed] = None
        for key, each in needed.items():
            whole: Facts = frozenset().union(*(ways()[0] for ways in self._found[key]))
            yield from (Shadow(facts, whole) for facts in each)
        if not self.keys.names:  # a group without keys is there even if it is empty
            yield Shadow(frozenset(), frozenset().union(*(ways()[0] for each in self._found.values() for ways in each)))

    def may_lack(self, names: AbstractSet[str]) -> bool:
        """Whether a group may leave one of these projected variables unbound."""
        if not names <= set(self.keys.names) or self._solutions is None:
            return True
        places = [place for place, name in enumerate(self.keys.names) if name in names]
        return any(key[place] is None for key in self._found for place in places)

    def _too_many(self) -> Ways:
        raise Unexplained("a group has too many solutions")

    def counting(self) -> Counting:
        """Return a counter of the citations of these groups."""
        group = where_group(self._select)
        return Counting(self._inquiry, group, self._graph, self.keys.names, self.keys.binds)


class TooMany(Unexplained):
    """A group has more solutions than can be cited one by one; its citations can be counted.

    Attributes:
        groups: All groups of the aggregate.
        key: The group.
    """

    def __init__(self, groups: _Groups, key: Row) -> None:
        super().__init__("its aggregate uses too many solutions to cite one by one")
        self.groups = groups
        self.key = key


def _extremes(select: Node) -> Iterator[tuple[str, Callable[[Iterable[float]], float]]]:
    """Yield each variable of a MIN or MAX in the SELECT clause, with `min` or `max`."""
    for node in select.nodes[0].walk():
        if node.kind == "Aggregate" and (word := node.first.text.upper()) in ("MIN", "MAX"):
            for token in node.children:
                if isinstance(token, Token) and token.kind == "VAR":
                    yield name_of(token), min if word == "MIN" else max


def _number(term: Literal) -> float | None:
    """Return the numeric value of a literal; None where it has none."""
    try:
        return None if term.datatype.value.endswith("#string") else float(term.value)
    except ValueError:
        return None


def _nameless(term: Term | None) -> bool:
    return isinstance(term, BlankNode | Triple)


def _columns(solutions: Solutions, names: Iterable[str]) -> Iterator[Row]:
    """Yield the values of some variables in each solution; None for a variable that is absent."""
    places = [solutions.variables.index(name) if name in solutions.variables else -1 for name in names]
    return (tuple([row[place] if place >= 0 else None for place in places]) for row in solutions.rows)


class Keys:
    """The GROUP BY keys of an aggregate SELECT, and the groups that yield a given row.

    Args:
        inquiry: The query, and what is asked.
        select: The SELECT or sub-select.
        graph: The named graph around it.

    Attributes:
        binds: BIND for each key that is an expression.
        names: The keys.

    Raises:
        Unexplained: EXISTS stands where its value counts.
    """

    def __init__(self, inquiry: Inquiry, select: Node, graph: str | None) -> None:
        self._inquiry = inquiry
        self._query = inquiry.query
        self._select = select
        self._graph = graph
        self.binds = ""
        self.names: list[str] = []
        self._groups: list[tuple[Values, Values]] | None = None
        for kind in ("SelectClause", "GroupClause", "HavingClause"):
            clause = select.find(kind)
            exists = (node for node in clause.walk() if node.kind in ("Exists", "NotExists")) if clause else iter(())
            if next(exists, None) is not None:
                raise Unexplained("EXISTS in GROUP BY, HAVING or among the values shown cannot be followed")
        group = select.find("GroupClause")
        for number, child in enumerate(group.children[2:] if group else []):
            self._add(child, f"{inquiry.renderer.mark}_key{number}")

    def _add(self, child: Node | Token, fresh: str) -> None:
        text = self._query.text
        if isinstance(child, Token):
            self.names.append(name_of(child))
            return
        if child.kind == "Grouping":
            name = name_of(child.token(-2))
            expression = text[child.children[1].start : child.children[-3].start]
        else:
            name, expression = fresh, text[child.start : child.end]
        self.names.append(name)
        self.binds += f" BIND ({expression} AS ?{name})"

    def of(self, row: Values) -> Iterator[Values]:
        """Yield the keys of each group that yields this row."""
        shown = projected(self._select)
        direct = {child.text[1:] for child in self._select.nodes[0].children if isinstance(child, Token)}
        if all(name in direct for name in self.names):
            yield {name: row.get(name) for name in self.names}
            return
        for values, keys in self._all(shown):
            if all(values.get(name) == row.get(name) for name in shown):
                yield keys

    def _all(self, shown: list[str]) -> list[tuple[Values, Values]]:
        if self._groups is None:
            hidden = [name for name in self.names if name not in shown]
            found = self._inquiry.solutions(self._text(hidden))
            self._groups = []
            for row in found.rows:
                values = dict(zip(found.variables, row, strict=True))
                self._groups.append((values, {name: values.get(name) for name in self.names}))
        return self._groups

    def _text(self, hidden: list[str]) -> str:
        """Return the SELECT with its hidden keys projected and all groups kept: no DISTINCT, ORDER BY or LIMIT."""
        query, text = self._query, self._query.text
        clause, having = self._select.nodes[0], self._select.find("HavingClause")
        items = [child for child in clause.children if not isinstance(child, Token) or child.kind == "VAR"]
        shown = " ".join([*(text[item.start : item.end] for item in items), *(f"?{name}" for name in hidden)])
        group = where_group(self._select)
        body = text[group.start : group.end]
        if self._graph is not None:
            body = f"{{ GRAPH {self._graph} {body} }}"
        return " ".join(
            [
                f"{text[: query.body.start]}SELECT {shown} {self._inquiry.dataset}",
                f"{{ {body} {self.binds} }}" if self.binds else body,
                f"GROUP BY {' '.join(f'?{name}' for name in self.names)}" if self.names else "",
                text[having.start : having.end] if having is not None else "",
            ]
        )
