from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from filmgraph import exporters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran


def test_the_list_names_every_format_with_what_it_keeps_and_loses(run: Callable[..., Ran]) -> None:
    ran = run("export", "--list")
    assert ran.code == 0
    found = exporters.all_exporters()
    assert len(found) > 5
    for one in found:
        for said in (f"{one.name}  {one.media_type}  .", f"  keeps  {one.keeps}\n", f"  loses  {one.loses}\n"):
            assert said in ran.out


def test_a_film_is_found_by_its_name_and_written_as_turtle(run: Callable[..., Ran], collection: Path) -> None:
    ran = run("-C", collection, "export", "night ferry")
    assert ran.code == 0
    assert ran.err == ""
    assert any(True for _ in ox.parse(ran.out.encode(), ox.RdfFormat.TURTLE))


def test_the_ending_of_the_file_names_the_format(run: Callable[..., Ran], collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.nq"
    assert run("-C", collection, "export", "-o", path).code == 0
    assert any(quad.graph_name for quad in ox.parse(path.read_bytes(), ox.RdfFormat.N_QUADS))


def test_what_has_no_place_in_a_format_is_said_once(run: Callable[..., Ran], collection: Path) -> None:
    ran = run("-C", collection, "export", "夜渡", "-f", "bibframe")
    assert ran.code == 0
    assert ran.err.startswith("bibframe has no place for: ")
    assert ran.err.count("\n") == 1
    assert "citations" in ran.err


def test_an_unknown_format_or_thing_is_said_in_words(run: Callable[..., Ran], collection: Path) -> None:
    ran = run("-C", collection, "export", "-f", "bibfrm")
    assert ran.code == 2
    assert "bibframe" in ran.err
    assert run("-C", collection, "export", "Dry Ferry").code == 2


def test_a_file_is_whole_or_not_there(run: Callable[..., Ran], collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.rdf"
    assert run("-C", collection, "export", "night ferry", "-o", path, "--citations", "rdf12").code == 2
    assert list(tmp_path.glob("film*")) == []
