"""A parser of Turtle, TriG, N-Triples and N-Quads that keeps the position of each term.

`RDF 1.1 Turtle <https://www.w3.org/TR/turtle/>`_, `TriG <https://www.w3.org/TR/trig/>`_,
`N-Quads <https://www.w3.org/TR/n-quads/>`_.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from filmgraph.importing.readers._statements import FoundTerm, FoundTriple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    (?P<space>(?:[ \t\r\n]+|\#[^\r\n]*)+)
  | (?P<iri><(?!<)(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<text>\"\"\"(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w](?:[\w.-]*[\w-])?)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)?)
  | (?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?![\w]))
  | (?P<word>[A-Za-z]+)
  | (?P<mark>\^\^|[.;,\[\](){}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LONG = ('"""', "'''")
_DEEPEST = 100


class TurtleError(ValueError):
    """A text is not Turtle from some position on.

    Args:
        message: What is wrong.
        place: Where, in code points.
    """

    def __init__(self, message: str, place: int) -> None:
        self.place = place
        super().__init__(message)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def triples(text: str) -> Iterator[FoundTriple]:
    """Yield the triples of a text in order, with the positions of their terms; graph names are ignored.

    Raises:
        TurtleError: The text cannot be read from some place on; what stands before it was given.
    """
    yield from _TurtleParser(text).document()


class _TurtleParser:
    """A statement-by-statement parser; a triple is yielded once its end was read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = int(text.startswith("\ufeff"))
        self._base = ""
        self._prefixes: dict[str, str] = {}
        self._blanks = 0
        self._token = self._read()
        self._found: list[FoundTriple] = []

    def document(self) -> Iterator[FoundTriple]:
        """Yield all statements."""
        inside = False
        while self._token.kind != "end":
            if self._is_directive():
                self._directive()
            elif inside and self._token.text == "}":
                self._next()
                inside = False
            else:
                inside = self._statement(inside=inside) or inside
            yield from self._found
            self._found = []
        if inside:
            raise TurtleError("The text breaks off inside a graph.", self._token.start)

    def _is_directive(self) -> bool:
        token = self._token
        return (token.kind == "language" and token.text in {"@prefix", "@base"}) or (
            token.kind == "word" and token.text.upper() in {"PREFIX", "BASE"}
        )

    def _directive(self) -> None:
        word = self._next()
        name = self._next() if word.text.upper().endswith("PREFIX") else None
        iri = self._next()
        if iri.kind != "iri" or (name is not None and (name.kind != "name" or not name.text.endswith(":"))):
            raise TurtleError("A prefix needs a name and an IRI.", iri.start)
        value = urljoin(self._base, _decoded(iri.text[1:-1])) if self._base else _decoded(iri.text[1:-1])
        if name is None:
            self._base = value
        else:
            self._prefixes[name.text[:-1]] = value
        if word.text.startswith("@"):
            self._expect(".")

    def _statement(self, *, inside: bool) -> bool:
        """Parse a statement or the start of a graph; return whether a graph starts."""
        if self._token.kind == "word" and self._token.text.upper() == "GRAPH":
            self._next()
            self._term()
            self._expect("{")
            return True
        if self._token.text == "{":
            self._next()
            return True
        alone = self._token.text == "["
        subject = self._term()
        if self._token.text == "{" and not inside:
            self._next()
            return True
        if not (alone and self._token.text in {".", "}"}):
            self._predicates(subject, 0)
        if self._token.kind in {"iri", "blank"}:  # the graph of N-Quads
            self._term()
        if not (inside and self._token.text == "}"):
            self._expect(".")
        return False

    def _predicates(self, subject: FoundTerm, depth: int) -> None:
        while True:
            predicate = self._predicate()
            while True:
                value = self._term(depth + 1)
                self._ended()
                self._found.append(FoundTriple(subject, predicate, value))
                if self._token.text != ",":
                    break
                self._next()
            if self._token.text != ";":
                return
            while self._token.text == ";":
                self._next()
            if self._token.text in {".", "]", "}"}:
                return

    def _ended(self) -> None:
        """Check that the text does not end within a statement."""
        if self._token.kind == "end":
            raise TurtleError("The text breaks off in a statement.", self._token.start)

    def _predicate(self) -> FoundTerm:
        token = self._token
        if token.kind == "word" and token.text == "a":
            self._next()
            return FoundTerm("iri", _TYPE, token.start, token.end)
        if token.kind not in {"iri", "name"}:
            raise TurtleError("A property is expected here.", token.start)
        return self._term()

    def _term(self, depth: int = 0) -> FoundTerm:
        if depth > _DEEPEST:
            raise TurtleError("The text is nested too deeply.", self._token.start)
        token = self._next()
        if token.kind == "iri":
            inner = _decoded(token.text[1:-1])
            iri = urljoin(self._base, inner) if self._base else inner
            return FoundTerm("iri", iri, token.start + 1, token.end - 1)
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self._prefixes:
                raise TurtleError(f"The prefix {prefix}: is not declared.", token.start)
            return FoundTerm("iri", self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local), token.start, token.end)
        if token.kind == "blank":
            return FoundTerm("blank", token.text, token.start, token.end)
        if token.kind == "text":
            return self._literal(token)
        if token.kind == "number" or token.text in {"true", "false"}:
            return FoundTerm("literal", token.text, token.start, token.end)
        if token.text in {"[", "("}:
            return self._nested(token, depth)
        message = (
            "The text breaks off." if token.kind == "end" else f"A term is expected here, not {token.text[:20]!r}."
        )
        raise TurtleError(message, token.start)

    def _literal(self, token: _Token) -> FoundTerm:
        size = 3 if token.text[:3] in _LONG and len(token.text) >= 2 * len(_LONG[0]) else 1
        inner = token.text[size:-size]
        if self._token.kind == "language" and self._token.start == token.end:
            self._next()
        elif self._token.text == "^^":
            self._next()
            self._term()
        return FoundTerm("literal", _decoded(inner), token.start + size, token.end - size)

    def _nested(self, token: _Token, depth: int) -> FoundTerm:
        """Parse a blank node or a list; the items of a list become values of its property."""
        self._blanks += 1
        node = FoundTerm("blank", f"[{self._blanks}]", token.start, token.end)
        if token.text == "[":
            if self._token.text != "]":
                self._predicates(node, depth + 1)
            self._expect("]")
            return node
        item = FoundTerm("iri", "http://www.w3.org/1999/02/22-rdf-syntax-ns#first", token.start, token.end)
        while self._token.text != ")":
            value = self._term(depth + 1)
            self._ended()
            self._found.append(FoundTriple(node, item, value))
        self._expect(")")
        return node

    def _expect(self, mark: str) -> None:
        if self._token.text != mark:
            what = "the end" if self._token.kind == "end" else repr(self._token.text[:20])
            raise TurtleError(f"{mark!r} is expected here, not {what}.", self._token.start)
        self._next()

    def _next(self) -> _Token:
        token, self._token = self._token, self._read()
        return token

    def _read(self) -> _Token:
        while self._place < len(self._text):
            match = _TOKEN.match(self._text, self._place)
            if match is None or match.lastgroup is None:
                raise TurtleError("This can stand nowhere in Turtle.", self._place)
            self._place = match.end()
            if match.lastgroup != "space":
                return _Token(match.lastgroup, match[0], match.start(), match.end())
        return _Token("end", "", len(self._text), len(self._text))


def _decoded(text: str) -> str:
    """Decode the escapes of a text."""
    if "\\" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            # Half a surrogate pair, or a number beyond Unicode, is no character.
            return bytes.fromhex(code.rjust(8, "0")).decode("utf-32-be", "replace")
        return _SHORT.get(match[3], match[3])

    return _ESCAPE.sub(plain, text)
