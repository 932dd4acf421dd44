"""The listening server: announces its address, and serves until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from filmgraph.errors import FilmgraphError
from filmgraph.serving.app import application
from filmgraph.serving.doorway import doorway
from filmgraph.serving.metrics import Metrics
from filmgraph.serving.preparation import prepared
from filmgraph.serving.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from filmgraph.serving.protocol.settings import ServeSettings

_BACKLOG = 512
_CONNECTIONS = 1000


def serve(settings: ServeSettings, *, on_ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; see `filmgraph.serving.starting.serve`."""
    with prepared(settings, counted=True) as ready, _listening(ready) as listening:
        here = f"http://{f'[{ready.host}]' if ':' in ready.host else ready.host}:{listening.getsockname()[1]}"
        pool = Pool(ready._replace(base=ready.public_url or here))
        metrics = Metrics()
        config = uvicorn.Config(
            application(pool, metrics),
            http=doorway(pool, metrics, most=_CONNECTIONS),
            log_config=None,
            log_level="error",  # below it, advice to install packages for each client that offers another protocol
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            backlog=_BACKLOG,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=int(ready.limits.timeout) + 1,
        )
        server = _Server(config, lambda: on_ready(f"{here}/"))
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=[listening]))


@contextmanager
def _listening(settings: ServeSettings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        raise FilmgraphError(
            f"Cannot listen on {settings.host}, port {settings.port}: {getattr(error, 'strerror', None) or error}.",
            hint="Choose another port with --port; --port 0 takes a free one.",
        ) from error
    with listening:
        yield listening


class _Server(uvicorn.Server):
    """A uvicorn server that announces its start, and stops without an error."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit:
            raise FilmgraphError("The server cannot start: no worker could open the store.") from None
        self._on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn would raise the signal again after the end, and the process would end as if it had been killed.
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
