"""`sh:datatype` as a SPARQL expression that any engine can evaluate.

A literal conforms when it has the datatype and its spelling is one of the datatype's
(`SHACL, 4.1.2 <https://www.w3.org/TR/shacl/#DatatypeConstraintComponent>`_). Engines differ in what they do with other
spellings, so these are recognised by pattern.
"""

from __future__ import annotations

from filmgraph.rdf.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
LANG_STRING = PREFIXES["rdf"] + "langString"

_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_FLOAT = r"^([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"
_DATE = "-?[0-9]{4,}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
SPELLINGS = {
    "integer": r"^[+-]?[0-9]+$",
    "decimal": r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    "double": _FLOAT,
    "float": _FLOAT,
    "boolean": "^(true|false|1|0)$",
    "date": f"^{_DATE}{_ZONE}$",
    "dateTime": f"^{_DATE}T{_TIME}{_ZONE}$",
    "time": f"^{_TIME}{_ZONE}$",
    "gYear": f"^-?[0-9]{{4,}}{_ZONE}$",
    "gYearMonth": f"^-?[0-9]{{4,}}-[0-9]{{2}}{_ZONE}$",
    "duration": r"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$",
}
"""XSD datatypes and their spellings; calendar days are checked besides."""

DERIVED_INTEGERS = frozenset(
    {
        "byte", "int", "long", "short", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger",
        "positiveInteger", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
    }
)  # fmt: skip
"""Stored by Oxigraph as `xsd:integer`, so that no query can tell them apart."""


def datatype_test(datatype: str, value: str) -> str | None:
    """An expression that is true for the literals of a datatype, or None where engines cannot tell.

    >>> datatype_test("http://www.w3.org/2001/XMLSchema#gYear", "?v").startswith("(isLITERAL(?v) && DATATYPE(?v) = ")
    True
    """
    if datatype == LANG_STRING:
        return f'(isLITERAL({value}) && LANG({value}) != "")'
    test = f"isLITERAL({value}) && DATATYPE({value}) = <{datatype}>"
    name = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    if name in DERIVED_INTEGERS:
        return None
    if name in SPELLINGS:
        test += f' && REGEX(STR({value}), "{SPELLINGS[name]}")'
    # SPARQL 1.1 has a cast to dateTime and none to date: the first day that does not exist makes it an error.
    if name == "dateTime":
        test += f" && COALESCE(isLITERAL(<{XSD}dateTime>(STR({value}))), false)"
    if name == "date":
        day = f'CONCAT(REPLACE(STR({value}), "(Z|[+-][0-9]{{2}}:[0-9]{{2}})$", ""), "T00:00:00")'
        test += f" && COALESCE(isLITERAL(<{XSD}dateTime>({day})), false)"
    return f"({test})"
