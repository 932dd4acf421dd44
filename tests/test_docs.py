"""Prose that shows commands and Python shows what they really print."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

import filmgraph
from filmgraph.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# The commands of such a page are run one after the other in a folder of their own.
IN_SCRATCH = "<!-- one scratch folder -->"
FENCED = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[tuple[Path, str]]:
    return [
        (page, match["body"])
        for page in PAGES
        for match in FENCED.finditer(page.read_text(encoding="utf-8"))
        if match["kind"] == kind
    ]


def in_scratch() -> list[Path]:
    return [page for page in PAGES if IN_SCRATCH in page.read_text(encoding="utf-8")]


def sessions(*, scratch: Path | None = None) -> list[tuple[str, str, str]]:
    """Page, command, and what it is said to print, for each command shown; of one page that needs a scratch folder."""
    found = []
    for page, body in blocks("console"):
        if page != scratch if scratch is not None else page in in_scratch():
            continue
        for shown in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, printed = shown.partition("\n")
            found.append((page.name, command, printed.strip("\n")))
    return found


def matches(said: str, printed: str) -> bool:
    """Whether the text is what is said, where a line ``...`` stands for any lines, and at a line's end for its rest."""
    pattern = r"\n".join(
        r"[\s\S]*" if line == "..." else re.escape(line.removesuffix("...")) + ".*" * line.endswith("...")
        for line in said.split("\n")
    )
    return re.fullmatch(pattern, printed) is not None


def test_there_are_examples_to_run() -> None:
    assert len(sessions()) > 8
    assert blocks("python")


@pytest.mark.parametrize(("page", "command", "said"), sessions(), ids=lambda value: str(value)[:60])
def test_a_command_prints_what_the_page_shows(
    page: str, command: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    name, *arguments = shlex.split(command)
    assert name == "filmgraph", f"{page} shows a command of another program"
    main(arguments)
    shown = capsys.readouterr()
    printed = (shown.out + shown.err).strip("\n")
    assert matches(said, printed), f"{page} shows for {command!r}:\n{said}\n\nIt prints:\n{printed}"


@pytest.mark.parametrize("page", in_scratch(), ids=lambda page: page.name)
def test_a_page_can_be_followed_from_its_first_command_to_its_last(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    commands = sessions(scratch=page)
    assert commands
    for _, command, said in commands:
        name, *arguments = shlex.split(command)
        assert name == "filmgraph", f"{page.name} shows a command of another program"
        main(arguments)
        shown = capsys.readouterr()
        printed = (shown.out + shown.err).strip("\n")
        assert matches(said, printed), f"{page.name} shows for {command!r}:\n{said}\n\nIt prints:\n{printed}"


@pytest.mark.parametrize(("page", "body"), blocks("python"), ids=lambda value: str(getattr(value, "name", ""))[:40])
def test_python_in_prose_does_what_it_shows(page: Path, body: str) -> None:
    examples = doctest.DocTestParser().get_doctest(body, {"fg": filmgraph}, page.name, str(page), 0)
    assert examples.examples, f"{page.name} has Python without a prompt, which nobody runs"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    runner.run(examples, out=report.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
