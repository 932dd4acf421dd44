"""`Graph`, what the command line and Python share, and `Scope`, the part of a store that it answers from."""

from __future__ import annotations

import os
from importlib import import_module
from typing import IO, TYPE_CHECKING, NamedTuple, Self, cast

from pyoxigraph import Literal

from filmgraph.answers.answer import RowsAnswer, answer_of, says_nothing
from filmgraph.answers.rows import MAX_WITNESSES, Asked, RowsPage
from filmgraph.catalogue import Catalogue
from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.errors import StoreError, StoreUnavailableError, UnknownQueryError
from filmgraph.files.identity import same
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.opening import open_again, open_store
from filmgraph.rdf.results import Solutions, in_order
from filmgraph.store import MANIFEST
from filmgraph.store.base import Limited, Timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import NamedNode

    from filmgraph.answers.answer import Answer
    from filmgraph.asking.reading import Reading
    from filmgraph.asking.understanding import Understanding
    from filmgraph.catalogue.question import Question
    from filmgraph.exporters import Exporter, Loss
    from filmgraph.lookup.values import Value
    from filmgraph.passages.quoting import Quoted
    from filmgraph.rdf.results import Explanation, Term, Triples, Truth
    from filmgraph.receipt.record import Receipt
    from filmgraph.receipt.verification import Verdict
    from filmgraph.store.base import Store
    from filmgraph.store.origin import Origin
    from filmgraph.validation.passes import Engine
    from filmgraph.validation.report import Report


class Trusted(NamedTuple):
    """The sources that count, by IRI: ``only`` those, where there are any, and none of ``without``."""

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Scope(NamedTuple):
    """The data that a graph answers from: its store, views of it, and the trusted sources.

    Attributes:
        store: What is queried.
        whole: The store in which names are found, and of which ``store`` is the part that counts.
        words: The store in which the labels of answers are found.
        trusted: The sources that count.
    """

    store: Store
    whole: Store
    words: Store
    trusted: Trusted = Trusted()

    @classmethod
    def of(cls, store: Store) -> Scope:
        """All of a store."""
        return cls(store, store, store)

    def within(self, seconds: float, *, labels: bool) -> Scope:
        """Return the scope with a deadline so many seconds from now; with ``labels``, it covers labels too."""
        timed = import_module("filmgraph.store.deadline").with_deadline(self.store, seconds)
        whole = timed if self.whole is self.store else timed.beside(self.whole)
        return self._replace(store=timed, whole=whole, words=timed if labels else self.words)

    def restricted(self, trusted: Trusted) -> Scope:
        """Return the scope restricted to some sources; it shares the deadline."""
        restricted = import_module("filmgraph.trust.restriction").restricted
        part: Store = restricted(self.store, only=trusted.only, without=trusted.without)
        timed = self.whole.beside(part) if isinstance(self.whole, Timed) else part
        return Scope(timed, self.whole, part if self.words is not self.store else timed, trusted)


class Graph:
    """A knowledge graph that answers questions.

    Args:
        store: What is queried: a store, or the scope of one.
        catalogue: The questions that can be asked by name; by default the bundled ones.
    """

    def __init__(self, store: Store | Scope, *, catalogue: Catalogue | None = None) -> None:
        self.scope = store if isinstance(store, Scope) else Scope.of(store)
        self.store = self.scope.store
        self.catalogue = catalogue if catalogue is not None else catalogue_at()
        self._understanding: Understanding | None = None

    @classmethod
    def open(
        cls, location: str | os.PathLike[str] | None = None, *, collection: str | os.PathLike[str] | None = None
    ) -> Self:
        """Open the bundled collection, or what lies at a location.

        Args:
            location: The folder of a collection or of an on-disk store, an RDF file, or the URL of a SPARQL endpoint.
            collection: The collection whose questions can be asked; by default that at the location, else the
                bundled one.

        Raises:
            StoreUnavailableError: There is none.
            FileError: A data file is wrong.
        """
        return cls(
            open_store(location if location is not None else collection),
            catalogue=catalogue_at(location, collection),
        )

    @classmethod
    def open_again(cls, origin: Origin) -> Self:
        """Open what an origin names, as a receipt records it; an endpoint is never asked.

        Raises:
            StoreUnavailableError: It is here no longer, or never was.
            FileError: A data file is wrong.
        """
        return cls(open_again(origin), catalogue=catalogue_at(origin.path or None))

    def restricted(self, *, only_source: Iterable[str] = (), not_source: Iterable[str] = ()) -> Graph:
        """Return a graph in which some documents are trusted alone, or withdrawn.

        Args:
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.

        Raises:
            UnknownSourceError: There is no such source.
            StoreError: The store could not do its work.
        """
        if not only_source and not not_source:  # as nearly always: nothing is imported for it
            return self
        named = import_module("filmgraph.trust.sources").named
        trusted = Trusted(*(tuple(named(self.scope.whole, names)) for names in (only_source, not_source)))
        return Graph(self.scope.restricted(trusted), catalogue=self.catalogue) if any(trusted) else self

    def within(self, seconds: float, *, labels: bool = False) -> Self:
        """Return the graph with a deadline so many seconds from now for all its answers together.

        Rows and their evidence count; what comes too late raises `QueryTimeoutError`. A step that the engine has no
        part in is not broken off, so it may be a little longer.

        Args:
            seconds: How long.
            labels: The labels and sources with which answers are written count too.
        """
        return type(self)(self.scope.within(seconds, labels=labels), catalogue=self.catalogue)

    def ask(
        self,
        name: str,
        /,
        *,
        why: bool = False,
        timeout: float | None = None,
        max_witnesses: int = MAX_WITNESSES,
        only_source: Iterable[str] = (),
        not_source: Iterable[str] = (),
        **values: Value,
    ) -> RowsAnswer:
        """Answer a question of the catalogue.

        Args:
            name: The name of the question, or the question in plain English; see `readings`. The answer's ``asked``
                says as what that was understood.
            why: Give each row its witnesses.
            timeout: The time that the rows and their evidence may take, in seconds.
            max_witnesses: How many witnesses of a row are listed; the rest is counted.
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.
            **values: The question's parameters: text as it is typed, a Python value, or an RDF term.

        Raises:
            UnknownQueryError: The catalogue has no such question, or none that answers the text.
            AmbiguousQuestionError: The text may ask several questions.
            ParameterError: A parameter is missing, unknown, or of the wrong type.
            UnknownThingError: Nothing has the name that was given for a parameter.
            AmbiguousNameError: Several things have it.
            UnknownSourceError: There is no such source.
            QueryTimeoutError: The time was up before the rows, or their evidence, were known.
            StoreError: The store could not answer.
        """
        graph = self._limited(only_source, not_source, timeout)
        return graph.ask_with(name, values, why=why, max_witnesses=max_witnesses)

    def ask_with(
        self,
        name: str,
        values: Mapping[str, Value],
        *,
        why: bool = False,
        timeout: float | None = None,
        max_witnesses: int = MAX_WITNESSES,
        page: RowsPage | None = None,
    ) -> RowsAnswer:
        """Answer a question as `Graph.ask` does, with the parameters in a mapping; ``page`` selects rows."""
        if timeout is not None:
            return self.within(timeout).ask_with(name, values, why=why, max_witnesses=max_witnesses, page=page)
        question, values = self._meant(name, values)
        text, asked = self._bound(question, values)
        # A literal may be a pattern. All else that is written out in the file was seen when it was read.
        watch = question.computes_patterns or any(isinstance(term, Literal) for term in asked.terms.values())
        answer = _answer(self.scope, text, why=why, max_witnesses=max_witnesses, page=page, watch=watch).to_rows()
        answer.asked = asked
        return answer

    def text_of(self, name: str, values: Mapping[str, Value]) -> str:
        """The SPARQL that a question runs with some values.

        Raises:
            UnknownQueryError: The catalogue has no such question.
            ParameterError: A parameter is missing, unknown, or of the wrong type.
            UnknownThingError: Nothing has the name that was given for a parameter.
            AmbiguousNameError: Several things have it.
        """
        return self._bound(*self._meant(name, values))[0]

    def readings(self, text: str) -> list[Reading]:
        """Return the readings of a plain English text, best first; none if the catalogue does not answer it.

        The same text has the same readings every time: nothing is learnt, guessed at random or fetched.

        Args:
            text: A question in English, in which people, films, documents and places go by their names.

        Raises:
            FrontMatterError: The header of a question is wrong.
            StoreError: The store could not answer.
        """
        return self.understanding.readings(text)

    @property
    def understanding(self) -> Understanding:
        """The understanding of plain English, made at the first use."""
        if self._understanding is None:
            # Imported by who asks in plain English: most ask by name.
            make = import_module("filmgraph.asking.understanding").Understanding
            self._understanding = cast("Understanding", make(self.catalogue, self.scope.whole))
        return self._understanding

    def query(  # noqa: PLR0913 -- one for each wish
        self,
        text: str,
        *,
        why: bool = False,
        bind: Mapping[str, Value] | None = None,
        timeout: float | None = None,
        allow_service: bool = False,
        max_witnesses: int = MAX_WITNESSES,
        only_source: Iterable[str] = (),
        not_source: Iterable[str] = (),
        page: RowsPage | None = None,
    ) -> Answer:
        """Answer any SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE.

        Args:
            text: The query.
            why: Give each row, or triple, its witnesses.
            bind: Values for each ``$name`` of the query: RDF terms, or Python values that become literals.
            timeout: The time that the rows, or triples, and their evidence may take, in seconds.
            allow_service: Let ``SERVICE`` reach other endpoints.
            max_witnesses: How many witnesses of a row are listed; the rest is counted.
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.
            page: Which rows are wanted, and explained; by default all.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryRefusedError: It is an update, asks other endpoints, or is nested without end.
            UnknownSourceError: There is no such source.
            StoreError: The store could not answer.
        """
        # The parser is imported only by who brings a query: those of the catalogue are parsed already.
        sparql = import_module("filmgraph.sparql.reading")
        ready, columns = sparql.ready(text, _terms(bind) if bind else {}, allow_service=allow_service)
        graph = self._limited(only_source, not_source, timeout)
        return _answer(graph.scope, ready, why=why, columns=columns, max_witnesses=max_witnesses, page=page)

    def show(
        self,
        thing: str,
        *,
        everything: bool = False,
        timeout: float | None = None,
        max_witnesses: int | None = None,
        only_source: Iterable[str] = (),
        not_source: Iterable[str] = (),
    ) -> RowsAnswer:
        """Everything known of one thing, each line with its citations, and a note where sources differ.

        Args:
            thing: An IRI, a prefixed name, or a name or title in any language.
            everything: List all lines of a kind, not the first dozen.
            timeout: The time that it may take, in seconds.
            max_witnesses: How many passages of a line are listed; by default three, and the rest is counted.
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.

        Raises:
            UnknownThingError: Nothing has that name.
            UnknownSourceError: There is no such source.
            AmbiguousNameError: Several things have it.
            StoreError: The store could not answer.
        """
        module = import_module("filmgraph.show")
        graph = self._limited(only_source, not_source, timeout)
        found: RowsAnswer = module.show(
            graph.store,
            graph.thing(thing, ""),
            most=None if everything else module.SHOWN,
            listed=module.LISTED if max_witnesses is None else max_witnesses,
            words=graph.scope.words,
        )
        return found

    def thing(self, name: str, class_iri: str) -> NamedNode:
        """The one thing that a name means.

        Args:
            name: An IRI, a prefixed name, or a name or title.
            class_iri: The class of what is meant; empty for any.

        Raises:
            UnknownThingError: Nothing has that name.
            AmbiguousNameError: Several things have it.
            StoreError: The store could not answer.
        """
        found: NamedNode = import_module("filmgraph.lookup.names").find(self.scope.whole, name, kind=class_iri or None)
        return found

    def sources(self) -> RowsAnswer:
        """The documents, and how much of each is cited.

        Raises:
            StoreError: The store could not answer.
        """
        found: RowsAnswer = import_module("filmgraph.documents").documents(self.store)
        return found

    def query_raw(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Return the raw result of a query, without evidence and labels.

        Raises:
            QueryError: The query is wrong.
            StoreError: The store could not answer it.
        """
        return self.store.query(text, timeout=timeout)

    def quote(self, answer: Answer, sources: Path | None) -> Quoted:
        """Let the footnotes of an answer with evidence carry the passages themselves.

        Args:
            answer: The answer; its ``passages`` are filled.
            sources: The folder with the texts of the sources, found by their SHA-256; None where there is none.

        Returns:
            What was found, and the sources whose texts are not at hand.

        Raises:
            UnknownSourceError: There is no folder ``sources``.
            StoreError: The store could not answer.
        """
        cited = dict.fromkeys(iri for row in answer.to_rows() for witness in row.why for iri in witness)
        found: Quoted = import_module("filmgraph.passages.quoting").quoted(self.scope.whole, cited, sources)
        answer.passages.update(found.passages)
        return found

    def why_empty(self, answer: Answer, *, seconds: float = 3.0) -> str:
        """Why an answer has no rows, only zeros, or is no; empty where it is none of these, or nothing is known.

        Args:
            answer: An answer of this graph.
            seconds: How long may be spent on it.

        Raises:
            StoreError: The store could not do its work.
        """
        if not answer.query or not says_nothing(answer):  # before anything is imported
            return ""
        silence = import_module("filmgraph.empty.silence")
        if any(self.scope.trusted) and (
            elsewhere := silence.elsewhere(self.scope.whole, answer.query, seconds=seconds)
        ):
            return str(elsewhere)
        reason: str = silence.silence(
            self.store,
            answer.query,
            zeros=isinstance(answer, RowsAnswer) and len(answer) == 1,
            seconds=seconds,
            asked=answer.asked if isinstance(answer, RowsAnswer) else None,
        )
        return reason

    def receipt(
        self,
        answer: Answer,
        *,
        question: str = "",
        parameters: Mapping[str, object] | None = None,
        service: bool = False,
    ) -> Receipt:
        """The record of an answer: the query, the data and the engine, the rows, and the sources cited.

        Args:
            answer: An answer of this graph.
            question: The name of the question that it answers; by default that which it was asked with.
            parameters: The values that the question was asked with; by default those of the answer.
            service: Whether ``SERVICE`` was allowed.

        Raises:
            FileError: The data cannot be read again to digest it.
            StoreError: The store could not answer.
        """
        asked = answer.asked if isinstance(answer, RowsAnswer) and not question else None
        if asked is not None:
            question, parameters = asked.name, parameters if parameters is not None else asked.values
        made: Receipt = import_module("filmgraph.receipt.record").record(
            self.scope.whole,
            self.store,
            answer,
            asked=(question, parameters or {}),
            trusted=self.scope.trusted,
            service=service,
        )
        return made

    def verify(self, receipt: Receipt, *, question_now: str | None = None) -> Verdict:
        """Ask again what a receipt records, and compare.

        Args:
            receipt: The receipt.
            question_now: What its question asks today; None where that is not known.

        Raises:
            QueryError: The query of the receipt is refused.
            FileError: The data cannot be read.
            StoreError: The store could not answer.
        """
        module = import_module("filmgraph.receipt.verification")
        verdict: Verdict = module.verify(self.scope.whole, receipt, question_now=question_now)
        return verdict

    def check(
        self,
        *,
        engine: Engine = "auto",
        folder: str | None = None,
        sources: Path | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> Report:
        """Apply the shapes, look at the evidence, and hold it against the texts where they are at hand.

        Args:
            engine: ``sparql`` or ``pyshacl``; by default the size decides.
            folder: The collection whose ``shapes/`` are applied; by default the graph's own, else the bundled one.
            sources: The folder with the texts of the sources, found by their SHA-256; without it no passage is read.
            progress: Is told in a word what is looked at next.

        Raises:
            FileError: A shape or a check is wrong.
            UnknownSourceError: There is no folder ``sources``.
            StoreError: The store could not answer.
        """
        # Only this method needs the validation package, and the command line must start fast.
        passes = import_module("filmgraph.validation.passes")
        report: Report = passes.check(
            self.store,
            folder=folder,
            engine_name=engine,
            sources=sources,
            progress=progress,
            catalogue=self.catalogue,
            answered=lambda question: len(self.ask(question.name, timeout=60, **dict(question.example))),
        )
        return report

    def export(
        self,
        exporter: str | Exporter,
        target: str | os.PathLike[str] | IO[bytes],
        thing: str | None = None,
        *,
        citations: str = "",
        form: str = "compact",
        context: str = "inline",
    ) -> list[Loss]:
        """Write the graph, or one thing of it, in an export format.

        Args:
            exporter: The format: its name, its media type, its file ending, or the exporter itself.
            target: A path, which is written whole or not at all, or a file that is open for bytes.
            thing: The film, person … to export: an IRI, a prefixed name, or a name; by default everything.
            citations: ``claims``, ``rdf12`` or ``none`` in RDF, ``full`` in MARC; by default the format's own way.
            form: Of JSON-LD: ``compact``, ``expanded`` or ``flattened``.
            context: Of JSON-LD: ``inline`` or ``link``.

        Returns:
            What the format has no place for.

        Raises:
            UnknownFormatError: There is no such format.
            UnknownThingError: Nothing has that name, or the format cannot describe such a thing.
            AmbiguousNameError: Several things have that name.
            BadParameterError: The format cannot do what was chosen.
            MissingDependencyError: The format needs a package that is not installed.
            OutputError: The file cannot be written.
        """
        # The exporters are imported only by who exports.
        exporters = import_module("filmgraph.exporters")
        chosen: Exporter = (
            exporters.find(exporter, self.catalogue.collection) if isinstance(exporter, str) else exporter
        )
        iri = "" if thing is None else self.thing(thing, "").value
        request = exporters.Request(self.store, iri, exporters.Options(citations, form, context))
        losses: list[Loss] = []
        if isinstance(target, (str, os.PathLike)):
            import_module("filmgraph.files.atomic").fill(
                target, lambda file: losses.extend(chosen.write(request, file))
            )
        else:
            losses.extend(chosen.write(request, target))
        return losses

    def limit_memory(self, size: int) -> None:
        """Let each query take no more than so many bytes; it runs in a process of its own then.

        Raises:
            StoreError: The store is on another machine.
        """
        if not isinstance(self.store, Limited):
            raise StoreError("The memory of this store cannot be limited from here.", store=self.store.origin.shown)
        self.store.limit_memory(size)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _limited(self, only_source: Iterable[str], not_source: Iterable[str], seconds: float | None) -> Graph:
        graph = self if seconds is None else self.within(seconds)
        return graph.restricted(only_source=only_source, not_source=not_source)

    def _meant(self, name: str, values: Mapping[str, Value]) -> tuple[Question, Mapping[str, Value]]:
        """The question of a name, or of a text in plain English, and its values."""
        try:
            return self.catalogue.question(name), values
        except UnknownQueryError as error:
            # Imported only by who asks in plain English.
            meant: Reading = import_module("filmgraph.asking.choosing").the_one(self.understanding, name, error)
            return self.catalogue.question(meant.question), {**meant.values, **values}

    def _bound(self, question: Question, values: Mapping[str, Value]) -> tuple[str, Asked]:
        if not values and not question.parameters:
            return question.sparql, Asked(question.name, layout=question.laid_out, chart=question.chart)
        # Binding is imported by questions that have something to bind.
        bound = import_module("filmgraph.catalogue.binding").bound
        ready: tuple[str, Asked] = bound(question, values, self.scope.whole)
        return ready


def _watched(store: Store, text: str) -> str:
    """The query that is run: the regular expressions that it computes are looked at, those written out in it now."""
    if store.origin.kind == "endpoint" or ("regex" not in (small := text.lower()) and "replace" not in small):
        return text
    watched: str = import_module("filmgraph.sparql.regular_expressions").watched(text)
    return watched


def _answer(
    scope: Scope,
    text: str,
    *,
    why: bool,
    max_witnesses: int,
    columns: tuple[str, ...] | None = None,
    page: RowsPage | None = None,
    watch: bool = True,
) -> Answer:
    """The answer to a query that was checked; with ``watch``, also the patterns of its regular expressions are."""
    result = scope.store.query(_watched(scope.store, text) if watch else text)
    if isinstance(result, Solutions) and columns is not None:
        result = in_order(result, columns)
    total = len(result.rows) if isinstance(result, Solutions) else 0
    if isinstance(result, Solutions) and page is not None:
        result = result._replace(rows=list(page.of(result.rows)))
    explanations: list[Explanation] | None = None
    if why:
        # Imported only by who asks why: most questions are asked without.
        explain = import_module("filmgraph.why.explain").explain
        explanations = explain(scope.store, text, result, max_witnesses=max_witnesses)
    answer = answer_of(result, explanations, StoreGlossary(scope.words), text)
    answer.max_witnesses = max_witnesses
    if isinstance(answer, RowsAnswer) and isinstance(result, Solutions):
        answer.page, answer.total = page, total
        answer.listing = lambda row: _citations(scope.store, text, row, result.variables)
    return answer


def _citations(store: Store, text: str, row: tuple[Term | None, ...], names: tuple[str, ...]) -> list[str]:
    # Imported only by who asks for all passages of a row.
    found: list[str] = import_module("filmgraph.why.explain").citations(store, text, row, names)
    return found


def catalogue_at(
    location: str | os.PathLike[str] | None = None, collection: str | os.PathLike[str] | None = None
) -> Catalogue:
    """The questions that can be asked: the tool's, and the own ones of a collection.

    It is the collection that is named, else the one at the location, or the one from which the store there was built,
    else the bundled one; an RDF file and an endpoint have none.

    Raises:
        StoreUnavailableError: There is no such collection.
    """
    bundled = f"{root()}/queries"
    folder = os.fspath(collection or location or root())
    if collection is not None and not os.path.isdir(folder):
        raise StoreUnavailableError(f"There is no folder {folder}.", store=folder)
    if collection is not None and not os.path.exists(f"{folder}/{MANIFEST}"):
        Collection(folder)  # which says so where it is none
    if collection is None and location is not None:
        folder = _collection_of(folder)
    own = f"{folder}/queries" if folder else ""
    return Catalogue(own, general="" if own and same(own, bundled) else bundled)


def _collection_of(location: str) -> str:
    """The collection at a location, or of which the store there was built; nothing where there is none."""
    if not os.path.isdir(location):
        return ""
    if not os.path.exists(f"{location}/{MANIFEST}"):
        return location
    try:
        manifest = import_module("filmgraph.store.manifest").read(location)
    except StoreUnavailableError:
        return ""  # who asks it something is told
    return manifest.collection if manifest is not None else ""


def _terms(values: Mapping[str, Value]) -> dict[str, NamedNode | Literal]:
    make = import_module("filmgraph.lookup.values").term_of_value
    return {name: make(value) for name, value in values.items()}
