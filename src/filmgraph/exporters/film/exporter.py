"""The interface of an export format: what it is called, what it keeps and loses, and how it writes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.store.base import Store


class Options(NamedTuple):
    """Choices that some formats have; a format takes no notice of those that it has not.

    ``citations`` is ``claims`` (RDF 1.1), ``rdf12`` or ``none``, in MARC ``full``; empty means the format's own way.
    ``form`` of JSON-LD is ``compact``, ``expanded`` or ``flattened``; ``context`` is ``inline`` or ``link``.
    """

    citations: str = ""
    form: str = "compact"
    context: str = "inline"


class Request(NamedTuple):
    """An export request: the store, and the IRI of one thing, or everything if ``thing`` is empty."""

    store: Store
    thing: str = ""
    options: Options = Options()


class Loss(NamedTuple):
    """A loss of an export format: how many of what it has no place for, and where they went, if anywhere.

    >>> str(Loss(14, "figures", "500 notes"))
    '14 figures; they are in 500 notes'
    """

    number: int
    what: str
    kept_in: str = ""

    def __str__(self) -> str:
        where = f"; they are in {self.kept_in}" if self.kept_in else ""
        return f"{self.number} {self.what}{where}"


class Exporter(NamedTuple):
    """An export format.

    ``write`` writes bytes, the same for the same request, and gives what the format has no place for.
    ``keeps`` and ``loses`` say in words what a reader of the file finds and does not find.
    ``per_film`` tells that the file describes films, so that any other thing is refused.
    """

    name: str
    summary: str
    media_type: str
    endings: tuple[str, ...]
    keeps: str
    loses: str
    write: Callable[[Request, IO[bytes]], list[Loss]]
    per_film: bool = False
