"""Parsing of expressions: productions 110 to 128."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.sparql.terms import IRI_TOKENS, NUMBERS, TermParser
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import syntax_error
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from filmgraph.sparql.tokens import Token

_MANY = 1_000_000
_ARITY = {
    **dict.fromkeys(
        ("STR", "LANG", "DATATYPE", "BOUND", "IRI", "URI", "ABS", "CEIL", "FLOOR", "ROUND", "STRLEN", "UCASE", "LCASE"),
        (1, 1),
    ),
    **dict.fromkeys(
        ("ENCODE_FOR_URI", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ", "MD5", "SHA1"),
        (1, 1),
    ),
    **dict.fromkeys(("SHA256", "SHA384", "SHA512", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC"), (1, 1)),
    **dict.fromkeys(("RAND", "NOW", "UUID", "STRUUID"), (0, 0)),
    **dict.fromkeys(("LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER"), (2, 2)),
    **dict.fromkeys(("STRLANG", "STRDT", "SAMETERM"), (2, 2)),
    **dict.fromkeys(("CONCAT", "COALESCE"), (0, _MANY)),
    "BNODE": (0, 1),
    "IF": (3, 3),
    "SUBSTR": (2, 3),
    "REGEX": (2, 3),
    "REPLACE": (3, 4),
}
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
_BINDING = (("||",), ("&&",), ("=", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/"))
_KINDS = ("Or", "And", "Relational", "Additive", "Multiplicative")
_RELATIONAL, _ADDITIVE, _MULTIPLICATIVE = 2, 3, 4


class ExpressionParser(TermParser):
    """Reads expressions, constraints and calls."""

    def group_graph_pattern(self) -> Node:
        """53 GroupGraphPattern; `PatternParser` reads it."""
        raise NotImplementedError

    def expression(self, level: int = -1) -> Node | Token:
        """110 Expression to 117 MultiplicativeExpression: whatever binds tighter than ``level``."""
        # One loop instead of a function for each production: nesting must not cost a stack frame for each of them.
        left = self.unary()
        for tighter in range(_MULTIPLICATIVE, level, -1):
            while parts := self.continuation(tighter):
                left = Node(parts[0], [left, *parts[1:]])
                if tighter == _RELATIONAL:
                    break  # 114: a comparison does not chain
        return left

    def continuation(self, level: int) -> tuple[str, *tuple[Node | Token, ...]] | tuple[()]:
        """A sign of this level and what stands right of it, after the kind of node they make; or nothing."""
        if self.at(*_BINDING[level]):
            sign = self.take()
            return (_KINDS[level], sign, self.expression(level))
        if level == _ADDITIVE and self.token.kind in NUMBERS and self.token.text[0] in "+-":
            # 116: in ?x-1 the number has taken the sign.
            number: Node | Token = Node("Literal", [self.take()])
            while parts := self.continuation(_MULTIPLICATIVE):
                number = Node(parts[0], [number, *parts[1:]])
            return ("Additive", number)
        if level == _RELATIONAL and self.at_word("IN"):
            return ("In", self.take(), self.expression_list())
        if level == _RELATIONAL and self.at_word("NOT") and self.ahead().text.upper() == "IN":
            return ("In", self.take(), self.take(), self.expression_list())
        return ()

    def unary(self) -> Node | Token:
        """118 UnaryExpression."""
        if self.at("!", "+", "-"):
            return Node("Unary", [self.take(), self.primary()])
        return self.primary()

    def primary(self) -> Node | Token:
        """119 PrimaryExpression."""
        token = self.token
        if self.at("("):
            return self.bracketed()
        if token.kind == "VAR":
            return self.take()
        if token.kind in IRI_TOKENS:
            iri = self.iri()
            return Node("FunctionCall", [iri, self.arguments()]) if self.at("(") else iri
        if token.kind in ("STRING", *NUMBERS) or self.at_word("TRUE", "FALSE"):
            return self.literal()
        if token.kind == "WORD":
            return self.call()
        return self.fail("a value, a variable or a function")

    def bracketed(self) -> Node:
        """120 BrackettedExpression."""
        return Node("Bracketed", [self.expect("("), self.expression(), self.expect(")")])

    def call(self) -> Node:
        """121 BuiltInCall, 127 Aggregate, 125 ExistsFunc, 126 NotExistsFunc."""
        name = self.token.text.upper()
        if name in AGGREGATES:
            return self.aggregate(name)
        if name == "EXISTS":
            return Node("Exists", [self.take(), self.group_graph_pattern()])
        if name == "NOT" and self.ahead().text.upper() == "EXISTS":
            return Node("NotExists", [self.take(), self.take(), self.group_graph_pattern()])
        if name not in _ARITY:
            self.unknown_function(name)
        word = self.take()
        if name == "BOUND":
            return Node("BuiltInCall", [word, Node("Arguments", [self.expect("("), self.variable(), self.expect(")")])])
        arguments = self.expression_list()
        low, high = _ARITY[name]
        count = sum(1 for child in arguments.children if isinstance(child, Node) or child.kind == "VAR")
        if not low <= count <= high:
            wanted = f"{low}" if low == high else f"{low} to {high}"
            raise syntax_error(self.text, word.start, f"{name} takes {wanted} values, here it gets {count}.")
        return Node("BuiltInCall", [word, arguments])

    def unknown_function(self, name: str) -> None:
        """Raise the error for a word that is no function."""
        token = self.token
        if self.ahead().text != "(":
            self.fail("a value, a variable or a function")
        near = nearest(name, [*_ARITY, *AGGREGATES], count=1)
        hint = f"Did you mean {near[0]}?" if near else None
        raise syntax_error(self.text, token.start, f"{token.text} is no function of SPARQL 1.1.", hint=hint)

    def aggregate(self, name: str) -> Node:
        """127 Aggregate."""
        parts: list[Node | Token] = [self.take(), self.expect("(")]
        if self.at_word("DISTINCT"):
            parts.append(self.take())
        parts.append(self.take() if name == "COUNT" and self.at("*") else self.expression())
        if name == "GROUP_CONCAT" and self.at(";"):
            parts += [self.take(), self.expect_word("SEPARATOR"), self.expect("=")]
            if self.token.kind != "STRING":
                self.fail("a string")
            parts.append(self.take())
        return Node("Aggregate", [*parts, self.expect(")")])

    def expression_list(self) -> Node:
        """72 ExpressionList."""
        parts: list[Node | Token] = [self.expect("(")]
        if not self.at(")"):
            parts.append(self.expression())
            while self.at(","):
                parts += [self.take(), self.expression()]
        return Node("Arguments", [*parts, self.expect(")")])

    def arguments(self) -> Node:
        """71 ArgList."""
        if self.ahead().text.upper() != "DISTINCT":
            return self.expression_list()
        parts: list[Node | Token] = [self.expect("("), self.take(), self.expression()]
        while self.at(","):
            parts += [self.take(), self.expression()]
        return Node("Arguments", [*parts, self.expect(")")])

    def constraint(self) -> Node:
        """69 Constraint."""
        if self.at("("):
            return self.bracketed()
        if self.token.kind in IRI_TOKENS:
            return Node("FunctionCall", [self.iri(), self.arguments()])
        if self.token.kind == "WORD":
            return self.call()
        return self.fail("a condition in brackets, or a function")
