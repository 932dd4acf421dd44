"""The starter collection: an invented film in two invented documents that differ in one fact."""

from __future__ import annotations

import glob
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filmgraph.collection.resources import root
from filmgraph.errors import OutputError
from filmgraph.files.lock import abandoned, held

if TYPE_CHECKING:
    import os

_EXAMPLE = Path(__file__).parent / "collection"
_BUNDLED = ("ontology", "shapes")


def start(folder: str | os.PathLike[str]) -> None:
    """Write the starter collection, with the ontology and shapes of the bundled one.

    It is made beside its place and renamed, so it is there whole or not at all.

    Args:
        folder: A folder that does not exist yet, or is empty.

    Raises:
        OutputError: The folder holds something, or cannot be written.
    """
    target = Path(folder)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise OutputError(
            "Something is there already. Nothing was changed.",
            path=target,
            hint="Name a folder that does not exist yet.",
        )
    try:
        for left in target.parent.glob(f".{glob.escape(target.name)}.*.new"):
            if abandoned(str(left)):  # by a process that was killed
                shutil.rmtree(left, ignore_errors=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent))
        try:
            made = beside / "made"
            with held(str(beside)):
                _fill(made)
            if target.exists():
                target.rmdir()
            made.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"The collection cannot be written: {_reason(error)}.", path=target) from error


def _reason(error: OSError) -> str:
    """Return the system's reason for an error; for a copied folder, that of the first file."""
    if isinstance(error, shutil.Error):
        return str(error.args[0][0][2]).partition("] ")[2].partition(": ")[0]
    return error.strerror or str(error)


def _fill(made: Path) -> None:
    shutil.copytree(_EXAMPLE, made)
    (made / "gitignore").rename(made / ".gitignore")
    bundled = Path(root())
    for name in _BUNDLED:
        # The vocabularies come with filmgraph: a copy would only grow old.
        shutil.copytree(bundled / name, made / name, ignore=shutil.ignore_patterns("vocabularies"))
