"""A store of a few hundred films and their makers, and its reconciliation service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmgraph.graph import Graph
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.reconciling.service import ReconciliationService

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).parent / "films.tsv"
FILMS = [line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines()]
SOURCE = "https://w3id.org/filmgraph/source/list.0123abcd"
BASE = "http://127.0.0.1:8000/reconcile"


def facts() -> str:
    """The facts of the list, each line of it a passage."""
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()]
    makers = {name: number for number, name in enumerate(dict.fromkeys(maker for _, _, maker in FILMS))}
    for number, (title, year, maker) in enumerate(FILMS):
        film, person = f"<{PREFIXES['film']}{number}>", f"<{PREFIXES['person']}{makers[maker]}>"
        lines.append(
            f"<{SOURCE}#char={number * 50},{number * 50 + 40}> {{"
            f' {film} a fg:Film ; fg:title <{PREFIXES["film"]}{number}/title> ; fg:date "{year}"^^edtf:EDTF .'
            f' <{PREFIXES["film"]}{number}/title> a fg:Title ; fg:titleText "{title}" .'
            f' {person} a fg:Person ; fg:name "{maker}" .'
            f" <{PREFIXES['film']}{number}/credit> a fg:Credit ; fg:film {film} ; fg:agent {person} ;"
            " fg:role rel:fmd . }"
        )
    return "\n".join(lines)


@pytest.fixture(scope="session")
def list_of_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("list")
    sources = (
        f"@prefix fg: <{PREFIXES['fg']}> . @prefix dcterms: <{PREFIXES['dcterms']}> .\n"
        f'<{SOURCE}> a fg:SourceDocument ; fg:charLength 100000 ; dcterms:title "A list of films" .\n'
    )
    for name, text in {"data/list.trig": facts(), "data/sources.ttl": sources}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "ontology").mkdir()
    (folder / "ontology" / "filmgraph.ttl").write_bytes((ROOT / "ontology" / "filmgraph.ttl").read_bytes())
    return folder


@pytest.fixture(scope="session")
def listed(list_of_films: Path) -> Iterator[ReconciliationService]:
    with Graph.open(list_of_films) as graph:
        yield ReconciliationService(graph, base=BASE)


@pytest.fixture(scope="session")
def bundled() -> Iterator[ReconciliationService]:
    with Graph.open(ROOT) as graph:
        yield ReconciliationService(graph, base=BASE)
