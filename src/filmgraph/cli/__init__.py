"""The command line: options, one library call, print.

Each command is one file beside this one, of the command's name, with a ``command``.
The first line of its docstring is what ``filmgraph --help`` says of it.
"""

from __future__ import annotations

from filmgraph.cli._ending import ended
from filmgraph.cli._group import root


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code: 0 fine, 1 findings, 2 it could not do its work, 130 interrupted.

    Args:
        arguments: What was typed after ``filmgraph``; by default the arguments of this process.
    """
    return ended(root, arguments)
