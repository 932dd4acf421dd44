"""A checker of MARC records against an Avram schema (https://format.gbv.de/schema/avram/specification).

It knows tags, repeatability, indicators, subfields, patterns, and the codes of the leader, 007 and 008.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRIES = "https://www.loc.gov/marc/countries/countries_code.html"
LANGUAGES = "https://www.loc.gov/marc/languages/language_code.html"
RELATORS = "https://www.loc.gov/marc/relators/relaterm.html"
LISTS = {("041", "a"): LANGUAGES, ("041", "j"): LANGUAGES, ("044", "a"): COUNTRIES}
NEW_RELATORS = {"onp"}
"""Relators that are younger than the stored list."""


def errors(record: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong with a record of pymarc; nothing where it keeps to the rules."""
    return [*_leader(record, schema), *_repeated(record, schema), *_fields(record, schema)]


def _leader(record: Any, schema: dict[str, Any]) -> Iterator[str]:
    leader = str(record.leader)
    if len(leader) != 24:
        yield f"leader has {len(leader)} characters"
    yield from _positions("LDR", leader, schema["fields"]["LDR"]["positions"])


def _repeated(record: Any, schema: dict[str, Any]) -> Iterator[str]:
    for tag in {field.tag for field in record.fields}:
        rule = schema["fields"].get(tag)
        if rule and not rule["repeatable"] and len(record.get_fields(tag)) > 1:
            yield f"{tag} is repeated"


def _fields(record: Any, schema: dict[str, Any]) -> Iterator[str]:
    for field in record.fields:
        rule = schema["fields"].get(field.tag)
        if rule is None:
            yield f"{field.tag} is no field"
        elif field.control_field:
            yield from _fixed(field, rule, schema)
        else:
            yield from _indicators(field, rule)
            yield from _subfields(field, rule, schema)


def _fixed(field: Any, rule: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    kinds = {"007": {"m": ("Motion picture", 23)}.get(field.data[:1]), "008": ("Visual Materials", 40)}.get(field.tag)
    if kinds:
        kind, length = kinds
        if len(field.data) != length:
            yield f"{field.tag} has {len(field.data)} characters"
        common = rule["types"].get("All Materials") or rule["types"]["Common"]
        yield from _positions(field.tag, field.data, common["positions"] | rule["types"][kind]["positions"])
    if field.tag == "008":
        for start, end, name in ((15, 18, COUNTRIES), (35, 38, LANGUAGES)):
            if field.data[start:end].strip() not in schema["codelists"][name]["codes"]:
                yield f"008/{start} is {field.data[start:end]!r}"


def _positions(tag: str, data: str, positions: dict[str, Any]) -> Iterator[str]:
    for place, rule in positions.items():
        start, _, end = place.partition("-")
        value = data[int(start) : int(end or start) + 1]
        codes = rule.get("codes")
        if isinstance(codes, dict) and not _is_code(value, codes):
            yield f"{tag}/{place} is {value!r}"


def _is_code(value: str, codes: dict[str, Any]) -> bool:
    if value in codes:
        return not codes[value].get("deprecated")
    ranges = [code.split("-") for code in codes if re.fullmatch(r"\d+-\d+", code)]
    return value.isdecimal() and any(int(low) <= int(value) <= int(high) for low, high in ranges)


def _indicators(field: Any, rule: dict[str, Any]) -> Iterator[str]:
    for number, value in enumerate(field.indicators, start=1):
        given = rule.get(f"indicator{number}")
        codes = given["codes"] if given else {" ": {}}
        # An 880 has the indicators of its partner.
        if field.tag != "880" and not _is_code(value, codes):
            yield f"{field.tag} indicator {number} is {value!r}"


def _subfields(field: Any, rule: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    if not field.subfields:
        yield f"{field.tag} is empty"
    for code, value in field.subfields:
        given = rule["subfields"].get(code)
        if given is None or given.get("deprecated"):
            yield f"{field.tag} ${code} is no subfield"
            continue
        if code in seen and not given.get("repeatable"):
            yield f"{field.tag} ${code} is repeated"
        seen.add(code)
        if not value.strip():
            yield f"{field.tag} ${code} is empty"
        if "pattern" in given and not re.search(given["pattern"], value):
            yield f"{field.tag} ${code} is {value!r}"
        codes = LISTS.get((field.tag, code)) if field.indicators[1] == " " else None
        codes = RELATORS if code == "4" and field.tag[0] == "7" else codes
        if codes and value not in schema["codelists"][codes]["codes"].keys() | NEW_RELATORS:
            yield f"{field.tag} ${code} is {value!r}"
