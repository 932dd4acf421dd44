from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.collection.derivation import stated

from filmgraph.collection.folder import Collection
from filmgraph.errors import DataError, FileError, FilmgraphError, RdfSyntaxError, StoreUnavailableError
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH, SOURCES_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[dict[str, str]], Path]

SOURCE = "https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa"
HEAD = len(PREFIXES)
"""The lines of prefixes before the content of each file."""


def error_of(write: Write, files: dict[str, str]) -> FilmgraphError:
    with pytest.raises(FilmgraphError) as caught:
        list(stated(Collection(write(files))))
    return caught.value


def test_each_file_has_its_graph(collection: Path) -> None:
    (collection / "ontology").mkdir()
    (collection / "ontology/film.ttl").write_text("<urn:a> <urn:b> [ <urn:c> <urn:d> ] .")
    (collection / "ontology/alignments").mkdir()
    (collection / "ontology/alignments/other.ttl").write_text("<urn:never> <urn:never> <urn:never> .")
    graphs = {str(quad.graph_name).strip("<>") for quad in stated(Collection(collection))}
    assert {graph for graph in graphs if "#char=" not in graph} == {
        *(SOURCES_GRAPH, REFERENCE_GRAPH, ONTOLOGY_GRAPH, CITATIONS_GRAPH)
    }
    assert len(graphs) == 8
    assert not any("never" in str(quad) for quad in stated(Collection(collection)))


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (
            f"\n<{SOURCE}#char=0,9> {{\n  film:a a fg:Film .\n  film:a fg:title [ fg:titleText 'A'@en ] .\n}}\n",
            4,
            "A blank node. Other passages cannot speak of it.",
        ),
        (f"<{SOURCE}#char=0,9> {{ film:a a fg:Film }}\n\n_:x a fg:Film .\n", 3, "A blank node."),
        (
            "\n\nfilm:a a fg:Film .\n",
            3,
            f"A triple outside a citation graph: <{PREFIXES['film']}a> <http://www.w3.org/",
        ),
        (
            "graph:extra {\n film:a a fg:Film .\n}\n",
            2,
            f"The graph <{PREFIXES['graph']}extra> is not a citation, so nobody says what stands in it.",
        ),
        ("graph:derived {\n film:a a fg:Film .\n}\n", 2, f"The graph <{PREFIXES['graph']}derived> is not a citation"),
        (f"<{SOURCE}#char=9,9> {{\n film:a a fg:Film .\n}}\n", 2, f"<{SOURCE}#char=9,9> is an empty passage"),
        (
            "<https://w3id.org/filmgraph/source/other.bbbbbbbb#char=0,9> {\n\n film:a a fg:Film .\n}\n",
            3,
            "The source <https://w3id.org/filmgraph/source/other.bbbbbbbb> of this citation is not declared.",
        ),
    ],
)
def test_what_breaks_the_evidence_model_is_placed(
    collection_of: Write, tmp_path: Path, content: str, line: int, message: str
) -> None:
    error = error_of(collection_of, {"data/more.trig": content})
    assert isinstance(error, DataError)
    assert str(error).startswith(f"{tmp_path}/collection/data/more.trig:{HEAD + line}: {message}")
    assert error.hint


def test_a_blank_node_in_a_vocabulary_is_an_error(collection_of: Write) -> None:
    error = error_of(collection_of, {"data/reference.ttl": "\n[] a fg:Place .\n"})
    assert isinstance(error, DataError)
    assert error.line == HEAD + 2


def test_triples_without_a_place_are_an_error(collection_of: Write) -> None:
    error = error_of(collection_of, {"data/more.ttl": "film:a a fg:Film ."})
    assert isinstance(error, DataError)
    assert "more.ttl: This file has no citations, so its triples have no place here." in str(error)
    assert ".trig" in (error.hint or "")


def test_other_files_are_left_alone(collection: Path) -> None:
    before = Collection(collection).digest()
    for name in ("README.md", ".hidden.ttl", "notes.txt", "more.trig~"):
        (collection / "data" / name).write_text("no RDF")
    assert Collection(collection).digest() == before
    list(stated(Collection(collection)))


def test_facts_may_lie_in_folders(collection_of: Write) -> None:
    root = collection_of({"data/1998/fog.trig": f"<{SOURCE}#char=0,9> {{ film:fog a fg:Film }}"})
    assert any("film/fog" in str(quad) for quad in stated(Collection(root)))


def test_a_folder_that_leads_back_is_not_followed(collection: Path) -> None:
    before = len(list(stated(Collection(collection))))
    (collection / "data/again").symlink_to(".", target_is_directory=True)
    assert len(list(stated(Collection(collection)))) == before


def test_a_file_that_does_not_parse_is_placed(collection_of: Write, tmp_path: Path) -> None:
    error = error_of(collection_of, {"data/more.trig": f"<{SOURCE}#char=0,9> {{ film:a a ; }}"})
    assert isinstance(error, RdfSyntaxError)
    assert str(error).startswith(f"{tmp_path}/collection/data/more.trig:{HEAD + 1}:")


def test_a_link_to_nowhere_is_an_error(collection: Path) -> None:
    (collection / "data/gone.trig").symlink_to("nowhere.trig")
    for act in (Collection(collection).digest, lambda: list(stated(Collection(collection)))):
        with pytest.raises(FileError, match=r"gone\.trig: The file cannot be read: No such file"):
            act()


def test_a_folder_without_data_is_no_collection(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="is no collection: it has no folder data"):
        Collection(tmp_path)


def test_the_digest_follows_names_and_bytes(collection: Path) -> None:
    first = Collection(collection).digest()
    assert Collection(f"{collection}/").digest() == first
    path = collection / "data/tide-weekly.trig"
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    assert Collection(collection).digest() != first
    path.write_bytes(content)
    assert Collection(collection).digest() == first
    path.rename(path.with_name("tide.trig"))
    assert Collection(collection).digest() != first
