"""HTTP replies, and the errors that become replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import FilmgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"


class HttpReply(NamedTuple):
    """An HTTP reply: status, media type, body and headers. A body of several pieces is streamed.

    ``lasting`` says whether the same request gets the same reply as long as the data stay the same.
    """

    body: bytes | str | Iterable[str] = b""
    media_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    lasting: bool = True


class HttpError(FilmgraphError):
    """An error with an HTTP status.

    Args:
        status: The status code (`RFC 9110, 15 <https://www.rfc-editor.org/rfc/rfc9110#section-15>`_).
        message: What is wrong, in one sentence.
        hint: What to do next.
        headers: Headers of the reply.
    """

    def __init__(
        self, status: int, message: str, *, hint: str | None = None, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.headers = headers


def moved(url: str, status: int = 303) -> HttpReply:
    """Return a redirect to a URL."""
    return HttpReply("", TEXT, status, (("Location", url),))
