"""The worker pool: assigns requests, sets slow workers aside, and kills overdue ones.

A request gets one of a few processes. When it takes longer than `SLOW` seconds, its process is set aside with a lower
priority and another takes its place, so that long queries never hold up short ones. Only so many may be set aside;
what comes on top is ended and answered with 503. Whatever takes longer than the time limit is killed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, cast

from filmgraph.serving.protocol.reply import HttpError
from filmgraph.serving.workers.conversation import HELD, Returned
from filmgraph.serving.workers.lane import FRESH, USED, Lane
from filmgraph.serving.workers.shapes import SlowShapes, shape
from filmgraph.serving.workers.wire import DATA, END, FRAME, HEAD, LEND, READY, REQUEST, REST, SETTINGS, Head, frame

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from filmgraph.serving.protocol.request import HttpRequest
    from filmgraph.serving.protocol.settings import ServeSettings

SLOW = 1.0
"""Seconds after which a request no longer counts as one that is answered soon."""
WAITING = 256
"""How many requests may wait for a worker."""
PATIENCE = 5.0
"""How many seconds a request may wait for a worker."""
START = 60.0
"""How many seconds a worker may take to open the store."""
GRACE = 0.25
"""How long a request whose client went away may go on: to end a worker costs more than most answers do."""
_FULL = "The server has as many long queries as it can do."
_ATTEMPTS = 4
_AT_ONCE = 0.1
_AHEAD = 4_000_000  # bytes of an answer that may wait for a client that reads slowly
_SOURCE = __file__.rpartition("filmgraph")[0].rstrip("/\\")


class Busy(HttpError):  # noqa: N818 -- as HTTP says it
    """Error 503: all workers are busy, or the assigned one has ended."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(
            503, message, hint=f"Ask again in {seconds} seconds.", headers=(("Retry-After", str(seconds)),)
        )


class Worker(asyncio.Protocol):
    """The connection to a worker process, which answers one request at a time."""

    def __init__(self, settings: ServeSettings) -> None:
        own, other = socket.socketpair()
        self._socket = own
        self.lane, descriptors = Lane.open()
        paths = [_SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "filmgraph.serving.workers.process", *map(str, descriptors)],
            pass_fds=descriptors,
            stdin=other.fileno(),
            stdout=other.fileno(),
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,  # Ctrl-C is for the listening process
        )
        other.close()
        os.close(descriptors[0])  # of the pipe, both ends are in both processes
        own.setblocking(False)
        self.settings = settings
        self.slow = False
        self.gone = False
        self.thread = 0
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._size = 0
        self._wake = asyncio.Event()
        self._paused = False

    async def start(self) -> None:
        """Wait until the worker is ready.

        Raises:
            ConnectionError: It ended before.
        """
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: self, sock=self._socket)
        self._send(frame(SETTINGS, self.settings.to_json().encode()))
        async with asyncio.timeout(START):
            kind, data = await self.next_frame()
        if kind != READY:
            raise ConnectionError
        self.thread = int(data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)  # of a stream; uvloop's are of a class of their own

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        received = self._received
        received += data
        while len(received) >= FRAME.size:
            kind, size = FRAME.unpack_from(received)
            end = FRAME.size + size
            if len(received) < end:
                break
            self._frames.append((kind, bytes(received[FRAME.size : end])))
            self._size += size
            del received[:end]
        if self._size > _AHEAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        del exc
        self.gone = True
        self._wake.set()

    def ask(self, request: HttpRequest) -> None:
        """Send the worker a request."""
        self._send(frame(REQUEST, request.pack()))

    def lend(self, connection: int, data: bytes) -> None:
        """Lend the worker a client's connection, and what was received on it.

        Raises:
            ConnectionError: It has ended.
        """
        self.lane.lend(connection)
        self._send(frame(LEND, data))

    async def frames(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Yield the frames of the worker's reply to its end.

        Raises:
            ConnectionError: It ended before.
        """
        while True:
            kind, data = await self.next_frame()
            if kind == END:
                return
            yield kind, data

    async def next_frame(self) -> tuple[bytes, bytes]:
        """Return the next frame of the worker.

        Raises:
            ConnectionError: It ended before.
        """
        while not self._frames:
            if self.gone:
                raise ConnectionError
            self._wake.clear()
            await self._wake.wait()
        kind, data = self._frames.popleft()
        self._size -= len(data)
        if self._paused and self._size < _AHEAD // 2 and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return kind, data

    def _send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def slow_down(self) -> None:
        """Lower the worker's priority."""
        self.slow = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.thread, 15)

    def kill(self) -> None:
        """Kill the worker at once."""
        self.gone = True
        self._wake.set()
        if self.process.returncode is None:
            self.process.kill()
        if self._transport is not None:
            self._transport.abort()
        else:
            self._socket.close()

    def ended_by(self) -> int | None:
        """Return the exit code of an ended worker; negative where a signal ended it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        return self.process.returncode

    def why_gone(self) -> HttpError:
        """Return the error for the client of a worker that ended by itself."""
        if self.ended_by() in {-signal.SIGABRT, -signal.SIGSEGV}:
            size = self.settings.limits.memory
            return HttpError(
                422,
                f"The answer needs more than the {size / 1e6:g} MB of memory that it may take.",
                hint="Ask for less: a LIMIT, fewer patterns without a common variable.",
            )
        return Busy("The process that was to answer has ended.", 1)


class Pool:
    """A pool of worker processes.

    Args:
        settings: What they open, and within which limits they answer.
    """

    def __init__(self, settings: ServeSettings) -> None:
        self.settings = settings
        self.killed = 0
        self.workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self._lent: set[Worker] = set()
        self._slow_shapes = SlowShapes()

    async def start(self) -> None:
        """Start all workers.

        Raises:
            ConnectionError: They cannot open the store.
        """
        await asyncio.gather(*(self._one_more() for _ in range(self.settings.limits.workers)))

    @property
    def slow(self) -> int:
        """Return the number of workers set aside."""
        return sum(1 for worker in self.workers if worker.slow)

    @property
    def busy(self) -> int:
        """Return the number of busy workers."""
        return len(self.workers) - len(self._idle)

    async def answer(self, request: HttpRequest, *, first: bool = False) -> tuple[Head, AsyncIterator[bytes]]:
        """Return the head of the reply and an iterator over its body; closing the body stops the work.

        Args:
            request: The request.
            first: Whether it only makes a worker ready, so that it may be slow.

        Raises:
            HttpError: Nobody is free, it took too long, or the worker ended.
        """
        body = self._answered(request, first=first)
        head = await anext(body)
        assert isinstance(head, Head)  # noqa: S101 -- it comes first
        return head, _pieces(body)

    async def _answered(self, request: HttpRequest, *, first: bool) -> AsyncIterator[Head | bytes]:
        asked = (f"{request.path}?{request.query_string}", request.body)
        self._refuse_slow(asked)
        for _ in range(_ATTEMPTS):
            worker = await self._free()
            turn = _Turn(self, worker, asked, slow_after=self.settings.limits.timeout if first else SLOW)
            try:
                worker.ask(request)
                async for kind, data in worker.frames():
                    assert kind in {HEAD, DATA}  # noqa: S101 -- nothing else comes
                    turn.begun = True
                    yield Head.read(data) if kind == HEAD else data
                turn.finished = True
            except ConnectionError:
                if turn.was_dead:
                    continue
                raise (turn.reason or worker.why_gone()) from None
            finally:
                turn.over()
            return
        raise Busy("The workers end before they can answer.", 2)

    async def lend(self, connection: int, data: bytes) -> AsyncIterator[bytes | Returned]:
        """Lend a client's connection to a worker, which answers on it itself; closing the iterator ends the worker.

        Args:
            connection: Its file descriptor; nobody else reads from it meanwhile.
            data: What was received on it.

        Yields:
            What the worker could not send at once, and at last what it gives back.

        Raises:
            HttpError: Nobody is free, it took too long, or the worker ended; the client has no reply yet.
            ConnectionError: The worker ended, perhaps in the middle of a reply.
        """
        asked = (data.partition(b" HTTP/")[0].decode("latin-1").removeprefix("GET "), b"")
        self._refuse_slow(asked)
        for _ in range(_ATTEMPTS):
            worker = await self._free()
            turn = _Turn(self, worker, asked, slow_after=SLOW + HELD, late_by=HELD)
            self._lent.add(worker)
            try:
                worker.lend(connection, data)
                kind, payload = await worker.next_frame()
                while kind == REST:
                    turn.begun = True
                    yield payload
                    kind, payload = await worker.next_frame()
                turn.finished = True
                yield Returned.unpack(payload)
            except ConnectionError:
                token = worker.lane.seize_token()
                if token == FRESH and turn.was_dead:
                    continue
                if token == FRESH or (token == USED and turn.reason):
                    raise (turn.reason or worker.why_gone()) from None
                raise
            finally:
                self._lent.discard(worker)
                turn.over()
            return
        raise Busy("The workers end before they can answer.", 2)

    async def _free(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.gone:
                return worker
            self._forget(worker)
        if len(self._waiting) >= WAITING:
            raise Busy("Too many requests are waiting.", 2)
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        while self._lent:
            self._lent.pop().lane.hurry()
        try:
            async with asyncio.timeout(PATIENCE):
                return await future
        except BaseException as error:
            if future.done() and not future.cancelled():  # it came in the moment in which nobody waited any more
                self.give_back(future.result())
            if isinstance(error, TimeoutError):
                raise Busy("All workers are busy.", 2) from None
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(future)

    def give_back(self, worker: Worker) -> None:
        """Return a worker to the pool."""
        if worker.gone or worker.slow or self._closed:
            self._forget(worker)
            return
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    def _refuse_slow(self, asked: tuple[str, bytes]) -> None:
        """Refuse what was just ended for want of room, while there is none: each time would cost a worker.

        Args:
            asked: The target and the body of the request; its shape takes time, of a long one as much as many answers.

        Raises:
            Busy: It is such a request.
        """
        if self.slow >= self.settings.limits.workers and shape(*asked) in self._slow_shapes:
            raise Busy(_FULL, 10)

    def note_slow(self, asked: tuple[str, bytes]) -> None:
        """Remember a request, by its target and body, that was ended because too many take long."""
        self._slow_shapes.add(shape(*asked))

    def replace_slow(self, worker: Worker) -> bool:
        """Set a slow worker aside so that another replaces it; False where too many are set aside already."""
        if self.slow >= self.settings.limits.workers:
            return False
        worker.slow_down()
        self._replace()
        return True

    def _forget(self, worker: Worker) -> None:
        if worker not in self.workers:
            return
        self.workers.discard(worker)
        if not worker.gone:
            worker.kill()
        worker.lane.close()
        self.killed += 1
        loop = asyncio.get_running_loop()
        loop.run_in_executor(None, worker.process.wait)
        self._replace()

    def _replace(self) -> None:
        """Start a worker where too few remain that are not set aside."""
        ready = len(self.workers) - self.slow + len(self._starting)
        # A worker takes longer to start than most requests take: where some are slow, the next may be, so one is spare.
        if self._closed or ready >= self.settings.limits.workers + min(self.slow, 1):
            return
        task = asyncio.create_task(self._one_more())
        self._starting.add(task)
        task.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        if not task.cancelled() and task.exception() is not None and not self._closed:
            asyncio.get_running_loop().call_later(1.0, self._replace)  # the store may be back then

    async def _one_more(self) -> None:
        worker = Worker(self.settings)
        try:
            await worker.start()
        except BaseException:
            worker.kill()
            worker.process.wait()
            raise
        self.workers.add(worker)
        self.give_back(worker)

    def look(self) -> None:
        """Replace idle workers that have ended."""
        for worker in [one for one in self._idle if one.gone or one.process.poll() is not None]:
            self._idle.remove(worker)
            self._forget(worker)

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in list(self.workers):
            worker.kill()
        await asyncio.gather(*(asyncio.to_thread(worker.process.wait) for worker in list(self.workers)))
        self.workers.clear()


class _Turn:
    """One request in progress: it is set aside when slow, and killed at its time limit."""

    def __init__(
        self, pool: Pool, worker: Worker, asked: tuple[str, bytes], *, slow_after: float = SLOW, late_by: float = 0.0
    ) -> None:
        self._pool, self._worker, self._asked = pool, worker, asked
        self.reason: HttpError | None = None
        self.begun = self.finished = False
        self._start = monotonic()
        loop = asyncio.get_running_loop()
        seconds = pool.settings.limits.timeout + late_by
        self._timers = [loop.call_later(seconds, self._late)]
        if seconds > slow_after:
            self._timers.append(loop.call_later(slow_after, self._slow))

    @property
    def was_dead(self) -> bool:
        """Whether the worker was killed before it read the request, so that another may answer it."""
        early = self.reason is None and not self.begun and monotonic() - self._start < _AT_ONCE
        return early and self._worker.ended_by() == -signal.SIGKILL

    def _slow(self) -> None:
        if not self._pool.replace_slow(self._worker):
            self.reason = Busy(_FULL, 10)
            self._pool.note_slow(self._asked)
            self._worker.kill()

    def _late(self) -> None:
        seconds = self._pool.settings.limits.timeout
        self.reason = HttpError(
            504, f"The answer took longer than {seconds:g} seconds.", hint="Ask for less, or for fewer rows."
        )
        self._worker.kill()

    def over(self) -> None:
        """Finish the request; kill the worker if nobody waits for its answer any more."""
        if not self.finished:
            self._worker.kill()
        for timer in self._timers:
            timer.cancel()
        self._pool.give_back(self._worker)


async def _pieces(body: AsyncIterator[Head | bytes]) -> AsyncIterator[bytes]:
    async for piece in body:
        assert isinstance(piece, bytes)  # noqa: S101 -- the head came first
        yield piece
