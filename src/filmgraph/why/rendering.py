"""Rewriting of a group so that its solutions show every binding that a fact depends on.

Nothing else changes: paths without repetition become the patterns that the standard defines them by
(`18.2.2.4 <https://www.w3.org/TR/sparql11-query/#sparqlTranslatePathExpressions>`_), blank nodes become variables,
branches of UNION and OPTIONAL leave a marker, and all else is copied to the letter.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.scope import name_of, projected, variables, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node
from filmgraph.why.limits import Unexplained, at
from filmgraph.why.parts import Atom, Choice, Closure, Either, Exists, Inner, Named, NegatedPart, OptionalPart, Part
from filmgraph.why.plan import BEGIN, INSIDE, Plan, Recipe, place
from filmgraph.why.shape import (
    Gain,
    gain_of,
    is_strict,
    joined_if_open,
    lacking,
    stands_for_its_group,
    surely_bound,
    unbracketed,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from filmgraph.rdf.results import Term
    from filmgraph.sparql.query import Query

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
_REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
_NIL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
_EXISTS = ("Exists", "NotExists")
ALLOWED = "\x03"
"""Stands for the graphs in which the facts of a limited group may stand."""
_NAMED = "VALUES {there} {{ {allowed} }} GRAPH {there} {{ {triple} }}"
_ANYWHERE = (
    "{triple} FILTER (EXISTS {{ VALUES {there} {{ {allowed} }} GRAPH {there} {{ {triple} }} }}"
    " || NOT EXISTS {{ GRAPH {there} {{ {triple} }} }})"
)

Written = tuple[str, tuple[Part, ...]]


class Renderer:
    """Writes the groups of one query.

    Args:
        query: The query.

    Attributes:
        mark: How the names of all variables begin that it adds.
        constants: Every constant that the recipes refer to.
        terms: What they stand for, as far as it was needed.
        plans: The groups that were written, by the identity of their node and the graph around them.
        repeatable: Whether a group may stand twice in one query: a label of a blank node may not be in two groups.
        names_in: The variables of groups, by the identity of their node.
        recipes: How rows of a plan become facts, by the plan and the columns of the rows.
    """

    def __init__(self, query: Query) -> None:
        self.query = query
        self.mark = "why"
        while any(name.startswith(self.mark) for name in query.variables):
            self.mark += "_"
        self.repeatable = not any(token.text.startswith("_:") for token in query.tokens)
        self.constants: set[str] = set()
        self.terms: dict[str, Term] = {}
        self.plans: dict[tuple[int, str | None, bool], Plan] = {}
        self.recipes: dict[tuple[object, ...], Recipe] = {}
        self._count = 0
        self._labels: dict[str, str] = {}
        self._givable: frozenset[str] = frozenset()
        self._nodes: set[str] = set()
        self._limited = ""
        self._citing: tuple[int, str] | None = None
        self._place = 0
        self._late: list[str] = []
        self._relaxed: tuple[set[str], set[str]] | None = None
        self._sure: set[str] = set()
        self._gains: dict[int, Gain] = {}
        self._open: dict[int, set[str]] = {}
        self.names_in: dict[int, list[str]] = {}
        self._uses = Counter(token.text[1:] for token in query.tokens if token.kind == "VAR")
        self._grouped = any(n.kind in ("SelectQuery", "SubSelect") and has_aggregates(n) for n in query.root.walk())

    def fresh(self) -> str:
        """Return a fresh variable that the query does not use."""
        self._count += 1
        return f"?{self.mark}{self._count}"

    def constant(self, reference: str) -> Term:
        """Return the term that a constant of the query denotes."""
        if reference not in self.terms and (named := self._named(reference)) is not None:
            self.terms[reference] = named
        elif reference not in self.terms:
            # The engine in this process reads them: it knows the rules of prefixes, escapes and numbers.
            wanted = sorted({reference, *self.constants} - self.terms.keys())
            shown = " ".join(f"({text} AS ?c{number})" for number, text in enumerate(wanted))
            solutions = ox.Store().query(f"{self.query.text[: self.query.body.start]}SELECT {shown} {{}}")
            assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 -- it was a SELECT
            read = zip(wanted, next(solutions), strict=True)
            self.terms.update({text: term for text, term in read if term is not None})
        return self.terms[reference]

    def _named(self, reference: str) -> ox.NamedNode | None:
        """Return the IRI that a constant plainly denotes; None where only the SPARQL grammar can tell."""
        prefix, colon, local = reference.partition(":")
        if not colon or "\\" in reference or "/." in reference or reference[0] in "\"'":
            return None
        space = self.query.prefixes.get(prefix, "")
        text = reference[1:-1] if reference[0] == "<" else space + local
        try:
            return ox.NamedNode(text) if reference[0] == "<" or space else None
        except ValueError:
            return None  # a relative IRI, for instance

    def plan(self, group: Node, graph: str | None = None, *, relaxed: bool = False) -> Plan:
        """Write a whole group.

        Args:
            group: Its node.
            graph: The named graph around it, where it stands in one.
            relaxed: Leave out what may rule a solution out for want of a fact, and be otherwise over fewer facts:
                MINUS, NOT EXISTS, and conditions that can hold where an OPTIONAL found nothing.

        Raises:
            Unexplained: It has a construct that leaves no trace in its solutions.
        """
        self._givable = certain = frozenset(self._leading(group))
        self._nodes = set()
        self._relaxed = lacking(group) if relaxed else None
        try:
            text, parts = self.group(group, graph)
        finally:
            self._givable, self._relaxed = frozenset(), None
        return Plan(text if graph is None else f"{{ GRAPH {graph} {text} }}", parts, certain, frozenset(self._nodes))

    def cited(self, group: Node, graph: str | None, citation: str) -> tuple[list[Plan], bool]:
        """Write a group once for each of its facts, so that a variable has the citations that state it.

        Args:
            group: Its node.
            graph: The named graph around it, where it stands in one.
            citation: The variable.

        Returns:
            The groups, and whether they have all facts on which its solutions rest.
        """
        self._place, self._citing = 0, (-1, citation)
        parts = self.plan(group, graph).parts
        named = sorted({f"?{name}" for name in _names_of_graphs(parts)})
        plans = []
        for number in range(self._place):
            self._place, self._citing = 0, (number, citation)
            plan = self.plan(group, graph)
            plans.append(Plan(f"{{ {plan.text} FILTER (BOUND({citation})) }}", plan.parts, plan.certain, plan.nodes))
        self._citing = (-1, citation)
        for name in named:
            plan = self.plan(group, graph)
            plans.append(Plan(f"{{ {plan.text} BIND ({name} AS {citation}) }}", plan.parts, plan.certain, plan.nodes))
        self._citing = None
        return plans, _counted_whole(parts)

    def limited(self, group: Node, *, complete: bool) -> Plan:
        """Write a group whose facts must stand in the graphs that take the place of `ALLOWED`, or need no citation.

        Args:
            group: Its node.
            complete: Whether every fact is known to stand in a named graph, so none is looked for outside.

        Raises:
            Unexplained: It has parts whose facts its solutions do not show.
        """
        self._limited = _NAMED if complete else _ANYWHERE
        try:
            plan = self.plan(group)
        finally:
            self._limited = ""
        if not _all_atoms(plan.parts):
            raise Unexplained("it has more ways than can be followed")
        return plan

    def _leading(self, group: Node) -> set[str]:
        """Return the variables that a group surely binds before its first OPTIONAL, MINUS or BIND."""
        names: set[str] = set()
        for child in group.nodes:
            if child.kind in ("Optional", "Minus", "Bind", "Service"):
                break
            names |= surely_bound(child, self.is_plain)
        return names

    def text(self, node: Node | Token) -> str:
        """Return the text of a node as the query has it."""
        return self.query.text[node.start : node.end]

    def group(self, group: Node, graph: str | None) -> Written:
        """Write a GroupGraphPattern (rule 53)."""
        if (select := group.find("SubSelect")) is not None:
            return self.inner(group, select, graph)
        outside, late, sure = self._givable, self._late, self._sure
        self._givable, self._late = outside & self._leading(group) if outside else outside, []
        self._sure = surely_bound(group, self.is_plain) if self._relaxed is not None else set()
        names = [*([INSIDE] if graph is not None else []), *sorted(self._givable)]
        texts = [f"{BEGIN}{' '.join(names)}{BEGIN}"] if self._givable else []
        parts: list[Part] = []
        for child in group.nodes:
            text, found = self.element(child, graph)
            texts.append(text)
            parts += found
        texts += self._late
        self._givable, self._late, self._sure = outside, late, sure
        return "{ " + "\n".join(texts) + " }", tuple(parts)

    def inner(self, group: Node, select: Node, graph: str | None) -> Written:
        """Write a SubSelect (rule 8); one that only projects is written as its group."""
        if not self.is_plain(select) or (graph or "")[:1] == "?":
            return f"{{ {self.text(group)} }}", (Inner(graph, select),)
        text, parts = self.group(where_group(select), graph)
        return f"{{ {text} {self.computed(select)} }}", parts

    def is_plain(self, select: Node) -> bool:
        """Whether a sub-select only projects, so that it can be treated as its group with renamed variables."""
        if not stands_for_its_group(select) or (self._grouped and "DISTINCT" in select.nodes[0].words):
            return False
        shown = set(projected(select))
        inside = Counter(token.text[1:] for token in select.leaves() if token.kind == "VAR")
        return all(name in shown or self._uses[name] == count for name, count in inside.items())

    def gain(self, select: Node) -> Gain:
        """Return how an aggregate's groups may gain solutions when there are fewer facts; see `shape.gain_of`."""
        if id(select) not in self._gains:
            self._gains[id(select)] = gain_of(select, self.is_plain)
        return self._gains[id(select)]

    def joined_if_open(self, select: Node) -> set[str]:
        """Return the variables of a sub-select row that a pattern outside may bind; see `shape.joined_if_open`."""
        if id(select) not in self._open:
            self._open[id(select)] = joined_if_open(select, self.query)
        return self._open[id(select)]

    def computed(self, select: Node) -> str:
        """Return the part of a SELECT outside its group: a BIND for each expression, and its VALUES.

        Raises:
            Unexplained: EXISTS stands in an expression.
        """
        clause = select.nodes[0]
        if any(inner.kind in _EXISTS for node in clause.nodes for inner in node.walk()):
            raise Unexplained("EXISTS among the values that are shown is a value")
        text = self.query.text
        binds = [
            f"BIND ({text[node.children[1].start : node.children[-3].start]} AS {node.token(-2).text})"
            for node in clause.nodes
        ]
        values = select.find("Values")
        return " ".join([*binds, *([self.text(values)] if values is not None else [])])

    def element(self, node: Node, graph: str | None) -> Written:
        """Write one element of a group."""
        if node.kind == "TriplesBlock":
            return self.triples(node, graph)
        if node.kind == "Union":
            return self.union([self.group(branch, graph) for branch in node.nodes])
        if node.kind == "Optional":
            return self.optional(node.nodes[0], graph)
        if node.kind == "Graph":
            return self.named(node)
        if node.kind == "Filter" or (node.kind == "Minus" and self._relaxed is not None):
            return self.condition(node, graph)
        if node.kind == "Service":
            raise Unexplained(f"SERVICE, {at(self.query.text, node)}, asks another machine")
        if node.kind == "Bind" and (inner := _inside(node, *_EXISTS)):
            raise Unexplained(f"EXISTS in BIND, {at(self.query.text, inner)}, is a value")
        return self.text(node), ()

    def optional(self, group: Node, graph: str | None) -> Written:
        """Write an OptionalGraphPattern (rule 57)."""
        outside, self._givable = self._givable, frozenset()
        text, parts = self.group(group, graph)
        self._givable = outside
        marker, blocked = self.fresh(), group if _has_not_exists(group) else None
        return f"OPTIONAL {text[:-1]} BIND (1 AS {marker}) }}", (OptionalPart(marker, parts, graph, blocked),)

    def condition(self, node: Node, graph: str | None) -> Written:
        """Write a Filter (rule 68), or a MinusGraphPattern (rule 66) that a relaxed plan leaves out."""
        lacking_ = self._lacking()
        if lacking_ is not None and (node.kind == "Minus" or not is_strict(node, *lacking_)):
            barred = unbracketed(node.nodes[0])
            if node.kind == "Filter" and barred.kind == "NotExists":
                marker = self.fresh()
                self._late.append(f"BIND (1 AS {marker})")
                firm = not lacking_[0].union(lacking_[1]) & set(variables(barred))
                return "", (NegatedPart(graph, marker, barred.nodes[0], firm),)
            return self.lenient(node, *lacking_), ()
        return self.text(node), self.conditions(node.nodes[0], graph)

    def _lacking(self) -> tuple[set[str], set[str]] | None:
        """Return what `lacking` says of a relaxed group, without what the patterns around a filter surely bind.

        The same name may stand in several branches, in one of which a pattern binds it, in another an OPTIONAL.
        """
        return None if self._relaxed is None else (self._relaxed[0] - self._sure, self._relaxed[1] - self._sure)

    def lenient(self, node: Node, lacking_: AbstractSet[str], changing: AbstractSet[str]) -> str:
        """Relax a filter for fewer facts: let it also hold where a variable that need not be bound is bound.

        Args:
            node: The filter.
            lacking_: Variables that need not be bound.
            changing: Variables that may have another value.
        """
        names = set(variables(node))
        absent = any(inner.kind in (*_EXISTS, "GroupGraphPattern") for inner in node.walk())
        if node.kind == "Minus" or absent or names & changing:
            return ""
        text = self.query.text[node.nodes[0].start : node.end]
        return f"FILTER (({text}) || {' || '.join(f'BOUND(?{name})' for name in sorted(names & lacking_))})"

    def named(self, node: Node) -> Written:
        """Write a GraphGraphPattern (rule 58)."""
        name = node.children[1]
        reference = self.reference(name)
        text, parts = self.group(node.nodes[-1], reference)
        return f"GRAPH {self.placed(reference, node=True)} {text}", (Named(reference), *parts)

    def placed(self, reference: str, *, node: bool = False) -> str:
        """Return the text of a reference, or its placeholder where a value may be given."""
        if reference[0] != "?" or reference[1:] not in self._givable:
            return reference
        if node:
            self._nodes.add(reference[1:])
        return place(reference[1:])

    def conditions(self, node: Node, graph: str | None) -> tuple[Part, ...]:
        """Return the EXISTS conditions that a filter requires."""
        if node.kind == "Bracketed":
            return self.conditions(node.nodes[0], graph) if node.nodes else ()
        if node.kind == "And":
            return tuple(part for child in node.nodes for part in self.conditions(child, graph))
        if node.kind == "Exists":
            return (Exists(graph, node.nodes[0]),)
        if node.kind == "NotExists" or (node.kind == "Unary" and _bare(node.nodes[0:1]) == "Exists"):
            return ()
        if node.kind == "Or" and (either := self.either(node, graph)) is not None:
            return (either,)
        if (inner := _inside(node, *_EXISTS)) is not None:
            raise Unexplained(f"EXISTS inside another condition, {at(self.query.text, inner)}, cannot be followed")
        return ()

    def either(self, node: Node, graph: str | None) -> Either | None:
        """Return a disjunction of conditions, some of them EXISTS at its top level; None for any other condition."""
        alternatives: list[Node | Token] = [node]
        while any(isinstance(one, Node) and one.kind == "Or" for one in alternatives):
            alternatives = [
                part
                for one in alternatives
                for part in (
                    [child for child in one.children if isinstance(child, Node) or child.kind == "VAR"]
                    if isinstance(one, Node) and one.kind == "Or"
                    else [one]
                )
            ]
        groups = [one.nodes[0] for one in alternatives if isinstance(one, Node) and one.kind == "Exists"]
        plain = [one for one in alternatives if isinstance(one, Token) or one.kind != "Exists"]
        if not groups or any(isinstance(one, Node) and _inside(one, *_EXISTS) for one in plain):
            return None
        marker = self.fresh()
        condition = " || ".join(self.text(one) for one in plain) or "false"
        self._late.append(f"BIND (({condition}) AS {marker})")
        return Either(graph, marker, tuple(groups))

    def union(self, branches: list[Written]) -> Written:
        """Write a GroupOrUnionGraphPattern (rule 67) or a PathAlternative (rule 89)."""
        if len(branches) == 1:
            return branches[0]
        marker = self.fresh()
        texts = [f"{text[:-1]} BIND ({number} AS {marker}) }}" for number, (text, _) in enumerate(branches)]
        return " UNION ".join(texts), (Choice(marker, tuple(parts for _, parts in branches)),)

    def reference(self, node: Node | Token) -> str:
        """Return the reference for a variable, constant or blank node."""
        if isinstance(node, Token):
            return f"?{name_of(node)}"
        if node.kind == "BlankNode":
            label = node.first.text
            return self.fresh() if label == "[" else self._labels.setdefault(label, self.fresh())
        text = {"a": TYPE, "(": _NIL}.get(node.first.text, self.text(node))
        self.constants.add(text)
        return text

    def triples(self, block: Node, graph: str | None) -> Written:
        """Write a TriplesBlock (rule 55)."""
        written: list[Written] = []
        for triple in block.nodes:
            subject = self.graph_node(triple.children[0], graph, written)
            for properties in triple.all("PropertyList"):
                self.properties(subject, properties, graph, written)
        return "\n".join(text for text, _ in written), tuple(part for _, parts in written for part in parts)

    def properties(self, subject: str, node: Node, graph: str | None, written: list[Written]) -> None:
        """Write a PropertyListPathNotEmpty (rule 83)."""
        verb: Node | Token | None = None
        for child in node.nodes:
            if child.kind == "Verb":
                verb = child.children[0]
                continue
            for item in child.children:
                if verb is not None and (not isinstance(item, Token) or item.kind == "VAR"):
                    value = self.graph_node(item, graph, written)
                    written.append(self.path(subject, verb, value, graph))

    def graph_node(self, node: Node | Token, graph: str | None, written: list[Written]) -> str:
        """Write a GraphNodePath (rule 105); return the reference to its node."""
        if isinstance(node, Token) or node.kind not in ("BlankNodeProperties", "Collection"):
            return self.reference(node)
        if node.kind == "BlankNodeProperties":
            subject = self.fresh()
            self.properties(subject, node.nodes[0], graph, written)
            return subject
        self.constants.update((_FIRST, _REST, _NIL))
        items = [item for item in node.children if not isinstance(item, Token) or item.kind == "VAR"]
        cells = [self.fresh() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], _NIL], strict=True):
            written.append(self.triple(cell, _FIRST, self.graph_node(item, graph, written), graph))
            written.append(self.triple(cell, _REST, rest, graph))
        return cells[0]

    def triple(self, subject: str, predicate: str, value: str, graph: str | None) -> Written:
        """Write a single triple pattern."""
        text = f"{self.placed(subject, node=True)} {self.placed(predicate, node=True)} {self.placed(value)} ."
        if self._citing is not None and graph is None:
            if self._place == self._citing[0]:
                text = f"GRAPH {self._citing[1]} {{ {text} }}"
            self._place += 1
        if self._limited:
            text = self._limited.format(there=self.fresh(), triple=text, allowed=ALLOWED)
        return text, (Atom(graph, subject, predicate, value),)

    def path(self, subject: str, node: Node | Token, value: str, graph: str | None) -> Written:
        """Write a Path (rule 88) between two ends."""
        if isinstance(node, Token) or node.kind == "Iri":
            return self.triple(subject, self.reference(node), value, graph)
        if node.kind in ("PathGroup", "PathInverse"):
            ends = (subject, value) if node.kind == "PathGroup" else (value, subject)
            return self.path(ends[0], node.nodes[0], ends[1], graph)
        if node.kind == "PathNegated":
            return self.negated(subject, node, value, graph)
        if node.kind == "PathMod":
            inner = f"({self.text(node.nodes[0])}){node.token(-1).text}"
            text = f"{self.placed(subject, node=True)} {inner} {self.placed(value, node=True)} ."
            return text, (Closure(graph, subject, node.nodes[0], node.token(-1).text, value),)
        return self.steps(subject, node, value, graph)

    def steps(self, subject: str, node: Node, value: str, graph: str | None) -> Written:
        """Write a PathSequence (rule 90) or a PathAlternative (rule 89)."""
        if node.kind == "PathSequence":
            places = [subject, *(self.fresh() for _ in node.nodes[1:]), value]
            steps = [self.path(places[i], step, places[i + 1], graph) for i, step in enumerate(node.nodes)]
            return "\n".join(text for text, _ in steps), tuple(part for _, parts in steps for part in parts)
        branches = [self.path(subject, branch, value, graph) for branch in node.nodes]
        return self.union([(f"{{ {text} }}", parts) for text, parts in branches])

    def negated(self, subject: str, node: Node, value: str, graph: str | None) -> Written:
        """Write a PathNegatedPropertySet (rule 95)."""
        forward = [self.reference(item) for item in node.nodes if item.kind == "Iri"]
        inverse = [self.reference(item.nodes[0]) for item in node.nodes if item.kind == "PathInverse"]
        branches: list[Written] = []
        for start, excluded, end in ((subject, forward, value), (value, inverse, subject)):
            if excluded or (start is subject and not inverse):
                property_ = self.fresh()
                text, parts = self.triple(start, property_, end, graph)
                condition = f" FILTER ({property_} NOT IN ({', '.join(excluded)}))" if excluded else ""
                branches.append((f"{{ {text}{condition} }}", parts))
        return self.union(branches)


def _names_of_graphs(parts: tuple[Part, ...]) -> set[str]:
    """Return the variables that name the graphs of facts."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Choice):
            found = found.union(*map(_names_of_graphs, part.branches))
        elif isinstance(part, OptionalPart):
            found |= _names_of_graphs(part.parts)
        elif isinstance(part, Named) and part.graph[0] == "?":
            found.add(part.graph[1:])
    return found


def _counted_whole(parts: tuple[Part, ...]) -> bool:
    """Whether all facts come from triple patterns, so that their citations can be counted."""
    for part in parts:
        if isinstance(part, Choice):
            if not all(map(_counted_whole, part.branches)):
                return False
        elif isinstance(part, OptionalPart):
            if not _counted_whole(part.parts):
                return False
        elif not isinstance(part, Atom | Named):
            return False
    return True


def _all_atoms(parts: tuple[Part, ...]) -> bool:
    for part in parts:
        if isinstance(part, Choice):
            if not all(_all_atoms(branch) for branch in part.branches):
                return False
        elif not isinstance(part, Atom) or part.graph is not None:
            return False
    return True


def _inside(node: Node, *kinds: str) -> Node | None:
    return next((one for one in node.walk() if one.kind in kinds), None)


def _bare(nodes: list[Node]) -> str:
    node = nodes[0] if nodes else None
    while node is not None and node.kind == "Bracketed" and node.nodes:
        node = node.nodes[0]
    return node.kind if node is not None else ""


def _has_not_exists(group: Node) -> bool:
    """Whether a filter of a group contains NOT EXISTS."""
    return any(_inside(child, "NotExists") is not None for child in group.all("Filter"))
