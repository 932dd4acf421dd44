from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

FACTS = """
@prefix : <http://example.org/> .
<http://example.org/log#char=0,9> { :ferry :runs "slowly" , "=1+1" . }
<http://example.org/log#char=20,30> { :ferry :runs "slowly" . }
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "facts.trig"
    path.write_text(FACTS)
    return path


@pytest.fixture
def query(run: Run, store: Path) -> Run:
    """Run ``filmgraph --store facts.trig query``."""

    def queried(*arguments: str | Path) -> Ran:
        return run("--store", store, "query", *arguments)

    return queried


def test_a_fact_in_two_graphs_counts_once(query: Run) -> None:
    assert query("-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-f", "csv").out == "n\r\n2\r\n"


def test_star_shows_the_columns_in_the_order_of_the_query(query: Run) -> None:
    assert query("-e", "SELECT * { ?thing ?does ?how }", "-f", "csv").out.splitlines()[0] == "thing,does,how"


def test_values_are_left_exact_in_csv(query: Run) -> None:
    assert query("-e", "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "-f", "csv").out == "o\r\n=1+1\r\nslowly\r\n"


@pytest.mark.parametrize(
    ("value", "count"), [("slowly", 1), ('"slowly"', 1), ('"slowly"@en', 0), ('x" } ; DROP ALL #', 0), ("1", 0)]
)
def test_a_bound_value_is_a_term(query: Run, value: str, count: int) -> None:
    out = query("-e", "SELECT ?s { ?s ?p $how }", "--bind", f"how={value}", "-f", "json").out
    assert len(json.loads(out)["results"]["bindings"]) == count


def test_a_query_comes_from_a_file_and_from_standard_input(
    query: Run, process: Run, store: Path, tmp_path: Path
) -> None:
    text = "ASK { ?s ?p 'slowly' }"
    path = tmp_path / "ask.rq"
    path.write_text(text)
    assert query(path) == (0, "yes\n", "")
    assert process("--store", store, "query", "-", stdin=text) == (0, "yes\n", "")


def test_triples_come_as_turtle_or_as_rows(query: Run) -> None:
    text = "CONSTRUCT { ?s <http://example.org/is> 'late' } { ?s ?p ?o }"
    assert query("-e", text).out == '<http://example.org/ferry> <http://example.org/is> "late" .\n'
    assert "late" in query("-e", text, "-f", "table").out


LONG = "{" * 20_000 + "}" * 20_000
ERRORS = {
    "no query": ((), "Give the query as a FILE, as - for standard input, or with -e."),
    "two queries": (("a.rq", "-e", "ASK {}"), "Give the query as a FILE, as - for standard input, or with -e."),
    "a query as a file": (
        ("ASK { ?s ?p ?o }",),
        "This is no file, and looks like a query. Give a query itself with -e.",
    ),
    "no such file": (("none.rq",), "none.rq: The query cannot be read: No such file or directory."),
    "no SPARQL": (("-e", "SELECT * { ?s ?p }"), "Line 1, column 18: expected a variable, an IRI or a literal"),
    "a no-break space": (("-e", "SELECT\u00a0* {}"), "Line 1, column 7: here stands a no-break space (U+00A0)."),
    "curly quotes": (("-e", "ASK { ?s ?p \u201ca\u201d }"), "Line 1, column 13: \u201c (U+201C) is no quotation mark"),
    "a missing prefix": (("-e", "ASK { ?s fg:name ?o }"), "Line 1, column 10: the prefix fg: is not declared."),
    "an update": (("-e", "LOAD <http://example.org/>"), "Line 1, column 1: "),
    "a service": (
        ("-e", "ASK { SERVICE <http://example.org/> {} }"),
        "Line 1, column 7: SERVICE would send part of the query to another machine.",
    ),
    "too deep a query": (("-e", f"ASK {LONG}"), "Line 1, column "),
    "a binding without a value": (("-e", "ASK {}", "--bind", "how"), "--bind takes NAME=VALUE, not 'how'."),
    "a binding twice": (("-e", "ASK {}", "--bind", "a=1", "--bind", "a=2"), "--bind gives 'a' twice."),
    "a binding of nothing": (("-e", "ASK {}", "--bind", "a=1"), "The query has no parameter $a."),
    "rows as triples": (
        ("-e", "SELECT ?s {?s ?p ?o}", "-f", "trig"),
        "trig holds triples, and this query answers with rows.",
    ),
    "a time that is none": (("-e", "ASK {}", "--timeout", "0"), "Invalid value for '--timeout'"),
}


@pytest.mark.parametrize(("arguments", "message"), ERRORS.values(), ids=ERRORS)
def test_bad_input_is_told_and_nothing_is_printed(query: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = query(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: {message}")
    assert "Traceback" not in err


def test_a_query_file_that_is_not_utf8_names_the_byte(query: Run, tmp_path: Path) -> None:
    path = tmp_path / "latin.rq"
    path.write_bytes("ASK {}\n# caf\xe9".encode("latin-1"))
    assert query(path).err.startswith(f"Error: {path}:2:6: The file is not UTF-8: byte 0xE9")


BAD_FILES = {
    "truncated": ("a.ttl", b"@prefix : <http://example.org/> .\n:a :b", ":2:"),
    "not UTF-8": ("a.trig", b'<http://e/a> <http://e/b> "\xff" .', ":1:28: The file is not UTF-8"),
    "an entity bomb": (
        "a.rdf",
        b'<?xml version="1.0"?>\n<!DOCTYPE rdf [<!ENTITY a "a">]>',
        ":2:1: RDF/XML that",
    ),
    "a remote context": ("a.jsonld", b'{"@context": "http://example.org/c"}', ":1:2: The file names a JSON-LD context"),
    "an unknown ending": ("a.zzz", b"", ""),
}


@pytest.mark.parametrize(("name", "data", "place"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_data_file_is_told_with_its_place(run: Run, tmp_path: Path, name: str, data: bytes, place: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code, out, err = run("--store", path, "query", "-e", "ASK {}")
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: {path}{place}")


def _start(store: Path, text: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "filmgraph", "--store", str(store), "query", "-e", text, "-f", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.path.join(os.path.dirname(__file__), "..", "..", "src")},
    )


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.nt"
    path.write_text(
        "".join(f"<http://example.org/{n}> <http://example.org/p> <http://example.org/o> .\n" for n in range(3000))
    )
    return path


def test_a_closed_pipe_ends_quietly(large: Path) -> None:
    process = _start(large, "SELECT * { ?a ?p ?b . ?c ?q ?d } LIMIT 200000")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), err) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_ends_a_long_query_quietly(large: Path) -> None:
    process = _start(large, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_a_long_query_stops_at_its_time_limit(run: Run, large: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    code, out, err = run("--store", large, "query", "-e", text, "--timeout", "0.3")
    assert (code, out) == (2, "")
    assert err.startswith("Error: The answer took longer than 0.3 seconds.")


def test_files_of_which_nothing_is_read_are_named_on_standard_error(run: Callable[..., Ran], collection: Path) -> None:
    (collection / "data" / "more.trig.bz2").write_bytes(b"anything")
    code, out, err = run("-C", collection, "query", "-e", "ASK {}")
    assert (code, bool(out)) == (0, True)
    assert err.startswith("Note: ")
    assert "more.trig.bz2: nothing is read of files of this kind" in err


def test_a_folder_without_a_collection_is_an_error_for_every_command(run: Callable[..., Ran], tmp_path: Path) -> None:
    for typed in (
        ["ask"],
        ["ask", "overview"],
        ["query", "-e", "ASK {}"],
        ["info"],
        ["check"],
        ["export"],
        ["sources"],
    ):
        code, out, err = run("-C", tmp_path, *typed)
        assert (code, out) == (2, "")
        assert "is no collection: it has no folder data" in err


@pytest.mark.parametrize("sign", ["?", "$"])
def test_bind_gives_a_value_to_a_variable_of_either_sign(run: Callable[..., Ran], collection: Path, sign: str) -> None:
    text = f"SELECT ?n {{ ?x fg:name ?n FILTER(STR(?n) = {sign}v) }}"
    text = f"PREFIX fg: <https://w3id.org/filmgraph/ns#> {text}"
    code, out, _ = run("-C", collection, "query", "-e", text, "--bind", "v=Ada Holm", "-f", "csv")
    assert (code, out.splitlines()) == (0, ["n", "Ada Holm"])
    code, out, err = run("-C", collection, "query", "-e", text, "--bind", "w=Ada Holm")
    assert (code, out) == (2, "")
    assert "no parameter $w" in err


def test_a_graph_that_is_not_there_is_why_there_is_nothing(run: Callable[..., Ran], collection: Path) -> None:
    for clause in ("FROM <urn:none>", "FROM NAMED <urn:none>"):
        code, _, err = run("-C", collection, "query", "-e", f"SELECT * {clause} {{ ?s ?p ?o }}")
        assert code == 0
        assert f"The store has no graph that the query is asked of: {clause}." in err


@pytest.mark.parametrize("address", ["file:///etc/passwd", "urn:x", "ftp://a/b"])
def test_service_asks_endpoints_over_http_alone(run: Callable[..., Ran], collection: Path, address: str) -> None:
    text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    code, out, err = run("-C", collection, "query", "--allow-service", "-e", text)
    assert (code, out) == (2, "")
    assert "SERVICE asks endpoints over http:// and https://" in err
