"""Every command with standard input, output and error closed by the shell, one at a time and together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
COMMANDS = {
    "ask": "ask overview",
    "an unknown question": "ask nothing-of-the-kind",
    "query": "query -e 'ASK {}'",
    "query of standard input": "query -",
    "pin of standard input": "pin - --sources .",
    "show": "show nobody",
    "export": "export -f nquads",
    "info": "info",
    "mcp": "mcp",
    "help": "--help",
    "an unknown option": "info --nope",
}
CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")

pytestmark = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="this system has no /bin/sh")


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_handle_is_a_message_or_an_exit_code_and_never_a_traceback(
    tmp_path: Path, name: str, closed: str
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {COMMANDS[name]} {closed}', "sh", sys.executable, "-m", "filmgraph"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(SRC)},
    )
    assert done.returncode in {0, 2}
    assert "Traceback" not in done.stderr
    assert "at fault" not in done.stderr
    if " >&-" in f" {closed}":
        assert done.returncode == 2
    if done.returncode == 2 and "2>&-" not in closed:
        assert done.stderr.startswith("Error: ")
    assert list(tmp_path.iterdir()) == []
