"""Starting the server, for whoever may not have what it needs."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from filmgraph.errors import FileError, MissingDependencyError

if TYPE_CHECKING:
    from filmgraph.assistants.tools import Tools


def serve_stdio(tools: Tools) -> None:
    """Speak the protocol over standard input and output until the input ends.

    Args:
        tools: What can be called.

    Raises:
        MissingDependencyError: The extra ``mcp`` is not installed.
        FileError: Standard input is closed.
        OSError: Nothing can be written to standard output.
    """
    if sys.stdin is None:  # `<&-`
        raise FileError("It is closed, so no call can come.", path="standard input", hint="An assistant starts this.")
    if find_spec("mcp") is None:
        raise MissingDependencyError("mcp", extra="mcp", purpose="mcp")
    module = import_module("filmgraph.assistants.server")
    try:
        module.server(module.in_thread(tools)).run("stdio")
    except BaseExceptionGroup as several:
        raise _system_error(several) or several from None


def _system_error(several: BaseExceptionGroup[BaseException]) -> OSError | None:
    """Return the system error that ended a group of tasks, if one did."""
    for one in several.exceptions:
        found = _system_error(one) if isinstance(one, BaseExceptionGroup) else one
        if isinstance(found, OSError):
            return found
    return None
