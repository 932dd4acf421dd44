"""Implications of a query's form for its evidence: monotonicity, absence, limits.

A way is a set of facts that gives the row. More facts can only take the row away again through something that asks
for the absence of facts, or that looks at all rows together. Where such a thing is, each witness is tried.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import in_scope, projected, variables, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from filmgraph.sparql.query import Query

_ABSENCE = ("Optional", "Minus", "NotExists")


def has_absences(query: Query) -> bool:
    """Whether any part of a query asks for the absence of facts."""
    return any(node.kind in _ABSENCE or _is_negated(node) for node in _nodes(query.root)) or _exists_as_value(query)


def _exists_as_value(query: Query) -> bool:
    """Whether an EXISTS is used as a value, where false may be the wanted result, and not as a filter's condition."""
    every = sum(node.kind == "Exists" for node in _nodes(query.root))
    plain = 0
    stack = [node.nodes[0] for node in _nodes(query.root) if node.kind == "Filter" and node.nodes]
    while stack:
        node = stack.pop()
        plain += node.kind == "Exists"
        stack.extend(node.nodes if node.kind in ("Bracketed", "And", "Or") else ())
    return plain < every


def monotone(query: Query) -> bool:
    """Whether a query is monotone: more facts can only give more rows."""
    if any(select.find("LimitOffset") or has_aggregates(select) for select in _selects(query)):
        return False
    if query.body.find("LimitOffset") is not None:
        return False
    return not has_absences(query)


def first_only(query: Query) -> bool:
    """Whether a query has LIMIT or OFFSET without an order, so that an engine may stop at any first rows."""
    body = query.body
    return body.find("LimitOffset") is not None and body.find("OrderClause") is None and not has_aggregates(body)


def must_try(query: Query, plain: Callable[[Node], bool]) -> bool:
    """Whether a witness must be verified by running the query on its facts alone.

    Args:
        query: The query.
        plain: Which sub-selects are followed as the groups that they have.
    """
    body = query.body
    absences = [node for node in _nodes(query.root) if node.kind in _ABSENCE or _is_negated(node)]
    if any(_delicate(node) and not _well_designed(node, query) and not _is_blockable(node, query) for node in absences):
        return True
    limits = [node for select in _selects(query) for node in select.all("LimitOffset")]
    limits += body.all("LimitOffset") if body.kind != "SelectQuery" else []
    if any("OFFSET" in node.words for node in limits):
        return True
    inner = [select for select in _selects(query) if select.kind == "SubSelect"]
    grouped = [select for select in _selects(query) if has_aggregates(select)]
    return (
        _exists_as_value(query)
        or any(select.find("LimitOffset") for select in inner)
        or any(gain_of(select, plain) == "unknown" for select in grouped)
        or any(_groups_per_graph(node) for node in _nodes(query.root))
        or bool(grouped and sum("NAMED" not in one.words for one in body.all("DatasetClause")) > 1)  # facts come twice
        or bool(grouped and limits and not _led_by_the_largest(grouped[0]))
        or any(node.kind == "Exists" and _delicate(node) for node in _nodes(query.root))
        or bool(limits and absences)
        or _looks_outside(query)
    )


def _looks_outside(query: Query) -> bool:
    """Whether an EXISTS in a branch uses a variable bound only by other branches: engines differ in its scope."""
    where = group_of(query)
    for node in _nodes(query.root) if where is not None else ():
        if node.kind not in ("Union", "Graph", "Minus", "SubSelect"):
            continue
        for group in _groups_in(node):
            own, inner = set(in_scope(group)), [one for one in group.all("Filter") if _has_exists(one)]
            named = {name for one in inner for name in variables(one)} - own
            if where is not None and named & _named_outside(where, node):
                return True
    return False


def _has_exists(condition: Node) -> bool:
    return any(node.kind in ("Exists", "NotExists") for node in condition.walk())


def joined_if_open(select: Node, query: Query) -> set[str]:
    """Return the variables that a sub-select may leave unbound and a pattern outside then binds."""
    where = group_of(query)
    if where is None or select is query.body:
        return set()
    counts = {
        node.token(-2).text[1:]
        for node in select.nodes[0].nodes
        if isinstance(node.children[1], Node) and node.children[1].first.text.upper() == "COUNT"
    }
    open_ = set(projected(select)) - surely_bound(where_group(select)) - counts
    return open_ & _named_outside(where, select)


Gain = Literal["none", "keys", "filtered", "any", "unknown"]


def gain_of(select: Node, plain: Callable[[Node], bool]) -> Gain:
    """Return how an aggregate's groups may gain solutions when there are fewer facts.

    Args:
        select: The aggregate.
        plain: Which sub-selects are followed as the groups that they have.

    ``none``: they gain none. ``keys``: a group may gain that has a key without a value, or one that is computed from
    what may be missing, from the solutions of other groups whose optional part is not there. ``filtered``: so may a
    group from solutions that a condition rules out which holds where an optional part is not there. ``any``: a solution
    that an absence rules out may come. ``unknown``: what may come cannot be told from the solutions over all facts.
    Beside all these, rows of inner aggregates may come; see `nested_aggregates`.
    """
    group = where_group(select)
    nodes = list(group.walk())
    absent = any(_is_absence(node) for node in nodes)
    if any(_hides(node, plain) for node in nodes):
        inner = nested_aggregates(select)
        hidden = [node for node in nodes if _hides(node, plain)]
        if any(node.find("LimitOffset") for node in nodes) or (absent and len(hidden) > len(inner)):
            return "unknown"
        around = [node for node in nodes if node.kind == "Graph" or _is_absence(node)]
        if any(set(map(id, node.walk())) & set(map(id, inner)) for node in around):
            return "unknown"
        if any(gain_of(one, plain) != "none" or _hides_any(one, plain) for one in inner):
            return "unknown"
    return _gain_of_absences(group, nodes) if absent else "none"


def nested_aggregates(select: Node) -> list[Node]:
    """Return the aggregates inside an aggregate, which over fewer facts give rows of groups that are not all there."""
    return [node for node in where_group(select).walk() if node.kind == "SubSelect" and has_aggregates(node)]


def _gain_of_absences(group: Node, nodes: Sequence[Node]) -> Gain:
    open_ = loose(group)
    strictly, leniently = _computed_from(group, open_)
    if not _each_in_one_place(group, frozenset(), strictly | leniently):
        return "unknown"
    if any(node.kind in ("Minus", "NotExists") or _is_negated(node) for node in nodes):
        return "any"
    strict = all(is_strict(n, open_ | strictly, leniently) for n in nodes if n.kind == "Filter")
    return "keys" if strict else "filtered"


def _hides_any(select: Node, plain: Callable[[Node], bool]) -> bool:
    return any(_hides(node, plain) for node in where_group(select).walk())


def _hides(node: Node, plain: Callable[[Node], bool]) -> bool:
    """Whether a node is, or has under GRAPH with a variable, a sub-select that is not treated as its group."""
    if node.kind == "SubSelect":
        return not plain(node)
    varies = node.kind == "Graph" and isinstance(node.children[1], Token) and node.children[1].kind == "VAR"
    return varies and any(inner.kind == "SubSelect" for inner in node.walk())


def _is_absence(node: Node) -> bool:
    return node.kind in _ABSENCE or _is_negated(node)


def _computed_from(group: Node, names: set[str]) -> tuple[set[str], set[str]]:
    """Return variables computed from others that may be unbound: those then unbound, and those with another value."""
    expressions: list[tuple[str, list[Node | Token]]] = []
    for node in group.walk():
        computing = [node] if node.kind == "Bind" else node.nodes[0].nodes if node.kind == "SubSelect" else []
        expressions += [(one.token(-2).text[1:], one.children[:-2]) for one in computing]
    strictly, leniently = set[str](), set[str]()
    for _ in expressions:
        for name, parts in expressions:
            uses = set(_named(parts))
            if uses & leniently or (uses & (names | strictly) and not _is_strict(parts, names | strictly)):
                leniently.add(name)
            elif uses & (names | strictly):
                strictly.add(name)
    return strictly - leniently, leniently


def _named(parts: Iterable[Node | Token]) -> Iterator[str]:
    """Yield the variables of an expression."""
    for part in parts:
        for token in part.leaves() if isinstance(part, Node) else [part]:
            if token.kind == "VAR":
                yield token.text[1:]


def lenient_keys(select: Node) -> set[int]:
    """Return the positions of GROUP BY keys whose value may change where an OPTIONAL has no match."""
    clause, group = select.find("GroupClause"), where_group(select)
    open_ = loose(group)
    strictly, leniently = _computed_from(group, open_)
    found: set[int] = set()
    for place, child in enumerate(clause.children[2:] if clause is not None else []):
        # GROUP BY (expression AS ?name)
        parts = child.children[:-2] if isinstance(child, Node) and child.kind == "Grouping" else [child]
        uses = set(_named(parts))
        strict = isinstance(child, Token) or _is_strict(parts, open_ | strictly)
        if uses & leniently or (uses & (open_ | strictly) and not strict):
            found.add(place)
    return found


def lacking(group: Node) -> tuple[set[str], set[str]]:
    """Return the variables that may be unbound, and those that may change, where an OPTIONAL has no match."""
    found = loose(group)
    strictly, leniently = _computed_from(group, found)
    return found | strictly, leniently


def loose(group: Node) -> set[str]:
    """Return the variables that are first bound by an OPTIONAL."""
    found: set[str] = set()
    for node in group.walk():
        if node.kind == "GroupGraphPattern":
            sure: set[str] = set()
            for child in node.nodes:
                if child.kind == "Optional":
                    found.update(name for name in in_scope(child) if name not in sure)
                sure |= _surely_had(child)
    return found


def _each_in_one_place(group: Node, outside: AbstractSet[str], computed: set[str]) -> bool:
    """Whether variables bound only by OPTIONAL, or computed from these, take part in no join with another pattern.

    Args:
        group: Where it is looked for.
        outside: Variables of the patterns around.
        computed: Variables that are computed from what only an OPTIONAL binds.
    """
    sure: set[str] = set()
    for child in group.nodes:
        if child.kind in ("Filter", "Minus"):
            continue
        others = {
            name
            for other in group.nodes
            if other is not child and other.kind not in ("Filter", "Bind", "Minus")
            for name in variables(other)
        }
        around = outside | others
        if child.kind == "Bind":
            open_ = {child.token(-2).text[1:]} & computed
        elif child.kind == "SubSelect":
            open_ = {one.token(-2).text[1:] for one in child.nodes[0].nodes} & computed
        else:
            open_ = set(in_scope(child)) - sure if child.kind == "Optional" else set()
        sure |= _surely_had(child)
        if open_ & around or not all(_each_in_one_place(inner, around, computed) for inner in _groups_in(child)):
            return False
    return True


def _groups_in(node: Node) -> list[Node]:
    """Return the groups of an OPTIONAL, a UNION, a GRAPH or a sub-select."""
    if node.kind == "GroupGraphPattern":
        return [node]
    return [group for child in node.nodes if child.kind != "SelectClause" for group in _groups_in(child)]


def is_strict(condition: Node, names: AbstractSet[str], leniently: AbstractSet[str]) -> bool:
    """Whether a filter that fails over all facts also fails over any subset of them.

    It asks for no absence, and fails wherever one of some variables that it names has no value.

    Args:
        condition: The filter.
        names: Variables that may have no value.
        leniently: Variables that may have another value.
    """
    if any(_is_absence(node) for node in condition.walk()) or leniently & set(variables(condition)):
        return False
    return _is_strict([condition], names, bound=_TURNING.isdisjoint(token.text for token in condition.leaves()))


def _is_strict(parts: Sequence[Node | Token], names: AbstractSet[str], *, bound: bool = False) -> bool:
    """Whether an expression is an error or false wherever one of the named variables in it is unbound.

    Args:
        parts: The expression.
        names: The variables.
        bound: Whether the false of BOUND will do.
    """
    if not names & set(_named(parts)):
        return True
    tokens = [token for part in parts for token in (part.leaves() if isinstance(part, Node) else [part])]
    words = [token.text.upper() for token in tokens]
    if not _LENIENT.isdisjoint(words) or ("BOUND" in words and not bound):
        return False
    listed = tokens[words.index("IN") :] if "IN" in words else []
    return not names & set(_named(listed))


_LENIENT = frozenset({"COALESCE", "IF", "||", "EXISTS"})
"""What may give a value although one is missing."""
_TURNING = frozenset({"!", "=", "!=", "<", ">", "<=", ">=", "IN"})
"""What may make true of a BOUND that is false."""


def stands_for_its_group(select: Node) -> bool:
    """Whether a sub-select is only a projection of its group: no LIMIT, OFFSET, aggregates or REDUCED."""
    words = select.nodes[0].words
    return not (select.find("LimitOffset") or has_aggregates(select) or "REDUCED" in words)


def _surely_had(part: Node) -> set[str]:
    """Return the variables that every solution of a part of a group binds, with the keys of an aggregate."""
    found = surely_bound(part)
    select = part.nodes[0].find("SubSelect") if part.kind == "Union" and len(part.nodes) == 1 else None
    if select is not None and has_aggregates(select):
        found |= surely_bound(where_group(select)) & set(projected(select))
    return found


def surely_bound(node: Node, plain: Callable[[Node], bool] = lambda _: False) -> set[str]:
    """Return the variables that every solution of a part of a group binds.

    Args:
        node: The part.
        plain: Which sub-selects are looked into.
    """
    if node.kind == "TriplesBlock":
        return set(variables(node))
    if node.kind == "Graph":
        own = {child.text[1:] for child in node.children if isinstance(child, Token) and child.kind == "VAR"}
        return own | surely_bound(node.nodes[-1], plain)
    if node.kind == "GroupGraphPattern":
        sure = set().union(*(surely_bound(child, plain) for child in node.nodes))
        return sure.union(*(_surely_computed(child, sure) for child in node.all("Bind")))
    if node.kind == "Union":
        return set.intersection(*(surely_bound(branch, plain) for branch in node.nodes))
    if node.kind == "SubSelect" and plain(node):
        return surely_bound(where_group(node), plain) & set(projected(node))
    return set()


def _surely_computed(bind: Node, sure: set[str]) -> set[str]:
    """Return the variable of a BIND to a constant, or to another variable that is surely bound."""
    words = [token for token in bind.leaves() if token.text not in ("(", ")")][1:]
    if len(words) == len(("value", "AS", "name")) and (words[0].kind != "VAR" or words[0].text[1:] in sure):
        return {words[2].text[1:]}
    return set()


def _is_blockable(node: Node, query: Query) -> bool:
    """Whether an OPTIONAL depends on absence only through NOT EXISTS conditions.

    What kept it from finding anything is then found by leaving these conditions out, with the values that the patterns
    before it bind; so no other pattern may bind what it names.
    """
    if node.kind != "Optional" or (where := group_of(query)) is None:
        return False
    names, earlier = set(variables(node)), _earlier(node, where)
    before = set().union(*map(surely_bound, earlier))
    # What a pattern before it need not bind is no value for it either, unless a later pattern gives it one.
    seen = set().union(*map(in_scope, earlier)) - _named_outside(where, node, *earlier)
    if names & _named_outside(where, node) - before - seen:
        return False
    group = node.nodes[0]
    direct = {id(unbracketed(child.nodes[0])) for child in group.all("Filter") if child.nodes}
    for inner in group.walk():
        if inner.kind in ("Optional", "Minus", "SubSelect") or _is_negated(inner):
            return False
        if inner.kind == "NotExists" and (id(inner) not in direct or _delicate(inner)):
            return False
    return True


def _earlier(node: Node, where: Node) -> Sequence[Node]:
    """Return the elements that precede a node in its group."""
    stack = [where]
    while stack:
        other = stack.pop()
        if other.kind == "GroupGraphPattern" and node in other.nodes:
            return other.nodes[: other.nodes.index(node)]
        if other.kind != "Filter":
            stack.extend(other.nodes)
    return ()


_NO_PATTERN = ("Filter", "SelectClause", "GroupClause", "HavingClause", "OrderClause")


def _named_outside(where: Node, *nodes: Node) -> set[str]:
    """Return the variables of all patterns except the given nodes."""
    found: set[str] = set()
    stack = [where]
    while stack:
        other = stack.pop()
        if other.kind in _NO_PATTERN or any(other is one for one in nodes):
            continue
        if other.kind == "Bind":  # what it computes is joined with, what it computes that from is not
            found.add(other.token(-2).text[1:])
        else:
            stack.extend(other.nodes)
            found |= {child.text[1:] for child in other.children if isinstance(child, Token) and child.kind == "VAR"}
    return found


def unbracketed(node: Node) -> Node:
    """Return an expression without its surrounding brackets."""
    while node.kind == "Bracketed" and node.nodes:
        node = node.nodes[0]
    return node


def _well_designed(node: Node, query: Query) -> bool:
    """Whether an OPTIONAL is well designed: only OPTIONAL inside, joined with the rest through surely bound variables.

    Then what is inside decides nothing about what is outside
    (Pérez, Arenas and Gutierrez, Semantics and Complexity of SPARQL, 2009). So do conditions on what is surely bound,
    and values that are computed from what need not be, if no pattern outside names them.
    """
    if node.kind != "Optional" or any(n.kind in (*_ABSENCE[1:], "SubSelect") or _is_negated(n) for n in node.walk()):
        return False
    group = group_of(query)
    if group is None:
        return False
    outside, earlier = _named_outside(group, node), _earlier(node, group)
    before = set[str]().union(*map(surely_bound, earlier))
    if any(inner.kind == "Exists" for inner in node.walk()):
        # EXISTS holds of more facts where it holds of fewer. What it and the conditions beside it name has the same
        # value, or none, in a solution over fewer facts, if no pattern after it gives it one.
        before |= set[str]().union(*map(in_scope, earlier)) - _named_outside(group, node, *earlier)
    return all(_decides_nothing(inner, outside, before) for inner in node.walk() if inner.kind == "GroupGraphPattern")


def _decides_nothing(group: Node, outside: set[str], before: set[str]) -> bool:
    """Whether the bindings of a group's OPTIONAL have no effect outside the group.

    Args:
        group: The group.
        outside: The variables of patterns around the OPTIONAL that it stands in.
        before: Those that surely have a value there.
    """
    patterns = [part for part in group.nodes if part.kind != "Optional"]
    sure = {name for part in patterns if part.kind != "Bind" for name in in_scope(part)}
    if any(not (set(in_scope(part)) & outside) <= sure for part in group.nodes if part.kind in ("Optional", "Bind")):
        return False
    bound = before.union(*(surely_bound(part) for part in patterns))
    return all(set(variables(part)) <= bound for part in patterns if part.kind == "Filter")


def _groups_per_graph(node: Node) -> bool:
    """Whether a node is GRAPH with a variable around aggregates: the engine forms groups across all graphs."""
    if node.kind != "Graph" or not (isinstance(node.children[1], Token) and node.children[1].kind == "VAR"):
        return False
    return any(inner.kind == "SubSelect" and has_aggregates(inner) for inner in node.walk())


def _led_by_the_largest(select: Node) -> bool:
    """Whether fewer facts can only move a group that keeps all its solutions towards the first rows.

    That is so where the rows are ordered by a COUNT or MAX, the largest first, or MIN, the smallest first, and then
    by keys: other groups can only fall behind.
    """
    order, group = select.find("OrderClause"), select.find("GroupClause")
    if order is None or group is None:
        return False
    falling: dict[str, str] = {}
    for node in select.nodes[0].nodes:
        aggregate = node.children[1]
        if isinstance(aggregate, Node) and aggregate.kind == "Aggregate":
            falling[node.token(-2).text[1:]] = aggregate.first.text.upper()
    keys = {child.text[1:] for child in group.children if isinstance(child, Token) and child.kind == "VAR"}
    for child in order.children[2:]:
        name = child.text[1:] if isinstance(child, Token) else ""
        direction = "ASC"
        if isinstance(child, Node) and child.kind == "Direction":
            direction = child.words[0]
            inner = child.nodes[0].children[1]
            name = inner.text[1:] if isinstance(inner, Token) else ""
        good = {"COUNT": "DESC", "MAX": "DESC", "MIN": "ASC"}.get(falling.get(name, ""))
        if name not in keys and good != direction:
            return False
    return True


def should_try(query: Query) -> bool:
    """Whether verifying is worthwhile where cheap: LIMIT cuts by the engine's own order."""
    return any(node.kind == "LimitOffset" for node in _nodes(query.root))


@lru_cache(maxsize=8)
def _nodes(root: Node) -> tuple[Node, ...]:
    return tuple(root.walk())


def _selects(query: Query) -> list[Node]:
    return [node for node in _nodes(query.root) if node.kind in ("SelectQuery", "SubSelect")]


def _is_negated(node: Node) -> bool:
    return node.kind == "Unary" and "!" in node.words and any(inner.kind == "Exists" for inner in node.walk())


def _delicate(node: Node) -> bool:
    """Whether a node contains another absence, or a sub-select with aggregates or LIMIT."""
    for inner in node.walk():
        if inner is node:
            continue
        if inner.kind in _ABSENCE or _is_negated(inner):
            return True
        if inner.kind == "SubSelect" and (has_aggregates(inner) or inner.find("LimitOffset")):
            return True
    return False


def group_of(query: Query) -> Node | None:
    """Return the group of the WHERE clause; None where the query has none."""
    has_where = query.body.find("WhereClause", "ConstructWhere") is not None
    return where_group(query.body) if has_where else None
