"""Why an answer is empty: the part of the query that left nothing over.

The parts of the WHERE clause are added one by one, in the order of the text, conditions last. The first that leaves
no solution is the reason; what came before it still had some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from filmgraph.answers import Solutions, Triples, Truth
from filmgraph.evidence.limits import Unexplained
from filmgraph.evidence.rendering import TYPE, Renderer
from filmgraph.evidence.shape import group_of
from filmgraph.sparql.query import parse
from filmgraph.sparql.scope import name_of, variables
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.trouble import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.sparql.tree import Node
    from filmgraph.store.base import Store

_COUNTED = 100_000
_WORDS = {
    "Minus": "MINUS",
    "Values": "VALUES",
    "Union": "this group",
    "Graph": "GRAPH",
    "SubSelect": "the sub-select",
}


class Absence(NamedTuple):
    """Why an answer is empty.

    Attributes:
        kind: ``unknown`` (nothing in the store has this name), ``unsaid`` (no document says it), ``filtered`` (a
            condition removed what there was), ``skipped`` (OFFSET or LIMIT did) or ``unclear``.
        message: The same in a sentence.
        part: The part of the query, as it stands there; empty where no single part is the reason.
        line: Its line.
        column: Its column.
        removed: How many solutions there were before it.
        term: The name that nothing has, as the query writes it.
    """

    kind: str
    message: str
    part: str = ""
    line: int = 0
    column: int = 0
    removed: int = 0
    term: str = ""


class _Step(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    constants: tuple[str, ...] = ()


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
    """Say why a query has an empty answer (see `is_empty`).

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
    """The search for the part that left nothing over."""

    def __init__(self, store: Store, text: str) -> None:
        self.store = store
        self.query = parse(text)
        self.renderer = Renderer(self.query)
        body = self.query.body
        self.prologue = text[: body.start]
        self.dataset = " ".join(text[node.start : node.end] for node in body.all("DatasetClause"))

    def found(self) -> Absence:
        """The reason."""
        group = group_of(self.query)
        if group is None:
            return Absence("unsaid", "No document says anything of it.")
        done: list[str] = []
        for step in self.steps(group):
            if not self.count([*done, step.text], most=1):
                return self.reason(step, done)
            done.append(step.text)
        return self.afterwards(self.count(done))

    def count(self, texts: list[str], most: int = _COUNTED) -> int:
        """How many solutions some parts have together."""
        pattern = " ".join(texts)
        shown = f"SELECT (COUNT(*) AS ?{self.renderer.mark}_n) {self.dataset}"
        found = self.store.query(f"{self.prologue}{shown} {{ {{ SELECT * {{ {pattern} }} LIMIT {most} }} }}")
        assert isinstance(found, Solutions)  # noqa: S101 -- it was a SELECT
        number = found.rows[0][0] if found.rows else None
        return int(number.value) if isinstance(number, Literal) else 0

    def steps(self, group: Node) -> Iterator[_Step]:
        """The parts of a group: triple patterns one by one, other patterns, then conditions."""
        text = self.query.text
        if (select := group.find("SubSelect")) is not None:
            yield _Step("SubSelect", f"{{ {text[select.start : select.end]} }}", select.start, select.end)
        for child in group.nodes:
            if child.kind == "TriplesBlock":
                yield from self.triples(child)
            elif child.kind == "Union" and len(child.nodes) == 1:
                yield from self.steps(child.nodes[0])
            elif child.kind not in ("Filter", "SubSelect"):
                yield _Step(child.kind, text[child.start : child.end], child.start, child.end)
        for child in group.nodes:
            if child.kind == "Filter":
                yield _Step("Filter", text[child.start : child.end], child.start, child.end)

    def triples(self, block: Node) -> Iterator[_Step]:
        """The triple patterns of a block."""
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
        """One triple pattern."""
        extra: list[tuple[str, tuple[object, ...]]] = []
        value = self.renderer.graph_node(item, None, extra)  # type: ignore[arg-type]  # only their texts are used
        text, _ = self.renderer.path(subject, verb.children[0], value, None)
        return self.step("\n".join([text, *(one for one, _ in extra)]), triple, verb, item, subject)

    def step(self, text: str, triple: Node, start: Node | Token, end: Node | Token, subject: str = "?") -> _Step:
        """A step with the constants in it."""
        constants = [] if subject[0] == "?" else [subject]
        nodes = (node for part in (start, end) if not isinstance(part, Token) for node in part.walk())
        constants += [
            TYPE if node.first.text == "a" else self.query.text[node.start : node.end]
            for node in nodes
            if node.kind in ("Iri", "Literal")
        ]
        first = triple.start if start in triple.nodes[-1].nodes[:1] else start.start  # a list alone has no properties
        return _Step("Triple", text, first, end.end, tuple(dict.fromkeys(constants)))

    def reason(self, step: _Step, done: list[str]) -> Absence:
        """What to say of the part that left nothing over."""
        before = self.count(done) if done else 0
        part = " ".join(self.query.text[step.start : step.end].split())
        line, column = place(self.query.text, step.start)
        at = f"Line {line}"
        if step.kind == "Filter":
            message = f"{at}: your filter removed {'all ' if 1 < before < _COUNTED else ''}{_solutions(before)}: {part}"
            return Absence("filtered", message, part, line, column, before)
        if step.kind in ("Minus", "Values") and done:
            message = f"{at}: {_WORDS[step.kind]} removed {_solutions(before)}."
            return Absence("filtered", message, part, line, column, before)
        for constant in step.constants:
            if constant != TYPE and not self.known(constant):
                message = f"{at}: nothing in the store has the name {constant}."
                return Absence("unknown", message, part, line, column, before, constant)
        if step.kind == "Triple" and done and self.count([step.text], most=1):
            message = f"{at}: of {_solutions(before)} so far, the documents state for none: {part}"
        elif step.kind == "Triple":
            message = f"{at}: no document states: {part}"
        else:
            message = f"{at}: {_WORDS.get(step.kind, step.kind)} found nothing in the documents."
        return Absence("unsaid", message, part, line, column, before)

    def known(self, constant: str) -> bool:
        """Whether any fact has this term."""
        places = [f"{{ ?s ?p {constant} }}"]
        if constant[0] not in "\"'" and not constant[0].isdigit() and constant[0] not in "+-.":
            places += [f"{{ {constant} ?p ?o }}", f"{{ ?s {constant} ?o }}"]
        return bool(self.count([" UNION ".join(places)], most=1))

    def afterwards(self, solutions: int) -> Absence:
        """The WHERE clause had solutions; something after it removed them."""
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


def _solutions(number: int) -> str:
    more = "at least " if number >= _COUNTED else ""
    return f"{more}{number} solution{'' if number == 1 else 's'}"
