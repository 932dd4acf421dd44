"""Search for the part of a query that has no solutions.

The parts of the WHERE clause are added one by one, in the order of the text, conditions last. The first that leaves
no solution is the reason; what came before it still had some.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.sparql.query import parse
from filmgraph.sparql.scope import name_of, variables, where_group
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.trouble import place
from filmgraph.why.limits import Unexplained
from filmgraph.why.rendering import TYPE, Renderer
from filmgraph.why.shape import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store

_ANYTHING = ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }")
_COUNTED = 100_000
_SHOWN = 120  # characters of a long part
_WORDS = {"Minus": "MINUS", "Values": "VALUES", "Graph": "GRAPH", "SubSelect": "the sub-select"}


class Absence(NamedTuple):
    """The reason why an answer is empty.

    Attributes:
        kind: ``unknown`` (nothing in the store has this name), ``unsaid`` (no document says it), ``filtered`` (a
            condition removed what there was), ``skipped`` (OFFSET or LIMIT did) or ``unclear``.
        message: The same in a sentence.
        part: The part of the query, as it stands there; empty where no single part is the reason.
        line: Its line.
        column: Its column.
        removed: How many solutions there were before it.
        term: The name that nothing has, as the query writes it.
        pattern: Of a triple pattern, its subject, verb and object, as the query writes them.
        bound: The variables that have a value before it.
    """

    kind: str
    message: str
    part: str = ""
    line: int = 0
    column: int = 0
    removed: int = 0
    term: str = ""
    pattern: tuple[str, ...] = ()
    bound: frozenset[str] = frozenset()


class _Step(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    constants: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    node: Node | None = None


class _Place(NamedTuple):
    """The context in which patterns are counted: the patterns before them, and an enclosing ``GRAPH ?name``."""

    before: tuple[str, ...] = ()
    inside: str = ""

    def text(self, steps: list[str]) -> str:
        """Return the text of patterns in their context."""
        own = " ".join(steps)
        return " ".join([*self.before, f"{self.inside} {{ {own} }}" if self.inside and steps else own])


def is_empty(answer: Solutions | Triples | Truth) -> bool:
    """Whether an answer has nothing in it: no rows, a no, or a single row of zeros.

    >>> is_empty(Solutions(("n",), [(Literal(0),)])), is_empty(Truth(value=True))
    (True, False)
    """
    if isinstance(answer, Truth):
        return not answer.value
    if isinstance(answer, Triples):
        return not answer.triples
    if len(answer.rows) > 1:
        return False
    return all(term is None or (isinstance(term, Literal) and term.value == "0") for row in answer.rows for term in row)


def absence(store: Store, text: str) -> Absence:
    """Find the reason why a query has an empty answer (see `is_empty`).

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.
        StoreError: The store could not do its work.
    """
    search = _Search(store, text)
    try:
        return search.found()
    except Unexplained as reason:
        return Absence("unclear", f"Why there is nothing cannot be told: {reason}.")


class _Search:
    """The search for the first part of a query that leaves no solution."""

    def __init__(self, store: Store, text: str) -> None:
        self.store = store
        self.query = parse(text)
        self.renderer = Renderer(self.query)
        body = self.query.body
        self.prologue = text[: body.start]
        self.dataset = " ".join(text[node.start : node.end] for node in body.all("DatasetClause"))

    def found(self) -> Absence:
        """Return the reason."""
        if self.dataset and not any(self.count([pattern], most=1) for pattern in _ANYTHING):
            return Absence("unknown", f"The store has no graph that the query is asked of: {self.dataset}.")
        group = group_of(self.query)
        if group is None:
            return Absence("unsaid", "No document says anything of it.")
        return self.search(group, _Place()) or self.afterwards(self.count([step.text for step in self.steps(group)]))

    def search(self, group: Node, where: _Place) -> Absence | None:
        """Return the reason of the first part of a group that leaves no solution, as precisely as possible."""
        done: list[str] = []
        for step in self.steps(group):
            if not self.count([where.text([*done, step.text])], most=1):
                return self.inside(step, done, where) or self.reason(step, done, where)
            done.append(step.text)
        return None

    def inside(self, step: _Step, done: list[str], where: _Place) -> Absence | None:
        """Search inside a GRAPH or a sub-select that leaves no solution."""
        inner = step.node.find("GroupGraphPattern") if step.node is not None else None
        if step.kind == "Graph" and inner is not None and not where.inside:
            name = self.query.text[step.start : inner.start]
            return self.search(inner, _Place((*where.before, *done), name))
        if step.kind == "SubSelect" and step.node is not None:
            return self.search(where_group(step.node), _Place())
        return None

    def count(self, texts: list[str], most: int = _COUNTED) -> int:
        """Count the solutions of a join of patterns, up to a limit."""
        pattern = " ".join(texts)
        shown = f"SELECT (COUNT(*) AS ?{self.renderer.mark}_n) {self.dataset}"
        found = self.store.query(f"{self.prologue}{shown} {{ {{ SELECT * {{ {pattern} }} LIMIT {most} }} }}")
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        number = found.rows[0][0] if found.rows else None
        return int(number.value) if isinstance(number, Literal) else 0

    def steps(self, group: Node) -> Iterator[_Step]:
        """Yield the parts of a group: triple patterns one by one, other patterns, then filters."""
        text = self.query.text
        if (select := group.find("SubSelect")) is not None:
            yield _Step("SubSelect", f"{{ {text[select.start : select.end]} }}", select.start, select.end, node=select)
        for child in group.nodes:
            if child.kind == "TriplesBlock":
                yield from self.triples(child)
            elif child.kind == "Union" and len(child.nodes) == 1:
                yield from self.steps(child.nodes[0])
            elif child.kind not in ("Filter", "SubSelect"):
                yield _Step(child.kind, text[child.start : child.end], child.start, child.end, node=child)
        for child in group.nodes:
            if child.kind == "Filter":
                yield _Step("Filter", text[child.start : child.end], child.start, child.end)

    def triples(self, block: Node) -> Iterator[_Step]:
        """Yield the triple patterns of a block as steps."""
        for triple in block.nodes:
            extra: list[tuple[str, tuple[object, ...]]] = []
            subject = self.renderer.graph_node(triple.children[0], None, extra)  # type: ignore[arg-type]  # texts
            if extra:
                yield self.step("\n".join(text for text, _ in extra), triple, triple.children[0], triple.children[0])
            for properties in triple.all("PropertyList"):
                verb = properties.nodes[0]
                for child in properties.nodes:
                    if child.kind == "Verb":
                        verb = child
                        continue
                    for item in child.children:
                        if not isinstance(item, Token) or item.kind == "VAR":
                            yield self.pattern(subject, triple, verb, item)

    def pattern(self, subject: str, triple: Node, verb: Node, item: Node | Token) -> _Step:
        """Return one triple pattern as a step."""
        extra: list[tuple[str, tuple[object, ...]]] = []
        value = self.renderer.graph_node(item, None, extra)  # type: ignore[arg-type]  # only their texts are used
        text, _ = self.renderer.path(subject, verb.children[0], value, None)
        return self.step("\n".join([text, *(one for one, _ in extra)]), triple, verb, item, subject)

    def step(self, text: str, triple: Node, start: Node | Token, end: Node | Token, subject: str = "?") -> _Step:
        """Return a step for a pattern, with its constants."""
        constants = [] if subject[0] == "?" else [subject]
        nodes = (node for part in (start, end) if not isinstance(part, Token) for node in part.walk())
        constants += [
            TYPE if node.first.text == "a" else self.query.text[node.start : node.end]
            for node in nodes
            if node.kind in ("Iri", "Literal")
        ]
        first = triple.start if start in triple.nodes[-1].nodes[:1] else start.start  # a list alone has no properties
        first_of_all = triple.children[0]
        written = [] if end is first_of_all else [(start.start, start.end), (end.start, end.end)]
        spans = [(first_of_all.start, first_of_all.end), *written]
        pattern = tuple(" ".join(self.query.text[begin:finish].split()) for begin, finish in spans)
        return _Step("Triple", text, first, end.end, tuple(dict.fromkeys(constants)), pattern)

    def reason(self, step: _Step, done: list[str], where: _Place) -> Absence:
        """Describe why a part leaves no solution."""
        earlier = where.text(done)
        before = self.count([earlier]) if earlier.strip() else 0
        part = " ".join(step.pattern) or " ".join(self.query.text[step.start : step.end].split())
        line, column = place(self.query.text, step.start)
        found = Absence(
            kind="unsaid",
            message="",
            part=part,
            line=line,
            column=column,
            removed=before,
            term="",
            pattern=step.pattern,
            bound=_variables(earlier),
        )
        at = f"Line {line}"
        if step.kind == "Filter":
            every = "all " if 1 < before < _COUNTED else ""
            return found._replace(
                kind="filtered", message=f"{at}: your filter removed {every}{_solutions(before)}: {part}"
            )
        if step.kind in ("Minus", "Values") and (done or where.before):
            return found._replace(kind="filtered", message=f"{at}: {_WORDS[step.kind]} removed {_solutions(before)}.")
        for constant in step.constants:
            if constant != TYPE and not self.known(constant):
                message = f"{at}: nothing in the store has the name {constant}."
                return found._replace(kind="unknown", message=message, term=constant)
        if step.kind == "Triple" and before and self.count([where._replace(before=()).text([step.text])], most=1):
            there = "there is" if before == 1 else "there are"
            message = f"{at}: {there} {_solutions(before)} up to here, but no document goes on to state: {part}"
        elif step.kind == "Triple":
            message = f"{at}: no document states: {part}"
        elif step.kind == "Union" and step.node is not None:
            message = f"{at}: none of these {len(step.node.nodes)} alternatives is in the documents: {_short(part)}"
        else:
            message = f"{at}: {_WORDS.get(step.kind, step.kind)} found nothing in the documents: {_short(part)}"
        return found._replace(message=message)

    def known(self, constant: str) -> bool:
        """Whether any fact contains a term."""
        places = [f"{{ ?s ?p {constant} }}"]
        if constant[0] not in "\"'" and not constant[0].isdigit() and constant[0] not in "+-.":
            places += [f"{{ {constant} ?p ?o }}", f"{{ ?s {constant} ?o }}"]
        return bool(self.count([" UNION ".join(places)], most=1))

    def afterwards(self, solutions: int) -> Absence:
        """Explain an empty answer by what follows the WHERE clause: HAVING, LIMIT, OFFSET or VALUES."""
        body = self.query.body
        having = body.find("HavingClause")
        limits = body.all("LimitOffset")
        part = having or (limits[-1] if limits else None) or self.query.root.find("Values")
        if part is None:
            names = variables(body.nodes[0]) if body.kind == "SelectQuery" else []
            what = " and ".join(f"?{name}" for name in names if name in self._counted()) or "what is shown"
            return Absence("unsaid", f"There are {_solutions(solutions)}, but none of them has a value for {what}.")
        line, column = place(self.query.text, part.start)
        text = self.query.text[part.start : part.end]
        kind = "skipped" if part.kind == "LimitOffset" else "filtered"
        return Absence(kind, f"Line {line}: {text} left out {_solutions(solutions)}.", text, line, column, solutions)

    def _counted(self) -> set[str]:
        aggregates = [node for node in self.query.body.nodes[0].walk() if node.kind == "Aggregate"]
        return {name_of(token) for node in aggregates for token in node.leaves() if token.kind == "VAR"}


def _variables(text: str) -> frozenset[str]:
    return frozenset(match[1:] for match in re.findall(r"[?$]\w+", text))


def _short(part: str) -> str:
    return part if len(part) <= _SHOWN else f"{part[:_SHOWN].rpartition(' ')[0]} …"


def _solutions(number: int) -> str:
    more = "at least " if number >= _COUNTED else ""
    return f"{more}{number} solution{'' if number == 1 else 's'}"
