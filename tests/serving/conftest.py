"""A server on loopback, started as people start it, and plain requests to it."""

from __future__ import annotations

import gzip
import hashlib
import json
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from tests.conftest import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

WAIT = 60.0
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Response(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        body = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Server:
    """``filmgraph serve`` in a process of its own."""

    def __init__(self, *arguments: str, cwd: Path | None = None) -> None:
        command = [sys.executable, "-m", "filmgraph", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            raise AssertionError(self.process.communicate(timeout=WAIT)[1])

    def request(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        place = urlsplit(self.address)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=WAIT)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            got = connection.getresponse()
            return Response(got.status, {key.lower(): value for key, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, *, accept: str = "*/*", **headers: str) -> Response:
        return self.request(
            "GET", path, headers={"Accept": accept} | {k.replace("_", "-"): v for k, v in headers.items()}
        )

    def page(self, path: str) -> Response:
        return self.get(path, accept=BROWSER)

    def ask(self, query: str, *, accept: str = "*/*", **options: str) -> Response:
        return self.get(f"/sparql?{urlencode({'query': query, **options})}", accept=accept)

    def workers(self) -> list[int]:
        """The processes of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell a process's children")
        return [int(one) for one in children.read_text("ascii").split()]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it; the exit code and what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        errors = self.process.communicate(timeout=WAIT)[1]
        return self.process.returncode, errors


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The bundled collection."""
    running = Server("serve", "--port", "0", "--timeout", "120")
    yield running
    code, errors = running.stop()
    assert code == 0, errors
    assert "Traceback" not in errors


@pytest.fixture
def serving() -> Iterator[Callable[..., Server]]:
    """Start servers with other options; all end with the test."""
    running: list[Server] = []

    def start(*arguments: str, cwd: Path | None = None) -> Server:
        running.append(Server(*arguments, cwd=cwd))
        return running[-1]

    yield start
    for one in running:
        one.stop(signal.SIGKILL)


TEXT = "Ada Holm \N{CLAPPER BOARD} filmed the Night Ferry \N{FERRY} in Århus.\n\nIt ran for years."


@pytest.fixture(scope="module")
def collection_with_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection whose text is at hand, with characters outside the basic plane, and names that mean harm."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    source = f"https://w3id.org/filmgraph/source/log.{digest[:8]}"
    start = TEXT.index("Night Ferry")
    root = written(
        tmp_path_factory.mktemp("with-text") / "collection",
        {
            "data/sources.ttl": f"""<{source}> a fg:SourceDocument ; dcterms:title "A <b>log</b>"@en ;
              fg:sha256 "{digest}" ; fg:charLength {len(TEXT)} .""",
            "data/harbour-guide.trig": "",
            "data/tide-weekly.trig": "",
            "data/log.trig": f"""<{source}#char={start},{start + 11}> {{
              film:night-ferry a fg:Film ; fg:title <https://w3id.org/filmgraph/id/title/night-ferry.1> ;
                fg:relatedFilm <javascript:alert(1)> .
              <https://w3id.org/filmgraph/id/title/night-ferry.1> a fg:Title ;
                fg:titleText "<script>alert('x')</script>" . }}""",
        },
    )
    (root / "sources").mkdir()
    (root / "sources" / "log.txt").write_text(TEXT, encoding="utf-8")
    return root
