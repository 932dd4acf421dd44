"""Rows of an answer with the context for displaying them: labels, source records, layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from filmgraph.errors import FilmgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Protocol

    from pyoxigraph import Literal, NamedNode

    from filmgraph.rdf.results import Explanation, Term

    class Glossary(Protocol):
        """A lookup of display words for IRIs."""

        def labels(self, iris: Sequence[str], /) -> dict[str, str]:
            """Return the labels of IRIs, for those that have one."""
            ...

        def sources(self, iris: Sequence[str], /) -> dict[str, SourceLine]:
            """Return the records of sources, for those that have one."""
            ...

        def locators(self, iris: Sequence[str], /) -> dict[str, str]:
            """Return the locators of citations, for those that have one."""
            ...

        def particulars(self, iris: Sequence[str], /) -> dict[str, Particulars]:
            """Return the particulars that distinguish things with equal labels."""
            ...

    class AnsweredRows(Protocol):
        """The rows of an answer with their context, as implemented by `RowsAnswer`."""

        variables: tuple[str, ...]
        glossary: Glossary
        passages: dict[str, str]
        asked: Asked | None

        @property
        def explained(self) -> bool:
            """Whether the answer has evidence."""
            ...

        def __iter__(self) -> Iterator[Row]: ...
        def __len__(self) -> int: ...


Shown = TypeVar("Shown")

MAX_WITNESSES = 10
"""How many witnesses of a row are listed unless somebody says otherwise."""


class RowsPage(NamedTuple):
    """A page of an answer's rows: the number skipped before it, and its maximum size or None."""

    offset: int = 0
    limit: int | None = None

    def of(self, rows: Sequence[Shown]) -> Sequence[Shown]:
        """Return the rows on the page."""
        return rows[self.offset : None if self.limit is None else self.offset + self.limit]

    def note(self, total: int) -> str:
        """Describe which of how many rows are shown, and how to get the next ones.

        >>> RowsPage(20, 10).note(1234), RowsPage(40).note(12)
        ('Rows 21 to 30 of 1,234. The next: --offset 30', 'There are 12 rows, and 40 are left out.')
        """
        end = min(total, total if self.limit is None else self.offset + self.limit)
        if self.offset >= total:
            return f"There are {total:,} rows, and {self.offset:,} are left out."
        following = f" The next: --offset {end}" if end < total else ""
        return f"Rows {self.offset + 1:,} to {end:,} of {total:,}.{following}"


class SourceLine(NamedTuple):
    """The parts of a source's record that a footnote shows; unknown ones are empty."""

    title: str
    publisher: str = ""
    date: str = ""


class Particulars(NamedTuple):
    """The kind and date of a thing, in words; unknown ones are empty."""

    kind: str = ""
    date: str = ""


class Layout(NamedTuple):
    """The layout of a question's rows for display; data formats ignore it.

    ``group`` names the columns whose values head a block of rows; ``join`` those in which rows are joined that are
    alike in all others; ``hide`` those that are not shown. ``sides`` names, of rows that hold one thing against
    another, the columns of the other side, in the order of those of the first: each side is then a row of its own.
    ``amounts`` names columns of numbers with words around them, whose thousands are parted.
    ``amount`` names the columns of a figure, its number first, then those of its ``from``, ``to``, ``unit`` and
    ``hedge``, as far as there are such: they are shown as one. ``pair`` names two columns of which the second with the
    first says the same as the first with the second: each pair is shown once.
    """

    group: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()


class Asked(NamedTuple):
    """The catalogue question that an answer belongs to.

    ``values`` maps its parameters to what was given for them, as it was typed, or to their defaults; ``terms`` to what
    stands in the query for that. ``without`` gives the query with some of the parameters left out.
    ``layout`` is how its rows are laid out, ``chart`` what its picture shows: see `filmgraph.charts.declaration.Chart`.
    """

    name: str
    values: Mapping[str, str] = {}
    terms: Mapping[str, NamedNode | Literal] = {}
    without: Callable[..., str] | None = None
    layout: Layout | None = None
    chart: tuple[object, ...] = ()


class NoGlossary:
    """An empty glossary, for answers made without a store."""

    def labels(self, _iris: Sequence[str], /) -> dict[str, str]:
        """Return no labels."""
        return {}

    def sources(self, _iris: Sequence[str], /) -> dict[str, SourceLine]:
        """Return no records."""
        return {}

    def locators(self, _iris: Sequence[str], /) -> dict[str, str]:
        """Return no locators."""
        return {}

    def particulars(self, _iris: Sequence[str], /) -> dict[str, Particulars]:
        """Return no particulars."""
        return {}


class Row:
    """One row of an answer.

    ``row["person"]`` is a pyoxigraph term, or None where the variable is not bound; ``row[0]`` is the first column.

    >>> from pyoxigraph import Literal
    >>> row = Row(("name",), (Literal("Ada"),))
    >>> row["name"].value
    'Ada'
    """

    __slots__ = ("_explanation", "_terms", "_variables")

    def __init__(
        self, variables: tuple[str, ...], terms: tuple[Term | None, ...], explanation: Explanation | None = None
    ) -> None:
        self._variables = variables
        self._terms = terms
        self._explanation = explanation

    def __getitem__(self, key: str | int) -> Term | None:
        if isinstance(key, int):
            return self._terms[key]
        try:
            return self._terms[self._variables.index(key)]
        except ValueError:
            raise KeyError(f"{key!r}; the columns are {', '.join(self._variables)}") from None

    def __iter__(self) -> Iterator[Term | None]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return self._variables == other._variables and self._terms == other._terms

    def __hash__(self) -> int:
        return hash((self._variables, self._terms))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={term}' for name, term in zip(self._variables, self._terms, strict=True))})"

    def to_dict(self) -> dict[str, Term | None]:
        """Return the row as a mapping from column to term."""
        return dict(zip(self._variables, self._terms, strict=True))

    @property
    def why(self) -> list[list[str]]:
        """The witnesses of the row: lists of citation IRIs, the smallest first.

        Raises:
            FilmgraphError: The question was asked without ``why=True``.
        """
        if self._explanation is None:
            raise FilmgraphError("This answer was made without evidence.", hint="Ask with why=True.")
        return self._explanation.witnesses

    @property
    def more(self) -> int:
        """The number of witnesses not listed."""
        return self._explanation.more if self._explanation else 0

    @property
    def partial(self) -> bool:
        """Whether there may be more witnesses than were searched for."""
        return self._explanation.partial if self._explanation else False

    @property
    def unexplained(self) -> str:
        """The reason why the row could not be explained; empty where it could."""
        return self._explanation.unexplained if self._explanation else ""

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """The number of supporting citations in each document, where these are too many to list.

        `RowsAnswer.why` lists them.
        """
        return self._explanation.tally if self._explanation else ()
