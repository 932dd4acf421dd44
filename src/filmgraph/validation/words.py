"""SHACL results in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.rdf.namespaces import compact
from filmgraph.validation.evidence import shown
from filmgraph.validation.report import Finding, Severity
from filmgraph.validation.results import SH

if TYPE_CHECKING:
    from filmgraph.validation.results import Result
    from filmgraph.validation.shapes import ShapesGraph

_IRI = re.compile(r"<([^<>]*)>")
_PLAIN = {
    "MinCount": "{property} is missing.",
    "QualifiedMinCount": "{property} lacks a value of the kind that is wanted.",
    "MaxCount": "{property} has too many values.",
    "QualifiedMaxCount": "{property} has too many values of one kind.",
    "Datatype": "{property} has a value of the wrong datatype.",
    "Class": "{property} points at something of the wrong class.",
    "NodeKind": "{property} has the wrong kind of value.",
    "In": "{property} has a value that is not on the list.",
    "Pattern": "{property} has a value that is not written as it should be.",
    "UniqueLang": "{property} has two values in one language.",
    "Closed": "{property} has no place on this node.",
    "LessThan": "{property} is not less than it should be.",
    "LessThanOrEquals": "{property} is greater than it should be.",
}
_SEVERITIES = {SH + "Violation": Severity.VIOLATION, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}


def _readable(path: str) -> str:
    """A SPARQL path with prefixed names; alternatives in words."""
    text = _IRI.sub(lambda match: compact(match[1]), path)
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    if "(" in inner:
        return text
    return inner.replace("|", " or ").replace("/", " / ")


def finding(result: Result, shapes: ShapesGraph) -> Finding:
    """A result in plain words: the message of its shape, or one made from its component."""
    path = None if result.path is None else _readable(result.path)
    default = _PLAIN.get(result.component.removesuffix("ConstraintComponent"), "{property} breaks a rule.")
    own = shapes.text(result.shape, "message")
    name = shapes.name(result.shape)
    return Finding(
        severity=_SEVERITIES.get(result.severity, Severity.VIOLATION),
        message=own or default.format(property=path or "This node"),
        advice=shapes.text(result.shape, "advice") or "",
        shape=name,
        node=result.focus.value if isinstance(result.focus, NamedNode) else shown(result.focus),
        label=result.focus.value if isinstance(result.focus, Literal) else None,
        property=path,
        value=shown(result.value) if result.path is not None or result.value != result.focus else None,
    )
