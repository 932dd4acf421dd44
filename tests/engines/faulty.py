"""A server on loopback that answers as badly as it is told to."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, NamedTuple

from tests.loopback import EndpointHandler, LoopbackEndpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON = "application/sparql-results+json"
NO = b'{"head":{},"boolean":false}'
NOTHING = b'{"head":{"vars":[]},"results":{"bindings":[]}}'


class Say(NamedTuple):
    """One answer, with what is wrong with it."""

    body: bytes = NOTHING
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = {}
    promised: int | None = None
    wait: float = 0.0
    drip: float = 0.0
    hang_up: bool = False


class Seen(NamedTuple):
    """A request that came."""

    query: str
    headers: Mapping[str, str]
    connection: int


class Faulty(LoopbackEndpoint):
    """Answers the probes well, and what is asked after them as told, one after the other; the last one again.

    ``refused`` is a part of the queries that it refuses.
    """

    refused = ""

    def __init__(self, *answers: Say) -> None:
        self.answers = list(answers)
        self.seen: list[Seen] = []
        super().__init__(_Handler)

    def next(self) -> Say:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(EndpointHandler):
    protocol_version = "HTTP/1.1"
    server: Faulty

    def answer(self, query: str) -> None:
        if self.server.refused and self.server.refused in query:
            self._send(Say(b"no questions about that", 400, "text/plain"))
            return
        if "fg:" not in query:  # what the store asks by itself
            self._send(Say(NO if query.startswith("ASK") else NOTHING))
            return
        self.server.seen.append(Seen(query, dict(self.headers), self.client_address[1]))
        self._send(self.server.next())

    def _send(self, say: Say) -> None:
        sleep(say.wait)
        if say.hang_up:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(say.status)
        self.send_header("Content-Type", say.media_type)
        self.send_header("Content-Length", str(len(say.body) if say.promised is None else say.promised))
        for name, value in say.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(say.body), 1 if say.drip else max(1, len(say.body))):
            self.wfile.write(say.body[start : start + 1] if say.drip else say.body)
            sleep(say.drip)
        if say.promised is not None:
            self.close_connection = True
