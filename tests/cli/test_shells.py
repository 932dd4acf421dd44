"""Completion of values in the shells themselves: what bash, zsh and fish put on the line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CASES = {
    "a film": ("filmgraph ask credits --film last", "Last Train Home"),
    "a person": ("filmgraph ask filmography --person lix", "Lixin Fan"),
    "a document": ("filmgraph ask credits --only-source pr", "press-kit"),
    "an outcome": ("filmgraph ask awards --outcome nom", "nominated"),
    "a role": ("filmgraph ask credits --role cinem", "cinematographer"),
    "a festival": ("filmgraph ask awards --festival whis", "Whistler Film Festival"),
    "a thing": ("filmgraph show 'up the", "Up the Yangtze"),
}

ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1="> "; autoload -U compinit; compinit -u -D; zstyle ":completion:*" list-colors ""'
zpty -w shell 'eval "$(_FILMGRAPH_COMPLETE=zsh_source filmgraph)"; print READY'
while zpty -r shell line; do [[ $line == READY* ]] && break; done
zpty -w -n shell "$1"$'\t'
zpty -w shell $'\x01print -r -- LINE: \x05'
while zpty -r shell line; do print -r -- "$line"; [[ $line == LINE:* ]] && break; done
zpty -d shell
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A path on which ``filmgraph`` is this one."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "filmgraph"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m filmgraph "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return dict(os.environ) | {"PATH": f"{folder}:{os.environ['PATH']}", "TERM": "dumb", "HOME": str(folder)}


def said(command: list[str], environment: Mapping[str, str]) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, env=dict(environment), timeout=120, check=False)
    return done.stdout


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_bash_completes_values(environment: dict[str, str], typed: str, expected: str) -> None:
    words = typed.split(" ") if "'" not in typed else ["filmgraph", "show", typed.partition("show ")[2]]
    script = (
        'eval "$(_FILMGRAPH_COMPLETE=bash_source filmgraph)"\n'
        f"COMP_WORDS=({' '.join(map(quoted, words))}) COMP_CWORD={len(words) - 1}\n"
        "_filmgraph_completion filmgraph 2>/dev/null\n"
        'eval "set -- ${COMPREPLY[0]}"; printf "%s" "$1"\n'  # as bash reads the line that it completed
    )
    assert said(["bash", "-c", script], environment) == expected


def quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_fish_completes_values(environment: dict[str, str], typed: str, expected: str) -> None:
    script = f"_FILMGRAPH_COMPLETE=fish_source filmgraph | source; complete -C {quoted(typed)}"
    found = [line.partition("\t")[0] for line in said(["fish", "-c", script], environment).splitlines()]
    assert [one.replace("\\", "").strip("'") for one in found][:1] == [expected]


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_zsh_completes_values(environment: dict[str, str], typed: str, expected: str, tmp_path: Path) -> None:
    script = tmp_path / "type.zsh"
    script.write_text(ZSH, encoding="utf-8")
    shown = said(["zsh", "-f", str(script), typed], environment)
    assert shown.rstrip().endswith(f" {expected}"), "the line as the shell reads it"
    assert expected.replace(" ", "\\ ") in shown or f"'{expected}'" in shown, "one word of it"
