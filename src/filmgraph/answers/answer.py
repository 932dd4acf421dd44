"""The answers that people read: raw results with their evidence and the labels of their IRIs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, overload

from pyoxigraph import Literal

from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.rdf.results import Solutions, Triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Protocol

    import pandas as pd
    import polars as pl
    import rdflib
    from pyoxigraph import NamedNode, Triple

    from filmgraph.rdf.results import Explanation, Term, Truth

    class Glossary(Protocol):
        """Where an answer finds words for IRIs."""

        def labels(self, iris: Sequence[str], /) -> dict[str, str]:
            """The labels of those IRIs that have one."""
            ...

        def sources(self, iris: Sequence[str], /) -> dict[str, SourceLine]:
            """The records of those sources that have one."""
            ...


MAX_WITNESSES = 10
"""How many witnesses of a row are listed unless somebody says otherwise."""


class SourceLine(NamedTuple):
    """What a footnote says of a source; what is not known is empty."""

    title: str
    publisher: str = ""
    date: str = ""


class Layout(NamedTuple):
    """How the rows of a question are laid out for people. Data formats have all columns and all rows.

    ``group`` names the columns whose values head a block of rows; ``join`` those in which rows are joined that are
    alike in all others; ``hide`` those that are not shown.
    """

    group: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


class Asked(NamedTuple):
    """The question of the catalogue that an answer answers.

    ``values`` maps its parameters to what was given for them, as it was typed, or to their defaults; ``terms`` to what
    stands in the query for that. ``without`` gives the query with some of the parameters left out.
    ``layout`` is how its rows are laid out.
    """

    name: str
    values: Mapping[str, str] = {}
    terms: Mapping[str, NamedNode | Literal] = {}
    without: Callable[..., str] | None = None
    layout: Layout | None = None


class NoGlossary:
    """A glossary without a word in it: what an answer has that was made by hand."""

    def labels(self, _iris: Sequence[str], /) -> dict[str, str]:
        """No labels."""
        return {}

    def sources(self, _iris: Sequence[str], /) -> dict[str, SourceLine]:
        """No records."""
        return {}


class Row:
    """One row of an answer.

    ``row["person"]`` is a pyoxigraph term, or None where the variable is not bound; ``row[0]`` is the first column.

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
        """The row as a mapping from column to term."""
        return dict(zip(self._variables, self._terms, strict=True))

    @property
    def why(self) -> list[list[str]]:
        """The witnesses of the row: each a list of citation IRIs, the smallest first.

        Raises:
            FilmgraphError: The question was asked without ``why=True``.
        """
        if self._explanation is None:
            raise FilmgraphError("This answer was made without evidence.", hint="Ask with why=True.")
        return self._explanation.witnesses

    @property
    def more(self) -> int:
        """How many witnesses are not listed."""
        return self._explanation.more if self._explanation else 0

    @property
    def partial(self) -> bool:
        """Whether there may be more witnesses than were looked for."""
        return self._explanation.partial if self._explanation else False

    @property
    def unexplained(self) -> str:
        """What could not be explained about the row, and why; empty where everything could."""
        return self._explanation.unexplained if self._explanation else ""


class RowsAnswer:
    """The answer to a SELECT: rows, and for each the citations that support it.

    Args:
        solutions: The raw result.
        explanations: One for each row, where evidence was asked for.
        glossary: Where labels come from.
        query: The SPARQL that it answers, where there is one.

    ``passages`` is what citations say, by their IRI, as far as `Graph.quote` found the texts.
    ``asked`` is the question of the catalogue that it answers, where it does.
    ``max_witnesses`` is how many witnesses of a row are listed at most; the rest is counted.

    >>> answer = RowsAnswer(Solutions(("name",), [(Literal("Ada"),), (Literal("Bo"),)]))
    >>> len(answer), [row["name"].value for row in answer]
    (2, ['Ada', 'Bo'])
    """

    def __init__(
        self,
        solutions: Solutions,
        *,
        explanations: Sequence[Explanation] | None = None,
        glossary: Glossary | None = None,
        query: str = "",
    ) -> None:
        self.variables = solutions.variables
        self.glossary: Glossary = glossary or NoGlossary()
        self.query = query
        self.passages: dict[str, str] = {}
        self.asked: Asked | None = None
        self.explanations = explanations
        self.max_witnesses = MAX_WITNESSES
        self._rows = [
            Row(solutions.variables, terms, explanations[index] if explanations is not None else None)
            for index, terms in enumerate(solutions.rows)
        ]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    @property
    def explained(self) -> bool:
        """Whether it was asked for with evidence."""
        return self.explanations is not None

    def to_rows(self) -> RowsAnswer:
        """Itself: every answer can be had as rows."""
        return self

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.variables) or 'no columns'}>"

    def _repr_html_(self) -> str:
        return "".join(import_module("filmgraph.answers.html").html(self))

    def to_dict(self, *, labels: bool = False) -> dict[str, list[object]]:
        """The columns, each a list of Python values: numbers, dates, booleans, and text for all else.

        With evidence there is a last column ``why`` of witnesses.

        Args:
            labels: Give the label of an IRI, where it has one, in place of the IRI.
        """
        columns: dict[str, list[object]] = import_module("filmgraph.answers.frames").columns(self, labels=labels)
        return columns

    def to_pandas(self, *, labels: bool = False) -> pd.DataFrame:
        """A pandas data frame of the columns of ``to_dict``.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 -- an extra, and slow to import
        except ImportError as error:
            raise MissingDependencyError("pandas", extra="frames", purpose="to_pandas()") from error
        return pd.DataFrame(self.to_dict(labels=labels))

    def to_polars(self, *, labels: bool = False) -> pl.DataFrame:
        """A polars data frame of the columns of ``to_dict``.

        Raises:
            MissingDependencyError: polars is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415 -- as above
        except ImportError as error:
            raise MissingDependencyError("polars", extra="frames", purpose="to_polars()") from error
        return pl.DataFrame(self.to_dict(labels=labels), strict=False)


class TriplesAnswer:
    """The answer to a CONSTRUCT or DESCRIBE: triples, and for each the citations that support it.

    Args:
        triples: The raw result.
        explanations: One for each triple, where evidence was asked for.
        glossary: Where labels come from.
        query: The SPARQL that it answers, where there is one.
    """

    def __init__(
        self,
        triples: Triples,
        *,
        explanations: Sequence[Explanation] | None = None,
        glossary: Glossary | None = None,
        query: str = "",
    ) -> None:
        self.triples = triples.triples
        self.explanations = explanations
        self.max_witnesses = MAX_WITNESSES
        self.glossary: Glossary = glossary or NoGlossary()
        self.query = query
        self.passages: dict[str, str] = {}

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"<{len(self)} triples>"

    def _repr_html_(self) -> str:
        return "".join(import_module("filmgraph.answers.html").html(self.to_rows()))

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as an rdflib graph."""
        import rdflib as library  # noqa: PLC0415 -- slow to import

        graph = library.Graph()
        graph.parse(data="".join(f"{triple} .\n" for triple in self.triples), format="nt")
        return graph

    def to_rows(self) -> RowsAnswer:
        """The same as rows of subject, predicate and object, with their evidence."""
        rows: list[tuple[Term | None, ...]] = [(one.subject, one.predicate, one.object) for one in self.triples]
        answer = RowsAnswer(
            Solutions(("subject", "predicate", "object"), rows),
            explanations=self.explanations,
            glossary=self.glossary,
            query=self.query,
        )
        answer.passages = self.passages
        answer.max_witnesses = self.max_witnesses
        return answer


class TruthAnswer:
    """The answer to an ASK; it is true or false like a bool, and a yes has its evidence.

    >>> from filmgraph.rdf.results import Truth
    >>> bool(TruthAnswer(Truth(value=True)))
    True
    """

    def __init__(
        self,
        truth: Truth,
        *,
        explanation: Explanation | None = None,
        glossary: Glossary | None = None,
        query: str = "",
    ) -> None:
        self.value = truth.value
        self.explanation = explanation
        self.max_witnesses = MAX_WITNESSES
        self.glossary: Glossary = glossary or NoGlossary()
        self.query = query
        self.passages: dict[str, str] = {}

    @property
    def explanations(self) -> list[Explanation] | None:
        """Its explanation, as other answers have theirs."""
        return None if self.explanation is None else [self.explanation]

    def __bool__(self) -> bool:
        return self.value

    def __repr__(self) -> str:
        return "<yes>" if self.value else "<no>"

    def to_rows(self) -> RowsAnswer:
        """The same as one row with one column, ``answer``, and its evidence."""
        answer = RowsAnswer(
            Solutions(("answer",), [(Literal(self.value),)]),
            explanations=self.explanations,
            glossary=self.glossary,
            query=self.query,
        )
        answer.passages = self.passages
        answer.max_witnesses = self.max_witnesses
        return answer


Answer = RowsAnswer | TriplesAnswer | TruthAnswer


def answer_of(
    result: Solutions | Triples | Truth, explanations: Sequence[Explanation] | None, glossary: Glossary, query: str
) -> Answer:
    """The answer that a raw result is to people.

    Args:
        result: The raw result.
        explanations: One for each row, each triple, or one for a truth, where evidence was asked for.
        glossary: Where labels come from.
        query: The SPARQL that it answers.
    """
    if isinstance(result, Solutions):
        return RowsAnswer(result, explanations=explanations, glossary=glossary, query=query)
    if isinstance(result, Triples):
        return TriplesAnswer(result, explanations=explanations, glossary=glossary, query=query)
    return TruthAnswer(result, explanation=explanations[0] if explanations else None, glossary=glossary, query=query)


def says_nothing(answer: Answer) -> bool:
    """Whether an answer has no rows, is no, or may be a count of nothing: one row of zeros.

    >>> says_nothing(RowsAnswer(Solutions(("count",), [(Literal(0),)])))
    True
    """
    if isinstance(answer, TruthAnswer):
        return not answer
    if isinstance(answer, TriplesAnswer):
        return not len(answer)
    zeros = all(term is None or getattr(term, "value", "") == "0" for row in answer for term in row)
    return len(answer) == 0 or (len(answer) == 1 and zeros)
