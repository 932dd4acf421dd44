"""Syntax errors in plain words: the line, a caret, and what is likely meant."""

from __future__ import annotations

import unicodedata

from filmgraph.errors import QueryRefusedError, QuerySyntaxError
from filmgraph.rdf.namespaces import PREFIXES

_WIDTH = 100  # a caret line must fit a terminal
_INVISIBLE = {
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen, which cannot be seen",
    "\u200b": "a zero-width space, which cannot be seen",
    "\u200e": "a direction mark, which cannot be seen",
    "\u200f": "a direction mark, which cannot be seen",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u202f": "a narrow no-break space",
    "\u2060": "a word joiner, which cannot be seen",
    "\ufeff": "a byte order mark, which cannot be seen",
}
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
_QUOTES |= {"\u00ab": '"', "\u00bb": '"', "\u2032": "'", "\u2033": '"', "`": "'", "\u00b4": "'"}
_DASHES = {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"}


def place(text: str, position: int) -> tuple[int, int]:
    r"""The 1-based line and column of a position.

    >>> place("ASK\n{ }", 4)
    (2, 1)
    """
    before = text[:position].replace("\r\n", "\n ").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _shown(text: str, position: int) -> str:
    line, column = place(text, position)
    source = text.splitlines()[line - 1] if text.splitlines()[line - 1 :] else ""
    skipped = max(0, column - 1 - _WIDTH // 2)
    window = source[skipped : skipped + _WIDTH]
    seen = window.replace("\t", " ")
    for character in _INVISIBLE:
        seen = seen.replace(character, "\u00b7")
    return f"  {line} | {seen}\n  {' ' * len(str(line))} | {' ' * (column - 1 - skipped)}^"


def syntax_error(text: str, position: int, problem: str, *, hint: str | None = None) -> QuerySyntaxError:
    """An error that says the problem, shows the line and points at the place."""
    line, column = place(text, position)
    return QuerySyntaxError(
        f"Line {line}, column {column}: {problem}\n{_shown(text, position)}", line=line, column=column, hint=hint
    )


def refused(text: str, position: int, problem: str, *, hint: str) -> QueryRefusedError:
    """The error for what is SPARQL and is not run; it says the problem and its place."""
    line, column = place(text, position)
    return QueryRefusedError(f"Line {line}, column {column}: {problem}", line=line, column=column, hint=hint)


def unexpected_character(text: str, position: int) -> QuerySyntaxError:
    """The error for a character that begins no token."""
    character = text[position]
    code = f"U+{ord(character):04X}"
    if character in _INVISIBLE:
        hint = f"Replace it with an ordinary space, or delete it. {_how_many(text, character)}"
        return syntax_error(text, position, f"here stands {_INVISIBLE[character]} ({code}).", hint=hint)
    if character in _QUOTES:
        hint = f"SPARQL knows only straight quotes: write {_QUOTES[character]} instead. {_how_many(text, character)}"
        return syntax_error(text, position, f"{character} ({code}) is no quotation mark of SPARQL.", hint=hint)
    if character in _DASHES:
        return syntax_error(text, position, f"{character} ({code}) is no minus sign.", hint="Write - instead.")
    if character in "\"'":
        hint = "Close it on the same line, or write a long string in three quotes. In a string \\ is written \\\\."
        problem = "a string begins here and does not end, or has a wrong \\ in it."
        return syntax_error(text, position, problem, hint=hint)
    name = unicodedata.name(character, "a control character")
    return syntax_error(text, position, f"unexpected {character!r} ({code}, {name}).")


def _how_many(text: str, character: str) -> str:
    count = text.count(character)
    return f"The query has {count} of them." if count > 1 else "The query has only this one."


def missing_prefix(text: str, position: int, prefix: str) -> QuerySyntaxError:
    """The error for a prefix that no ``PREFIX`` line declares, with the line to add where it is known."""
    known = PREFIXES.get(prefix)
    hint = f"Add this line at the top:\nPREFIX {prefix}: <{known or '…'}>"
    return syntax_error(text, position, f"the prefix {prefix}: is not declared.", hint=hint)
