"""Text that is safe to print: control characters become visible escapes.

A title may hold an escape sequence that would recolour or rewrite a terminal, or a bidirectional control that would
reorder what is read (`Unicode TR 36, 2.9 <https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing>`_).
"""

from __future__ import annotations

import re

# Compiled at its first use: start-up is measured.
_CONTROL = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"


def printable(text: str, *, keep: str = "") -> str:
    r"""The text with its control characters written out, save those of ``keep``.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():  # as most text is, without a look at each character
        return text
    return re.sub(_CONTROL, lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


def _escape(character: str) -> str:
    number = ord(character)
    short = {9: "\\t", 10: "\\n", 13: "\\r"}.get(number)
    return short or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")  # noqa: PLR2004  one byte
