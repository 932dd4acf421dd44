"""The process of the command line: ``filmgraph`` and ``python -m filmgraph``.

What it imports takes longer than many answers, so Ctrl-C may well come before the command line can see to it.
"""

from __future__ import annotations

import sys
from importlib import import_module

_INTERRUPTED = 130


def main() -> int:
    """Run the command line; give the exit code."""
    try:
        code: int = import_module("filmgraph.cli").main()
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
