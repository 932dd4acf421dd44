"""The access log: one JSON object a line, without the client's address and without the query."""

from __future__ import annotations

import json
import time
from functools import lru_cache


def access_line(method: str, path: str, status: int, seconds: float, size: int) -> str:
    """Return the line for a request: its method, path, status, duration in seconds, and body size in bytes."""
    return (
        f'{{"time": "{_now(int(time.time()))}", "method": {json.dumps(method)}, "path": {json.dumps(path)}, '
        f'"status": {status}, "milliseconds": {seconds * 1000:.1f}, "bytes": {size}}}\n'
    )


@lru_cache(2)
def _now(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
