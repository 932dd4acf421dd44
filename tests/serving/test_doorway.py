"""Connections that are lent to workers: whatever is asked on one, the replies come whole and in order."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from filmgraph.serving.protocol.message import read_simple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"
LARGE = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d a <https://w3id.org/filmgraph/ns#Film> } LIMIT 9000"


def connected(server: Server) -> HTTPConnection:
    place = urlsplit(server.address)
    return HTTPConnection(place.hostname or "", place.port, timeout=60)


def target(query: str, **options: str) -> str:
    return f"/sparql?query={quote(query)}{''.join(f'&{key}={value}' for key, value in options.items())}"


def asked(connection: HTTPConnection, path: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    return reply, reply.read()


def bound(number: int) -> str:
    return f"SELECT ?n {{ BIND({number} AS ?n) }}"


def test_what_is_asked_on_one_connection_is_answered_in_order_whatever_its_kind(server: Server) -> None:
    with closing(connected(server)) as connection:
        for number in range(20):
            assert f'"{number}"'.encode() in asked(connection, target(bound(number)))[1]
        own = connection.sock
        assert asked(connection, "/health")[0].status == 200
        assert b'"77"' in asked(connection, target(bound(77)))[1]
        assert asked(connection, "/", Accept="text/html")[0].getheader("content-type") == "text/html; charset=utf-8"
        assert connection.sock is own, "the connection was kept"


def test_a_wrong_query_leaves_the_connection_as_it_is(server: Server) -> None:
    with closing(connected(server)) as connection:
        assert asked(connection, target("SELECT ?s { ?s ?p }"))[0].status == 400
        assert asked(connection, target("ASK {}"), Accept="image/png")[0].status == 406
        assert b'"5"' in asked(connection, target(bound(5)))[1]


def test_requests_that_are_sent_at_once_or_in_pieces_are_answered_one_by_one(server: Server) -> None:
    place = urlsplit(server.address)
    heads = [f"GET {target(bound(n))} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode() for n in (101, 102, 103, 104)]
    heads[-1] = heads[-1].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with closing(socket.create_connection((place.hostname or "", place.port or 0), 60)) as connection:
        connection.sendall(heads[0] + heads[1])
        time.sleep(0.2)
        connection.sendall(heads[2][:30])
        time.sleep(0.2)
        connection.sendall(heads[2][30:] + heads[3])
        received = b""
        while more := connection.recv(65_536):
            received += more
    assert received.count(b"HTTP/1.1 200 OK") == 4
    places = [received.index(f'"{number}"'.encode()) for number in (101, 102, 103, 104)]
    assert places == sorted(places)


def test_an_answer_that_is_larger_than_a_client_takes_at_once_comes_whole(server: Server) -> None:
    with closing(connected(server)) as connection:
        for accept in ("application/sparql-results+json", "text/csv"):
            connection.request("GET", target(LARGE), headers={"Accept": accept})
            time.sleep(0.3)  # it reads late
            reply = connection.getresponse()
            body = reply.read()
            assert len(body) > 1_000_000
            same = server.request("POST", "/sparql", body=LARGE.encode(), headers=POSTED | {"Accept": accept})
            assert sorted(body.splitlines()) == sorted(same.body.splitlines())
        assert b'"6"' in asked(connection, target(bound(6)))[1]


POSTED = {"Content-Type": "application/sparql-query"}


def test_an_answer_that_the_client_has_costs_no_body_and_a_compressed_one_less(server: Server) -> None:
    path = target("SELECT ?p ?o { <https://w3id.org/filmgraph/id/film/last-train-home> ?p ?o }")
    with closing(connected(server)) as connection:
        plain, body = asked(connection, path)
        packed, less = asked(connection, path, Accept_Encoding="gzip")
        assert packed.getheader("content-encoding") == "gzip"
        assert len(less) < len(body) / 2
        again, nothing = asked(connection, path, If_None_Match=plain.getheader("etag") or "")
        assert (again.status, nothing) == (304, b"")
        for name in ("content-security-policy", "x-content-type-options", "access-control-allow-origin", "vary"):
            assert plain.getheader(name)
    posted = server.request("POST", "/sparql", body=b"ASK {}", headers=POSTED)
    there = {name.lower() for name, _ in plain.getheaders()}
    assert set(posted.headers) <= there | {"transfer-encoding"}, "no header depends on who answers"


def test_a_client_that_wants_the_connection_closed_has_it_closed(server: Server) -> None:
    with closing(connected(server)) as connection:
        reply, _ = asked(connection, target("ASK {}"), Connection="close")
        assert (reply.status, reply.getheader("connection")) == (200, "close")
        assert connection.sock is None


def test_a_worker_that_is_killed_between_two_requests_of_a_connection_is_not_missed(
    serving: Callable[..., Server],
) -> None:
    running = serving("serve", "--port", "0", "--workers", "1")
    with closing(connected(running)) as connection:
        assert asked(connection, target(bound(1)))[0].status == 200
        time.sleep(0.1)  # then the connection is given back
        (worker,) = running.workers()
        os.kill(worker, signal.SIGKILL)
        assert b'"2"' in asked(connection, target(bound(2)))[1]


def test_a_worker_that_is_killed_over_a_query_takes_no_other_client_with_it(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1", "--timeout", "60")
    statuses: list[int] = []
    with closing(connected(running)) as slow, closing(connected(running)) as quick:
        assert asked(slow, target(bound(1)))[0].status == 200
        assert asked(quick, target(bound(1)))[0].status == 200
        (worker,) = running.workers()
        asking = threading.Thread(target=lambda: statuses.append(asked(slow, target(ENDLESS))[0].status))
        asking.start()
        time.sleep(0.5)
        os.kill(worker, signal.SIGKILL)
        asking.join()
        assert statuses == [503]
        assert b'"2"' in asked(quick, target(bound(2)))[1]


def test_more_clients_than_workers_take_turns(serving: Callable[..., Server]) -> None:
    running = serving("serve", "--port", "0", "--workers", "1")
    wrong: list[bytes] = []

    def ask_often(client: int) -> None:
        with closing(connected(running)) as connection:
            for turn in range(25):
                number = client * 1000 + turn
                body = asked(connection, target(bound(number)))[1]
                if f'"{number}"'.encode() not in body:
                    wrong.append(body)

    clients = [threading.Thread(target=ask_often, args=(number,)) for number in range(1, 9)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert wrong == []
    told = 'filmgraph_requests_total{room="sparql",status="200"} 200'
    deadline = time.monotonic() + 10  # they are counted when connections are given back
    while told not in running.get("/metrics").text and time.monotonic() < deadline:
        time.sleep(0.05)
    assert told in running.get("/metrics").text
    assert running.workers(), "nobody was ended for it"


@pytest.mark.parametrize(
    "sent",
    [
        "GET /sparql?query=ASK{} HTTP/1.1\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\n",
        "GET /sparql?query=ASK{} HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n folded\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\nHost: a\n\n",
        "GET /sparql?query=ASK{}#part HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /sparql?query=ASK {} HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /sp%61rql?query=ASK{} HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /sparql?query=ASK{} HTTP/1.1\r\nHost: a\r\n\r\n",
        f"GET /sparql?query={'A' * 40_000} HTTP/1.1\r\nHost: a\r\n\r\n",
        f"GET /sparql?query=ASK{{}} HTTP/1.1\r\nHost: a\r\nX: {'A' * 40_000}\r\n\r\n",
    ],
)
def test_what_is_not_plainly_simple_is_left_to_the_whole_server(sent: str) -> None:
    assert read_simple(sent.encode(), most=32_000, base="") is None
