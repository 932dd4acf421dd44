"""The process of the command line: ``filmgraph`` and ``python -m filmgraph``.

What it imports takes longer than many answers, so Ctrl-C may well come before the command line can see to it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

_INTERRUPTED, _TERMINATED = 130, 143
_ALLOCATED = 100_000
"""Objects after which the collector looks for cycles, of which a command makes few: it took a tenth of a start-up."""


def main() -> NoReturn:
    """Run the command line, and end the process with its exit code."""
    gc.set_threshold(_ALLOCATED)
    code = _run()
    # What is left are modules and the engine; the system frees them faster than Python takes them down one by one.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            _flush(stream)
    os._exit(code)


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        return  # nobody reads it any more: the exit code says how it went


def _run() -> int:
    ended: list[int] = []

    def end(number: int, _frame: object) -> None:
        """End as Ctrl-C does, so that nothing half-written is left."""
        ended.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        code: int = import_module("filmgraph.cli").main()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    return _TERMINATED if ended else code


if __name__ == "__main__":
    main()
