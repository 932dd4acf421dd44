"""HTTP requests to one endpoint over persistent connections: deadlines, retries, redirects on the same host."""

from __future__ import annotations

import ssl
import threading
from collections import deque
from contextlib import closing, suppress
from email.utils import parsedate_to_datetime
from http.client import (
    BadStatusLine,
    HTTPConnection,
    HTTPException,
    HTTPSConnection,
    IncompleteRead,
    RemoteDisconnected,
)
from random import random
from socket import SHUT_RDWR
from time import monotonic, sleep, time
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import QueryFailedError, QueryTimeoutError, StoreUnavailableError
from filmgraph.version import __version__

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from socket import socket

    from filmgraph.store.endpoint.address import Address

CONNECTING = 15.0
"""Seconds in which a connection has to be made."""

LARGEST = 512_000_000
"""Bytes that a reply may have where nobody says how many."""

_LONGEST = 1e7  # seconds; more than that do not fit into what the system takes
_TRIES = 4
_FIRST_PAUSE = 0.2
_PASSING = frozenset({429, 502, 503, 504})  # the server says that it may go better later
_REDIRECTS = frozenset({301, 302, 307, 308})
_MOST_REDIRECTS = 3
_PART = 65536


class Deadline:
    """A deadline for several exchanges, and its original length.

    Args:
        seconds: How long, from now.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.moment = monotonic() + min(seconds, _LONGEST)

    def left(self) -> float:
        """Return the seconds left; negative after the deadline."""
        return self.moment - monotonic()

    def within(self, seconds: float | None) -> Deadline:
        """Return the earlier of this deadline and one in so many seconds."""
        return self if seconds is None or seconds >= self.left() else Deadline(seconds)


class EndpointReply(NamedTuple):
    """An HTTP reply of an endpoint.

    Attributes:
        status: The HTTP status.
        reason: What the server calls it.
        headers: Header to value; headers in small letters.
        body: All of it.
    """

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes


class _BrokenError(Exception):
    """The connection ended before the reply did."""


class _TooMuchError(Exception):
    """The reply exceeds the size limit."""


class Connections:
    """A pool of connections to one endpoint, safe for several threads.

    Args:
        address: Where it is.
        authorization: The header of that name, or nothing.
    """

    def __init__(self, address: Address, authorization: str) -> None:
        self.address = address
        self._authorization = authorization
        self._idle: deque[HTTPConnection] = deque()
        self._closed = False
        self.most = LARGEST

    def post(self, body: bytes, *, accept: str, deadline: Deadline) -> EndpointReply:
        """Send a query and read the whole reply.

        A query changes nothing, so it is sent again when the connection breaks, or when the server says that it is
        overloaded (`RFC 9110, 9.2.2 <https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2>`_).

        Args:
            body: The form to post.
            accept: The media types that are understood.
            deadline: When all of it is to be done, other tries included.

        Raises:
            StoreUnavailableError: It does not answer, or breaks off each time.
            QueryTimeoutError: It took longer than it may.
            QueryFailedError: It sent more than it may.
        """
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": accept,
            "User-Agent": f"filmgraph/{__version__}",
        }
        if self._authorization:
            headers["Authorization"] = self._authorization
        pause = _FIRST_PAUSE
        for tried in range(1, _TRIES + 1):
            try:
                reply = self._followed(body, headers, deadline)
            except _BrokenError as error:
                if tried == _TRIES or pause >= deadline.left():
                    raise self._unavailable(
                        f"broke off its answer {tried} times: {error}", "Try again later, or ask for less."
                    ) from error
                wait = pause
            else:
                wait = max(pause, _asked_to_wait(reply))
                if reply.status not in _PASSING or tried == _TRIES or wait >= deadline.left():
                    return reply
            sleep(wait * (0.8 + 0.4 * random()))  # noqa: S311  -- so that many clients do not return at once
            pause *= 3
        raise AssertionError  # the last try returns or raises

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _followed(self, body: bytes, headers: dict[str, str], deadline: Deadline) -> EndpointReply:
        for _ in range(_MOST_REDIRECTS + 1):
            reply = self._sent(body, headers, deadline)
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            there = self.address.redirected(reply.headers["location"])
            if (there.scheme, there.port) != (self.address.scheme, self.address.port):
                self.close()
                self._closed = False
            self.address = there
        raise self._unavailable("redirects without end", "Look at the URL.")

    def _sent(self, body: bytes, headers: dict[str, str], deadline: Deadline) -> EndpointReply:
        if self._closed:
            raise StoreUnavailableError("The store is closed.", store=self.address.location)
        while True:
            used = bool(self._idle)
            connection = self._idle.pop() if used else self._connected(deadline)
            done = False
            try:
                reply, done = self._exchange(connection, body, headers, deadline)
            except _TooMuchError as error:
                raise self._too_much() from error
            except (RemoteDisconnected, ConnectionError) as error:
                if not used:  # else the server closed it while nobody asked anything: no failure
                    raise _BrokenError(_words(error)) from error
            except (HTTPException, OSError, ValueError) as error:
                raise self._meaning(error, deadline.seconds) from error
            else:
                return reply
            finally:
                if done and not self._closed:
                    self._idle.append(connection)
                else:
                    connection.close()

    def _meaning(self, error: Exception, seconds: float) -> Exception:
        """Translate an error during an exchange."""
        if isinstance(error, TimeoutError):
            return self.late(seconds)
        if isinstance(error, BadStatusLine):
            return self._unavailable("does not speak HTTP", "Look at the port, and at http or https.")
        if isinstance(error, IncompleteRead):
            return _BrokenError("the connection ended in the middle")
        return _BrokenError(_words(error))

    def _connected(self, deadline: Deadline) -> HTTPConnection:
        address = self.address
        if deadline.left() <= 0:
            raise self.late(deadline.seconds)
        limit = max(0.001, min(CONNECTING, deadline.left()))
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = kind(address.host, address.port, timeout=limit)
        try:
            connection.connect()
        except TimeoutError as error:
            raise self._unavailable(f"does not answer: no connection in {limit:.0f} seconds", _DOWN) from error
        except ssl.SSLError as error:
            raise self._unavailable(f"cannot be reached securely: {_words(error)}", _CERTIFICATE) from error
        except ConnectionResetError as error:
            raise _BrokenError(_words(error)) from error
        except OSError as error:
            raise self._unavailable(f"cannot be reached: {_words(error)}", _DOWN) from error
        return connection

    def _exchange(
        self, connection: HTTPConnection, body: bytes, headers: dict[str, str], deadline: Deadline
    ) -> tuple[EndpointReply, bool]:
        """Send one request and read its reply; return also whether the connection can be reused.

        A limit of the socket holds for each part that arrives, and a server may send its headers letter by letter; so
        the line is cut when the time is up.

        Raises:
            TimeoutError: The time was up.
        """
        if deadline.left() <= 0:
            raise TimeoutError
        cut = _Cut(connection.sock)
        alarm = threading.Timer(deadline.left(), cut)
        alarm.daemon = True
        alarm.start()
        try:
            found = _exchanged(connection, self.address.target, body, headers, deadline, self.most)
        except (HTTPException, OSError, ValueError) as error:
            if cut.done:
                raise TimeoutError from error
            raise
        finally:
            alarm.cancel()
        if cut.done:  # an answer without a length ends where the line does
            raise TimeoutError
        return found

    def _too_much(self) -> QueryFailedError:
        return QueryFailedError(
            f"{self.address.location} sent more than {self.most / 1e6:,.0f} MB in one answer.",
            store=self.address.location,
            hint="Ask for less, or allow it more: --memory takes a number of MB, Graph.limit_memory bytes.",
        )

    def late(self, seconds: float) -> QueryTimeoutError:
        """Return the error for an exchange that took longer than so many seconds."""
        return QueryTimeoutError(
            f"{self.address.location} took longer than {seconds:g} seconds.",
            store=self.address.location,
            seconds=seconds,
            hint="Allow it more time with --timeout, or ask for less.",
        )

    def _unavailable(self, what: str, hint: str) -> StoreUnavailableError:
        return StoreUnavailableError(
            f"The endpoint {self.address.location} {what}.", store=self.address.location, hint=hint
        )


_DOWN = "Is the URL right, and is the endpoint running?"
_CERTIFICATE = "Is the URL right? A certificate of your own authority is named by SSL_CERT_FILE in the environment."


class _Cut:
    """A callback that shuts a connection down, and records that it did."""

    def __init__(self, line: socket) -> None:
        self._line = line
        self.done = False

    def __call__(self) -> None:
        self.done = True
        with suppress(OSError):  # it is closed already
            self._line.shutdown(SHUT_RDWR)


def _exchanged(
    connection: HTTPConnection, target: str, body: bytes, headers: dict[str, str], deadline: Deadline, most: int
) -> tuple[EndpointReply, bool]:
    line: socket = connection.sock
    line.settimeout(max(0.001, deadline.left()))
    connection.request("POST", target, body, headers)
    with closing(connection.getresponse()) as response:
        content = _read(response, line, deadline, most)
        reusable = not response.will_close
    found = {name.lower(): value for name, value in response.getheaders()}
    # Some servers repeat what was sent, and a message must not.
    secret = headers.get("Authorization", "").partition(" ")[2].encode()
    if secret and secret in content:
        content = content.replace(secret, b"***")
    return EndpointReply(response.status, response.reason, found, content), reusable


def _read(response: HTTPResponse, line: socket, deadline: Deadline, most: int) -> bytes:
    """Read a whole body; the deadline also ends a server that sends byte by byte."""
    parts: list[bytes] = []
    # The library does not count what `read1` reads, and does not say when it is less than was promised.
    left = response.length
    size = 0
    if left is not None and left > most:
        raise _TooMuchError
    while left is None or left > 0:
        remaining = deadline.left()
        if remaining <= 0:
            raise TimeoutError
        line.settimeout(remaining)
        part = response.read1(_PART if left is None else min(_PART, left))
        if not part:
            if left is not None:
                raise IncompleteRead(b"", left)
            break
        parts.append(part)
        size += len(part)
        if size > most:
            raise _TooMuchError
        if left is not None:
            left -= len(part)
    return b"".join(parts)


def _asked_to_wait(reply: EndpointReply) -> float:
    """Read ``Retry-After`` (`RFC 9110, 10.2.3 <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>`_)."""
    value = reply.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time()) if value else 0.0
    except ValueError:
        return 0.0


def _words(error: Exception) -> str:
    """Return the message of a system error without its number."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:] if text else type(error).__name__
