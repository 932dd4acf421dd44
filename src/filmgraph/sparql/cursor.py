"""A cursor over the tokens of a query: what every part of the parser builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from filmgraph.sparql.tokens import Token, tokenize
from filmgraph.sparql.tree import Node
from filmgraph.sparql.trouble import refused, syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 100
"""How deep brackets may be nested. pyoxigraph 0.5.13 ends the whole process at about 1,000 nested EXISTS."""

_PAIRS = {")": "(", "}": "{", "]": "["}


class Cursor:
    """Reads tokens one after the other.

    Args:
        text: The query.

    Raises:
        QuerySyntaxError: The text has a character that begins no token, or its brackets do not pair.
        QueryRefusedError: Its brackets are nested deeper than `MAX_DEPTH`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.tokens.append(Token("END", "", len(text), len(text)))
        self.index = 0
        self._check_depth()

    def _check_depth(self) -> None:
        # Done over the flat list, before anything descends: a query nested without end must not exhaust any stack.
        depth = 0
        for token in self.tokens:
            if token.text in ("(", "{", "["):
                depth += 1
                if depth > MAX_DEPTH:
                    raise refused(
                        self.text,
                        token.start,
                        f"the query is nested more than {MAX_DEPTH} levels deep.",
                        hint="Write it flatter. Engines may crash on such a query.",
                    )
            elif token.text in _PAIRS:
                depth = max(0, depth - 1)

    def check_pairs(self) -> None:
        """Raise the error for the first bracket that has no partner, if there is one."""
        opened: list[Token] = []
        for token in self.tokens:
            if token.text in ("(", "{", "["):
                opened.append(token)
            elif (wanted := _PAIRS.get(token.text)) is not None:
                if not opened or opened[-1].text != wanted:
                    hint = f"Delete it, or add the {wanted} that it closes."
                    raise syntax_error(self.text, token.start, f"this {token.text} closes nothing.", hint=hint)
                opened.pop()
        if opened:
            closing = next(close for close, open_ in _PAIRS.items() if open_ == opened[-1].text)
            problem = f"this {opened[-1].text} is never closed."
            raise syntax_error(self.text, opened[-1].start, problem, hint=f"Add the missing {closing}.")

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.index]

    def ahead(self, distance: int = 1) -> Token:
        """A token further on."""
        return self.tokens[min(self.index + distance, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these signs."""
        token = self.token
        return token.kind == "PUNCTUATION" and token.text in texts

    def at_word(self, *words: str) -> bool:
        """Whether the next token is one of these keywords, in small letters or capitals."""
        token = self.token
        return token.kind == "WORD" and token.text.upper() in words

    def take(self) -> Token:
        """The next token; the cursor moves past it."""
        token = self.tokens[self.index]
        if token.kind == "END":
            self.fail("more")
        self.index += 1
        return token

    def expect(self, text: str) -> Token:
        """The next token, which must be this sign."""
        if not self.at(text):
            self.fail(text)
        return self.take()

    def expect_word(self, word: str) -> Token:
        """The next token, which must be this keyword."""
        if not self.at_word(word):
            self.fail(word)
        return self.take()

    def fail(self, wanted: str) -> NoReturn:
        """Raise a syntax error at the next token."""
        self.check_pairs()
        token = self.token
        if token.kind == "END":
            raise syntax_error(self.text, token.start, f"expected {wanted}, but the query ends here.")
        raise syntax_error(self.text, token.start, f"expected {wanted}, found {token.text!r}.", hint=_hint(token))

    def many(self, kind: str, first: Node | Token, more: Callable[[], Node | Token], *signs: str) -> Node | Token:
        """``first (sign more)*``, or ``first`` alone where no sign follows."""
        children: list[Node | Token] = [first]
        while self.at(*signs):
            children += [self.take(), more()]
        return Node(kind, children) if len(children) > 1 else first


def _hint(token: Token) -> str | None:
    if token.text == "==":
        return "Write = to compare."
    if token.kind == "STRING":
        return "A string in double or single quotes stands only where a value may stand."
    if token.kind == "WORD" and token.text.upper() in ("AND", "OR", "NOT"):
        return {"AND": "Write && instead of AND.", "OR": "Write || instead of OR.", "NOT": "Write ! instead of NOT."}[
            token.text.upper()
        ]
    return None
