"""Checks that are SPARQL files: each row of the query is a finding.

A file starts with a YAML header in `#+` comments: `problem` and `advice` (in which `{name}` stands for a variable of
the row), `severity` (violation, warning or info), `example` (TriG that gives no row) and `counterexample` (TriG that
gives one). `choices` may be added: a query for what a misspelt name can have meant; the advice then names the nearest.
The query's variables `?node`, `?property`, `?value` and `?citation` fill those fields of a finding; `?citations` are
several, joined by spaces.
To add a check is to add a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.catalogue.header import Header
from filmgraph.errors import FileError, FrontMatterError, QueryError
from filmgraph.rdf.files import read
from filmgraph.rdf.namespaces import compact
from filmgraph.text.nearest import nearest
from filmgraph.validation.engine import bindings
from filmgraph.validation.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.store.base import Store

_KEYS = ("problem", "advice", "severity", "example", "counterexample")
_OPTIONAL = ("choices",)
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
    choices: str = ""

    @classmethod
    def from_file(cls, path: str) -> EvidenceCheck:
        """Read a check.

        Raises:
            FileError: The file cannot be read.
            FrontMatterError: Its header lacks something, or has what is not known.
        """
        text = read(path).decode()
        header = Header(text, path)
        said = _read(header, path)
        if said["severity"] not in set(Severity):
            message = f"The severity '{said['severity']}' is none of {', '.join(Severity)}."
            raise header.error(message, header.root.by_key["severity"].value)
        name = path.rpartition("/")[2].removesuffix(".rq")
        severity = Severity(said["severity"])
        return cls(
            name=name,
            path=path,
            problem=said["problem"],
            advice=said["advice"],
            severity=severity,
            example=said["example"],
            counterexample=said["counterexample"],
            query=text,
            choices=said.get("choices", ""),
        )

    def findings(self, store: Store) -> list[Finding]:
        """Yield the findings of the query in a store.

        Raises:
            FileError: The query is not SPARQL.
            StoreError: The store could not answer it.
        """
        try:
            found = bindings(store, self.query)
            choices = bindings(store, self.choices) if found and self.choices else []
        except QueryError as error:
            raise FileError(error.message, path=self.path, line=error.line, column=error.column) from error
        names = sorted({name for row in choices for term in row.values() if (name := shown(term))})
        return [self._finding(row, names) for row in found]

    def _finding(self, row: dict[str, Term], choices: Sequence[str]) -> Finding:
        def iri(name: str) -> str | None:
            value = row.get(name)
            return value.value if isinstance(value, NamedNode) else None

        def filled(template: str) -> str:
            return _PLACE.sub(lambda match: shown(row.get(match[1])) or "", template)

        meant = _nearest(" ".join(filled(place[0]) for place in _PLACE.finditer(self.problem)), choices)
        advice = filled(self.advice)
        node, citation, several = row.get("node"), iri("citation"), row.get("citations")
        citations = tuple(several.value.split()) if isinstance(several, Literal) else (citation,) if citation else ()
        return Finding(
            severity=self.severity,
            message=filled(self.problem),
            advice=f"Did you mean {meant}? {advice}" if meant else advice,
            shape=self.name,
            node=iri("node") or (str(node) if node is not None else None),
            property=shown(row.get("property")),
            value=shown(row.get("value")),
            citations=citations,
        )


def _nearest(name: str, choices: Sequence[str]) -> str:
    """Return the choice with the prefix of a name that looks most like it; empty if none does."""
    prefix, colon, local = name.partition(":")
    locals_ = [one.removeprefix(f"{prefix}:") for one in choices if colon and one.startswith(f"{prefix}:")]
    found = nearest(local, locals_, count=1)
    return f"{prefix}:{found[0]}" if found else ""


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


def _read(header: Header, path: str) -> dict[str, str]:
    """The values of a header, all of which must be there."""
    entries = header.root.by_key
    for key, entry in entries.items():
        if key not in {*_KEYS, *_OPTIONAL}:
            hint = f"A check has {', '.join(_KEYS)}, and may have {', '.join(_OPTIONAL)}."
            raise header.error(f"The key '{key}' is not known.", entry.key, hint=hint)
    missing = [key for key in _KEYS if key not in entries]
    if missing:
        raise FrontMatterError(f"The header of this check lacks {', '.join(missing)}.", path=path, line=1)
    return {key: header.text(entry.value, of=f"The value of '{key}'") for key, entry in entries.items()}
