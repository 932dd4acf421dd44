"""Starting the server, for whoever may not have what it needs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from filmgraph.errors import MissingDependencyError

if TYPE_CHECKING:
    from filmgraph.assistants.tools import Tools


def serve_stdio(tools: Tools) -> None:
    """Speak the protocol over standard input and output until the input ends.

    Args:
        tools: What can be called.

    Raises:
        MissingDependencyError: The extra ``mcp`` is not installed.
    """
    if find_spec("mcp") is None:
        raise MissingDependencyError("mcp", extra="mcp", purpose="mcp")
    module = import_module("filmgraph.assistants.server")
    module.server(module.in_thread(tools)).run("stdio")
