"""Queries on an Oxigraph store in this process. pyoxigraph's errors become filmgraph's here, and nowhere else."""

from __future__ import annotations

import re
import threading
from importlib import import_module
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.answers import Solutions, Triples, Truth
from filmgraph.errors import (
    FilmgraphError,
    QueryFailedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreUnavailableError,
)
from filmgraph.store.manifest import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.store.child import Helpers
    from filmgraph.store.reply import Reply


class EmbeddedStore:
    """An Oxigraph store, in memory or on disk.

    Args:
        store: The engine.
        location: Where it is, as the user named it.
        folder: The folder of the engine's files, where it has any.
    """

    process_ends = False
    """Whether this process ends after its answer, as that of a command does. Then a query that is given up may go on in
    its thread until the end; else a query with a time limit runs in a process of its own, which is killed."""

    def __init__(self, store: ox.Store, *, location: str, folder: str | None = None) -> None:
        self.location = location
        self.memory: int | None = None
        self._store: ox.Store | None = store
        self._folder = folder
        self._helpers: Helpers | None = None

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query in a thread of its own, so that Ctrl-C works, or with a limit in a process of its own.

        The engine itself cannot be stopped: a thread that is given up goes on until the next row, a process is killed.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryTimeoutError: It took longer than ``timeout``.
            QueryFailedError: The engine refused it.
            StoreUnavailableError: The store is closed.
        """
        store = self._store
        if store is None:
            raise StoreUnavailableError("The store is closed.", store=self.location)
        if (timeout is not None and not self.process_ends) or self.memory is not None:
            reply = self._limited(store, text, timeout)
            if reply is not None:
                try:
                    return reply.result()
                except MemoryError:
                    raise self._too_much() from None
                except Exception as error:
                    raise translated(error, store=self.location) from error
        work = _Work(lambda wanted: _materialised(store, text, wanted))
        try:
            finished = work.wait(timeout)
        finally:
            work.wanted = False
        if not finished:
            raise self._too_long(timeout)
        if work.error is not None:
            raise translated(work.error, store=self.location) from work.error
        assert work.result is not None  # noqa: S101 -- finished without an error
        return work.result

    def _limited(self, store: ox.Store, text: str, timeout: float | None) -> Reply | None:
        """What a process of its own answers; None where none can be had."""
        # Imported by who limits a query: most are not.
        child = import_module("filmgraph.store.child")
        try:
            if self._folder is not None:
                self._helpers = self._helpers or child.Helpers(self._folder, self.memory)
                reply: Reply = self._helpers.ask(text, timeout)
            elif child.can_fork():
                reply = child.ask_fork(store, text, timeout, self.memory)
            else:
                return None
        except child.TooLongError:
            raise self._too_long(timeout) from None
        except child.TooMuchError:
            raise self._too_much() from None
        return reply

    def _too_long(self, timeout: float | None) -> QueryTimeoutError:
        return QueryTimeoutError(
            f"The query took longer than {timeout:g} seconds.",
            store=self.location,
            seconds=timeout or 0.0,
            hint="Allow it more time, or ask for less.",
        )

    def _too_much(self) -> QueryFailedError:
        if self.memory is None:
            return QueryFailedError("The engine broke down over the query.", store=self.location)
        return QueryFailedError(
            f"The query needs more than the {self.memory / 1e6:g} MB of memory that it may take.",
            store=self.location,
            hint="Allow it more, or ask for less: a LIMIT, fewer patterns without a common variable.",
        )

    def limit_memory(self, size: int) -> None:
        """Let each query take no more than so many bytes; it runs in a process of its own then."""
        self.memory = size

    def similar_names(self, folded: str) -> list[str] | None:
        """Folded names that look somewhat like a folded text, from the index beside the engine's files."""
        if self._folder is None:
            return None
        index = import_module("filmgraph.name_index")
        try:
            found: list[str] = index.NameIndex(f"{self._folder}/{NAMES}").similar(folded)
        except (OSError, ValueError):
            return None
        return found

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._store is None

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of the named graphs, in the engine's order.

        Raises:
            StoreUnavailableError: The store is closed.
        """
        if self._store is None:
            raise StoreUnavailableError("The store is closed.", store=self.location)
        default = ox.DefaultGraph()
        return (quad for quad in self._store.quads_for_pattern(None, None, None, None) if quad.graph_name != default)

    def close(self) -> None:
        """Let go of the engine."""
        self._store = None
        if self._helpers is not None:
            self._helpers.close()


class _Work:
    """One query in a thread that does not keep the process alive."""

    def __init__(self, run: Callable[[Callable[[], bool]], Solutions | Triples | Truth]) -> None:
        self.result: Solutions | Triples | Truth | None = None
        self.error: BaseException | None = None
        self.wanted = True
        self._run = run
        self._thread = threading.Thread(target=self._work, name="filmgraph-query", daemon=True)
        self._thread.start()

    def wait(self, timeout: float | None) -> bool:
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            self.result = self._run(lambda: self.wanted)
        except BaseException as error:  # noqa: BLE001 -- also a panic of the engine; it is raised in the asking thread
            from traceback import clear_frames  # noqa: PLC0415 -- only after an error: it takes 5 ms to import

            clear_frames(error.__traceback__)  # they hold rows of the engine, which only this thread may let go of
            self.error = error


def _materialised(store: ox.Store, text: str, wanted: Callable[[], bool]) -> Solutions | Triples | Truth:
    """Run a query and read all it gives in the thread that made it: the engine aborts the process otherwise."""
    found = store.query(text)
    if isinstance(found, ox.QueryBoolean):
        return Truth(bool(found))
    if isinstance(found, ox.QueryTriples):
        triples: list[ox.Triple] = []
        for triple in found:
            triples.append(triple)
            if not wanted():
                break
        return Triples(triples)
    rows = []
    for solution in found:
        rows.append(tuple(solution))
        if not wanted():
            break
    return Solutions(tuple(variable.value for variable in found.variables), rows)


_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")
# Among the tokens that the engine would have taken it names, in words, a rule that the query breaks.
_RULE = re.compile(r"\b(?:The|A|An|Invalid|Not) [A-Za-z][^,\[\]\"]*[a-z]")


def translated(error: BaseException, *, store: str) -> FilmgraphError:
    """The error of filmgraph that an error of pyoxigraph means."""
    if isinstance(error, SyntaxError):
        place, rule = _PLACE.match(error.msg), _RULE.search(error.msg)
        return QuerySyntaxError(
            f"The query is not SPARQL 1.1: {rule.group().rstrip('.')}." if rule else "The query is not SPARQL 1.1.",
            line=int(place["line"]) if place else None,
            column=int(place["column"]) if place else None,
        )
    if isinstance(error, OSError):
        return StoreUnavailableError(f"The store cannot be read: {error}.", store=store)
    return QueryFailedError(f"The query cannot be answered: {error}", store=store, body=str(error))
