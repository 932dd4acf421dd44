"""Parsing of whole queries: productions 1 to 28."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from filmgraph.errors import QueryRefusedError
from filmgraph.sparql.patterns import PatternParser
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import place

if TYPE_CHECKING:
    from filmgraph.sparql.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable

UPDATES = ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH")
_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")


class QueryParser(PatternParser):
    """Reads a whole query."""

    def query(self) -> Node:
        """1 QueryUnit, 2 Query."""
        parts: list[Node | Token] = list(self.prologue())
        word = self.token.text.upper() if self.token.kind == "WORD" else ""
        if word in UPDATES:
            self.refuse_update(word)
        if word not in _FORMS:
            self.fail("SELECT, ASK, CONSTRUCT or DESCRIBE")
        read = {"SELECT": self.select, "CONSTRUCT": self.construct, "DESCRIBE": self.describe, "ASK": self.ask}
        parts.append(read[word]())
        if self.at_word("VALUES"):
            parts.append(self.inline_data())
        if self.token.kind != "END":
            self.fail("the end of the query")
        return Node("Query", parts)

    def refuse_update(self, word: str) -> None:
        """Raise the error for an update."""
        line, column = place(self.text, self.token.start)
        raise QueryRefusedError(
            f"Line {line}, column {column}: {word} is an update. filmgraph only answers questions and changes nothing.",
            line=line,
            column=column,
            hint="Use SELECT, ASK, CONSTRUCT or DESCRIBE. To add facts, edit the data files of the collection.",
        )

    def prologue(self) -> list[Node]:
        """4 Prologue, 5 BaseDecl, 6 PrefixDecl."""
        parts: list[Node] = []
        while self.at_word("BASE", "PREFIX"):
            if self.at_word("BASE"):
                parts.append(Node("BaseDecl", [self.take(), self.iri_reference()]))
                self.base = self.resolved(parts[-1].children[1])
                continue
            word = self.take()
            if self.token.kind != "PNAME_NS":
                self.fail("a prefix with its colon, such as fg:")
            parts.append(Node("PrefixDecl", [word, self.take(), self.iri_reference()]))
            _, name, target = parts[-1].leaves()
            self.prefixes[name.text[:-1]] = self.resolved(target)
        return parts

    def resolved(self, reference: Node | Token) -> str:
        """The IRI of ``<…>``, resolved against BASE where there is one."""
        token = reference.first if isinstance(reference, Node) else reference
        iri = token.text[1:-1]
        if self.base is None:
            return iri
        joined = urljoin(self.base, iri)
        return joined + "#" if iri.endswith("#") and not joined.endswith("#") else joined  # urljoin drops a bare #

    def iri_reference(self) -> Token:
        """139 IRIREF."""
        if self.token.kind != "IRIREF":
            self.fail("an IRI in angle brackets")
        return self.take()

    def select(self) -> Node:
        """7 SelectQuery."""
        return Node("SelectQuery", [self.select_clause(), *self.dataset(), self.where(), *self.modifiers()])

    def sub_select(self) -> Node:
        """8 SubSelect."""
        parts: list[Node | Token] = [self.select_clause(), self.where(), *self.modifiers()]
        if self.at_word("VALUES"):
            parts.append(self.inline_data())
        return Node("SubSelect", parts)

    def select_clause(self) -> Node:
        """9 SelectClause."""
        parts: list[Node | Token] = [self.take()]
        if self.at_word("DISTINCT", "REDUCED"):
            parts.append(self.take())
        if self.at("*"):
            return Node("SelectClause", [*parts, self.take()])
        empty = len(parts)
        while self.token.kind == "VAR" or self.at("("):
            parts.append(self.take() if self.token.kind == "VAR" else self.named_expression("Projection"))
        if len(parts) == empty:
            self.fail("* or the variables to show")
        return Node("SelectClause", parts)

    def named_expression(self, kind: str) -> Node:
        """``( Expression AS Var )``."""
        parts = [self.expect("("), self.expression(), self.expect_word("AS"), self.variable(), self.expect(")")]
        return Node(kind, parts)

    def dataset(self) -> list[Node]:
        """13 DatasetClause."""
        clauses: list[Node] = []
        while self.at_word("FROM"):
            parts: list[Node | Token] = [self.take()]
            if self.at_word("NAMED"):
                parts.append(self.take())
            clauses.append(Node("DatasetClause", [*parts, self.iri()]))
        return clauses

    def where(self) -> Node:
        """17 WhereClause."""
        start = [self.take()] if self.at_word("WHERE") else []
        return Node("WhereClause", [*start, self.group_graph_pattern()])

    def ask(self) -> Node:
        """12 AskQuery."""
        return Node("AskQuery", [self.take(), *self.dataset(), self.where(), *self.modifiers()])

    def describe(self) -> Node:
        """11 DescribeQuery."""
        parts: list[Node | Token] = [self.take()]
        if self.at("*"):
            parts.append(self.take())
        else:
            parts.append(self.var_or_iri())
            while self.token.kind in ("VAR", "IRIREF", "PNAME_LN", "PNAME_NS"):
                parts.append(self.var_or_iri())
        parts += self.dataset()
        if self.at_word("WHERE") or self.at("{"):
            parts.append(self.where())
        return Node("DescribeQuery", [*parts, *self.modifiers()])

    def construct(self) -> Node:
        """10 ConstructQuery."""
        word = self.take()
        if not self.at("{"):  # the short form: CONSTRUCT WHERE { template }
            parts: list[Node | Token] = [word, *self.dataset(), self.expect_word("WHERE")]
            return Node("ConstructQuery", [*parts, self.template("ConstructWhere"), *self.modifiers()])
        template = self.template("ConstructTemplate")
        return Node("ConstructQuery", [word, template, *self.dataset(), self.where(), *self.modifiers()])

    def template(self, kind: str) -> Node:
        """73 ConstructTemplate."""
        parts: list[Node | Token] = [self.expect("{")]
        if not self.at("}"):
            parts.append(self.triples_block(paths=False))
        return Node(kind, [*parts, self.expect("}")])

    def modifiers(self) -> list[Node]:
        """18 SolutionModifier."""
        clauses: list[Node] = []
        if self.at_word("GROUP"):
            clauses.append(self.clause("GroupClause", [self.take(), self.expect_word("BY")], self.group_condition))
        if self.at_word("HAVING"):
            clauses.append(self.clause("HavingClause", [self.take()], self.constraint))
        if self.at_word("ORDER"):
            clauses.append(self.clause("OrderClause", [self.take(), self.expect_word("BY")], self.order_condition))
        allowed = ["LIMIT", "OFFSET"]  # 25: in either order, each once
        while self.at_word(*allowed):
            number = [self.take()]
            allowed.remove(number[0].text.upper())
            if self.token.kind != "INTEGER" or not self.token.text.isdigit():
                self.fail("a whole number")
            clauses.append(Node("LimitOffset", [*number, self.take()]))
        return clauses

    def clause(self, kind: str, start: list[Token], condition: Callable[[], Node | Token]) -> Node:
        """Keywords and one or more conditions."""
        parts: list[Node | Token] = [*start, condition()]
        while self.token.kind in ("VAR", "IRIREF", "PNAME_LN", "PNAME_NS") or self.at("(") or self.at_condition_word():
            parts.append(condition())
        return Node(kind, parts)

    def at_condition_word(self) -> bool:
        """Whether a function, or ASC or DESC, comes next."""
        return self.token.kind == "WORD" and not self.at_word("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")

    def group_condition(self) -> Node | Token:
        """20 GroupCondition."""
        if self.token.kind == "VAR":
            return self.take()
        if not self.at("("):
            return self.constraint()
        start = [self.take(), self.expression()]
        if self.at_word("AS"):
            return Node("Grouping", [*start, self.take(), self.variable(), self.expect(")")])
        return Node("Bracketed", [*start, self.expect(")")])

    def order_condition(self) -> Node | Token:
        """24 OrderCondition."""
        if self.at_word("ASC", "DESC"):
            return Node("Direction", [self.take(), self.bracketed()])
        return self.take() if self.token.kind == "VAR" else self.constraint()
