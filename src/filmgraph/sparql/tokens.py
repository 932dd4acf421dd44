"""The lexer: terminals of SPARQL 1.1 with their exact places.

The names of the kinds are those of the
`terminals of the grammar <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>`_ (productions 139 to 173).
White space and comments are not tokens: whatever lies between two tokens is theirs, and stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from filmgraph.sparql.trouble import syntax_error, unexpected_character

_ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"  # 19.2, codepoint escapes
_PLX = rf"%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%]|{_ESCAPED}"  # 170, PLX
_ECHAR = rf"\\[tbnrf\\\"']|{_ESCAPED}"  # 160, ECHAR
_EXPONENT = "[eE][+-]?[0-9]+"  # 155
_LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)  # 164, PN_CHARS_BASE beyond ASCII; without U+FEFF, which at the head of a file is a byte order mark and never meant
_MARKS = "\u00b7\u0300-\u036f\u203f-\u2040"  # what 166 and 167 allow in a name, but not at its begin


@lru_cache
def _pattern(*, ascii_only: bool) -> re.Pattern[str]:
    """The terminals. Most queries are ASCII, for which the pattern is ten times as fast to compile."""
    base = "A-Za-z" if ascii_only else f"A-Za-z{_LETTERS}"  # 164, PN_CHARS_BASE
    marks = "" if ascii_only else _MARKS
    first = base + "_"  # 165, PN_CHARS_U
    chars = f"{first}\\-0-9{marks}"  # 167, PN_CHARS
    prefix = f"(?:[{base}](?:[{chars}.]*[{chars}])?)?"  # 168, PN_PREFIX
    local = f"(?:[{first}:0-9]|{_PLX})(?:(?:[{chars}:]|{_PLX})|\\.+(?=[{chars}:.%\\\\]))*"  # 169, PN_LOCAL
    kinds = (
        ("SPACE", r"[ \t\r\n]+|\#[^\r\n]*"),
        ("IRIREF", rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPED})*>"),
        ("VAR", f"[?$](?:[{first}0-9]|{_ESCAPED})(?:[{first}0-9{marks}]|{_ESCAPED})*"),
        ("PNAME_LN", f"{prefix}:{local}"),
        ("PNAME_NS", f"{prefix}:"),
        ("BLANK_NODE_LABEL", f"_:[{first}0-9](?:[{chars}.]*[{chars}])?"),
        ("DOUBLE", rf"[+-]?(?:[0-9]+\.[0-9]*{_EXPONENT}|\.[0-9]+{_EXPONENT}|[0-9]+{_EXPONENT})"),
        ("DECIMAL", r"[+-]?[0-9]*\.[0-9]+"),
        ("INTEGER", "[+-]?[0-9]+"),
        ("STRING", rf"'''(?:(?:'|'')?(?:[^'\\]|{_ECHAR}))*'''"),
        ("STRING_", rf'"""(?:(?:"|"")?(?:[^"\\]|{_ECHAR}))*"""'),
        ("STRING__", rf"'(?:[^'\\\n\r]|{_ECHAR})*'|\"(?:[^\"\\\n\r]|{_ECHAR})*\""),
        ("LANGTAG", "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"),
        ("WORD", "[A-Za-z_][A-Za-z0-9_]*"),
        ("PUNCTUATION", r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;=<>!+\-*/^|?]"),
    )
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds))


_LONE = re.compile(r"\\u[dD][89A-Fa-f][0-9A-Fa-f]{2}|\\U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}|\\U0000[dD][89A-Fa-f]..")


class Token(NamedTuple):
    """A terminal: its kind, its text, and where it starts and ends in the query, in code points."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Cut a query into its tokens, white space and comments left out.

    Raises:
        QuerySyntaxError: A character begins no token.

    >>> [token.text for token in tokenize("ASK { ?film a :Film } # done")]
    ['ASK', '{', '?film', 'a', ':Film', '}']
    """
    if (lone := _LONE.search(text)) is not None:
        raise syntax_error(text, lone.start(), f"{lone.group()} is no character.")
    tokens: list[Token] = []
    position, size, match = 0, len(text), _pattern(ascii_only=text.isascii()).match
    while position < size:
        found = match(text, position)
        if found is None:
            raise unexpected_character(text, position)
        kind = found.lastgroup or ""
        if kind != "SPACE":
            tokens.append(Token(kind.rstrip("_"), found.group(), position, found.end()))
        position = found.end()
    return tokens
