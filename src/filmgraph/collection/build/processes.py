"""Reader processes of a build: start, assign files, end."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from filmgraph.collection.build.worker import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SOURCE = __file__.rpartition("filmgraph")[0].rstrip("/\\")


class UnreadableError(Exception):
    """A fact file cannot be read, or breaks the evidence model.

    Args:
        path: The file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Readers:
    """A pool of reader processes, with a thread for each that passes on its output.

    Args:
        count: How many.
        folder: Where they write.
        sources: The IRIs of the sources that are declared.
        take: Given each part, in one of the threads; as long as it waits, so does the reader.
    """

    def __init__(self, count: int, folder: str, sources: Sequence[str], take: Callable[[Written], None]) -> None:
        self._folder = folder
        self._take = take
        self._start = {"folder": folder, "sources": list(sources)}
        self._done: queue.Queue[str | BaseException | None] = queue.Queue()
        # What this process can import the readers can import, also from a checkout that is not installed.
        paths = [_SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-m", "filmgraph.collection.build.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                encoding="utf-8",
                # Ctrl-C reaches who builds; the readers end when it does.
                start_new_session=True,
            )
            for _ in range(count)
        ]

    def read(self, files: Sequence[str]) -> Iterator[str]:
        """Read all files, yielding each path when it is done.

        Raises:
            UnreadableError: A file is wrong.
            OSError: A part cannot be written.
        """
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for path in files:
            waiting.put(path)
        threads = [
            threading.Thread(target=self._attend, args=(number, waiting), name="filmgraph-reading", daemon=True)
            for number in range(len(self._processes))
        ]
        for thread in threads:
            thread.start()
        ended = 0
        while ended < len(threads):
            found = self._next()
            if found is None:
                ended += 1
            else:
                yield found

    def label(self) -> None:
        """Make the labels after everything was read.

        Raises:
            OSError: A part cannot be written.
        """
        for process in self._processes[1:]:
            process.kill()  # one goes on, and memory is short when labels are made
        threading.Thread(target=self._labelled, name="filmgraph-labelling", daemon=True).start()
        self._next()

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _next(self) -> str | None:
        while True:
            try:
                found = self._done.get(timeout=0.5)
            except queue.Empty:
                continue  # Ctrl-C is heard between two waits
            if isinstance(found, BaseException):
                raise found
            return found

    def _labelled(self) -> None:
        if self._ask(0, {"label": self._folder}):
            self._done.put("")

    def _attend(self, number: int, waiting: queue.SimpleQueue[str]) -> None:
        """Assign files to a process until none is left, then end its part."""
        going = self._ask(number, self._start | {"name": f"r{number}"})
        while going:
            try:
                path = waiting.get_nowait()
            except queue.Empty:
                if self._ask(number, {}):
                    self._done.put(None)
                return
            going = self._ask(number, {"path": path})
            if going:
                self._done.put(path)

    def _ask(self, number: int, job: dict[str, Any]) -> bool:
        """Run one job in a process; return whether it succeeded."""
        process = self._processes[number]
        assert process.stdin is not None  # noqa: S101 -- both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            print(json.dumps(job), file=process.stdin, flush=True)
            for line in process.stdout:
                answer = json.loads(line)
                if isinstance(answer, list):
                    self._take(Written(*answer))
                    continue
                if "unfit" in answer:
                    raise UnreadableError(answer["unfit"])  # noqa: TRY301 -- all go the same way
                if "failed" in answer:
                    raise OSError(answer["failed"])  # noqa: TRY301
                return True
            raise OSError(f"a reader ended with {process.wait()}")  # noqa: TRY301
        except BaseException as error:  # noqa: BLE001 -- raised in the thread that builds
            self._done.put(error)
            return False
