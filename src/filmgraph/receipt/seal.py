"""The seal of a receipt: a digest of each of its fields, and one over all, so that what was altered can be named.

It shows a change that was made by mistake or in passing. It is no signature: who writes the seal anew, as anybody can,
leaves no trace in the receipt, but asking again does not give forged rows.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL = "all"
_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(("made", "query", "question", "digest", "bibtex"), (str, "text")),
    **dict.fromkeys(("parameters", "data", "engine"), (dict, "an object")),
    **dict.fromkeys(("only_source", "not_source", "citations", "reasons", "csl"), (list, "a list")),
    **dict.fromkeys(("total", "max_witnesses", "unexplained"), (int, "a whole number")),
    "service": (bool, "true or false"),
    "rows": ((dict, type(None)), "an object or null"),
}
"""What each field holds, as JSON."""


_OF_TEXT = frozenset({"only_source", "not_source", "citations", "reasons"})


def sealed(record: Mapping[str, Any]) -> dict[str, str]:
    """The seal of a record: the SHA-256 of each field as canonical JSON, and under ``all`` that of these together.

    >>> first, second = sealed({"a": 1, "b": "x"}), sealed({"a": 1, "b": "y"})
    >>> [name for name in first if first[name] != second[name]]
    ['b', 'all']
    """
    each = {name: _digest(value) for name, value in record.items()}
    return {**each, ALL: _digest(each)}


def altered(record: Mapping[str, Any], seal: object) -> list[str]:
    """The names of the fields that are not as they were sealed; what was added or taken away is among them."""
    if not isinstance(seal, dict):
        return ["seal"]
    now = sealed(record)
    names = [name for name in {**now, **seal} if name != ALL and now.get(name) != seal.get(name)]
    return names if names or now[ALL] == seal.get(ALL) else ["seal"]


def unfit(record: Mapping[str, Any]) -> str:
    """Return the faults in the types of a record's fields."""
    for name, (kind, words) in _KINDS.items():
        if name not in record:
            return f"It has no field '{name}'"
        value: Any = record[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            shown = json.dumps(value, ensure_ascii=False)
            return f"The field '{name}' is {words}, and here it is {shown if len(shown) <= 80 else shown[:80] + '…'}"  # noqa: PLR2004
        if name in _OF_TEXT and not all(isinstance(one, str) for one in record[name]):
            return f"The field '{name}' is a list of text"
        if name == "parameters" and not all(isinstance(one, str) for one in record[name].values()):
            return f"The field '{name}' holds text"
    unknown = [name for name in record if name not in _KINDS]
    return f"No receipt has a field '{unknown[0]}'" if unknown else ""


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
