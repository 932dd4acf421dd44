"""docs/exports.md is what docs/make_exports.py writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from filmgraph.exporters import names

ROOT = Path(__file__).resolve().parents[1]
CODE = "import sys, make_exports; sys.stdout.buffer.write(make_exports.table().encode())"


def test_the_table_of_formats_is_the_one_that_the_code_makes() -> None:
    paths = [str(ROOT / "docs"), str(ROOT / "src")]
    code = f"import sys; sys.path[:0] = {paths!r}; {CODE}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    page = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert done.stdout.decode() in page, "run: python docs/make_exports.py"


def test_every_format_has_an_example() -> None:
    page = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert len(names()) > 5
    assert [name for name in names() if f"\n### {name}\n" not in page] == [], "run: python docs/make_exports.py"
