"""What is exported and imported again says the same, as far as the format can hold it."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start

if TYPE_CHECKING:
    from collections.abc import Iterable

Fact = tuple[str, str, str, str]
HEADER = ("Title", "Year", "Minutes", "Director")
WORD = st.text("abcdefghijklmnoprstuvwzäéñøš", min_size=4, max_size=9).map(str.capitalize)
FILMS = st.lists(
    st.tuples(
        st.lists(WORD, min_size=1, max_size=3).map(" ".join),
        st.integers(1900, 2020).map(str),
        st.integers(10, 400).map(str),
        st.tuples(WORD, WORD).map(" ".join),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda film: film[0].casefold(),
)
STATED = """PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX rel: <http://id.loc.gov/vocabulary/relators/>
SELECT DISTINCT ?Title ?Year ?Minutes ?Director {
  ?film fg:title/fg:titleText ?title ; fg:date ?year ; fg:runtimeMinutes ?Minutes .
  ?credit fg:film ?film ; fg:role rel:fmd ; fg:agent/fg:name ?name .
  BIND(STR(?title) AS ?Title) BIND(STR(?year) AS ?Year) BIND(STR(?name) AS ?Director)
}"""


def collection(folder: Path, name: str) -> Path:
    """An empty collection."""
    made = folder / name
    start(str(made))
    for path in (made / "data").glob("*.trig"):
        path.unlink()
    return made


def table(path: Path, films: Iterable[Fact]) -> Path:
    """A table of films."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *films])
    return path


def stated(folder: Path) -> set[Fact]:
    """What a collection states."""
    with filmgraph.open(folder) as graph:
        rows = graph.query(STATED).to_rows().to_dict()
    return {tuple(map(str, row)) for row in zip(*(rows[name] for name in HEADER), strict=True)}  # type: ignore[misc]


def exported(first: Path, path: Path) -> Path:
    """A collection's films in the format that a file's ending names."""
    if path.suffix == ".csv":
        assert main(["-C", str(first), "query", "-e", STATED, "-o", str(path)]) == 0
    else:
        assert main(["-C", str(first), "export", "-f", path.suffix[1:], "-o", str(path)]) == 0
    return path


@pytest.mark.parametrize("ending", ["marc", "marcxml", "mods", "csv"])
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(films=FILMS)
def test_films_come_back_as_they_were(ending: str, films: list[Fact]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = (collection(folder, one) for one in ("first", "second"))
        assert main(["-C", str(first), "import", str(table(folder / "films.csv", films))]) == 0
        assert stated(first) == set(films)
        main(["-C", str(second), "import", str(exported(first, folder / f"again.{ending}"))])
        assert stated(second) == set(films)
