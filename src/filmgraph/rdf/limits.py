"""Limits of RDF files: nesting depth, with which parsers slow down, and bytes in one token."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from filmgraph.errors import RdfSyntaxError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_TOKEN = 1 << 24
"""Bytes that the engine's parsers take for one token of a file that is read piece by piece."""
DEEPEST = 1_000
"""How deep elements of RDF/XML, and arrays and objects of JSON-LD, may lie in one another."""

# Compiled at its first use: start-up is measured.
_NESTING = rb'"(?:[^"\\]|\\.)*"|[{}\[\]]'
_STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


def too_long(path: str | Path, file: IO[bytes]) -> RdfSyntaxError:
    """The error for a token that is too long.

    Args:
        path: The file, for the message.
        file: The same, open at its beginning: the line is looked for.
    """
    line = next((number for number, one in enumerate(file, 1) if len(one) > LONGEST_TOKEN), None)
    return RdfSyntaxError(
        f"A literal or another token has more than {LONGEST_TOKEN:,} bytes, which is the limit.",
        path=path,
        line=line,
        hint="Shorten it. A collection keeps facts, not the texts that state them.",
    )


def refuse_deep_xml(data: bytes, path: str | Path) -> None:
    """Refuse elements that lie in a thousand others: reading them takes time as the square of their depth.

    Raises:
        RdfSyntaxError: There are such.
    """
    if data.count(b"<") <= DEEPEST:
        return
    from xml.parsers import expat  # noqa: PLC0415 -- few files are RDF/XML

    parser, depth = expat.ParserCreate(), 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _too_deep("Elements", path, parser.CurrentLineNumber)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(expat.ExpatError):  # what is wrong with it, the parser of RDF tells
        parser.Parse(data, True)


def refuse_deep_json(data: bytes, path: str | Path) -> None:
    """Refuse arrays and objects that lie in a thousand others.

    Raises:
        RdfSyntaxError: There are such.
    """
    if data.count(b"{") + data.count(b"[") <= DEEPEST:
        return
    depth = 0
    for match in re.finditer(_NESTING, data, re.DOTALL):
        depth += _STEPS.get(match[0], 0)
        if depth > DEEPEST:
            raise _too_deep("Arrays or objects", path, data.count(b"\n", 0, match.start()) + 1)


def _too_deep(what: str, path: str | Path, line: int) -> RdfSyntaxError:
    return RdfSyntaxError(
        f"{what} lie in one another more than {DEEPEST:,} deep, which is the limit.",
        path=path,
        line=line,
        hint="Write the file flat, or convert it to Turtle.",
    )
