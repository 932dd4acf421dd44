"""A command that is killed, told to end, or finds the disk full at any moment: the old file is whole, or the new one.

What is left of a killed one is taken away by the next that writes there. CI tries one moment of each;
``FILMGRAPH_KILLS=50 pytest tests/cli/test_killed.py`` tries many.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
SRC = Path(__file__).resolve().parents[2] / "src"
KILLS = int(os.environ.get("FILMGRAPH_KILLS", "1"))
TERMINATED = 143
# Command to the file or folder that it writes; {} is the collection.
COMMANDS = {
    "export -o": (["export", "-f", "trig", "-o", "out/film.trig"], "film.trig"),
    "export of a record": (["export", "The Salt Clock", "-f", "marcxml", "-o", "out/film.xml"], "film.xml"),
    "ask -o": (["ask", "overview", "--why", "-o", "out/answer.csv"], "answer.csv"),
    "ask --receipt": (["ask", "runtimes", "--why", "--receipt", "out/receipt.json"], "receipt.json"),
    "pin -o": (["pin", "{}/drafts/tide-letter.trig", "-o", "out/facts.trig"], "facts.trig"),
    "coverage -o": (["coverage", "tide-letter", "-o", "out/page.html"], "page.html"),
    "build -o": (["build", "-o", "out/store"], "store"),
    "new": (["new", "out/films"], "films"),
    "export of all triples": (["export", "-f", "ntriples", "-o", "out/film.nt"], "film.nt"),
}
OLD = b"what was there before\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    start(tmp_path / "films")
    (tmp_path / "out").mkdir()
    (tmp_path / "tmp").mkdir()
    return tmp_path


@pytest.fixture
def begun(folder: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command in the folder; with ``room``, no file may have more bytes than that."""

    def begin(arguments: list[str], *, room: int | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "filmgraph", "-C", "films", *(one.format("films") for one in arguments)]
        environment = os.environ | {"PYTHONPATH": str(SRC), "FILMGRAPH_CACHE": str(folder / "cache")}
        environment["TMPDIR"] = str(folder / "tmp")

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room or 0, room or 0))

        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=limit if room is not None else None,  # noqa: PLW1509 -- no thread runs here
        )

    return begin


def ended(process: subprocess.Popen[bytes]) -> int:
    with process:
        process.communicate()
    return process.returncode


def content(folder: Path, name: str) -> object:
    """A file's bytes, or what a folder holds; a store's engine names its files as it likes."""
    path = folder / "out" / name
    if path.is_dir():
        return "store" if (path / "CURRENT").exists() else sorted(str(one.relative_to(path)) for one in path.rglob("*"))
    # When a receipt was made differs from run to run, and so do the digests of that and of the whole.
    return re.sub(rb'"(made|all)": "[^"]+"', b"", path.read_bytes()) if path.exists() else None


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["SIGKILL", "SIGTERM"])
def test_a_command_that_is_killed_leaves_the_old_file_or_the_new_one(
    folder: Path, begun: Callable[..., subprocess.Popen[bytes]], name: str, number: signal.Signals
) -> None:
    arguments, target = COMMANDS[name]
    began = time.monotonic()
    assert ended(begun(arguments)) in {0, 1}
    whole = time.monotonic() - began
    new = content(folder, target)
    assert new is not None
    keeps_old = not isinstance(new, list) and new != "store"
    chance = random.Random(name)  # noqa: S311
    for _ in range(KILLS):
        if keeps_old:
            (folder / "out" / target).write_bytes(OLD)
        elif name == "new":
            subprocess.run(["rm", "-rf", str(folder / "out" / target)], check=True)
        process = begun(arguments)
        time.sleep(chance.uniform(0.2, 1.1) * whole)
        process.send_signal(number)
        code = ended(process)
        assert content(folder, target) in ([new, OLD] if keeps_old else [new] if new == "store" else [new, None])
        if number == signal.SIGTERM:
            assert code in {0, 1, TERMINATED, -signal.SIGTERM}
            if code == TERMINATED:
                assert {path.name for path in (folder / "out").iterdir()} <= {target}
    if name == "new":
        subprocess.run(["rm", "-rf", str(folder / "out" / target)], check=True)
    assert ended(begun(arguments)) in {0, 1}
    assert content(folder, target) == new
    assert [path.name for path in (folder / "out").iterdir()] == [target]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_leaves_the_old_file_and_says_so(
    folder: Path, begun: Callable[..., subprocess.Popen[bytes]], name: str
) -> None:
    arguments, target = COMMANDS[name]
    assert ended(begun(arguments)) in {0, 1}
    new = content(folder, target)
    keeps_old = not isinstance(new, list) and new != "store"
    if keeps_old:
        (folder / "out" / target).write_bytes(OLD)
    elif name == "new":
        subprocess.run(["rm", "-rf", str(folder / "out" / target)], check=True)
    else:
        arguments = [*arguments, "--force"]
    process = begun(arguments, room=64)
    with process:
        _, said = process.communicate()
    assert process.returncode == 2, said
    assert said.decode().startswith("Error: ")
    assert "at fault" not in said.decode()
    assert content(folder, target) == (OLD if keeps_old else None if name == "new" else new)
    assert {path.name for path in (folder / "out").iterdir()} <= {target}


TAKES_IN = {
    "import": ["import", "table.csv", "--as", "table"],
    "sources add": ["sources", "add", "letter.txt", "--title", "A letter", "--date", "2001", "--kind", "magazinePage"],
}


def files_of(folder: Path) -> dict[str, bytes]:
    """What lies in a collection, but for what is made anew each time."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "films").rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", TAKES_IN)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["SIGKILL", "SIGTERM"])
def test_who_is_killed_while_taking_something_in_does_it_whole_the_next_time(
    folder: Path, begun: Callable[..., subprocess.Popen[bytes]], name: str, number: signal.Signals
) -> None:
    (folder / "table.csv").write_text("title,year\nThe Tide Table,2001\nThe Second Quay,2002\n", encoding="utf-8")
    (folder / "letter.txt").write_text("A letter about a clock.\n", encoding="utf-8")
    before = files_of(folder)
    began = time.monotonic()
    assert ended(begun(TAKES_IN[name])) in {0, 1}
    whole = time.monotonic() - began
    new = files_of(folder)
    assert new != before
    chance = random.Random(name)  # noqa: S311
    for _ in range(KILLS):
        shutil.rmtree(folder / "films")
        start(folder / "films")
        process = begun(TAKES_IN[name])
        time.sleep(chance.uniform(0.2, 1.1) * whole)
        process.send_signal(number)
        ended(process)
        # Each file is the old one or the new one, and the next run does what is left to do.
        for path, data in files_of(folder).items():
            assert path not in new or data in {before.get(path), new[path]} or path.endswith(".csv")
        assert ended(begun(TAKES_IN[name])) in {0, 1}
        assert files_of(folder).keys() == new.keys()


def test_what_a_killed_export_left_among_temporary_files_is_taken_away(folder: Path) -> None:
    waiting = "import sys, time\nfrom filmgraph.files.scratch import scratch_folder\n"
    waiting += "with scratch_folder() as folder:\n    print(folder, flush=True)\n    time.sleep(60)\n"
    environment = os.environ | {"PYTHONPATH": str(SRC), "TMPDIR": str(folder / "tmp")}
    with subprocess.Popen([sys.executable, "-c", waiting], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().decode().strip())
        old = time.time() - 60
        os.utime(left, (old, old))
        again = "from filmgraph.files.scratch import scratch_folder\nwith scratch_folder(): pass\n"
        subprocess.run([sys.executable, "-c", again], env=environment, check=True)
        assert left.is_dir(), "it is still in use"
        process.kill()
    assert left.is_dir()
    subprocess.run([sys.executable, "-c", again], env=environment, check=True)
    assert list((folder / "tmp").iterdir()) == []
