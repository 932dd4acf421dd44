"""Every general question is answered in a collection that holds nothing but an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.starter import start
from filmgraph.errors import MissingParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.graph import Graph

NAMES = filmgraph.open().catalogue.names()
ARCHIVE = """id,Title,Year,Minutes,Director,Company,Country,Genre,Budget
1,Fog,2001,78,Bo Lake,Quay Films,Germany,Drama,"1,000,000"
2,Two Piers,1998,91,Ada Holm,Quay Films,France,Comedy,"250,000"
"""
LENDER = """nummer,Titel,Jahr,Laufzeit,Regie,Budget
7,Fog,2001,80,Bo Lake,"1,200,000"
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("imported")
    own = folder / "own"
    start(str(own))
    for path in (own / "data").glob("*.trig"):
        path.unlink()
    for name, text in (("archive", ARCHIVE), ("lender", LENDER)):
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        assert main(["-C", str(own), "import", str(path)]) in {0, 1}
    with filmgraph.open(own) as graph:
        yield graph


@pytest.mark.parametrize("name", NAMES)
def test_a_general_question_is_answered(imported: Graph, name: str) -> None:
    if name not in imported.catalogue.names():
        pytest.skip("a question of the bundled collection alone")
    values: dict[str, str] = {}
    for _ in range(len(imported.catalogue.question(name).parameters) + 1):
        try:
            answer = imported.ask_with(name, values)
        except MissingParameterError as error:
            listed = (error.hint or "").split("\n")
            if len(listed) == 1:
                pytest.skip(f"the collection has nothing for --{error.name}")
            values[error.name] = listed[1].split()[0]
        else:
            assert answer.variables
            return
    pytest.fail("it asks for more than its parameters")


def test_disagreements_are_told_with_all_their_values(imported: Graph) -> None:
    rows = imported.ask("conflicts").to_dict(labels=True)
    assert {"80", "78"} <= {str(value) for value in (*rows["value"], *rows["other"])}
    assert all(rows["value"])
    assert all(rows["other"])
    summary = imported.ask("disagreements").to_dict(labels=True)
    assert dict(zip(summary["property"], summary["most"], strict=True))["runtime in minutes"] == 2
