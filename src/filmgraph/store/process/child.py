"""Control of query processes, which can be killed: the engine can be neither stopped nor limited.

A store on disk is opened by a helper that stays for the next query. A store in memory is asked by a fork of this
process, where the system has forks and no other thread of this process could hold a lock in it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import warnings
from typing import IO, TYPE_CHECKING

from filmgraph.store.process.answering import LENGTH, limit_memory
from filmgraph.store.process.reply import Reply, received

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

_SOURCE = __file__.rpartition("filmgraph")[0].rstrip("/\\")


class TooLongError(Exception):
    """The time limit of a query has passed."""


class TooMuchError(Exception):
    """A query process has ended, as it does when it runs out of memory."""


class Helpers:
    """A pool of processes that answer queries on one on-disk store.

    Args:
        path: The folder of the store.
        memory: How many bytes each may take for its queries; None: as many as there are.
    """

    def __init__(self, path: str, memory: int | None) -> None:
        self._command = [
            sys.executable,
            "-m",
            "filmgraph.store.process.answering",
            os.path.abspath(path),
            str(memory or 0),
        ]
        self._idle: list[subprocess.Popen[bytes]] = []

    def ask(self, text: str, timeout: float | None) -> Reply:
        """Answer a query.

        Raises:
            TooLongError: It took longer than ``timeout`` seconds. The process is gone.
            TooMuchError: The process ended.
        """
        process = self._idle.pop() if self._idle else self._started()
        assert process.stdin is not None  # noqa: S101 -- both are pipes
        assert process.stdout is not None  # noqa: S101
        data = text.encode()
        try:
            process.stdin.write(LENGTH.pack(len(data)) + data)
            process.stdin.flush()
            reply = _waited(process.stdout, timeout, process.kill)
        except BaseException:
            _end(process)
            raise
        if reply is None:
            _end(process)
            raise TooMuchError
        self._idle.append(process)
        return reply

    def close(self) -> None:
        """End all processes."""
        while self._idle:
            _end(self._idle.pop())

    def _started(self) -> subprocess.Popen[bytes]:
        paths = [_SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # Ctrl-C is for who asks
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def can_fork() -> bool:
    """Whether a fork is safe: in a fork, locks held by other threads are never released."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def ask_fork(store: ox.Store, text: str, timeout: float | None, memory: int | None) -> Reply:
    """Answer a query in a fork of this process.

    Raises:
        TooLongError: It took longer than ``timeout`` seconds. The fork is gone.
        TooMuchError: The fork ended without an answer.
    """
    source, target = os.pipe()
    with warnings.catch_warnings():
        # Python warns of forks beside other threads. It was made sure that no thread of Python's is there.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        _answer(store, text, memory, target)
    os.close(target)

    def kill() -> None:
        os.kill(process, signal.SIGKILL)

    try:
        with open(source, "rb") as file:
            reply = _waited(file, timeout, kill)
    except BaseException:
        kill()
        raise
    finally:
        os.waitpid(process, 0)
    if reply is None:
        raise TooMuchError
    return reply


def _answer(store: ox.Store, text: str, memory: int | None, target: int) -> None:
    """Run the query in the fork, send its reply, and exit."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        if memory:
            limit_memory(memory)
        with open(target, "wb") as file:
            Reply.of(store, text).send(file)
    finally:
        os._exit(0)


def _waited(file: IO[bytes], timeout: float | None, kill: Callable[[], None]) -> Reply | None:
    """Wait for a reply; kill the sender at the time limit."""
    found: list[Reply | None] = []
    reader = threading.Thread(target=lambda: found.append(received(file)), name="filmgraph-waiting", daemon=True)
    reader.start()
    try:
        reader.join(timeout)
    except BaseException:
        kill()
        raise
    if reader.is_alive():
        kill()
        reader.join()
        raise TooLongError
    return found[0] if found else None
