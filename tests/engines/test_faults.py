"""What a bad endpoint does, told in plain words."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from tests.engines.faulty import JSON, NOTHING, Faulty, Say

from filmgraph.cli import main
from filmgraph.errors import QueryFailedError, QuerySyntaxError, QueryTimeoutError, StoreError, StoreUnavailableError
from filmgraph.rdf.results import Solutions, Truth
from filmgraph.store.endpoint.endpoint import EndpointStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.engines.conftest import Engines

QUERY = "PREFIX fg: <https://w3id.org/filmgraph/ns#> SELECT ?film { ?film a fg:Film }"
GRAPH = "PREFIX fg: <https://w3id.org/filmgraph/ns#> CONSTRUCT { ?film a fg:Film } { ?film a fg:Film }"
ONE = b'{"head":{"vars":["film"]},"results":{"bindings":[{"film":{"type":"uri","value":"urn:a"}}]}}'
XML = "application/sparql-results+xml"
PAGE = (
    b"<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><h1>Welcome</h1>\x1b[31m</body></html>"
)


_stores: list[EndpointStore] = []


def store_at(url: str) -> EndpointStore:
    """Open an endpoint; it is closed when the test ends."""
    _stores.append(EndpointStore(url))
    return _stores[-1]


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    yield
    while _stores:
        _stores.pop().close()


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Faulty]]:
    """Start a server that answers as told."""
    monkeypatch.setattr("filmgraph.store.endpoint.connection._FIRST_PAUSE", 0.01)
    for name in ("FILMGRAPH_USER", "FILMGRAPH_PASSWORD", "FILMGRAPH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    running: list[Faulty] = []

    def start(*answers: Say) -> Faulty:
        running.append(Faulty(*answers))
        return running[-1]

    yield start
    for server in running:
        server.stop()


FAILURES = {
    "a web page": (Say(PAGE, media_type="text/html"), "answered with text/html instead of results: Welcome \\x1b[31m"),
    "no content type": (Say(ONE, media_type=""), "answered with no content type instead of results"),
    "a refusal": (
        Say(b"Unknown prefix\n\tat a\n\tat b\n\tat c", 400, "text/plain"),
        "(400 Bad Request): Unknown prefix at a at b",
    ),
    "no password": (Say(b"", 401), "refused the query (401 Unauthorized)."),
    "no such page": (Say(PAGE, 404, "text/html"), "refused the query (404 Not Found): Welcome"),
    "a fault": (
        Say(b'{"message":"out of memory"}', 500),
        'failed (500 Internal Server Error): {"message":"out of memory"}',
    ),
    "an error after the rows": (
        Say(ONE[:-4] + b"\nThe operation has been cancelled"),
        "breaks off or is damaged after 120 bytes: The operation has been cancelled",
    ),
    "an error before the first row": (
        Say(ONE.partition(b"[{")[0] + b"[The operation has been cancelled"),
        ": The operation has been cancelled",
    ),
    "an error after the end": (Say(ONE + b"\noperation has been cancelled"), "operation has been cancelled"),
    "an error in place of rows": (Say(b'{"error":"the store is busy"}'), "the store is busy"),
    "half a JSON": (Say(ONE[:60]), "breaks off or is damaged after 60 bytes."),
    "half an XML": (
        Say(b"<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head/>", media_type=XML),
        "breaks off",
    ),
    "Latin-1": (
        Say(ONE.replace(b"urn:a", b"urn:caf\xe9")),
        "is no UTF-8: line 1 has the byte 0xE9, as Latin-1 has it.",
    ),
    "a value of the wrong type": (Say(ONE.replace(b'"urn:a"', b"5")), "is JSON, and no results of SPARQL: "),
    "rows of the wrong type": (Say(ONE.replace(b"[{", b"{").replace(b"}]", b"}")), "no results of SPARQL: "),
    "variables of the wrong type": (Say(ONE.replace(b'["film"]', b"7")), "no results of SPARQL: "),
    "cut within a character": (Say(ONE[:-20] + b"\xe9"), "breaks off or is damaged"),
    "compressed": (Say(b"\x1f\x8b\x08" + ONE), "is compressed, which nobody asked for."),
    "UTF-16": (Say(ONE.decode().encode("utf-16-le").join([b"\xff\xfe", b""])), "is UTF-16, and should be UTF-8."),
    "other columns": (Say(ONE.replace(b'"film"', b'"book"')), "the columns book, and was asked for film."),
    "nothing": (Say(b""), "breaks off or is damaged after 0 bytes."),
    "not all rows": (Say(ONE, headers={"X-SPARQL-MaxRows": "10000"}), "gave only the first 10000 rows."),
    "a part in time": (
        Say(ONE, headers={"X-SQL-State": "S1TAT", "X-SQL-Message": "Anytime"}),
        "only a part of the answer: Anytime",
    ),
}


@pytest.mark.parametrize(("answer", "message"), FAILURES.values(), ids=list(FAILURES))
def test_a_bad_answer_is_told_in_the_endpoints_words(faulty: Callable[..., Faulty], answer: Say, message: str) -> None:
    server = faulty(answer)
    with pytest.raises(QueryFailedError) as caught:
        store_at(server.url).query(QUERY)
    assert message in str(caught.value)
    assert caught.value.store == server.url
    assert len(server.seen) == 1


def test_more_columns_than_asked_for_are_left_out(faulty: Callable[..., Faulty]) -> None:
    more = ONE.replace(b'["film"]', b'["x","film"]')
    assert store_at(faulty(Say(more)).url).query(QUERY) == Solutions(("film",), [(ox.NamedNode("urn:a"),)])


def test_labels_of_an_endpoint_that_answers_always_alike_are_none(
    faulty: Callable[..., Faulty], capsys: pytest.CaptureFixture[str]
) -> None:
    server = faulty(Say(ONE.replace(b'"uri","value":"urn:a"', b'"literal","value":"red"')))
    assert main(["--store", server.url, "query", "-f", "table", "-e", QUERY]) in {0, 2}
    assert "at fault" not in capsys.readouterr().err


def test_triples_that_break_off_are_told(faulty: Callable[..., Faulty]) -> None:
    whole = b"<urn:a> <urn:b> <urn:c> .\n"
    server = faulty(Say(whole + b"<urn:a> <urn:b", media_type="application/n-triples"))
    with pytest.raises(QueryFailedError, match="breaks off or is damaged after 40 bytes"):
        store_at(server.url).query(GRAPH)


def test_the_command_line_ends_with_a_message_and_2(
    faulty: Callable[..., Faulty], capsys: pytest.CaptureFixture[str]
) -> None:
    server = faulty(Say(PAGE, 503, "text/html"))
    assert main(["--store", server.url, "query", "-e", QUERY]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(
        f"Error: The endpoint {server.url} cannot answer now (503 Service Unavailable): Welcome"
    )


def test_what_passes_is_asked_again(faulty: Callable[..., Faulty]) -> None:
    server = faulty(
        Say(hang_up=True), Say(b"", 503, headers={"Retry-After": "0"}), Say(ONE[:30], promised=len(ONE)), Say(ONE)
    )
    found = store_at(server.url).query(QUERY)
    assert isinstance(found, Solutions)
    assert len(found.rows) == 1
    assert len(server.seen) == 4


def test_what_breaks_off_each_time_is_told(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(ONE[:30], promised=len(ONE)))
    with pytest.raises(StoreUnavailableError, match="broke off its answer 4 times: the connection ended in the middle"):
        store_at(server.url).query(QUERY)


def test_a_refusal_is_not_asked_again(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(b"", 400))
    with pytest.raises(QueryFailedError):
        store_at(server.url).query(QUERY)
    assert len(server.seen) == 1


def test_nobody_waits_longer_than_the_time_limit_for_another_try(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(b"Come back", 503, "text/plain", {"Retry-After": "3600"}))
    with pytest.raises(StoreUnavailableError, match="Come back"):
        store_at(server.url).query(QUERY, timeout=5)
    assert len(server.seen) == 1


@pytest.mark.parametrize("answer", [Say(ONE, wait=2), Say(ONE, drip=0.1)], ids=["silent", "dripping"])
def test_a_slow_answer_ends_in_time(faulty: Callable[..., Faulty], answer: Say) -> None:
    with pytest.raises(QueryTimeoutError, match=r"took longer than 0\.3 seconds"):
        store_at(faulty(answer).url).query(QUERY, timeout=0.3)


def test_an_endpoint_that_is_down_is_told() -> None:
    server = Faulty(Say())
    url = server.url
    server.stop()
    with pytest.raises(StoreUnavailableError, match="cannot be reached: connection refused"):
        store_at(url).query(QUERY)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a ?p ?b . ?b ?q ?c . ?c ?r ?d }",
        "CONSTRUCT { ?a ?p ?c } { ?a ?p ?b . ?b ?q ?c . ?c ?r ?d . ?d ?x ?e }",
    ],
    ids=["rows", "triples"],
)
def test_a_real_engine_that_breaks_off_after_a_second_is_told(engines: Engines, text: str) -> None:
    begin = monotonic()
    with pytest.raises(QueryFailedError, match="bytes: The SPARQL operation has been cancelled"):
        store_at(engines.at("oxigraph limited")).query(text, timeout=30)
    assert monotonic() - begin < 30


def test_connections_stay_open_and_are_shared(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(ONE))
    store = store_at(server.url)
    for _ in range(5):
        store.query(QUERY)
    threads = [threading.Thread(target=store.query, args=(QUERY,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({seen.connection for seen in server.seen[:5]}) == 1
    assert len(server.seen) == 13
    store.close()
    with pytest.raises(StoreUnavailableError, match="is closed"):
        store.query(QUERY)


def test_a_connection_that_was_closed_in_the_meantime_is_no_failure(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(ONE, headers={"Connection": "keep-alive"}, promised=len(ONE)))
    store = store_at(server.url)
    for _ in range(3):
        assert isinstance(store.query(QUERY), Solutions)
    assert len(server.seen) == 3


def test_what_is_no_sparql_is_never_sent(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(ONE))
    with pytest.raises(QuerySyntaxError):
        store_at(server.url).query("SELECT fg: {")
    assert server.seen == []


def test_credentials_come_from_the_environment(faulty: Callable[..., Faulty], monkeypatch: pytest.MonkeyPatch) -> None:
    server = faulty(Say(ONE))
    monkeypatch.setenv("FILMGRAPH_USER", "ada")
    monkeypatch.setenv("FILMGRAPH_PASSWORD", "sea:salt")
    store_at(server.url).query(QUERY)
    monkeypatch.delenv("FILMGRAPH_USER")
    monkeypatch.setenv("FILMGRAPH_TOKEN", "abc.def")
    store_at(server.url).query(QUERY)
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Basic YWRhOnNlYTpzYWx0", "Bearer abc.def"]


def test_an_endpoint_that_repeats_the_password_does_not_put_it_into_a_message(
    faulty: Callable[..., Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGRAPH_TOKEN", "abc.def")
    server = faulty(Say(b"bad token abc.def", 401, "text/plain"))
    with pytest.raises(QueryFailedError) as caught:
        store_at(server.url).query(QUERY)
    assert "abc.def" not in f"{caught.value}{caught.value.body}"
    assert "bad token" in str(caught.value)


@pytest.mark.parametrize("user", ["ada:secret@", "ada@", ":secret@"])
def test_a_url_with_credentials_is_refused_and_not_repeated(user: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", f"https://{user}example.org/sparql?key=hidden", "ask", "films"]) == 2
    printed = capsys.readouterr().err
    assert "FILMGRAPH_USER and FILMGRAPH_PASSWORD, or FILMGRAPH_TOKEN" in printed
    assert not {"secret", "ada", "hidden"} & set(printed.replace(":", " ").replace("@", " ").split())


def test_a_password_does_not_cross_a_network_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMGRAPH_TOKEN", "abc")
    with pytest.raises(StoreUnavailableError, match="is not encrypted"):
        EndpointStore("http://example.org/sparql")


@pytest.mark.parametrize("url", ["http://", "https://[", "http://127.0.0.1:99999/", "http://a b/"])
def test_what_is_no_url_is_told(url: str) -> None:
    with pytest.raises(StoreUnavailableError, match="no URL of an endpoint"):
        store_at(url)


def test_a_redirect_to_another_host_is_not_followed(faulty: Callable[..., Faulty]) -> None:
    there = faulty(Say(ONE))
    here = faulty(Say(b"", 307, headers={"Location": there.url}))
    with pytest.raises(StoreUnavailableError, match="redirects to another place"):
        store_at(here.url).query(QUERY)
    assert there.seen == []


def test_a_redirect_on_the_same_host_is_followed(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(b"", 308, headers={"Location": "/sparql/"}), Say(ONE))
    store = store_at(server.url)
    assert isinstance(store.query(QUERY), Solutions)
    assert store.origin.shown == server.url
    assert urlsplit(server.url).path == "/sparql"


def test_a_redirect_in_a_circle_ends(faulty: Callable[..., Faulty]) -> None:
    server = faulty(Say(b"", 302, headers={"Location": "/sparql"}))
    with pytest.raises(StoreUnavailableError, match="redirects without end"):
        store_at(server.url).query(QUERY)


def test_virtuoso_answers_ask_with_a_row(faulty: Callable[..., Faulty]) -> None:
    row = b'{"__ASK_RETVAL":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1"}}'
    yes = b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[' + row + b"]}}"
    server = faulty(Say(yes), Say(yes.replace(row, b"")))
    store = store_at(server.url)
    asked = QUERY.replace("SELECT ?film", "ASK")
    assert store.query(asked) == Truth(value=True)
    assert store.query(asked) == Truth(value=False)


def test_every_failure_is_an_error_of_a_store() -> None:
    assert issubclass(QueryFailedError, StoreError)
    assert NOTHING.startswith(b"{")
    assert JSON.endswith("json")
