"""Multi-threaded loading of N-Quads files into a store while Python reads on."""

from __future__ import annotations

import os
import queue
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable

_WAITING = 96
"""So many files may wait; readers that are further ahead have to wait too, lest the disk fill."""


class Loader:
    """A loader of files into a store; it deletes each file after loading.

    Args:
        store: The store.
        threads: How many files at a time.
        loaded: Called in the loading thread for each file that was loaded.
    """

    def __init__(self, store: ox.Store, threads: int, loaded: Callable[[str], None]) -> None:
        self._store = store
        self._loaded = loaded
        self._files: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._error: BaseException | None = None
        self._threads = [
            threading.Thread(target=self._work, name="filmgraph-loading", daemon=True) for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, path: str) -> None:
        """Queue a file for loading; block while the queue is full.

        Raises:
            OSError: The store could not be written.
        """
        self._raise()
        self._files.put(path)

    def finish(self) -> None:
        """Wait until everything is loaded.

        Raises:
            OSError: The store could not be written.
        """
        for _ in self._threads:
            self._files.put(None)
        for thread in self._threads:
            while thread.is_alive():
                thread.join(0.2)  # in pieces: Ctrl-C is heard between them
        self._raise()

    def stop(self) -> None:
        """Stop after the files that are being loaded: the engine cannot be interrupted."""
        self._error = self._error or InterruptedError("stopped")
        for thread in self._threads:
            while thread.is_alive():
                try:
                    self._files.put_nowait(None)
                except queue.Full:
                    self._files.get_nowait()
                thread.join(0.1)

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        while (path := self._files.get()) is not None:
            if self._error is not None:
                continue  # so that no reader waits for room
            try:
                # Parts were parsed strictly when they were read, so they need no second check.
                self._store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS, lenient=True)
                os.unlink(path)
                _calm()
                self._loaded(path)
            except BaseException as error:  # noqa: BLE001 -- raised in the thread that builds
                self._error = error


def _calm() -> None:
    """Lower the priority of the engine's compaction threads.

    It begins to after every file that is loaded, again and again, and would spend a quarter of the time of a build on
    it. Where the system has no priorities for threads, it does so.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError):
        for thread in os.listdir("/proc/self/task"):
            with suppress(OSError), open(f"/proc/self/task/{thread}/comm", "rb") as name:
                if name.read() == b"rocksdb:low\n":
                    os.setpriority(os.PRIO_PROCESS, int(thread), 19)
