"""``pip install filmgraph`` alone exports every format."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_all_that_exporters_import_comes_with_filmgraph() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_plain(re.split(r"[<>=!;\[ ]", text)[0]) for text in project["dependencies"]}
    distributions = packages_distributions()
    imported = {
        name
        for path in (ROOT / "src" / "filmgraph" / "exporters").rglob("*.py")
        for name in _imports(path)
        if name != "filmgraph" and name not in sys.stdlib_module_names
    }
    assert {"pyld", "pymarc"} <= imported
    assert {name for name in imported if not declared & {_plain(one) for one in distributions[name]}} == set()


def test_what_once_asked_for_an_extra_still_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["export"] == []


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
