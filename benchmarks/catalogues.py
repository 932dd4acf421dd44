"""Catalogues of others imported with the mappings that come with filmgraph: ``python benchmarks/catalogues.py DIR...``.

Each DIR is a clone of a public repository, which no registry of packages has: ``FIAF/FIAFcore-examples``, 207 records
of a film archive in the XML of the European Film Gateway, which names no licence, and ``DLu/oscar_data``, 12,137
nominations under the BSD licence of two clauses. A repository that is not among them is named, and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FILMGRAPH = [sys.executable, "-m", "filmgraph"]
FILES = {
    "FIAF/FIAFcore-examples": ("efg", "bnfa/source/[0-9]*.xml"),
    "DLu/oscar_data": ("oscars", "oscars.csv"),
}
_OF_FILMS = b"avcreation"


def files_of(folders: list[Path], pattern: str) -> list[Path]:
    """The files of a catalogue; of an archive those that describe films, and neither people nor companies."""
    found = [path for folder in folders for path in sorted(folder.glob(pattern))]
    return [path for path in found if path.suffix != ".xml" or _OF_FILMS in path.read_bytes()]


def imported(files: list[Path], mapping: str, collection: Path) -> None:
    """Import files into a new collection, and print what that took."""
    subprocess.run([*FILMGRAPH, "new", str(collection)], check=True, capture_output=True)
    process = subprocess.Popen(
        [*FILMGRAPH, "-C", str(collection), "import", "--with", mapping, *map(str, files)],
        stderr=subprocess.PIPE,
        text=True,
    )
    if process.stderr is None:
        sys.exit("no pipe")
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(said)
    used = usage.ru_utime + usage.ru_stime
    print("\n".join(said.splitlines()[:3]))
    print(f"{mapping}: {len(files)} files, {used:.1f} s of a processor, {usage.ru_maxrss / 1024:,.0f} MB\n")


def main() -> None:
    """Import what is there."""
    folders = [Path(name) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as name:
        for repository, (mapping, pattern) in FILES.items():
            files = files_of(folders, pattern)
            if files:
                imported(files, mapping, Path(name) / mapping)
            else:
                print(f"{repository}: left out, because no folder that was named has {pattern}.")


if __name__ == "__main__":
    main()
