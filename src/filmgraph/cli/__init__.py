"""The command line: options, one library call, print.

Each command is one file beside this one, of the command's name, with a ``command``.
The first line of its docstring is what ``filmgraph --help`` says of it.
"""

from __future__ import annotations

import sys
from importlib import import_module

from filmgraph.opening import forget, open_ahead
from filmgraph.store.embedded import EmbeddedStore

_ANSWERING = frozenset({"ask", "query", "show"})


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code: 0 fine, 1 findings, 2 it could not do its work, 130 interrupted.

    Args:
        arguments: What was typed after ``filmgraph``; by default the arguments of this process.
    """
    typed = sys.argv[1:] if arguments is None else arguments
    # The store opens in a thread while click is imported. Where -C or --store come first, another one is meant.
    if typed and typed[0] in _ANSWERING:
        open_ahead()
    # A query that is given up may go on in its thread: it ends with this process, which needs no other one.
    before, EmbeddedStore.process_ends = EmbeddedStore.process_ends, True
    try:
        code: int = import_module("filmgraph.cli._ending").ended(import_module("filmgraph.cli._group").root, arguments)
    finally:
        EmbeddedStore.process_ends = before
        forget()
    return code
