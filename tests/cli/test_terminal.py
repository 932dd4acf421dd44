from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
SRC = os.path.join(os.path.dirname(__file__), "..", "..", "src")


def seen(columns: int, *arguments: str, **environment: str) -> str:
    """What a terminal of some columns shows of a command, by default ``filmgraph info``."""
    import fcntl  # noqa: PLC0415  not on Windows
    import struct  # noqa: PLC0415  as above
    import termios  # noqa: PLC0415  as above

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR", "TERM"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "filmgraph", *(arguments or ("info",))],
        stdout=theirs,
        env=kept | {"PYTHONPATH": SRC} | environment,
    )
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 4096):
            parts.append(part)
    except OSError:
        pass  # Linux tells in this way that the other side is closed
    os.close(ours)
    assert process.wait(60) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_its_own_width() -> None:
    shown = seen(40, TERM="xterm")
    assert "\x1b[1m" in shown
    assert max(map(len, shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines())) <= 40


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}], ids=str)
def test_colours_can_be_declined(environment: dict[str, str]) -> None:
    assert "\x1b" not in seen(80, **environment)


def test_a_terminal_gets_the_questions_by_topic_on_one_screen() -> None:
    lines = seen(80, "ask", TERM="dumb").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert [line.split()[:2] for line in lines if line.startswith("awards")] == [["awards", "award-counts"]]
    assert "box-office" in " ".join(lines)
