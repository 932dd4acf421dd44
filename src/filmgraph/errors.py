"""Every error that filmgraph raises on purpose.

```
FilmgraphError
├── FileError                  a file is wrong: .path .line .column
│   ├── RdfSyntaxError         an RDF file does not parse
│   ├── FrontMatterError       the ``#+`` header of a query file is wrong
│   ├── DataError              a file parses but breaks the evidence model
│   └── OutputError            a file cannot be written
├── QueryError                 a query is wrong: .line .column
│   ├── QuerySyntaxError       it is not SPARQL 1.1
│   └── QueryRefusedError      it is SPARQL that filmgraph does not run (SERVICE, LOAD, nesting)
├── ParameterError             a parameter of a bundled query: .query .name
│   ├── MissingParameterError
│   ├── UnknownParameterError  .choices
│   └── BadParameterError      .value
├── NotFoundError              nothing has that name: .name .choices
│   ├── UnknownQueryError
│   ├── UnknownFormatError
│   ├── UnknownThingError      no film, person, place … of that name
│   └── UnknownSourceError
├── AmbiguousNameError         several things have that name: .name .choices
├── CitationError              a citation or a text fragment is malformed or does not fit its text
├── StoreError                 the store could not do its work: .store
│   ├── StoreUnavailableError  absent, unreadable, locked, of another version
│   ├── QueryTimeoutError      .seconds
│   └── QueryFailedError       the engine or the endpoint refused: .status .body
├── FindingsError              ``check`` found something: .report
└── MissingDependencyError     an optional package is not installed: .package
```

``str(error)`` says what is wrong and where. ``error.hint`` says what to do next.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class FilmgraphError(Exception):
    """The root of the tree.

    Args:
        message: What is wrong, in one sentence.
        hint: What to do next, if there is something to do.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FileError(FilmgraphError):
    """A file is wrong.

    Args:
        message: What is wrong.
        path: The file.
        line: 1-based line, where it is known.
        column: 1-based column in code points, where it is known.
        hint: What to do next.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | Path,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        self._path = os.fspath(path)
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}", hint=hint)

    @property
    def path(self) -> Path:
        """The file."""
        # pathlib takes longer to import than all of filmgraph's errors.
        from pathlib import Path  # noqa: PLC0415

        return Path(self._path)


class NotOfFormatError(FilmgraphError):
    """A file has another format than it is read as, or is damaged or protected; who opened it knows its path."""


class RdfSyntaxError(FileError):
    """An RDF file does not parse."""


class FrontMatterError(FileError):
    """The ``#+`` header of a query file is wrong."""


class DataError(FileError):
    """A file parses but breaks the evidence model: a blank node, a triple outside a citation graph."""


class OutputError(FileError):
    """A file cannot be written."""


class QueryError(FilmgraphError):
    """A query is wrong.

    Args:
        message: What is wrong.
        line: 1-based line of the query text.
        column: 1-based column in code points.
        hint: What to do next.
    """

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        self.line = line
        self.column = column
        super().__init__(message, hint=hint)


class QuerySyntaxError(QueryError):
    """The text is not SPARQL 1.1."""


class QueryRefusedError(QueryError):
    """The text is SPARQL that filmgraph does not run: ``SERVICE``, ``LOAD``, or nesting without end."""


class ParameterError(FilmgraphError):
    """A parameter of a bundled query is wrong.

    Args:
        message: What is wrong; it names the parameter.
        query: The name of the query.
        name: The name of the parameter.
        hint: What to do next.
    """

    def __init__(self, message: str, *, query: str, name: str, hint: str | None = None) -> None:
        self.query = query
        self.name = name
        super().__init__(message, hint=hint)


class MissingParameterError(ParameterError):
    """A required parameter was not given."""


class UnknownParameterError(ParameterError):
    """The query has no parameter of that name."""


class BadParameterError(ParameterError):
    """A value is not of the type that the parameter declares, or was given twice."""


class NotFoundError(FilmgraphError):
    """Nothing has that name.

    Args:
        message: What is wrong.
        name: The name that was asked for.
        choices: The nearest names, best first.
        hint: What to do next; by default made of ``choices``.
    """

    def __init__(self, message: str, *, name: str, choices: Sequence[str] = (), hint: str | None = None) -> None:
        self.name = name
        self.choices = tuple(choices)
        if hint is None and self.choices:
            hint = f"Did you mean {' or '.join(repr(choice) for choice in self.choices)}?"
        super().__init__(message, hint=hint)


class UnknownQueryError(NotFoundError):
    """The catalogue has no question of that name."""


class UnansweredQuestionError(UnknownQueryError):
    """No question of the catalogue answers a text in plain English; ``choices`` are the nearest ones."""


class AmbiguousQuestionError(FilmgraphError):
    """A text in plain English may ask several questions of the catalogue.

    Args:
        message: What is wrong.
        text: What was asked.
        choices: The commands that ask what it may mean, best first.
    """

    def __init__(self, message: str, *, text: str, choices: Sequence[str]) -> None:
        self.text = text
        self.choices = tuple(choices)
        super().__init__(message, hint="\n".join(["Ask one of them:", *(f"  {choice}" for choice in self.choices)]))


class UnknownFormatError(NotFoundError):
    """There is no format of that name, media type or file ending."""


class UnknownThingError(NotFoundError):
    """No film, person, place or other thing has that name."""


class UnknownSourceError(NotFoundError):
    """The collection has no source of that slug or IRI, or its text is not at hand."""


class AmbiguousNameError(FilmgraphError):
    """Several things have that name.

    Args:
        message: What is wrong.
        name: The name that was asked for.
        choices: What has that name, one line each.
    """

    def __init__(self, message: str, *, name: str, choices: Sequence[str]) -> None:
        self.name = name
        self.choices = tuple(choices)
        super().__init__(message, hint="\n".join(["Say which one:", *(f"  {choice}" for choice in self.choices)]))


class BadColumnError(FilmgraphError):
    """An answer has no such column, or none of the kind that is needed."""


class ReconciliationError(FilmgraphError):
    """A message to the reconciliation service is not what the specification says."""


class CitationError(FilmgraphError):
    """A citation or a text fragment is malformed, or does not fit its text."""


class StoreError(FilmgraphError):
    """The store could not do its work.

    Args:
        message: What is wrong.
        store: The store's location as the user named it, without credentials.
        hint: What to do next.
    """

    def __init__(self, message: str, *, store: str, hint: str | None = None) -> None:
        self.store = store
        super().__init__(message, hint=hint)


class StoreUnavailableError(StoreError):
    """The store is absent, unreadable, locked by a writer, of another version, or does not answer."""


class QueryTimeoutError(StoreError):
    """A query took longer than it was allowed to.

    Args:
        message: What is wrong.
        store: The store's location.
        seconds: The limit.
        hint: What to do next.
    """

    def __init__(self, message: str, *, store: str, seconds: float, hint: str | None = None) -> None:
        self.seconds = seconds
        super().__init__(message, store=store, hint=hint)


class QueryFailedError(StoreError):
    """The engine or the endpoint refused a query.

    Args:
        message: What is wrong, with the engine's own words.
        store: The store's location.
        status: The HTTP status, where there is one.
        body: What the endpoint answered.
        hint: What to do next.
    """

    def __init__(
        self, message: str, *, store: str, status: int | None = None, body: str = "", hint: str | None = None
    ) -> None:
        self.status = status
        self.body = body
        super().__init__(message, store=store, hint=hint)


class FindingsError(FilmgraphError):
    """``Report.raise_for_findings`` found what it was asked not to let pass.

    Args:
        message: How much, and the first of it.
        report: The report.
    """

    def __init__(self, message: str, *, report: object) -> None:
        self.report = report
        super().__init__(message, hint="The command check prints the whole report.")


class MissingDependencyError(FilmgraphError):
    """An optional package is not installed.

    Args:
        package: Its name on the Python index.
        extra: The extra of filmgraph that brings it.
        purpose: What it is needed for.
    """

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        self.package = package
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed.",
            hint=f"Install it with: pip install 'filmgraph[{extra}]'",
        )
