"""What every test can use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents, standards and test suites that lies beside a developer's checkout."""
    folder = Path(os.environ.get("FILMGRAPH_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.name} beside the checkout, and FILMGRAPH_SHARED names none")
    return folder
