"""The settings of ``filmgraph serve``."""

from __future__ import annotations

import json
from typing import NamedTuple


class ServeLimits(NamedTuple):
    """The limits on one request, and on the number of workers.

    ``timeout`` is in seconds, ``memory`` in bytes beyond what a worker has when it starts; ``rows`` counts rows of an
    answer; ``workers`` are the processes for requests that are answered soon, beside which as many may be busy longer.
    ``body`` and ``head`` are the sizes of requests in bytes.
    """

    timeout: float = 30.0
    memory: int = 1_000_000_000
    rows: int = 100_000
    workers: int = 2
    body: int = 1_000_000
    head: int = 32_000


class ServeSettings(NamedTuple):
    """The settings of the server: what to serve, where, within which limits.

    ``store`` and ``collection`` are as the options before a command say. ``opened`` is a store on disk that was made of
    ``store`` for the workers, or empty; ``sources`` the folder with the texts, or empty. ``public_url`` is how visitors
    reach the server, without a slash at its end; empty where they reach it directly. ``static`` tells that pages are
    written as files, which leave out what needs a server. While it serves, ``base`` is the address that pages and data
    name, and ``state`` a digest of the data; empty where nobody knows when they change;
    ``size`` are the numbers of facts and of passages, where they were counted.
    """

    store: str | None = None
    collection: str | None = None
    opened: str = ""
    sources: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    limits: ServeLimits = ServeLimits()
    static: bool = False
    base: str = ""
    state: str = ""
    size: tuple[int, int] | None = None

    def to_json(self) -> str:
        """Serialize to JSON for a worker."""
        return json.dumps(self._asdict() | {"limits": self.limits._asdict()})

    @classmethod
    def from_json(cls, text: str) -> ServeSettings:
        """Deserialize what `to_json` returned.

        >>> ServeSettings.from_json(ServeSettings(port=0).to_json()) == ServeSettings(port=0)
        True
        """
        values = json.loads(text)
        size = tuple(values["size"]) if values["size"] else None
        return cls(**values | {"limits": ServeLimits(**values["limits"]), "size": size})
