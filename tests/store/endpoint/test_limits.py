"""Endpoints that never answer, drip, or send without end: the time and the size that a reply may have hold for all."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import QueryFailedError, QueryTimeoutError
from filmgraph.graph import Graph
from filmgraph.store.endpoint.endpoint import EndpointStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Behaviour = Callable[[socket.socket], None]

QUERY = "SELECT ?s { ?s ?p ?o }"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
ALL = 30.0  # seconds: far more than any limit here, far less than the five minutes that hold without one


def silent(line: socket.socket) -> None:
    while line.recv(65536):
        pass


def drips_headers(line: socket.socket) -> None:
    line.recv(65536)
    for letter in HEAD + b"X-Long: " + b"a" * 100_000:
        line.send(bytes([letter]))
        sleep(0.02)


def drips_body(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(HEAD + b"\r\n")
    while True:
        line.send(b" ")
        sleep(0.02)


def drips_promised_body(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(HEAD + b"Content-Length: 100000\r\n\r\n")
    while True:
        line.send(b" ")
        sleep(0.02)


def redirects_slowly(line: socket.socket) -> None:
    line.recv(65536)
    sleep(0.2)
    line.sendall(b"HTTP/1.1 307 Go\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n")


def busy(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def endless(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(HEAD + b"\r\n")
    while True:
        line.sendall(b" " * 65536)


def endless_chunks(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")


def promises_much(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(HEAD + b"Content-Length: 99999999999\r\n\r\n")
    silent(line)


SLOW = [silent, drips_headers, drips_body, drips_promised_body, redirects_slowly]
LARGE = [endless, endless_chunks, promises_much]


class Server:
    """Treats every connection in one way."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/sparql"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listening.accept()
                self._lines.append(line)
                threading.Thread(target=self._treat, args=(line,), daemon=True).start()

    def _treat(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            self._behaviour(line)

    def stop(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Callable[[Behaviour], str]]:
    servers: list[Server] = []

    def start(behaviour: Behaviour) -> str:
        servers.append(Server(behaviour))
        return servers[-1].url

    yield start
    for one in servers:
        one.stop()


@pytest.mark.parametrize("behaviour", [*SLOW, busy])
def test_a_time_limit_holds_from_the_first_look_at_an_endpoint(
    server: Callable[[Behaviour], str], behaviour: Behaviour
) -> None:
    began = monotonic()
    store = EndpointStore(server(behaviour))
    kind = Exception if behaviour in {busy, redirects_slowly} else QueryTimeoutError
    with pytest.raises(kind):
        store.query(QUERY, timeout=0.5)
    assert monotonic() - began < ALL


@pytest.mark.parametrize("text", ["DESCRIBE <urn:a>", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "ASK { ?s ?p ?o }", QUERY])
def test_a_time_limit_holds_for_every_form_of_query(server: Callable[[Behaviour], str], text: str) -> None:
    began = monotonic()
    with Graph.open(server(silent)) as graph, pytest.raises(QueryTimeoutError):
        graph.query(text, timeout=0.5)
    assert monotonic() - began < ALL


def test_a_time_limit_holds_for_a_question_and_the_names_in_it(server: Callable[[Behaviour], str]) -> None:
    began = monotonic()
    with Graph.open(server(drips_headers)) as graph, pytest.raises(QueryTimeoutError):
        graph.ask("runtimes", film="Night Ferry", timeout=0.5)
    assert monotonic() - began < ALL


@pytest.mark.parametrize("behaviour", LARGE)
def test_a_reply_without_end_is_cut_off_and_the_message_says_how_to_allow_more(
    server: Callable[[Behaviour], str], behaviour: Behaviour
) -> None:
    with Graph.open(server(behaviour)) as graph:
        graph.limit_memory(1_000_000)
        with pytest.raises(QueryFailedError, match="sent more than 1 MB in one answer") as caught:
            graph.query(QUERY, timeout=ALL)
    assert "--memory" in str(caught.value.hint)


def test_a_reply_may_have_only_so_many_bytes_where_nobody_says_how_many(server: Callable[[Behaviour], str]) -> None:
    with Graph.open(server(promises_much)) as graph, pytest.raises(QueryFailedError, match="more than 512 MB"):
        graph.query(QUERY, timeout=ALL)
