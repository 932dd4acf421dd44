"""The process of the command line: ``filmgraph`` and ``python -m filmgraph``.

What it imports takes longer than many answers, so Ctrl-C may well come before the command line can see to it.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module

_INTERRUPTED, _TERMINATED = 130, 143


def main() -> int:
    """Run the command line; give the exit code."""
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
    sys.exit(main())
