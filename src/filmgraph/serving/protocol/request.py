"""HTTP requests, as workers receive them."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from filmgraph.serving.protocol.packet import packed, unpacked
from filmgraph.serving.protocol.reply import HttpError

_DIGITS = 6
_SHOWN = 40
_TRUE, _FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off", ""})


def truth(name: str, value: str) -> bool:
    """Read the value of a parameter that is true or false; an empty one is false.

    >>> truth("why", "Yes"), truth("why", "0"), truth("why", "")
    (True, False, False)

    Raises:
        HttpError: It is neither (400).
    """
    word = value.lower()
    if word not in _TRUE and word not in _FALSE:
        raise HttpError(400, f"The parameter {name} is true or false, not {value[:_SHOWN]!r}.")
    return word in _TRUE


class HttpRequest(NamedTuple):
    """An HTTP request: method, decoded path, raw query string, the headers in use, body, and the public base URL.

    >>> request = HttpRequest("GET", "/search", "q=night%20ferry&q=x")
    >>> request.first("q"), request.all("q"), request.first("p")
    ('night ferry', ['night ferry', 'x'], '')
    """

    method: str
    path: str
    query_string: str = ""
    accept: str = "*/*"
    content_type: str = ""
    body: bytes = b""
    base: str = ""

    @property
    def query(self) -> list[tuple[str, str]]:
        """Return the parameters of the query string.

        Raises:
            HttpError: They are not UTF-8, or too many.
        """
        return read_form(self.query_string)

    def all(self, name: str) -> list[str]:
        """Return all non-empty values of a parameter."""
        return [value for key, value in self.query if key == name and value]

    def first(self, name: str) -> str:
        """Return the first value of a parameter; empty where there is none."""
        return next(iter(self.all(name)), "")

    def flag(self, name: str) -> bool:
        """Whether a parameter is set to a true value; see `truth`."""
        return truth(name, self.first(name))

    def number(self, name: str) -> int:
        """Return a parameter as a whole number of at most six digits; 0 where it is none."""
        text = self.first(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0

    def with_query(self, **changed: str | None) -> str:
        """Return the path with some parameters replaced, or removed with None."""
        kept = [(key, value) for key, value in self.query if key not in changed and value]
        query = urlencode([*kept, *((key, value) for key, value in changed.items() if value is not None)])
        return f"{self.path}?{query}" if query else self.path

    def pack(self) -> bytes:
        """Serialize to bytes."""
        return packed(self._asdict() | {"body": ""}, self.body)

    @classmethod
    def unpack(cls, data: bytes) -> HttpRequest:
        """Deserialize what `pack` returned.

        >>> HttpRequest.unpack(HttpRequest("POST", "/sparql", body=b"ASK {}").pack()).body
        b'ASK {}'
        """
        values, body = unpacked(data)
        return cls(**values | {"body": body})


def read_form(text: str) -> list[tuple[str, str]]:
    """Parse a query string or form body into pairs.

    Raises:
        HttpError: They are not UTF-8, or more than 200.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise HttpError(400, "The parameters are not UTF-8.") from None
    except ValueError:
        raise HttpError(400, "There are more than 200 parameters.") from None
