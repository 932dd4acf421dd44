"""An answer as columns of Python values, for data frames."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.answers.rows import AnsweredRows
    from filmgraph.rdf.results import Term

_XSD = PREFIXES["xsd"]
_PYTHON: dict[str, Callable[[str], object]] = {
    "integer": int,
    "nonNegativeInteger": int,
    "positiveInteger": int,
    "int": int,
    "long": int,
    "gYear": int,
    "decimal": float,
    "double": float,
    "float": float,
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}.get(text, text),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def columns(answer: AnsweredRows, *, labels: bool) -> dict[str, list[object]]:
    """Return the columns of an answer, with ``why`` as the last where it has evidence; see `RowsAnswer.to_dict`."""
    iris = sorted({term.value for row in answer for term in row if isinstance(term, NamedNode)}) if labels else []
    words = answer.glossary.labels(iris) if iris else {}
    found = {name: [python_value(row[name], words) for row in answer] for name in answer.variables}
    if answer.explained:
        found["why"] = [row.why for row in answer]
    return found


def python_value(term: Term | None, labels: dict[str, str]) -> object:
    """Convert a term to a Python value: number, date, boolean or text; an IRI to its label or itself.

    >>> python_value(Literal(85), {}), python_value(Literal("2009-11-20", datatype=NamedNode(_XSD + "date")), {})
    (85, datetime.date(2009, 11, 20))
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return labels.get(term.value, term.value)
    if not isinstance(term, Literal):
        return str(term)
    convert = _PYTHON.get(term.datatype.value.removeprefix(_XSD))
    if convert is None:
        return term.value
    try:
        return convert(term.value)
    except ValueError:
        return term.value  # ill-typed in the data, or out of Python's range
