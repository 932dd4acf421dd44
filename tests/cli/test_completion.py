"""What the shells are told: https://click.palletsprojects.com/en/stable/shell-completion/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

    Run = Callable[..., Ran]

CASES = {
    "commands": ("filmgraph sou", "sources"),
    "questions": ("filmgraph ask overv", "overview"),
    "parameters": ("filmgraph ask credits --fi", "--film"),
    "formats": ("filmgraph ask credits -f jsonl", "jsonld"),
    "titles": ("filmgraph ask credits --film last", "Last Train Home"),
}


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_the_shell_completes(process: Run, monkeypatch: pytest.MonkeyPatch, typed: str, expected: str) -> None:
    monkeypatch.setenv("_FILMGRAPH_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
    done = process()
    assert done.err == ""
    assert [line.partition(",")[2] for line in done.out.splitlines()] == [expected]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_a_script(process: Run, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_FILMGRAPH_COMPLETE", f"{shell}_source")
    assert "_FILMGRAPH_COMPLETE" in process().out
