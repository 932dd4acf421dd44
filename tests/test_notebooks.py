"""The notebooks of docs/notebooks, each run from its first cell to its last as a kernel runs it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pandas", reason="the extra frames is not installed")
pytest.importorskip("networkx", reason="the extra frames is not installed")

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_start_to_end(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], [one for one in notebook["cells"] if one.get("outputs")]) == (4, [])
    shown = run(["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"])
    assert len(shown) > 5
    assert any("<details>" in getattr(one, "_repr_html_", str)() for one in shown), "footnotes open to passages"


def run(cells: list[str]) -> list[Any]:
    """What the last line of each cell gives, as a notebook shows it."""
    names: dict[str, Any] = {}
    shown = []
    for number, cell in enumerate(cells, 1):
        tree = ast.parse(cell, f"cell {number}")
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)  # noqa: S102 -- the project's own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)  # noqa: S307 -- as above
            if value is not None:
                shown.append(value)
    return shown
