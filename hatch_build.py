"""What a wheel has that a clone has not: the editor of SPARQL, built from ``web/`` where Node is at hand.

Without Node, or where the packages cannot be had, the wheel is built all the same: its pages have a plain field.
``FILMGRAPH_EDITOR`` says otherwise: ``0`` leaves the editor out, ``1`` makes it an error where it cannot be built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUILT = "src/filmgraph/serving/static/built"
_WAIT = 300


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]  # hatchling has no types
    """Builds the editor into its place among the static files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it before files are collected; an editable install is a clone, and is left as it is."""
        wanted = os.environ.get("FILMGRAPH_EDITOR", "")
        web, built = Path(self.root) / "web", Path(self.root) / _BUILT
        if version != "editable" and wanted != "0" and (web / "package.json").exists():
            problem = _built(web)
            if problem and wanted == "1":
                raise RuntimeError(problem)
            if problem:
                self.app.display_warning(f"{problem} The pages of this wheel have a plain field for queries.")
        if built.is_dir() and version != "editable" and wanted != "0":
            build_data["force_include"][str(built)] = "filmgraph/serving/static/built"


def _built(web: Path) -> str:
    """Build it; what went wrong, or nothing."""
    npm = shutil.which("npm")
    if npm is None:
        return "There is no npm."
    for command in ([npm, "ci", "--no-audit", "--no-fund"], [npm, "run", "build"]):
        try:
            done = subprocess.run(command, cwd=web, capture_output=True, text=True, timeout=_WAIT, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{' '.join(command[1:])} did not end: {error}."
        if done.returncode:
            return f"npm {' '.join(command[1:])} failed: {done.stderr.strip()[-300:]}"
    return ""
