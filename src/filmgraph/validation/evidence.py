"""Checks that are SPARQL files: each row of the query is a finding.

A file starts with `#+` lines: `problem` and `advice` (in which `{name}` stands for a variable of the row),
`severity` (violation, warning or info), `example` (TriG that gives no row) and `counterexample` (TriG that gives one).
The query's variables `?node`, `?property`, `?value` and `?citation` fill those fields of a finding; `?citations` are
several, joined by spaces.
To add a check is to add a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import FileError, FrontMatterError, QueryError
from filmgraph.grid import compact
from filmgraph.rdf import read
from filmgraph.validation.engine import rows
from filmgraph.validation.report import Finding, Severity

if TYPE_CHECKING:
    from filmgraph.answers import Term
    from filmgraph.store.base import Store

_KEYS = ("problem", "advice", "severity", "example", "counterexample")
_LINE = re.compile(r"#\+ ?(?:(?P<key>[a-z]+): ?(?P<value>.*)|(?P<more> .*|))")
_PLACE = re.compile(r"\{([A-Za-z_]+)\}")


class EvidenceCheck(NamedTuple):
    """One check: what its file says of it, and its query."""

    name: str
    path: str
    problem: str
    advice: str
    severity: Severity
    example: str
    counterexample: str
    query: str

    @classmethod
    def from_file(cls, path: str) -> EvidenceCheck:
        """Read a check.

        Raises:
            FileError: The file cannot be read.
            FrontMatterError: Its header lacks something, or has what is not known.
        """
        text = read(path).decode()
        header = _header(text, path)
        missing = [key for key in _KEYS if key not in header]
        if missing:
            raise FrontMatterError(f"The header of this check lacks {', '.join(missing)}.", path=path, line=1)
        try:
            severity = Severity(header["severity"])
        except ValueError as error:
            message = f"The severity {header['severity']!r} is none of {', '.join(Severity)}."
            raise FrontMatterError(message, path=path) from error
        name = path.rpartition("/")[2].removesuffix(".rq")
        rest = (header["problem"], header["advice"], severity, header["example"], header["counterexample"])
        return cls(name, path, *rest, text)

    def findings(self, store: Store) -> list[Finding]:
        """What the query finds in a store.

        Raises:
            FileError: The query is not SPARQL.
            StoreError: The store could not answer it.
        """
        try:
            found = rows(store, self.query)
        except QueryError as error:
            raise FileError(error.message, path=self.path, line=error.line, column=error.column) from error
        return [self._finding(row) for row in found]

    def _finding(self, row: dict[str, Term]) -> Finding:
        def iri(name: str) -> str | None:
            value = row.get(name)
            return value.value if isinstance(value, NamedNode) else None

        def filled(template: str) -> str:
            return _PLACE.sub(lambda match: shown(row.get(match[1])) or "", template)

        node, citation, several = row.get("node"), iri("citation"), row.get("citations")
        citations = tuple(several.value.split()) if isinstance(several, Literal) else (citation,) if citation else ()
        return Finding(
            severity=self.severity,
            message=filled(self.problem),
            advice=filled(self.advice),
            shape=self.name,
            node=iri("node") or (str(node) if node is not None else None),
            property=shown(row.get("property")),
            value=shown(row.get("value")),
            citations=citations,
        )


def shown(term: Term | None) -> str | None:
    """A term for people: a prefixed name, or a literal with its language or datatype where that says something.

    >>> shown(Literal("85", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    '85'
    """
    if isinstance(term, NamedNode):
        return compact(term.value)
    if isinstance(term, Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    return None if term is None else str(term)


def _header(text: str, path: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            break
        match = _LINE.fullmatch(line)
        if match is None or (match["key"] is None and not key):
            raise FrontMatterError(
                "This line of the header is neither 'key: value' nor indented.", path=path, line=number
            )
        if match["key"]:
            key = match["key"]
            if key not in _KEYS or key in found:
                what = "stands twice" if key in found else "is not known"
                hint = f"A check has {', '.join(_KEYS)}."
                raise FrontMatterError(f"The key {key!r} {what}.", path=path, line=number, hint=hint)
            found[key] = [] if match["value"] == "|" else [match["value"]]
        else:
            found[key].append(match["more"].removeprefix("  "))
    return {key: "\n".join(lines).strip() for key, lines in found.items()}
