"""A disk that fills: every command that writes says so, ends with 2, and leaves what was there as it was.

The system stops a process at a size of its files, as a full disk would; on a real one, 8 MB of tmpfs, the same was
seen by hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from filmgraph import errors
from filmgraph.collection.starter import start
from filmgraph.files.atomic import write

SRC = Path(__file__).parents[2] / "src"
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from filmgraph.cli import main
sys.exit(main(sys.argv[2:]))
"""
DRAFT, RECORDS = "drafts/tide-letter.trig", "SELECT * { ?s ?p ?o }"
COMMANDS = {
    "pin": ["-C", "films", "pin", f"films/{DRAFT}", "-o", "out"],
    "coverage": ["-C", "films", "coverage", "tide-letter", "-o", "out"],
    "query": ["-C", "films", "query", "-e", RECORDS, "-f", "csv", "-o", "out"],
    "nquads": ["-C", "films", "export", "-f", "nquads", "-o", "out"],
    "turtle": ["-C", "films", "export", "-f", "turtle", "-o", "out"],
    "jsonld": ["-C", "films", "export", "-f", "jsonld", "-o", "out"],
    "csv": ["-C", "films", "export", "-f", "csv", "-o", "out"],
    "mods": ["-C", "films", "export", "-f", "mods", "-o", "out"],
    "receipt": ["-C", "films", "ask", "films", "--receipt", "out"],
    "build": ["-C", "films", "build", "-o", "store"],
    "new": ["new", "others"],
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sizes of files are not limited on Windows")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_file_that_does_not_fit_is_told_and_nothing_half_written_stays(command: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    start(folder / "films")
    (folder / "out").write_bytes(b"what was there")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    environment = os.environ | {"PYTHONPATH": str(SRC), "FILMGRAPH_CACHE": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-m", "filmgraph", "-C", "films", "info"], cwd=folder, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "200", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("Error: ")
    assert "cannot be written: " in done.stderr
    assert "too large" in done.stderr
    assert len(done.stderr) < 400
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_with_what_to_do() -> None:
    with pytest.raises(errors.OutputError, match="No space left") as caught:
        write("/dev/full", [b"text"])
    assert "TMPDIR" in (caught.value.hint or "")
