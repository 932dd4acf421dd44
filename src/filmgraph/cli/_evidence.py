"""The options about evidence, and an answer written with what they ask for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click
from pyoxigraph import NamedNode

from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.rows import RowsPage
from filmgraph.cli._session import settings_of
from filmgraph.errors import FilmgraphError
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filmgraph.answers.answer import Answer
    from filmgraph.cli._output import Output
    from filmgraph.graph import Graph
    from filmgraph.rdf.results import Term
    from filmgraph.receipt.record import Receipt


class Wanted(NamedTuple):
    """The options of `_options.evidence_options`."""

    ctx: click.Context
    why: bool
    max_witnesses: int | None
    passages: bool
    folder: str | None
    only_source: tuple[str, ...]
    not_source: tuple[str, ...]
    quiet: bool
    receipt: str | None
    why_of: int | None
    limit: int | None
    offset: int

    @classmethod
    def of(cls, ctx: click.Context, *, why: bool) -> Wanted:
        """Return the evidence options of a command line."""
        given = {name: ctx.meta.get(f"filmgraph.{name}") for name in _NAMES}
        return cls(
            ctx=ctx,
            why=why or bool(given["passages"]),
            max_witnesses=given["max_witnesses"],
            passages=bool(given["passages"]),
            folder=given["sources"],
            only_source=given["only_source"] or (),
            not_source=given["not_source"] or (),
            quiet=bool(given["quiet"]),
            receipt=given["receipt"],
            why_of=given["why_of"],
            limit=given["limit"],
            offset=given["offset"] or 0,
        )

    @property
    def page(self) -> RowsPage | None:
        """The requested page of rows; None for all rows.

        Raises:
            click.UsageError: A receipt is wanted of them.
        """
        if self.limit is None and not self.offset:
            return None
        if self.receipt is not None:
            raise click.UsageError("A receipt is of a whole answer: leave out --limit and --offset.", self.ctx)
        return RowsPage(self.offset, self.limit)

    def trusted(self, graph: Graph) -> Graph:
        """The graph, or what remains of it when some documents are trusted alone or withdrawn.

        Raises:
            UnknownSourceError: There is no such document.
        """
        if not self.only_source and not self.not_source:
            return graph
        return graph.restricted(only_source=self.only_source, not_source=self.not_source)

    def deliver(self, graph: Graph, answer: Answer, output: Output, *, hint: str = "") -> None:
        """Write an answer, with its passages where they are wanted; of an empty one say on standard error why.

        Args:
            graph: What answered.
            answer: The answer.
            output: Where it goes.
            hint: What is added to a reason that names a line of the query.
        """
        if self.why_of is not None:
            answer = self._passages_of(answer.to_rows(), self.why_of)
        if self.passages:
            self._quote(graph, answer)
        output.write(answer)
        if self.quiet:
            return
        if isinstance(answer, RowsAnswer) and answer.page is not None and answer.total:
            self._say(answer.page.note(answer.total))
            return
        try:
            reason = graph.why_empty(answer)
        except FilmgraphError:
            return  # the answer stands, with or without a reason
        if reason:
            trusted = [f"with {' and '.join(self.only_source)} alone"] if self.only_source else []
            trusted += [f"without {' and '.join(self.not_source)}"] if self.not_source else []
            among = f" ({', '.join(trusted)})" if trusted else ""
            self._say(reason + among + (f"\n{hint}" if hint and "condition of the question" in reason else ""))

    def _passages_of(self, answer: RowsAnswer, row: int) -> RowsAnswer:
        """All passages that a row rests on, as an answer of their own."""
        if row > len(answer):
            rows = f"{len(answer)} row{'' if len(answer) == 1 else 's'}"
            raise click.BadParameter(f"the answer has {rows}.", self.ctx, param_hint="'--why-of'")
        found: list[tuple[Term | None, ...]] = [(NamedNode(iri),) for iri in answer.why(row - 1)]
        listed: RowsAnswer = type(answer)(Solutions(("citation",), found), glossary=answer.glossary)
        return listed

    def record(self, made: Callable[[], Receipt]) -> None:
        """Write the receipt of an answer, or of its sources alone, where one is wanted.

        Raises:
            OutputError: The file cannot be written.
            StoreError: The store could not answer.
        """
        if self.receipt is None:
            return
        receipt = made()
        if self.receipt.endswith(".bib"):
            text = receipt.bibtex
        elif self.receipt.endswith(".csl.json"):
            text = import_module("json").dumps(receipt.csl, ensure_ascii=False, indent=1) + "\n"
        else:
            text = receipt.to_json()
        import_module("filmgraph.files.atomic").write(self.receipt, [text.encode()])

    def _quote(self, graph: Graph, answer: Answer) -> None:
        folder = self._folder()
        missing = graph.quote(answer, folder).missing
        if missing and not self.quiet:
            where = "" if folder else " Say where the texts lie with --sources DIR."
            self._say(f"No text is at hand of {', '.join(missing)}.{where}")

    def _folder(self) -> Path | None:
        if self.folder is not None:
            path: Path = import_module("pathlib").Path(self.folder)
            return path
        own: Path | None = import_module("filmgraph.cli._texts").own_folder(settings_of(self.ctx))
        return own

    def _say(self, text: str) -> None:
        click.echo(import_module("filmgraph.text.printable").printable(text, keep="\n"), err=True)


_NAMES = (
    "max_witnesses",
    "passages",
    "sources",
    "only_source",
    "not_source",
    "quiet",
    "receipt",
    "why_of",
    "limit",
    "offset",
)
