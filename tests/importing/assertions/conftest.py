"""A collection with a text of which nothing is encoded yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import run

from filmgraph.collection.starter import start
from filmgraph.importing.documents import document
from filmgraph.importing.sources import add

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]  # the fixture

TEXT = """THE HARBOUR CLOCK
A film by Ilse Maran, 1999.
Running time: 92 minutes. In German. A drama from Germany and France.
Camera: Bo Lake. Music: Ada Holm. Produced by Quay Films.
It won the Golden Oar in 2000. Budget: 1.2 million euros.
First shown at the Old Net Loft on 14 May 1999.
They hope that it will win the Silver Oar.
Ilse Maran was born in Tidewick in 1961. Running time on television: 60 minutes.
"""
FILM = "The Harbour Clock"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    start(str(folder))
    file = tmp_path / "programme.txt"
    file.write_text(TEXT, encoding="utf-8")
    add(folder, document(str(file), title="Programme", publisher="Quayside"))
    return folder
