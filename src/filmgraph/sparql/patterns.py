"""Parsing of graph patterns: productions 53 to 67 and 75 to 105."""

from __future__ import annotations

from filmgraph.sparql.expressions import ExpressionParser
from filmgraph.sparql.terms import IRI_TOKENS
from filmgraph.sparql.tokens import Token
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import syntax_error


class PatternParser(ExpressionParser):
    """Reads groups, triples and everything that may stand in a group."""

    def sub_select(self) -> Node:
        """8 SubSelect; `QueryParser` reads it."""
        raise NotImplementedError

    def group_graph_pattern(self) -> Node:
        """53 GroupGraphPattern, 54 GroupGraphPatternSub."""
        parts: list[Node | Token] = [self.expect("{")]
        if self.at_word("SELECT"):
            return Node("GroupGraphPattern", [*parts, self.sub_select(), self.expect("}")])
        while not self.at("}"):
            if self.at_triples():
                parts.append(self.triples_block())
                if self.at_triples():
                    self.fail("a full stop between two statements")
                continue
            parts.append(self.not_triples())
            if self.at("."):
                parts.append(self.take())
        return Node("GroupGraphPattern", [*parts, self.expect("}")])

    def at_triples(self) -> bool:
        """Whether a triple pattern comes next."""
        return self.at_term() or self.at("[", "(")

    def not_triples(self) -> Node:
        """56 GraphPatternNotTriples."""
        read = {
            "{": self.union,
            "OPTIONAL": self.with_group,
            "MINUS": self.with_group,
            "GRAPH": self.graph,
            "SERVICE": self.graph,
            "FILTER": self.filter,
            "BIND": self.bind,
            "VALUES": self.inline_data,
        }.get(self.token.text.upper())
        if read is None or self.token.kind not in ("WORD", "PUNCTUATION"):
            self.fail("a statement, a keyword such as OPTIONAL or FILTER, or }")
        return read()

    def union(self) -> Node:
        """67 GroupOrUnionGraphPattern."""
        parts: list[Node | Token] = [self.group_graph_pattern()]
        while self.at_word("UNION"):
            parts += [self.take(), self.group_graph_pattern()]
        return Node("Union", parts)

    def with_group(self) -> Node:
        """57 OptionalGraphPattern, 66 MinusGraphPattern."""
        return Node(self.token.text.capitalize(), [self.take(), self.group_graph_pattern()])

    def graph(self) -> Node:
        """58 GraphGraphPattern, 59 ServiceGraphPattern."""
        parts: list[Node | Token] = [self.take()]
        kind = parts[0].text.capitalize() if isinstance(parts[0], Token) else ""
        if kind == "Service" and self.at_word("SILENT"):
            parts.append(self.take())
        return Node(kind, [*parts, self.var_or_iri(), self.group_graph_pattern()])

    def filter(self) -> Node:
        """68 Filter."""
        return Node("Filter", [self.take(), self.constraint()])

    def bind(self) -> Node:
        """60 Bind."""
        start = [self.take(), self.expect("("), self.expression(), self.expect_word("AS"), self.variable()]
        return Node("Bind", [*start, self.expect(")")])

    def var_or_iri(self) -> Node | Token:
        """107 VarOrIri."""
        return self.take() if self.token.kind == "VAR" else self.iri()

    def inline_data(self) -> Node:
        """61 InlineData, 62 DataBlock."""
        parts: list[Node | Token] = [self.take()]
        if self.token.kind == "VAR":
            parts += [self.take(), self.expect("{")]
            while not self.at("}"):
                parts.append(self.data_value())
            return Node("Values", [*parts, self.expect("}")])
        parts.append(self.expect("("))
        names: list[Token] = []
        while not self.at(")"):
            names.append(self.variable())
        parts += [*names, self.expect(")"), self.expect("{")]
        while not self.at("}"):
            row: list[Node | Token] = [self.expect("(")]
            while not self.at(")"):
                row.append(self.data_value())
            parts.append(Node("Row", [*row, self.expect(")")]))
            if len(row) - 1 != len(names):
                problem = f"a row of VALUES has {len(row) - 1} values for {len(names)} variables."
                raise syntax_error(self.text, row[0].start, problem, hint="Write UNDEF for a missing value.")
        return Node("Values", [*parts, self.expect("}")])

    def data_value(self) -> Node:
        """65 DataBlockValue."""
        if self.at_word("UNDEF"):
            return Node("Undef", [self.take()])
        return self.iri() if self.token.kind in IRI_TOKENS else self.literal()

    def triples_block(self, *, paths: bool = True) -> Node:
        """55 TriplesBlock, 74 ConstructTriples."""
        parts: list[Node | Token] = [self.triples_same_subject(paths=paths)]
        while self.at("."):
            parts.append(self.take())
            if not self.at_triples():
                break
            parts.append(self.triples_same_subject(paths=paths))
        return Node("TriplesBlock", parts)

    def triples_same_subject(self, *, paths: bool) -> Node:
        """75 TriplesSameSubject, 81 TriplesSameSubjectPath."""
        complex_subject = (self.at("(") and not self.at_nil()) or (self.at("[") and not self.at_anon())
        subject = self.graph_node(paths=paths)
        if complex_subject and not self.at_verb():
            return Node("TriplesSameSubject", [subject])
        return Node("TriplesSameSubject", [subject, self.property_list(paths=paths)])

    def at_verb(self) -> bool:
        """Whether a property or a path comes next."""
        token = self.token
        return token.kind in ("VAR", *IRI_TOKENS) or token.text == "a" or self.at("^", "!", "(")

    def property_list(self, *, paths: bool) -> Node:
        """77 PropertyListNotEmpty, 83 PropertyListPathNotEmpty."""
        parts: list[Node | Token] = [self.verb(paths=paths), self.object_list(paths=paths)]
        while self.at(";"):
            parts.append(self.take())
            if self.at_verb():
                parts += [self.verb(paths=paths), self.object_list(paths=paths)]
        return Node("PropertyList", parts)

    def verb(self, *, paths: bool) -> Node:
        """78 Verb, 84 VerbPath, 85 VerbSimple."""
        if self.token.kind == "VAR":
            return Node("Verb", [self.take()])
        if not self.at_verb():
            self.fail("a property, such as fg:title or ?property")
        return Node("Verb", [self.path() if paths else self.predicate()])

    def object_list(self, *, paths: bool) -> Node:
        """79 ObjectList, 86 ObjectListPath."""
        parts: list[Node | Token] = [self.graph_node(paths=paths)]
        while self.at(","):
            parts += [self.take(), self.graph_node(paths=paths)]
        return Node("ObjectList", parts)

    def graph_node(self, *, paths: bool) -> Node | Token:
        """104 GraphNode, 105 GraphNodePath, 98 TriplesNode."""
        if self.at("[") and not self.at_anon():
            return Node("BlankNodeProperties", [self.take(), self.property_list(paths=paths), self.expect("]")])
        if self.at("(") and not self.at_nil():
            parts: list[Node | Token] = [self.take(), self.graph_node(paths=paths)]
            while not self.at(")"):
                parts.append(self.graph_node(paths=paths))
            return Node("Collection", [*parts, self.expect(")")])
        return self.term()
