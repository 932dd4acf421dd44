"""Queries on an Oxigraph store in this process; the only place that translates pyoxigraph's errors."""

from __future__ import annotations

import _thread
import os
import re
import threading
from importlib import import_module
from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph.errors import (
    FilmgraphError,
    QueryFailedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreUnavailableError,
)
from filmgraph.rdf.namespaces import WATCHED
from filmgraph.rdf.results import Solutions, Triples, Truth
from filmgraph.store import NAMES
from filmgraph.store.origin import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.rdf.results import Term
    from filmgraph.store.cited import CitedPart
    from filmgraph.store.origin import Origin
    from filmgraph.store.process.child import Helpers
    from filmgraph.store.process.reply import Reply


class EmbeddedStore:
    """An Oxigraph store, in memory or on disk.

    Args:
        store: The engine.
        origin: What it is, and where its data comes from.
        folder: The folder of the engine's files, where it has any.
        complete: Whether every fact of its default graph is known to stand in a named graph too.
    """

    process_ends = False
    """Whether this process ends after its answer, as that of a command does. Then a query that is given up may go on in
    its thread until the end; else a query with a time limit runs in a process of its own, which is killed."""

    def __init__(
        self, store: ox.Store, *, origin: Origin = MEMORY, folder: str | None = None, complete: bool = False
    ) -> None:
        self.origin = origin
        self.complete = complete
        self.memory: int | None = None
        self._store: ox.Store | None = store
        self._folder = folder
        self._helpers: Helpers | None = None

    def query(self, text: str, *, timeout: float | None = None) -> Solutions | Triples | Truth:
        """Answer a query in another thread, so that Ctrl-C works, or under limits in a process of its own.

        The engine itself cannot be stopped: a thread that is given up goes on until the next row, a process is killed.
        Python tells of Ctrl-C in its main thread alone, so any other thread asks the engine itself.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryTimeoutError: It took longer than ``timeout``.
            QueryFailedError: The engine refused it.
            StoreUnavailableError: The store is closed.
        """
        store = self._store
        if store is None:
            raise StoreUnavailableError("The store is closed.", store=self.origin.shown)
        if (timeout is not None and not self.process_ends) or self.memory is not None:
            reply = self._limited(store, text, timeout)
            if reply is not None:
                try:
                    return reply.result()
                except MemoryError:
                    raise self._too_much() from None
                except Exception as error:
                    raise translated(error, store=self.origin.shown) from error
        work = _Work(store, text)
        if timeout is None and _thread.get_ident() != threading.main_thread().ident:
            work.run()
        elif not _worked(work, timeout):
            raise self._too_long(timeout)
        if work.error is not None:
            raise translated(work.error, store=self.origin.shown) from work.error
        assert work.result is not None  # noqa: S101 -- finished without an error
        return work.result

    def _limited(self, store: ox.Store, text: str, timeout: float | None) -> Reply | None:
        """Return the reply of a separate process; None where none can be started."""
        # Imported by who limits a query: most are not.
        child = import_module("filmgraph.store.process.child")
        if self._folder is not None and self.memory is None and not os.path.isdir(self._folder):
            return None  # the cache has given the entry up; what this process has open it can still read
        try:
            if self._folder is not None:
                self._helpers = self._helpers or child.Helpers(self._folder, self.memory)
                reply: Reply = self._helpers.ask(text, timeout)
            elif not _running and child.can_fork():
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
            store=self.origin.shown,
            seconds=timeout or 0.0,
            hint="Allow it more time, or ask for less.",
        )

    def _too_much(self) -> QueryFailedError:
        if self.memory is None:
            return QueryFailedError("The engine broke down over the query.", store=self.origin.shown)
        return QueryFailedError(
            f"The query needs more than the {self.memory / 1e6:,.15g} MB of memory that it may take.",
            store=self.origin.shown,
            hint="Allow it more, or ask for less: a LIMIT, fewer patterns without a common variable.",
        )

    def results_json(self, text: str) -> bytes:
        """Return the results of a SELECT or ASK as the engine serializes them; see `ResultSerializer`.

        Raises:
            QuerySyntaxError: The text is not SPARQL.
            QueryFailedError: The engine refused it, or it asks for triples.
            StoreUnavailableError: The store is closed.
        """
        if self._store is None:
            raise StoreUnavailableError("The store is closed.", store=self.origin.shown)
        try:
            found = self._store.query(text)
            if not isinstance(found, ox.QueryTriples):
                return found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        except Exception as error:
            raise translated(error, store=self.origin.shown) from error
        raise QueryFailedError("The query asks for triples.", store=self.origin.shown)

    def limit_memory(self, size: int) -> None:
        """Limit the memory of each query, in bytes; queries then run in a separate process."""
        self.memory = size

    def similar_names(self, folded: str) -> list[str] | None:
        """Return folded names similar to a folded text, from the index beside the engine's files."""
        if self._folder is None:
            return None
        index = import_module("filmgraph.files.name_index")
        try:
            found: list[str] = index.NameIndex(f"{self._folder}/{NAMES}").similar(folded)
        except (OSError, ValueError):
            return None
        return found

    def cited_parts(self) -> dict[str, CitedPart] | None:
        """Return the cited part of each source, from the file beside the engine's files."""
        if self._folder is None:
            return None
        found: dict[str, CitedPart] | None = import_module("filmgraph.store.cited").kept(self._folder)
        return found

    def graphs(self, subject: Term, predicate: Term, value: Term) -> list[str]:
        """Return the IRIs of the named graphs that state a fact; see `FactLookup`.

        Raises:
            StoreUnavailableError: The store is closed.
        """
        if self._store is None:
            raise StoreUnavailableError("The store is closed.", store=self.origin.shown)
        if isinstance(subject, (ox.Literal, ox.Triple)) or not isinstance(predicate, ox.NamedNode):
            return []
        quads = self._store.quads_for_pattern(subject, predicate, value, None)
        return [name.value for quad in quads if isinstance(name := quad.graph_name, ox.NamedNode)]

    @property
    def closed(self) -> bool:
        """Whether the store is closed."""
        return self._store is None

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all quads of the named graphs, in the engine's order.

        Raises:
            StoreUnavailableError: The store is closed.
        """
        if self._store is None:
            raise StoreUnavailableError("The store is closed.", store=self.origin.shown)
        store = self._store
        # Graph by graph: the default graph, which repeats them, is not read.
        return (quad for graph in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, graph))

    def write_default(self, path: str) -> None:
        """Write the default graph into a file, as N-Triples; see `TextAtHand`.

        Raises:
            StoreUnavailableError: The store is closed.
        """
        if self._store is None:
            raise StoreUnavailableError("The store is closed.", store=self.origin.shown)
        self._store.dump(path, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())

    def close(self) -> None:
        """Close the store."""
        self._store = None
        if self._helpers is not None:
            self._helpers.close()


class _Work:
    """A query to run in a worker thread, its result, and whether that is still wanted."""

    __slots__ = ("done", "error", "result", "store", "text", "wanted")

    def __init__(self, store: ox.Store, text: str) -> None:
        self.store = store
        self.text = text
        self.wanted = True
        self.result: Solutions | Triples | Truth | None = None
        self.error: BaseException | None = None
        self.done = _thread.allocate_lock()

    def run(self) -> None:
        """Run the query in this thread."""
        _running.append(None)
        try:
            self.result = _materialised(self)
        except BaseException as error:  # noqa: BLE001 -- also a panic of the engine; it is raised in the asking thread
            from traceback import clear_frames  # noqa: PLC0415 -- only after an error: it takes 5 ms to import

            clear_frames(error.__traceback__)  # they hold rows of the engine, which only this thread may let go of
            self.error = error
        finally:
            _running.pop()


_running: list[None] = []  # one for each query that is in the engine now: a fork would copy what it holds


class _Worker:
    """A thread that runs one query after another; it ends when nothing refers to this object.

    It keeps no process alive. Starting one takes longer than many a query, so it is kept for the next.
    """

    __slots__ = ("_box", "_full")

    def __init__(self) -> None:
        self._box: list[_Work | None] = [None]
        self._full = _thread.allocate_lock()
        self._full.acquire()
        _thread.start_new_thread(_work_on, (self._box, self._full))

    def give(self, work: _Work) -> None:
        """Start a query; its lock ``done`` is released when it ends."""
        work.done.acquire()
        self._box[0] = work
        self._full.release()

    def __del__(self) -> None:
        self._box[0] = None
        if self._full.locked():  # else it is about to look into the box
            self._full.release()


def _work_on(box: list[_Work | None], full: _thread.LockType) -> None:
    while full.acquire() and (work := box[0]) is not None:
        box[0] = None
        done = work.done
        work.run()
        del work  # it holds the store, which may be closed before the next work comes
        done.release()


_idle: list[_Worker] = []
_MOST_IDLE = 4
if hasattr(os, "register_at_fork"):
    # No other thread is in the child.
    os.register_at_fork(after_in_child=_idle.clear)
    os.register_at_fork(after_in_child=_running.clear)


def _worked(work: _Work, timeout: float | None) -> bool:
    """Whether a worker ran a query in time; Ctrl-C is handled meanwhile."""
    worker = _idle.pop() if _idle else _Worker()
    try:
        worker.give(work)
        finished = work.done.acquire(timeout=-1 if timeout is None else min(timeout, threading.TIMEOUT_MAX))
    except BaseException:
        work.wanted = False
        raise
    if finished:
        if len(_idle) < _MOST_IDLE:
            _idle.append(worker)
    else:
        work.wanted = False
    return finished


def _materialised(work: _Work) -> Solutions | Triples | Truth:
    """Run a query and read all results in the thread that made it: otherwise the engine aborts the process."""
    if WATCHED not in work.text:
        return _read(work, work.store.query(work.text))
    # Only a query that computes regular expressions needs it.
    watch = import_module("filmgraph.rdf.patterns").PatternWatch()
    result = _read(work, work.store.query(work.text, custom_functions=watch.functions))
    watch.check()
    return result


def _read(work: _Work, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Solutions | Triples | Truth:
    if isinstance(found, ox.QuerySolutions):
        rows = []
        for solution in found:
            rows.append(tuple(solution))
            if not work.wanted:
                break
        return Solutions(tuple([variable.value for variable in found.variables]), rows)
    if isinstance(found, ox.QueryBoolean):
        return Truth(bool(found))
    triples: list[ox.Triple] = []
    for triple in found:
        triples.append(triple)
        if not work.wanted:
            break
    return Triples(triples)


# Compiled at their first use: start-up is measured.
_PLACE = r"error at (?P<line>\d+):(?P<column>\d+): "
# Among the tokens that the engine would have taken it names, in words, a rule that the query breaks.
_RULE = r"\b(?:The|A|An|Invalid|Not) [A-Za-z][^,\[\]\"]*[a-z]"


def translated(error: BaseException, *, store: str) -> FilmgraphError:
    """Translate an error of pyoxigraph."""
    if isinstance(error, SyntaxError):
        place, rule = re.match(_PLACE, error.msg), re.search(_RULE, error.msg)
        return QuerySyntaxError(
            f"The query is not SPARQL 1.1: {rule.group().rstrip('.')}." if rule else "The query is not SPARQL 1.1.",
            line=int(place["line"]) if place else None,
            column=int(place["column"]) if place else None,
        )
    if type(error).__name__ == "UncompilablePatternError":  # its module is imported by queries that compute patterns
        message, line, column, hint = import_module("filmgraph.rdf.patterns").told(str(error))
        return QuerySyntaxError(message, line=line, column=column, hint=hint)
    if isinstance(error, OSError):
        return StoreUnavailableError(f"The store cannot be read: {error}.", store=store)
    return QueryFailedError(f"The query cannot be answered: {error}", store=store, body=str(error))
