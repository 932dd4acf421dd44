"""A pipe to which nobody writes, and a device without end, in the place of each file that a command reads."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
COMMANDS = {
    "verify": ["verify", "{}"],
    "query": ["query", "{}"],
    "pin": ["pin", "{}"],
    "import": ["import", "{}.csv"],
    "import --propose": ["import", "--propose", "{}.json"],
    "sources add": ["sources", "add", "{}.txt", "--title", "t", "--kind", "pressKit"],
    "--store": ["--store", "{}.ttl", "ask", "films"],
}


@pytest.mark.parametrize("kind", ["a named pipe", "a device without end"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_no_file_is_said_to_be_that(run: Callable[..., Ran], tmp_path: Path, name: str, kind: str) -> None:
    start(tmp_path / "films")
    for ending in ("", ".csv", ".json", ".txt", ".ttl"):
        path = tmp_path / f"odd{ending}"
        if kind == "a named pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero")
    arguments = [one.format(tmp_path / "odd") for one in COMMANDS[name]]
    ran = run("-C", tmp_path / "films", *arguments) if arguments[0] != "--store" else run(*arguments)
    assert ran.code == 2
    assert "This is no file but a pipe, a socket or a device." in ran.err


def test_what_the_shell_opened_is_read(process: Callable[..., Ran]) -> None:
    ran = process("query", "/dev/stdin", "-f", "csv", stdin='SELECT ("read" AS ?word) {}')
    assert (ran.code, ran.out.split()) == (0, ["word", "read"])
