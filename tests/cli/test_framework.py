from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from filmgraph.cli._group import root, summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

COMMANDS = root.list_commands(click.Context(root))


def test_there_are_commands() -> None:
    assert "info" in COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_line_in_the_help_and_an_example(name: str) -> None:
    command: click.Command = import_module(f"filmgraph.cli.{name}").command
    assert len(summary(name)) > 10
    assert command.help is not None
    assert "Example" in command.help


def test_help_lists_every_command(run: Callable[..., Ran]) -> None:
    code, out, err = run("--help")
    assert code == 0
    assert not err
    assert all(f"\n  {name} " in out for name in COMMANDS)


def test_an_unknown_command_names_the_nearest_and_fails(run: Callable[..., Ran]) -> None:
    code, out, err = run("inof")
    assert (code, out) == (2, "")
    assert err == "Error: There is no command 'inof'. Did you mean info?\nTry 'filmgraph --help'.\n"


def test_a_question_without_its_command_is_told_how_to_ask(run: Callable[..., Ran]) -> None:
    assert run("overview").err == (
        "Error: There is no command 'overview'. A question is asked with: filmgraph ask overview\n"
        "Try 'filmgraph --help'.\n"
    )


def test_of_several_options_that_look_like_what_was_typed_the_nearest_comes_first(run: Callable[..., Ran]) -> None:
    code, _, err = run("build", "--ouput", "x")
    assert code == 2
    assert err.startswith("Error: No such option '--ouput'. Did you mean '--output' or ")


def test_an_unknown_option_fails_with_a_message(run: Callable[..., Ran]) -> None:
    code, _, err = run("info", "--nope")
    assert code == 2
    assert err == "Error: No such option '--nope'.\nTry 'filmgraph info --help'.\n"


def test_a_full_disk_is_an_error(process: Callable[..., Ran]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as stdout:
        done = process("info", stdout=stdout)
    assert done.code == 2
    assert done.err == "Error: Cannot write to standard output: No space left on device.\n"


SRC = Path(__file__).parents[2] / "src"


def through_a_shell(line: str) -> subprocess.CompletedProcess[str]:
    typed = [sys.executable, "-m", "filmgraph"]
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {line}', "sh", *typed],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(SRC)},
    )


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="this system has no /bin/sh")
@pytest.mark.parametrize("line", ["--help >&-", "ask directors >&-", "info >&-"])
def test_a_closed_standard_output_is_an_error(line: str) -> None:
    done = through_a_shell(line)
    assert done.returncode == 2
    assert done.stderr == "Error: Cannot write to standard output: it is closed.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("away", ["2>&-", "2>/dev/full"])
def test_an_error_that_cannot_be_told_still_fails_with_2(away: str) -> None:
    done = through_a_shell(f"ask no-such-question {away}")
    assert (done.returncode, done.stdout) == (2, "")


INTERRUPTED = """
import sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            raise KeyboardInterrupt
wanted = sys.argv.pop(1)
sys.meta_path.insert(0, Interrupt())
from filmgraph.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["pyoxigraph", "click", "filmgraph.cli", "filmgraph.graph"])
def test_ctrl_c_while_modules_are_imported_ends_quietly(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, "ask", "overview"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(SRC)},
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_the_package_imports_nothing_slow_before_it_is_used() -> None:
    code = "import filmgraph, sys; print('pyoxigraph' in sys.modules, filmgraph.Graph.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SRC)},
    )
    assert done.stdout == "False Graph\n"
