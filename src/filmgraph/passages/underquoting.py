"""Words just outside a passage that change its meaning: *hopes that*, *not*, *would*, *most*.

A passage may hold every value of a fact and still leave out the word that turns the sentence round. What stands before
it in the same clause is read: *not* and *perhaps* turn what comes within a few words, *hopes that* and *claims that*
turn all that follows. A *not* right after the passage, or after its verb, turns it too.
"""

from __future__ import annotations

import re

_NEAR = 4
"""So many words before a passage are read for *not* and the like."""
_GOVERNED = 12
"""So many words before a passage are read for verbs that govern a whole clause."""
_REACH = 160
"""So many characters before a passage are read."""
_TURNING = re.compile(
    r"""not | never | no | nor | neither | without | hardly | cannot | \w+n['\u2019\u02bc]t
      | would | could | might | may | should | if | unless | whether | perhaps | maybe | probably | likely | possibly
      | allegedly | reportedly | supposedly | tend(?:s|ed)? | seem(?:s|ed)? | appear(?:s|ed)?""",
    re.VERBOSE | re.IGNORECASE,
)
_GOVERNING = re.compile(
    r"""hop(?:e|es|ed|ing) | wish(?:es|ed)? | want(?:s|ed)? | intend(?:s|ed)? | plan(?:s|ned)? | fear(?:s|ed)?
      | expect(?:s|ed)? | attempt(?:s|ed|ing)? | refus(?:e|es|ed) | rumou?r(?:s|ed)? | dream(?:s|t|ed|ing)?
      | doubt(?:s|ed)? | den(?:y|ies|ied) | suppose[sd]? | claim(?:s|ed)?""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = re.compile(r"because|while|whereas|although|though|since|when|where|than|but", re.IGNORECASE)
"""Words that begin another clause, to which what came before does not reach."""
_COUNTING = re.compile(r"(most|some|few|almost|nearly)(?: of(?: the| their| its)?)?", re.IGNORECASE)
_NEGATION = re.compile(r"not|never|\w+n['\u2019\u02bc]t", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.!?;:,|()\[\]\u201c\u201d\"\u2014\u2013\u2022]|\n\s*\n")
_WORD = re.compile(r"[\w'\u2019\u02bc-]+")


def turning_word(text: str, start: int, end: int) -> str:
    """Return the word just outside a passage that changes its meaning; empty where there is none.

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
    return _before(_WORD.findall(clause)) or _after(_CLAUSE.split(text[end : end + _REACH])[0])


def _before(words: list[str]) -> str:
    """The nearest word before a passage that reaches into it."""
    for distance, word in enumerate(reversed(words[-_GOVERNED:])):
        if _OPENING.fullmatch(word):
            break
        if _GOVERNING.fullmatch(word) or (distance < _NEAR and _TURNING.fullmatch(word)):
            return word
    return ""


def _after(clause: str) -> str:
    """A *not* that belongs to the verb with which the clause goes on."""
    if not clause.startswith(" "):  # the next line may be another field
        return ""
    words: list[str] = _WORD.findall(clause)[:2]
    if words and _AUXILIARY.fullmatch(words[0]):
        words = words[1:]
    return words[0] if words and _NEGATION.fullmatch(words[0]) else ""
