"""The properties for comparing candidates and for extending a table.

Each is a pattern from ``?thing`` to ``?value``; one more line is one more property.
"""

from __future__ import annotations

from typing import NamedTuple

_CREDIT = "?credit fg:film {film} ; fg:agent {agent} ; fg:role {role} ."


class ReconciliationProperty(NamedTuple):
    """A property: its id, label, the class of its subjects, and the pattern of its values."""

    id: str
    name: str
    of: str
    pattern: str

    @property
    def sources(self) -> ReconciliationProperty:
        """Return the companion column that names the sources of this property's values."""
        return self._replace(id=self.id + SOURCES, name=f"{self.name}: who says so")


SOURCES = ".sources"
"""The ending of the id of a property that gives, for each value of another, the passages that state it."""

PROPERTIES: tuple[ReconciliationProperty, ...] = (
    ReconciliationProperty("title", "title", "Film", "?thing fg:title/fg:titleText ?value ."),
    ReconciliationProperty("year", "year", "Film", "?thing fg:date ?value ."),
    ReconciliationProperty(
        "director", "director", "Film", _CREDIT.format(film="?thing", agent="?value", role="rel:fmd")
    ),
    ReconciliationProperty(
        "producer", "producer", "Film", _CREDIT.format(film="?thing", agent="?value", role="rel:fmp")
    ),
    ReconciliationProperty(
        "company", "production company", "Film", _CREDIT.format(film="?thing", agent="?value", role="rel:prn")
    ),
    ReconciliationProperty("country", "country", "Film", "?thing fg:country ?value ."),
    ReconciliationProperty("language", "language", "Film", "?thing fg:language ?value ."),
    ReconciliationProperty("genre", "genre", "Film", "?thing fg:genre ?value ."),
    ReconciliationProperty("topic", "topic", "Film", "?thing fg:about ?value ."),
    ReconciliationProperty("film", "film", "Agent", "?credit fg:agent ?thing ; fg:film ?value ."),
    ReconciliationProperty("role", "role", "Agent", "?credit fg:agent ?thing ; fg:role ?value ."),
    ReconciliationProperty("name", "name", "", "?thing fg:name ?value ."),
    ReconciliationProperty("within", "lies in", "Place", "?thing fg:within ?value ."),
)

BY_ID = {one.id: one for one in (*PROPERTIES, *(one.sources for one in PROPERTIES))}
