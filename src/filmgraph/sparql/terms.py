"""Parsing of terms and property paths: productions 88 to 97, 106 to 109 and 129 to 138."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.cursor import Cursor
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import missing_prefix

if TYPE_CHECKING:
    from filmgraph.sparql.tokens import Token

NUMBERS = ("INTEGER", "DECIMAL", "DOUBLE")
IRI_TOKENS = ("IRIREF", "PNAME_LN", "PNAME_NS")


class TermParser(Cursor):
    """Reads IRIs, literals, blank nodes and paths.

    Args:
        text: The query.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.prefixes: dict[str, str] = {}
        self.base: str | None = None

    def at_term(self) -> bool:
        """Whether a variable or an RDF term comes next."""
        token = self.token
        kinds = ("VAR", "BLANK_NODE_LABEL", "STRING", *NUMBERS, *IRI_TOKENS)
        return token.kind in kinds or self.at_word("TRUE", "FALSE") or self.at_anon() or self.at_nil()

    def at_anon(self) -> bool:
        """Whether ``[]`` comes next."""
        return self.at("[") and self.ahead().text == "]"

    def at_nil(self) -> bool:
        """Whether ``()`` comes next."""
        return self.at("(") and self.ahead().text == ")"

    def variable(self) -> Token:
        """108 Var."""
        if self.token.kind != "VAR":
            self.fail("a variable such as ?film")
        return self.take()

    def iri(self) -> Node:
        """136 iri."""
        token = self.token
        if token.kind not in IRI_TOKENS:
            self.fail("an IRI such as <http://…> or fg:Film")
        if token.kind != "IRIREF":
            prefix = token.text.partition(":")[0]
            if prefix not in self.prefixes:
                raise missing_prefix(self.text, token.start, prefix)
        return Node("Iri", [self.take()])

    def term(self) -> Node | Token:
        """106 VarOrTerm."""
        token = self.token
        if token.kind == "VAR":
            return self.take()
        if token.kind in IRI_TOKENS:
            return self.iri()
        if token.kind == "BLANK_NODE_LABEL":
            return Node("BlankNode", [self.take()])
        if self.at_anon():
            return Node("BlankNode", [self.take(), self.take()])
        if self.at_nil():
            return Node("Nil", [self.take(), self.take()])
        return self.literal()

    def literal(self) -> Node:
        """129 RDFLiteral, 130 NumericLiteral, 134 BooleanLiteral."""
        token = self.token
        if token.kind == "STRING":
            parts: list[Node | Token] = [self.take()]
            if self.token.kind == "LANGTAG":
                parts.append(self.take())
            elif self.at("^") and self.ahead().text == "^":
                self.fail("^^ without a space in it")
            elif self.at("^^"):
                parts += [self.take(), self.iri()]
            return Node("Literal", parts)
        if token.kind in NUMBERS or self.at_word("TRUE", "FALSE"):
            return Node("Literal", [self.take()])
        return self.fail("a variable, an IRI or a literal")

    def path(self) -> Node | Token:
        """89 PathAlternative."""
        return self.many("PathAlternative", self.path_sequence(), self.path_sequence, "|")

    def path_sequence(self) -> Node | Token:
        """90 PathSequence."""
        return self.many("PathSequence", self.path_step(), self.path_step, "/")

    def path_step(self) -> Node | Token:
        """92 PathEltOrInverse, 91 PathElt, 93 PathMod."""
        if self.at("^"):
            return Node("PathInverse", [self.take(), self.path_element()])
        return self.path_element()

    def path_element(self) -> Node | Token:
        """91 PathElt."""
        primary = self.path_primary()
        if self.at("?", "*", "+"):
            return Node("PathMod", [primary, self.take()])
        return primary

    def path_primary(self) -> Node | Token:
        """94 PathPrimary."""
        if self.at("("):
            return Node("PathGroup", [self.take(), self.path(), self.expect(")")])
        if self.at("!"):
            return Node("PathNegated", [self.take(), *self.negated()])
        return self.predicate()

    def predicate(self) -> Node:
        """An IRI, or ``a`` for rdf:type."""
        if self.token.kind == "WORD" and self.token.text == "a":
            return Node("Iri", [self.take()])
        return self.iri()

    def negated(self) -> list[Node | Token]:
        """95 PathNegatedPropertySet."""
        if not self.at("("):
            return [self.one_in_set()]
        parts: list[Node | Token] = [self.take()]
        if not self.at(")"):
            parts.append(self.one_in_set())
            while self.at("|"):
                parts += [self.take(), self.one_in_set()]
        return [*parts, self.expect(")")]

    def one_in_set(self) -> Node:
        """96 PathOneInPropertySet."""
        if self.at("^"):
            return Node("PathInverse", [self.take(), self.predicate()])
        return self.predicate()
