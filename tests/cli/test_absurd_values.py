"""Every option of every command, with every value that nobody means."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

from filmgraph.catalogue import Catalogue
from filmgraph.cli._group import root
from filmgraph.cli.ask import Questions
from filmgraph.collection.resources import root as bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Ran

ABSURD = {
    "empty": "",
    "blank": "  ",
    "not UTF-8": os.fsdecode(b"\xff\xfe"),
    "not a number": "nan",
    "infinite": "inf",
    "negative": "-1",
    "zero": "0",
    "beyond any float": "1e400",
    "5,000 digits": "9" * 5000,
    "five thousand words": "word " * 5000,
    "control characters": "\x1b[31m\x07",
}
NUMBERS = {"not a number", "infinite", "negative", "beyond any float", "5,000 digits"}
EMPTY = {"empty", "blank"}

ADD = "sources add"
NEEDED = {
    "ask": ["overview"],
    "query": ["-e", "SELECT * { ?s ?p ?o } LIMIT 1"],
    "show": ["Lixin Fan"],
    "export": ["Last Train Home"],
    "cite": ["imdb#char=1,9"],
    "locate": ["imdb", "Lixin"],
    "pin": ["no-such-draft.trig"],
    "verify": ["no-such-receipt.json"],
    "coverage": [],
    "check": [],
    "info": [],
    "sources": [],
    "import": ["no-such-table.csv"],
    ADD: ["no-such-text.txt"],
}
"""What each command must be given besides; `build`, `new` and `serve` would make something of absurd names."""


def command_of(name: str) -> click.Command:
    if name == ADD:
        return import_module("filmgraph.cli.sources").add  # type: ignore[no-any-return]
    found: click.Command = import_module(f"filmgraph.cli.{name}").command
    if isinstance(found, Questions):
        question = Catalogue(f"{bundled()}/queries").question("overview")
        return import_module("filmgraph.cli.ask")._command(question)  # type: ignore[no-any-return]  # noqa: SLF001
    return found


def options() -> Iterator[tuple[str, str]]:
    for name in (*root.list_commands(click.Context(root)), ADD):
        for one in command_of(name).params:
            of_a_question = (one.name or "").startswith("p_")  # its type looks at its values, below
            if isinstance(one, click.Option) and not one.is_flag and not of_a_question:
                yield name, max(one.opts, key=len)


OPTIONS = list(options())


def test_there_are_options() -> None:
    assert len(OPTIONS) > 40
    assert {name for name, _ in OPTIONS} >= set(NEEDED) - {"verify", "new"} - {"cite"} | {"serve"}


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=[" ".join(one) for one in OPTIONS])
def test_no_option_takes_an_empty_value_or_a_number_without_bounds(name: str, option: str) -> None:
    one = next(each for each in command_of(name).params if option in each.opts)
    assert isinstance(one, click.Option)
    values = [ABSURD[each] for each in sorted(EMPTY)]
    if one.metavar in {"SECONDS", "N", "MB"} or "number" in one.type.name:
        values += [ABSURD[each] for each in sorted(NUMBERS)]
    for value in values:
        with pytest.raises(click.BadParameter) as caught:
            one.type.convert(value, one, None)
        assert len(caught.value.message) < 200


@pytest.mark.parametrize(("name", "option"), [one for one in OPTIONS if one[0] in NEEDED])
def test_an_absurd_value_gives_an_answer_or_a_plain_message(
    run: Callable[..., Ran], tmp_path: object, monkeypatch: pytest.MonkeyPatch, name: str, option: str
) -> None:
    monkeypatch.chdir(str(tmp_path))
    for what, value in ABSURD.items():
        code, _, err = run(*name.split(), *NEEDED[name], option, value)
        assert code in {0, 1, 2}, what
        assert "filmgraph is at fault" not in err, what
        assert "Traceback" not in err, what
        assert code != 2 or err.startswith(("Error: ", "Note: ", "no-such")), what
        assert what not in EMPTY or code == 2, what


@pytest.mark.parametrize("option", ["-C", "--store"])
@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD)
def test_an_absurd_collection_or_store_is_a_plain_message(run: Callable[..., Ran], option: str, value: str) -> None:
    code, out, err = run(option, value, "info")
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert "filmgraph is at fault" not in err


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_absurd_arguments_are_a_plain_message(run: Callable[..., Ran], name: str) -> None:
    for value in ABSURD.values():
        code, _, err = run(*name.split(), value)
        assert code in {0, 1, 2}
        assert "filmgraph is at fault" not in err
        assert "Traceback" not in err


def test_every_option_of_every_question_takes_absurd_values(run: Callable[..., Ran]) -> None:
    tried = 0
    for question in Catalogue(f"{bundled()}/queries"):
        for parameter in question.parameters:
            for what in ("empty", "not UTF-8", "5,000 digits"):
                code, _, err = run("ask", question.name, parameter.option, ABSURD[what], "--show-query")
                assert "filmgraph is at fault" not in err, (question.name, parameter.option, what)
                assert code in {0, 2}
                assert what not in EMPTY or code == 2 or parameter.type == "string", (question.name, parameter.option)
                tried += 1
    assert tried > 100
