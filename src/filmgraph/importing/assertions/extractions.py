"""Extractions of language models: LangExtract's JSON Lines, and plain JSON Lines with one claim each.

`LangExtract <https://github.com/google/langextract>`_ writes an object for each document: ``document_id``, ``text``
and ``extractions``, each with ``extraction_class``, ``extraction_text``, ``attributes``, and a ``char_interval`` of
``start_pos`` and ``end_pos`` in code points. The plain form is an object for each claim, with ``document``, ``words``,
``subject``, ``property`` and ``value``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from filmgraph.errors import FileError
from filmgraph.importing.assertions.assertion import Assertion, field_of
from filmgraph.importing.sources import beginning, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = (".jsonl", ".ndjson", ".json")
_PACKED = (".gz", ".zst")
_MARKS = ("extractions", "words", "passage", "quote", "evidence", "extraction_text", "excerpt", "span")
"""One of these members stands at the beginning of a file of claims."""
_NEEDED = frozenset({"document", "words", "what", "value"})


def assertions_of(path: str, *, encoding: str = "") -> list[Assertion] | None:
    """Read the assertions of a file; None where it has neither form.

    Raises:
        FileError: It cannot be read; a line of it is no JSON; or a claim is of another form than the first.
    """
    plain = path.lower()
    for packed in _PACKED:
        plain = plain.removesuffix(packed)
    if not plain.endswith(ENDINGS):
        return None
    start = beginning(path).decode("utf-8", "replace")
    if not any(f'"{mark}"' in start for mark in _MARKS):
        return None
    found: list[Assertion] = []
    recognised = False
    for where, line, written in _objects(path, encoding):
        if not recognised and not _is_ours(written):
            return None
        recognised = True
        if isinstance(written, dict) and isinstance(written.get("extractions"), list):
            found += _extracted(written, where)
        elif isinstance(written, dict) and _is_ours(written):
            found.append(_plain(written, where))
        else:
            raise FileError(
                "This is no claim of a language model.", path=path, line=line, hint="Take it out, or complete it."
            )
    return found if recognised else None


def _objects(path: str, encoding: str) -> Iterator[tuple[str, int, Any]]:
    """Yield the JSON objects of a file: one per line, or the items of an array."""
    text, _ = read_text(path, encoding=encoding)
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("["):
        for number, one in enumerate(_parsed(text, path, 1) or [], 1):
            yield f"item {number}", 1, one
        return
    if len(text.splitlines()) > 1 and text.lstrip().startswith("{\n"):
        yield "item 1", 1, _parsed(text, path, 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"line {number}", number, _parsed(line, path, number)


def _parsed(text: str, path: str, line: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0
        raise FileError("The line is no JSON.", path=path, line=line + place) from error


def _is_ours(written: Any) -> bool:
    if not isinstance(written, dict):
        return False
    return isinstance(written.get("extractions"), list) or {field_of(name) for name in written} >= _NEEDED


def _plain(written: dict[str, Any], where: str) -> Assertion:
    said = {field_of(name): _text(value) for name, value in written.items() if field_of(name)}
    return Assertion.of(where, said, place=_interval(written))


def _extracted(written: dict[str, Any], where: str) -> Iterator[Assertion]:
    """Yield the extractions of a document; the class is the property unless an attribute names one."""
    document, text = _text(written.get("document_id")), written.get("text")
    whole = text if isinstance(text, str) else ""
    for number, one in enumerate(written["extractions"] or [], 1):
        if not isinstance(one, dict):
            continue
        attributes = one.get("attributes")
        said = {
            field: _text(value)
            for name, value in (attributes if isinstance(attributes, dict) else {}).items()
            if (field := field_of(name)) and _text(value)
        }
        words = _text(one.get("extraction_text"))
        said["document"], said["words"] = document, words
        said["what"] = said.get("what") or _text(one.get("extraction_class")).replace("_", " ")
        said.setdefault("value", words)
        yield Assertion.of(f"{where}, extraction {number}", said, place=_interval(one), written=whole)


def _interval(one: dict[str, Any]) -> tuple[int, int]:
    interval = one.get("char_interval")
    found = interval if isinstance(interval, dict) else one
    start = found.get("start_pos", found.get("start"))
    end = found.get("end_pos", found.get("end"))
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (-1, -1)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    return str(value)
