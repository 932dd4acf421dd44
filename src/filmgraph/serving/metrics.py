"""Counters and a histogram in the Prometheus text format.

`Exposition formats <https://prometheus.io/docs/instrumenting/exposition_formats/>`_.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Request counts by room and status, and a histogram of response times.

    >>> metrics = Metrics()
    >>> metrics.note("sparql", 200, 0.02, 512)
    >>> next(line for line in metrics.lines({}) if line.startswith("filmgraph_requests_total"))
    'filmgraph_requests_total{room="sparql",status="200"} 1'
    """

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._bytes = 0

    def note(self, room: str, status: int, seconds: float, size: int) -> None:
        """Record a request: its room, status, duration in seconds, and body size in bytes."""
        self._requests[room, status] += 1
        self._bytes += size
        self._seconds[room] += seconds  # type: ignore[assignment]  # a Counter of seconds
        for bound in _BOUNDS:
            if seconds <= bound:
                self._buckets[room, bound] += 1

    def lines(self, now: Mapping[str, float]) -> Iterator[str]:
        """Yield all metrics as lines, with the given gauges by name."""
        yield "# HELP filmgraph_requests_total Requests by room and status."
        yield "# TYPE filmgraph_requests_total counter"
        for (room, status), number in sorted(self._requests.items()):
            yield f'filmgraph_requests_total{{room="{room}",status="{status}"}} {number}'
        yield "# HELP filmgraph_request_seconds How long requests took."
        yield "# TYPE filmgraph_request_seconds histogram"
        for room in sorted({room for room, _ in self._requests}):
            total = sum(number for (one, _), number in self._requests.items() if one == room)
            for bound in _BOUNDS:
                yield f'filmgraph_request_seconds_bucket{{room="{room}",le="{bound:g}"}} {self._buckets[room, bound]}'
            yield f'filmgraph_request_seconds_bucket{{room="{room}",le="+Inf"}} {total}'
            yield f'filmgraph_request_seconds_sum{{room="{room}"}} {self._seconds[room]:.6f}'
            yield f'filmgraph_request_seconds_count{{room="{room}"}} {total}'
        yield "# HELP filmgraph_response_bytes_total Bytes of bodies that were sent."
        yield "# TYPE filmgraph_response_bytes_total counter"
        yield f"filmgraph_response_bytes_total {self._bytes}"
        for name, value in now.items():
            yield f"# TYPE filmgraph_{name} gauge"
            yield f"filmgraph_{name} {value:g}"
