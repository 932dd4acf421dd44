"""Answers to queries: raw results with their evidence and the labels of their IRIs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, overload

from pyoxigraph import Literal

from filmgraph.answers.rows import MAX_WITNESSES, Asked, NoGlossary, Row
from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.rdf.results import Solutions, Triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import altair as alt
    import networkx as nx
    import pandas as pd
    import polars as pl
    import rdflib
    from pyoxigraph import Triple

    from filmgraph.answers.rows import Glossary, RowsPage
    from filmgraph.rdf.results import Explanation, Term, Truth


class RowsAnswer:
    """The answer to a SELECT: rows, and for each the citations that support it.

    Args:
        solutions: The raw result.
        explanations: One for each row, where evidence was asked for.
        glossary: Where labels come from.
        query: The SPARQL that it answers, where there is one.

    ``passages`` is what citations say, by their IRI, as far as `Graph.quote` found the texts.
    ``asked`` is the question of the catalogue that it answers, where it does.
    ``listing`` gives all citations of a row, where the answer belongs to a store.
    ``max_witnesses`` is how many witnesses of a row are listed at most; the rest is counted.
    ``page`` says which rows these are where not all were wanted, and ``total`` how many there are.

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
        self.page: RowsPage | None = None
        self.total = len(solutions.rows)
        self.listing: Callable[[tuple[Term | None, ...]], Iterable[str]] | None = None
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
        """Whether the answer has evidence."""
        return self.explanations is not None

    def why(self, index: int) -> Iterator[str]:
        """Yield all citations that support a row: for each fact that it uses, all that state the fact.

        Args:
            index: Which row, from 0.

        Raises:
            IndexError: There is no such row.
            FilmgraphError: They cannot be listed.
            StoreError: The store could not do its work.

        >>> import filmgraph as fg
        >>> answer = fg.open().ask("directors")
        >>> next(answer.why(0)).startswith("https://w3id.org/filmgraph/source/")
        True
        """
        row = self._rows[index]
        if self.listing is None:
            raise FilmgraphError("The passages of this row cannot be listed: the answer belongs to no store.")
        yield from self.listing(tuple(row))

    def to_rows(self) -> RowsAnswer:
        """Return the answer itself."""
        return self

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.variables) or 'no columns'}>"

    def _repr_html_(self) -> str:
        return "".join(import_module("filmgraph.answers.html").html(self))

    def to_dict(self, *, labels: bool = False) -> dict[str, list[object]]:
        """Return the columns as lists of Python values: numbers, dates, booleans, and text for all else.

        With evidence there is a last column ``why`` of witnesses.

        Args:
            labels: Give the label of an IRI, where it has one, in place of the IRI.
        """
        columns: dict[str, list[object]] = import_module("filmgraph.answers.frames").columns(self, labels=labels)
        return columns

    def to_pandas(self, *, labels: bool = False, why: bool = True) -> pd.DataFrame:
        """Return a pandas data frame with typed columns: integers, floats, booleans, dates, and categories for IRIs.

        A column of which no cell is of another kind becomes ``Int64``, ``Float64``, ``boolean``, ``datetime64[s]`` or,
        for IRIs, ``category``; missing values are missing in each. All other columns hold Python values.

        Args:
            labels: Give the label of an IRI, where it has one, in place of the IRI.
            why: Keep the column ``why`` of an answer with evidence.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        if find_spec("pandas") is None:
            raise MissingDependencyError("pandas", extra="frames", purpose="to_pandas()")
        frame: pd.DataFrame = import_module("filmgraph.answers.typed_frames").pandas_frame(self, labels=labels, why=why)
        return frame

    def to_networkx(self, source: str = "", target: str = "", *, labels: bool = False) -> nx.MultiDiGraph[str]:
        """Return a networkx graph: an edge for each row, between two of its things.

        The other columns, and the row's witnesses as ``why``, are attributes of the arrow. Rows that lack one of the
        two things are left out; each node has its label as ``label``.

        Args:
            source: The column where arrows begin; by default the first one that holds IRIs.
            target: The column where they end; by default the next one.
            labels: Let nodes be labels in place of IRIs.

        Raises:
            MissingDependencyError: networkx is not installed.
            BadColumnError: There is no such column, or there are no two that hold IRIs.
        """
        if find_spec("networkx") is None:
            raise MissingDependencyError("networkx", extra="frames", purpose="to_networkx()")
        found: nx.MultiDiGraph[str] = import_module("filmgraph.answers.network").network(
            self, source, target, labels=labels
        )
        return found

    def chart(self) -> alt.Chart:
        """Return the Altair chart that the question declares; it can be modified, and a notebook displays it.

        Raises:
            FilmgraphError: The answer has no chart: its question declares none, or it answers none.
            MissingDependencyError: Altair is not installed.
        """
        made: alt.Chart = import_module("filmgraph.answers.picture").altair_chart(self)
        return made

    def to_polars(self, *, labels: bool = False) -> pl.DataFrame:
        """Return a polars data frame of the columns of ``to_dict``.

        Raises:
            MissingDependencyError: polars is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415 -- an extra, and slow to import
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

    def to_pandas(self, *, labels: bool = False, why: bool = True) -> pd.DataFrame:
        """A data frame of subject, predicate and object; see `RowsAnswer.to_pandas`.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        return self.to_rows().to_pandas(labels=labels, why=why)

    def to_networkx(self, *, labels: bool = False) -> nx.MultiDiGraph[str]:
        """Return a networkx graph: an edge for each triple whose object is a thing; see `RowsAnswer.to_networkx`.

        Raises:
            MissingDependencyError: networkx is not installed.
        """
        return self.to_rows().to_networkx("subject", "object", labels=labels)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples as an rdflib graph."""
        import rdflib as library  # noqa: PLC0415 -- slow to import

        graph = library.Graph()
        graph.parse(data="".join(f"{triple} .\n" for triple in self.triples), format="nt")
        return graph

    def to_rows(self) -> RowsAnswer:
        """Return the triples as rows of subject, predicate and object, with their evidence."""
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
    """The answer to an ASK, true or false like a bool; a true one can have evidence.

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
        """The explanation in a list, as other answers have theirs."""
        return None if self.explanation is None else [self.explanation]

    def __bool__(self) -> bool:
        return self.value

    def __repr__(self) -> str:
        return "<yes>" if self.value else "<no>"

    def _repr_html_(self) -> str:
        return self.to_rows()._repr_html_()

    def to_rows(self) -> RowsAnswer:
        """Return one row with one column, ``answer``, and its evidence."""
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
    """Wrap a raw result in the answer class of its query form.

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
    """Whether an answer has no rows, is false, or may be a count of nothing: one row of zeros.

    >>> says_nothing(RowsAnswer(Solutions(("count",), [(Literal(0),)])))
    True
    """
    if isinstance(answer, TruthAnswer):
        return not answer
    if isinstance(answer, TriplesAnswer):
        return not len(answer)
    zeros = all(term is None or getattr(term, "value", "") == "0" for row in answer for term in row)
    return len(answer) == 0 or (len(answer) == 1 and zeros)
