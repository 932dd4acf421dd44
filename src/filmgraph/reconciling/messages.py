"""Parsing of reconciliation queries, in both versions of the API, into one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import ReconciliationError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_QUERIES = 1000
_LIMIT = 10
_MOST_CANDIDATES = 100
_LONGEST = 1000


class Condition(NamedTuple):
    """A condition on candidates: a property, and the values of which a candidate should have one."""

    property: str
    values: tuple[str, ...]
    required: bool = False


class ReconciliationQuery(NamedTuple):
    """A reconciliation query: a name, and what is known of the thing it denotes."""

    name: str
    types: tuple[str, ...] = ()
    strict: bool = False
    limit: int = _LIMIT
    conditions: tuple[Condition, ...] = ()
    id: str = ""


def read_batch(batch: object) -> dict[str, ReconciliationQuery]:
    """Parse a query batch of API version 0.2 into queries by key.

    Raises:
        ReconciliationError: It is no such batch.
    """
    if not isinstance(batch, dict):
        raise ReconciliationError("A batch of queries is a JSON object.", hint='For instance: {"q0": {"query": "…"}}')
    _few(len(batch))
    return {str(key): _read(str(key), _object(query, f"The query '{key}'")) for key, query in batch.items()}


def read_draft(batch: object) -> list[ReconciliationQuery]:
    """Parse a query batch of API version 1.0 into queries in order.

    Raises:
        ReconciliationError: It is no such batch.
    """
    queries = _object(batch, "A batch of queries").get("queries")
    if not isinstance(queries, list):
        raise ReconciliationError("A batch has a list 'queries'.")
    _few(len(queries))
    return [_read_draft(number, _object(query, f"Query {number}")) for number, query in enumerate(queries)]


def _few(count: int) -> None:
    if count > MOST_QUERIES:
        raise ReconciliationError(f"A batch has at most {MOST_QUERIES} queries, and this one has {count}.")


def _read(key: str, query: Mapping[str, object]) -> ReconciliationQuery:
    conditions = []
    for item in _list(query.get("properties", []), f"'properties' of '{key}'"):
        given = _object(item, f"A property of '{key}'")
        if "v" in given:
            conditions.append(Condition(str(given.get("pid") or given.get("id") or ""), _values(given["v"])))
    types = query.get("type", [])
    name = query.get("query", "")
    if not isinstance(name, str) or not (name.strip() or conditions):
        raise ReconciliationError(f"The query '{key}' has neither a text nor properties.")
    return ReconciliationQuery(
        name[:_LONGEST],
        tuple(map(_identifier, types if isinstance(types, list) else [types])),
        # "should" is a preference; https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#reconciliation-queries
        strict=query.get("type_strict", "any") != "should" and bool(types),
        limit=_limit(query.get("limit")),
        conditions=tuple(conditions),
    )


def _read_draft(number: int, query: Mapping[str, object]) -> ReconciliationQuery:
    name = identifier = ""
    conditions = []
    given = _list(query.get("conditions", []), f"'conditions' of query {number}")
    for item in given:
        one = _object(item, f"A condition of query {number}")
        kind, values = one.get("matchType"), _values(one.get("propertyValue"))
        if kind == "name":
            name = values[0] if values else ""
        elif kind == "id":
            identifier = values[0] if values else ""
        elif kind == "property":
            conditions.append(Condition(str(one.get("propertyId", "")), values, one.get("required") is True))
        else:
            raise ReconciliationError(f"The matchType of query {number} is 'name', 'id' or 'property', not {kind!r}.")
    if not given:
        raise ReconciliationError(f"Query {number} has no conditions.")
    types = (str(query["type"]),) if query.get("type") else ()
    return ReconciliationQuery(
        name[:_LONGEST], types, bool(types), _limit(query.get("limit")), tuple(conditions), identifier
    )


def _limit(value: object) -> int:
    # Bounded before it is made whole: JSON has numbers that Python reads as infinite.
    return int(min(max(1, value), _MOST_CANDIDATES)) if isinstance(value, int | float) else _LIMIT


def _values(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    return tuple(_identifier(one) for one in found if one is not None and one != "")


def _identifier(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("id") or value.get("name") or "")
    return str(value)


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ReconciliationError(f"{what} is a JSON object.")
    return value


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise ReconciliationError(f"{what} is a list.")
    return value
