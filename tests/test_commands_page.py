from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = """
import sys
sys.path[:0] = ["docs", "src"]
import make_commands
sys.stdout.buffer.write(make_commands.page().encode())
"""


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True, cwd=ROOT, env=dict(os.environ))
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == done.stdout.decode(), "run: python docs/make_commands.py"
