"""Running the command line as a user does, without the cost of a new process."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING, NamedTuple

import pytest

from filmgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SRC = os.path.join(os.path.dirname(__file__), "..", "..", "src")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run ``filmgraph`` with some arguments in this process; give its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FILMGRAPH_TRACEBACK", raising=False)

    def runner(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return runner


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run ``filmgraph`` as a process of its own."""
    monkeypatch.setenv("PYTHONPATH", SRC)
    monkeypatch.delenv("FILMGRAPH_TRACEBACK", raising=False)

    def runner(*arguments: str | Path, stdin: str = "", stdout: int | IO[str] = subprocess.PIPE) -> Ran:
        done = subprocess.run(  # noqa: PLW1510  the exit code is what is looked at
            [sys.executable, "-m", "filmgraph", *map(str, arguments)],
            input=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=120,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return runner
