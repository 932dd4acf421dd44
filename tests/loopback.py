"""A SPARQL endpoint of a test's own, on loopback and a free port, in a thread of the test's process."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class LoopbackEndpoint(ThreadingHTTPServer):
    """Answers requests from the moment it is made until it is stopped."""

    daemon_threads = True

    def __init__(self, handler: type[EndpointHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class EndpointHandler(BaseHTTPRequestHandler):
    """Reads queries that are sent as forms; it prints nothing."""

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(parse_qs(form)["query"][0])

    def answer(self, query: str) -> None:
        """Send the answer to a query."""
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  -- the library's name
        """Nothing is printed."""
