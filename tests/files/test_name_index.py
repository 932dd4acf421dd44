from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgraph.files.name_index import NameIndex, write

if TYPE_CHECKING:
    from pathlib import Path


def index_of(names: list[str], path: Path) -> NameIndex:
    with path.open("wb") as file:
        write(names, file)
    return NameIndex(str(path))


def test_a_mistyped_name_is_among_the_similar_ones(tmp_path: Path) -> None:
    chance = random.Random(2)  # noqa: S311
    syllables = ["ka", "lo", "mi", "tor", "ven", "dal", "夜", "ös", "渡"]
    names = [" ".join("".join(chance.choices(syllables, k=3)) for _ in range(2)) for _ in range(5000)]
    index = index_of(names, tmp_path / "names")
    assert len(index) == len(set(names))
    for name in chance.sample(names, 40):
        place = chance.randrange(len(name))
        assert name in index.similar(name[:place] + name[place + 1 :])


def test_names_come_back_as_they_went_in(tmp_path: Path) -> None:
    names = ["ebb", "", "écluse", "夜渡", "\U0001f30a"]
    index = index_of(names, tmp_path / "names")
    assert [index.name(number) for number in range(len(index))] == sorted(names)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert index_of([], tmp_path / "names").similar("ebb") == []


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_every_name_is_similar_to_itself(names: list[str]) -> None:
    whole = [name.encode("utf-8", "replace").decode() for name in names]
    file = io.BytesIO()
    write(whole, file)
    assert file.getvalue()[:8] == b"fgnames1"


@pytest.mark.parametrize("content", [b"x", b"fgnames1" + bytes(10), b"other" + bytes(100)])
def test_what_is_no_index_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "names").write_bytes(content)
    with pytest.raises(ValueError, match="index"):
        NameIndex(str(tmp_path / "names"))
