"""Regular expressions of queries, as the engine compiles them.

To the engine a pattern that it cannot compile is an error of the expression, which removes the solution without a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.rdf.namespaces import WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.rdf.results import Term

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_PLACE = r"\d{1,9}:\d{1,9}"
_STR = "REGEX and REPLACE take plain strings: write STR(…) around it."
_SYNTAX = "The engine knows no look-around (?=, no back-references \\1, and the flags i, m, s, x and q."
_COMPUTED = "To look for a text as it stands, use CONTAINS, or the flag q."


class UncompilablePatternError(Exception):
    """A query has computed a pattern that the engine cannot compile; its text says where, and which."""


@lru_cache(10_000)
def compiles(pattern: str, flags: str = "") -> bool:
    """Whether the engine compiles a pattern.

    >>> compiles("^Night"), compiles("("), compiles("a(?=b)"), compiles("a", "z")
    (True, False, False, False)
    """
    text = f'SELECT (REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?compiles) {{}}'
    found = ox.Store().query(text)
    return isinstance(found, ox.QuerySolutions) and next(found)["compiles"] is not None


def trouble(pattern: Term | None, flags: Term | None = None) -> str:
    """Return why the engine takes no pattern, or no flags, as a clause; empty where it takes them.

    >>> trouble(ox.Literal("^Night")), trouble(ox.Literal("("))
    ('', "the engine cannot compile the pattern '('")
    >>> trouble(ox.Literal("Night", language="en"))
    'the pattern "Night"@en is no plain string'
    """
    for term, what in ((pattern, "the pattern"), (flags, "the flags")):
        if term is not None and not (isinstance(term, ox.Literal) and term.datatype.value == _STRING):
            return f"{what} {term} {'is' if what == 'the pattern' else 'are'} no plain string"
    said = flags.value if isinstance(flags, ox.Literal) else ""
    if not compiles("", said):
        return f"the engine knows no flags '{said}'"
    if isinstance(pattern, ox.Literal) and not compiles(pattern.value, said):
        return f"the engine cannot compile the pattern '{pattern.value}'"
    return ""


def hint(problem: str) -> str:
    """Return what to do about a problem that `trouble` tells of."""
    return _STR if problem.endswith("plain string") else _SYNTAX


class PatternWatch:
    """The function through which a query passes each pattern that it computes; it notes the first that is wrong.

    Its arguments are the place in the query (``line:column``), the pattern, and flags where there are any.

    >>> watch = PatternWatch()
    >>> _ = watch.seen(ox.Literal("3:12"), ox.Literal("("))
    >>> watch.check()
    Traceback (most recent call last):
    ...
    filmgraph.rdf.patterns.UncompilablePatternError: 3:12:the engine cannot compile the pattern '('
    """

    def __init__(self) -> None:
        self._noted = ""

    @property
    def functions(self) -> dict[ox.NamedNode, Callable[..., Term | None]]:
        """What the engine calls, by the name that `WATCHED` gives it in queries."""
        return {ox.NamedNode(WATCHED): self.seen}

    def seen(self, place: Term, pattern: Term, flags: Term | None = None) -> Term:
        """Look at a pattern and its flags, and return the pattern."""
        if not self._noted and (problem := trouble(pattern, flags)):
            at = place.value if isinstance(place, ox.Literal) and re.fullmatch(_PLACE, place.value) else "1:1"
            self._noted = f"{at}:{problem}"  # whoever calls the function by its name may give any place
        return pattern

    def check(self) -> None:
        """Tell of a pattern that was wrong.

        Raises:
            UncompilablePatternError: There was one.
        """
        if self._noted:
            raise UncompilablePatternError(self._noted)


def told(said: str) -> tuple[str, int, int, str]:
    """Return message, line, column and hint for the text of an `UncompilablePatternError`.

    >>> told("3:12:the engine cannot compile the pattern '('")[:3]
    ("Line 3, column 12: the engine cannot compile the pattern '(', which the query computes here.", 3, 12)
    """
    line, column, problem = said.split(":", 2)
    message = f"Line {line}, column {column}: {problem}, which the query computes here."
    todo = hint(problem)
    return message, int(line), int(column), f"{todo} {_COMPUTED}" if todo == _SYNTAX else todo
