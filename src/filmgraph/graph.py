"""`Graph`: what the command line and Python share."""

from __future__ import annotations

import os
from importlib import import_module
from typing import IO, TYPE_CHECKING, Self

from filmgraph.answering import Answering
from filmgraph.catalogue import Catalogue
from filmgraph.collection.resources import root
from filmgraph.errors import StoreError, StoreUnavailableError
from filmgraph.opening import open_again, open_store
from filmgraph.store import MANIFEST
from filmgraph.store.base import Limited, Timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import Literal, NamedNode

    from filmgraph.answers.answer import Answer, RowsAnswer
    from filmgraph.exporters import Exporter, Loss
    from filmgraph.lookup.values import Value
    from filmgraph.rdf.results import Solutions, Triples, Truth
    from filmgraph.store.base import Store
    from filmgraph.store.origin import Origin
    from filmgraph.validation.passes import Engine
    from filmgraph.validation.report import Report


class Graph(Answering):
    """A knowledge graph that answers questions.

    Args:
        store: What is queried.
        catalogue: The questions that can be asked by name; by default the bundled ones.
        whole: The store in which names are found, where the one that is queried is a part of it.
        words: The store in which the labels of an answer are found, where it is another one.
    """

    def __init__(
        self,
        store: Store,
        *,
        catalogue: Catalogue | None = None,
        whole: Store | None = None,
        words: Store | None = None,
    ) -> None:
        super().__init__(
            store, catalogue=catalogue if catalogue is not None else catalogue_at(), whole=whole, words=words
        )

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
        return cls(open_again(origin), catalogue=catalogue_at(origin.collection or None))

    def restricted(self, *, only_source: Iterable[str] = (), not_source: Iterable[str] = ()) -> Graph:
        """What remains when some documents are trusted alone, or withdrawn; a copy in memory.

        Args:
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.

        Raises:
            UnknownSourceError: There is no such source.
            StoreError: The store could not do its work.
        """
        named = import_module("filmgraph.trust.sources").named
        only, without = named(self._whole, only_source), named(self._whole, not_source)
        if not only and not without:
            return self
        store = import_module("filmgraph.trust.restriction").restricted(self.store, only=only, without=without)
        words = store if self.words is not self.store else None
        if isinstance(self._whole, Timed):
            store = self._whole.beside(store)
        part = Graph(store, catalogue=self.catalogue, whole=self._whole, words=words)
        part._trusted = (only, without)
        return part

    def ask(
        self,
        name: str,
        /,
        *,
        why: bool = False,
        timeout: float | None = None,
        max_witnesses: int = 10,
        only_source: Iterable[str] = (),
        not_source: Iterable[str] = (),
        **values: Value,
    ) -> RowsAnswer:
        """Answer a question of the catalogue.

        Args:
            name: The name of the question.
            why: Give each row its witnesses.
            timeout: The time that the rows and their evidence may take, in seconds.
            max_witnesses: How many witnesses of a row are listed; the rest is counted.
            only_source: The sources that count, by slug or IRI; by default all do.
            not_source: Sources that do not count.
            **values: The question's parameters: text as it is typed, a Python value, or an RDF term.

        Raises:
            UnknownQueryError: The catalogue has no such question.
            ParameterError: A parameter is missing, unknown, or of the wrong type.
            UnknownThingError: Nothing has the name that was given for a parameter.
            AmbiguousNameError: Several things have it.
            UnknownSourceError: There is no such source.
            QueryTimeoutError: The time was up before the rows, or their evidence, were known.
            StoreError: The store could not answer.
        """
        graph = self._trusting(only_source, not_source, timeout)
        return graph.ask_with(name, values, why=why, max_witnesses=max_witnesses)

    def query(
        self,
        text: str,
        *,
        why: bool = False,
        bind: Mapping[str, Value] | None = None,
        timeout: float | None = None,
        allow_service: bool = False,
        max_witnesses: int = 10,
        only_source: Iterable[str] = (),
        not_source: Iterable[str] = (),
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

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryRefusedError: It is an update, asks other endpoints, or is nested without end.
            UnknownSourceError: There is no such source.
            StoreError: The store could not answer.
        """
        # The parser is imported only by who brings a query: those of the catalogue are parsed already.
        sparql = import_module("filmgraph.sparql.reading")
        ready, columns = sparql.ready(text, _terms(bind) if bind else {}, allow_service=allow_service)
        graph = self._trusting(only_source, not_source, timeout)
        return graph.answer_to(ready, why=why, columns=columns, max_witnesses=max_witnesses)

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
        graph = self._trusting(only_source, not_source, timeout)
        found: RowsAnswer = module.show(
            graph.store,
            graph.thing(thing, ""),
            most=None if everything else module.SHOWN,
            listed=module.LISTED if max_witnesses is None else max_witnesses,
            words=graph.words,
        )
        return found

    def sources(self) -> RowsAnswer:
        """The documents, and how much of each is cited.

        Raises:
            StoreError: The store could not answer.
        """
        found: RowsAnswer = import_module("filmgraph.documents").documents(self.store)
        return found

    def query_raw(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """What the store answers to a query, without evidence and formats.

        Raises:
            QueryError: The query is wrong.
            StoreError: The store could not answer it.
        """
        return self.store.query(text, timeout=timeout)

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
        format_name: str,
        target: str | os.PathLike[str] | IO[bytes],
        thing: str | None = None,
        *,
        citations: str = "",
        form: str = "compact",
        context: str = "inline",
    ) -> list[Loss]:
        """Write the graph, or one thing of it, in an export format.

        Args:
            format_name: The name of the format, its media type or its file ending.
            target: A path, which is written whole or not at all, or a file that is open for bytes.
            thing: The film, person … to export: an IRI, a prefixed name, or a name; by default everything.
            citations: ``claims``, ``rdf12`` or ``none``; by default the format's own way.
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
        own = os.path.dirname(self.catalogue.folder or self.catalogue.general)  # noqa: PTH120 -- as below
        exporter: Exporter = exporters.find(format_name, own)
        iri = "" if thing is None else self.thing(thing, "").value
        request = exporters.Request(self.store, iri, exporters.Options(citations, form, context))
        losses: list[Loss] = []
        if isinstance(target, (str, os.PathLike)):
            import_module("filmgraph.files.atomic").fill(
                target, lambda file: losses.extend(exporter.write(request, file))
            )
        else:
            losses.extend(exporter.write(request, target))
        return losses

    def _trusting(self, only_source: Iterable[str], not_source: Iterable[str], seconds: float | None) -> Graph:
        graph: Graph = self if seconds is None else self.within(seconds)
        if not only_source and not not_source:  # as nearly always: nothing is imported for it
            return graph
        return graph.restricted(only_source=only_source, not_source=not_source)

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
    if collection is not None and not os.path.isdir(folder):  # noqa: PTH112 -- on the start-up path; pathlib is slower
        raise StoreUnavailableError(f"There is no folder {folder}.", store=folder)
    if collection is None and location is not None:
        folder = _collection_of(folder)
    own = f"{folder}/queries" if folder else ""
    return Catalogue(own, general="" if own and _same(own, bundled) else bundled)


def _collection_of(location: str) -> str:
    """The collection at a location, or of which the store there was built; nothing where there is none."""
    if not os.path.isdir(location):  # noqa: PTH112 -- as above
        return ""
    if not os.path.exists(f"{location}/{MANIFEST}"):  # noqa: PTH110 -- as above
        return location
    try:
        manifest = import_module("filmgraph.store.manifest").read(location)
    except StoreUnavailableError:
        return ""  # who asks it something is told
    return manifest.collection if manifest is not None else ""


def _same(path: str, other: str) -> bool:
    """Whether two paths lead to one folder."""
    try:
        return path == other or os.path.samefile(path, other)  # noqa: PTH121 -- as above
    except OSError:
        return False


def _terms(values: Mapping[str, Value]) -> dict[str, NamedNode | Literal]:
    make = import_module("filmgraph.lookup.values").term_of_value
    return {name: make(value) for name, value in values.items()}
