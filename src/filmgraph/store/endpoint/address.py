"""The address of an endpoint: its URL, and credentials from the environment."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from filmgraph.errors import StoreUnavailableError
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = {"http": 80, "https": 443}
_HOW = "Put them into the environment: FILMGRAPH_USER and FILMGRAPH_PASSWORD, or FILMGRAPH_TOKEN."


class Address(NamedTuple):
    """The URL of an endpoint, parsed.

    Attributes:
        scheme: ``http`` or ``https``.
        host: The host, without brackets.
        port: The port.
        target: Path and query string, as a request names them.
        location: The URL without its query string, which may hold a key: what messages show.
    """

    scheme: str
    host: str
    port: int
    target: str
    location: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """Parse a URL.

        Raises:
            StoreUnavailableError: It is none, or holds a password.

        >>> Address.parse("https://example.org/sparql?key=1").location
        'https://example.org/sparql'
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise StoreUnavailableError(f"This is no URL of an endpoint: {error}.", store="an endpoint") from error
        host = parts.hostname or ""
        shown = f"[{host}]" if ":" in host else host
        place = shown if port is None else f"{shown}:{port}"
        location = printable(f"{parts.scheme}://{place}{parts.path}")
        if "@" in parts.netloc:
            raise StoreUnavailableError(
                f"The URL of {location} has a user or a password in it, and URLs end in logs.",
                store=location,
                hint=f"Leave them out. {_HOW}",
            )
        if not host or any(character <= " " or character > "~" for character in f"{host}{parts.path}{parts.query}"):
            raise StoreUnavailableError(
                f"{location} is no URL of an endpoint.", store=location, hint="Write it as https://example.org/sparql."
            )
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], target, location)

    @property
    def loopback(self) -> bool:
        """Whether the host is this machine.

        >>> Address.parse("http://127.0.0.1:7878/query").loopback
        True
        """
        return self.host in {"localhost", "::1"} or self.host.startswith("127.")

    def redirected(self, location: str) -> Address:
        """Return the address that a redirect leads to, on the same host.

        Raises:
            StoreUnavailableError: It leads to another host, or out of an encrypted connection.
        """
        url = urljoin(f"{self.scheme}://{self._place()}{self.target}", location)
        if not url.startswith(("http://", "https://")):
            raise StoreUnavailableError(f"{self.location} redirects to no URL.", store=self.location)
        there = Address.parse(url)
        upgraded = (self.scheme, there.scheme) == ("http", "https")
        same_port = there.port == self.port or (upgraded and there.port == _PORTS["https"])
        if there.host != self.host or not same_port or (self.scheme == "https" and there.scheme == "http"):
            raise StoreUnavailableError(
                f"{self.location} redirects to another place, {there.location}, which is not followed.",
                store=self.location,
                hint="If you trust it, give that URL.",
            )
        return there._replace(location=self.location)

    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def authorization(address: Address, environment: Mapping[str, str] = os.environ) -> str:
    """The ``Authorization`` header for an endpoint: `basic <https://www.rfc-editor.org/rfc/rfc7617>`_,
    `bearer <https://www.rfc-editor.org/rfc/rfc6750>`_, or nothing.

    Raises:
        StoreUnavailableError: Half of it is missing, it cannot be sent, or it would cross a network unencrypted.

    >>> authorization(Address.parse("https://example.org/"), {"FILMGRAPH_USER": "ada", "FILMGRAPH_PASSWORD": "x"})
    'Basic YWRhOng='
    """  # noqa: D205  -- the two links do not fit in one line
    token = environment.get("FILMGRAPH_TOKEN", "")
    user, password = environment.get("FILMGRAPH_USER", ""), environment.get("FILMGRAPH_PASSWORD")
    if not token and not user:
        return ""

    def refused(problem: str, hint: str) -> StoreUnavailableError:
        return StoreUnavailableError(problem, store=address.location, hint=hint)

    if token and user:
        raise refused("FILMGRAPH_TOKEN and FILMGRAPH_USER are both set.", "Unset the one that the endpoint is not for.")
    if not token and password is None:
        raise refused("FILMGRAPH_USER is set, and FILMGRAPH_PASSWORD is not.", "Set both, or neither.")
    if ":" in user or not f"{token}{user}{password or ''}".isprintable() or " " in token or not token.isascii():
        raise refused(
            "FILMGRAPH_TOKEN, FILMGRAPH_USER or FILMGRAPH_PASSWORD holds a character that cannot be sent.",
            "Look for a line break at the end, or a colon in the user.",
        )
    if address.scheme == "http" and not address.loopback:
        raise refused(
            f"{address.location} is not encrypted, so the credentials in the environment are not sent to it.",
            "Use its https URL, or unset FILMGRAPH_USER, FILMGRAPH_PASSWORD and FILMGRAPH_TOKEN.",
        )
    return f"Bearer {token}" if token else "Basic " + b64encode(f"{user}:{password}".encode()).decode()
