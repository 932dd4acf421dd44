"""A query written again so that each fact counts once, whatever an engine's default graph is.

Engines differ in what a query without ``FROM`` sees
(`SPARQL 1.1 Query, 13.1 <https://www.w3.org/TR/sparql11-query/#exampleDatasets>`_ leaves it to them):
each fact once, each fact as often as graphs state it, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from filmgraph.sparql.checks import has_aggregates
from filmgraph.sparql.engines.endless_paths import EndlessPathError
from filmgraph.sparql.engines.expanded_patterns import Simplifier
from filmgraph.sparql.query import Edit, edit
from filmgraph.sparql.scope import projected
from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filmgraph.sparql.engines.endless_paths import StepByStep
    from filmgraph.sparql.engines.expanded_patterns import EndlessPath
    from filmgraph.sparql.query import Query
    from filmgraph.sparql.tree import Node

ONCE, MERGED, REPEATED, NAMED, TRUSTED = "once", "merged", "repeated", "named", "trusted"


class View(NamedTuple):
    """The view that an engine gives of a dataset, and so how a query has to be written.

    Attributes:
        kind: ``once``: the default graph holds each fact once. ``merged``: the graph ``merged`` does. ``repeated``:
            the default graph repeats a fact for each graph that states it. ``named``: facts are in named graphs only.
            ``trusted``: the default graph holds each fact once, and only what some graphs state counts.
        merged: The IRI of the graph that holds each fact once.
        hidden: Graphs that ``GRAPH ?g`` must not find: the merged graph, and what engines keep for themselves.
        virtuoso: It is a Virtuoso, which takes some of SPARQL in its own way.
        trusted: A condition on a graph, with ``{}`` in the place of its name: whether what it states counts.
        complete: Every fact of the default graph stands in a named graph too.
    """

    kind: str = ONCE
    merged: str = ""
    hidden: tuple[str, ...] = ()
    virtuoso: bool = False
    trusted: str = ""
    complete: bool = False


def rewritten(query: Query, view: View, edits: Sequence[Edit] = (), *, follow: StepByStep | None = None) -> str:
    """The text of a query that sees each fact once.

    A query that names its own dataset with ``FROM`` keeps it.

    Args:
        query: The query.
        view: What the engine shows.
        edits: Others, to be made in the same text.
        follow: Follows paths without end where they would have to cross from graph to graph on an engine that cannot.

    Raises:
        EndlessPathError: There is such a path, and nobody who follows it, or it leads too far.
        StoreError: Whoever follows it got no answer.

    >>> from filmgraph.sparql.query import parse
    >>> rewritten(parse("ASK { ?s ?p ?o }"), View(MERGED, "http://example.org/all"))
    'ASK { GRAPH <http://example.org/all> { ?s ?p ?o } }'
    """
    if (view.kind == ONCE and not view.hidden) or query.body.find("DatasetClause"):
        return edit(query.text, edits)
    return _Rewriting(query, view, list(edits), follow).text()


class _Rewriting:
    def __init__(self, query: Query, view: View, edits: list[Edit], follow: StepByStep | None) -> None:
        self.query = query
        self.view = view
        self.simplifier = Simplifier(query)
        self.edits = edits
        self.follow = follow
        self.within: list[tuple[Node, Node]] = []

    def text(self) -> str:
        body = self.query.body
        self._visit(body, bag=self._counts(body))
        if self.simplifier.fresh_names:
            self._name_columns()
        return edit(self.query.text, self.edits)

    def _counts(self, form: Node) -> bool:
        """Whether it matters how often a solution comes."""
        if form.kind == "AskQuery":
            return False
        if form.kind in ("SelectQuery", "SubSelect"):
            return has_aggregates(form) or "DISTINCT" not in form.nodes[0].words
        return form.find("LimitOffset") is not None  # a graph is a set, unless solutions are counted off

    def _visit(self, node: Node, *, bag: bool) -> None:
        self._visit_each(node.nodes, bag=bag)

    def _visit_each(self, nodes: list[Node], *, bag: bool) -> None:
        for child in nodes:
            if child.kind == "Graph":
                self._visit_graph(child)
            elif child.kind == "ConstructWhere":
                self._short_construct(child, bag=bag)
            elif child.kind == "GroupGraphPattern" and self.view.kind == MERGED:
                self._within(child)
            elif child.kind == "GroupGraphPattern":
                self._group(child, bag=bag)
            elif child.kind in ("Exists", "NotExists", "Minus"):
                self._visit(child, bag=False)
            elif child.kind == "SubSelect":
                around, self.within = self.within, []
                self._visit(child, bag=self._counts(child))
                self.within = around
            elif child.kind not in ("Service", "ConstructTemplate", "TriplesBlock"):
                self._visit(child, bag=bag)

    def _within(self, group: Node) -> None:
        """A group, with all that is in it, in the merged graph; a ``GRAPH`` inside looks elsewhere all the same.

        Around the whole, since engines plan better than around each pattern of it.
        """
        self.edits.append(Edit(group.start + 1, group.start + 1, f" GRAPH <{self.view.merged}> {{"))
        self._visit_graph(group)
        self.edits.append(Edit(group.end - 1, group.end - 1, "} "))

    def _visit_graph(self, node: Node) -> None:
        for inner in node.walk(skip=frozenset({"Service"})):
            if inner.kind == "Graph" and self.view.trusted:
                name = inner.children[1]
                trusted = self._trusts(self.query.text[name.start : name.end])
                self.edits.append(Edit(inner.end, inner.end, f" FILTER({trusted})"))
            elif inner.kind == "Graph" and isinstance(name := inner.children[1], Token):
                if self.view.virtuoso and not inner.nodes[-1].nodes:  # which gives a row without a name
                    s, p, o = (self.simplifier.fresh() for _ in range(3))
                    named = f"{{ SELECT DISTINCT {name.text} {{ GRAPH {name.text} {{ {s} {p} {o} }} }} }}"
                    self.edits.append(Edit(inner.start, inner.end, named))
                if self.view.hidden:
                    self.edits.append(Edit(inner.end, inner.end, f" FILTER({self._seen(name.text)})"))

    def _seen(self, name: str) -> str:
        if len(self.view.hidden) == 1:
            return f"{name} != <{self.view.hidden[0]}>"
        # As texts: with a list of IRIs for each of nine graphs the planner of Virtuoso runs out of its stack.
        return f"STR({name}) NOT IN ({', '.join(str(Literal(iri)) for iri in self.view.hidden)})"

    def _group(self, group: Node, *, bag: bool) -> None:
        if self.view.kind != ONCE:
            run: list[Node] = []
            for child in group.nodes:
                if child.kind == "TriplesBlock":
                    run.append(child)
                elif child.kind != "Filter":
                    self._run(group, run, bag=bag)
                    run = []
            self._run(group, run, bag=bag)
        for child in group.nodes:
            self.within.append((group, child))
            self._visit_each([child], bag=bag)
            self.within.pop()

    def _run(self, group: Node, blocks: list[Node], *, bag: bool) -> None:
        """Triples with nothing but FILTER between them are one pattern, and share their blank nodes."""
        if blocks:
            self.within.append((group, blocks[0]))
            self.edits.append(Edit(blocks[0].start, blocks[0].end, self._pattern(blocks, bag=bag)))
            self.edits += [Edit(block.start, block.end, "") for block in blocks[1:]]
            self.within.pop()

    def _pattern(self, blocks: list[Node], *, bag: bool) -> str:
        if self.view.kind == MERGED or (self.view.kind == REPEATED and not bag):
            return " . ".join(self.query.text[block.start : block.end].rstrip(". \n") for block in blocks)
        return self._stated(blocks) if self.view.kind == TRUSTED else self._distinct(blocks, bag=bag)

    def _trusts(self, graph: str) -> str:
        return self.view.trusted.replace("{}", graph)

    def _stated(self, blocks: list[Node]) -> str:
        """A basic graph pattern, each triple of which some graph has to state that counts."""
        simple = self.simplifier.simple(blocks)
        negated = (node for block in blocks for node in block.walk() if node.kind == "PathNegated")
        if not self.view.complete and (path := next(negated, None)):
            raise EndlessPathError(self.query.text[path.start : path.end])
        parts = []
        for triples, _ in simple.alternatives:
            tests = []
            followed = self._followed(triples, simple.endless)
            steps = [triple for triple in triples if triple not in followed]
            for triple in steps:
                graph = self.simplifier.fresh()
                test = f"EXISTS {{ GRAPH {graph} {{ {triple} }} FILTER({self._trusts(graph)}) }}"
                if not self.view.complete:  # what no graph states needs none
                    test += f" || NOT EXISTS {{ GRAPH {self.simplifier.fresh()} {{ {triple} }} }}"
                tests.append(f"FILTER({test})")
            parts.append(" ".join([*followed.values(), f"{' . '.join(steps)} ." if steps else "", *tests]))
        return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)

    def _followed(self, triples: list[str], endless: dict[str, EndlessPath]) -> dict[str, str]:
        """What takes the place of those triples whose paths have to be followed step by step."""
        paths = [triple for triple in triples if triple in endless]
        found: dict[str, str] = {}
        for triple in sorted(paths, key=lambda one: endless[one].subject[0] == endless[one].object[0]):
            path = endless[triple]
            if self.follow is None:
                raise EndlessPathError(f"{path.step}{path.sign}")
            fixed = ""
            if path.subject[0] != "?" != path.object[0]:
                fixed = self.simplifier.fresh()
                path = path._replace(object=fixed)
            own = [one for one in triples if one not in endless]
            around = " ".join([*self._around(), *found.values(), *(f"{one} ." for one in own)])
            found[triple] = self.follow.pairs(path, self.query.text[: self.query.body.start], around)
            if fixed:
                found[triple] += f" FILTER(sameTerm({fixed}, {endless[triple].object}))"
        return found

    def _around(self) -> Iterator[str]:
        """The patterns that every solution of interest matches, here and in the groups around."""
        for group, place in self.within:
            for child in group.nodes:
                if child is place and child.kind != "Filter":
                    break
                if child.kind == "TriplesBlock":
                    simple = self.simplifier.simple([child])
                    if len(simple.alternatives) == 1:
                        yield from (f"{one} ." for one in simple.alternatives[0][0] if one not in simple.endless)
                elif child.kind == "Values" or (child.kind == "Graph" and not _is_delicate(child)):
                    yield self.query.text[child.start : child.end]

    def _distinct(self, blocks: list[Node], *, bag: bool) -> str:
        """The solutions of a basic graph pattern over a set of triples are a set, if no variable is left out."""
        simple = self.simplifier.simple(blocks)
        parts = []
        for triples, names in simple.alternatives:
            followed = self._followed(triples, simple.endless) if self.view.kind == NAMED else {}
            written = [followed[triple] if triple in followed else self._triple(triple) for triple in triples]
            inside = " ".join(written)
            if not bag:
                parts.append(inside)
            elif names:
                parts.append(f"{{ SELECT DISTINCT {' '.join(names)} {{ {inside} }} }}")
            else:
                parts.append(f"FILTER EXISTS {{ {inside} }}")
        return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)

    def _triple(self, triple: str) -> str:
        return f"{triple} ." if self.view.kind == REPEATED else f"GRAPH {self.simplifier.fresh()} {{ {triple} }}"

    def _short_construct(self, template: Node, *, bag: bool) -> None:
        block = template.find("TriplesBlock")
        if block is None or self.view.kind == ONCE:
            return
        own = self.query.text[template.start : template.end]
        word = next(
            child for child in self.query.body.children if isinstance(child, Token) and child.text.upper() == "WHERE"
        )
        pattern = f"{{ {self._pattern([block], bag=bag)} }}"
        if self.view.kind == MERGED:
            pattern = f"{{ GRAPH <{self.view.merged}> {pattern} }}"
        self.edits.append(Edit(word.start, template.end, f"{own} WHERE {pattern}"))

    def _name_columns(self) -> None:
        """``SELECT *`` names its columns, now that there are variables of our own."""
        for node in self.query.root.walk():
            if node.kind in ("SelectQuery", "SubSelect") and "*" in (clause := node.nodes[0]).words:
                star = clause.token(-1)
                names = " ".join(f"?{name}" for name in projected(node))
                if names:
                    self.edits.append(Edit(star.start, star.end, names))


def _is_delicate(graph: Node) -> bool:
    """Whether a GRAPH names blank nodes, which belong to one place of a query, or has paths to be followed."""
    return any(node.kind in ("BlankNode", "PathMod", "SubSelect") for node in graph.walk())
