"""Words just outside a passage that give it its meaning: *hopes that*, *not*, *would*, *most*.

A passage may hold every value of a fact and still leave out the word that turns the sentence round. What stands before
it in the same clause, within a few words, is read; and a *not* right after it.
"""

from __future__ import annotations

import re

_NEAR = 4
"""So many words before a passage are read."""
_REACH = 80
"""So many characters before a passage are read."""
_TURNING = re.compile(
    r"""not | never | no | nor | neither | without | hardly | cannot | \w+n['\u2019\u02bc]t
      | would | could | might | may | should | if | unless | whether | perhaps | maybe | probably | likely | possibly
      | hop(?:e|es|ed|ing) | wish(?:es|ed)? | want(?:s|ed)? | intend(?:s|ed)? | plan(?:s|ned)? | fear(?:s|ed)?
      | expect(?:s|ed)? | attempt(?:s|ed|ing)? | refus(?:e|es|ed) | allegedly | rumou?r(?:s|ed)? | tend(?:s|ed)?""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNTING = re.compile(r"(most|some|few|almost|nearly)(?: of(?: the| their| its)?)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[.!?;:,|()\[\]\u201c\u201d\"\u2014\u2013\u2022]|\n\s*\n")
_WORD = re.compile(r"[\w'\u2019\u02bc-]+")


def turning_word(text: str, start: int, end: int) -> str:
    """The word just outside a passage that changes what it says, or nothing.

    Args:
        text: The whole text.
        start: Where the passage starts, in code points.
        end: Where it ends.

    >>> text = "They hope that the wages will pay for a school. It is not far."
    >>> turning_word(text, text.index("the wages"), text.index(" for"))
    'hope'
    >>> turning_word(text, 0, text.index(" for"))
    ''
    """
    clause = _CLAUSE.split(text[max(0, start - _REACH) : start])[-1]
    counting = _COUNTING.fullmatch(" ".join(_WORD.findall(clause)[-3:])) or _COUNTING.fullmatch(
        " ".join(_WORD.findall(clause)[-1:])
    )
    if counting:
        return counting[1]
    turning = next((word for word in reversed(_WORD.findall(clause)[-_NEAR:]) if _TURNING.fullmatch(word)), "")
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return turning or (following[0] if following and following[0].lower() in {"not", "never"} else "")
