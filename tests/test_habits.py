"""What people who work on filmgraph find beside the code: words to type, checks before a commit, decisions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
JUSTFILE = (ROOT / "justfile").read_text("utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PROSE = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")]


def recipes() -> dict[str, str]:
    """The words of the justfile, each with its commands."""
    found = re.findall(r"^([a-z]+)(?: [^\n:]*)?:(?!=)[^\n]*\n((?:    [^\n]+\n)*)", JUSTFILE, re.MULTILINE)
    return dict(found)


def test_the_words_that_people_type_are_there_and_explained() -> None:
    assert {"test", "fast", "lint", "types", "bench", "docs", "fuzz", "release"} <= set(recipes())
    for word in recipes():
        assert re.search(rf"^# .+\n{word}\b", JUSTFILE, re.MULTILINE), f"nobody says what `just {word}` does"


def test_what_they_run_exists() -> None:
    paths = {path for commands in recipes().values() for path in re.findall(r"(?:tests|docs)/[\w/.]*\w", commands)}
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_checks_before_a_commit_need_no_network() -> None:
    found = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert found
    assert {one["repo"] for one in found} == {"local"}
    assert {hook["language"] for one in found for hook in one["hooks"]} == {"system"}


def test_every_system_and_python_is_tried() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))["jobs"]
    matrix = jobs["test"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f"Programming Language :: Python :: {one}" in project for one in matrix["python"])


def test_there_are_ten_decisions() -> None:
    assert len(DECISIONS) >= 10
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert [page.name for page in DECISIONS if page.name not in index] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_why_what_was_measured_and_what_it_costs(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Why", "What was measured", "What it costs"]
    assert re.search(r"\d", text.partition("## What was measured")[2].partition("## What it costs")[0])
    assert len(text.split()) < 400


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


MODULES = sorted((ROOT / "src" / "filmgraph").rglob("*.py"))
EMPTY_WORDS = re.compile(r"\b(likewise|as above|as below)\b", re.IGNORECASE)


def test_the_first_lines_of_the_modules_read_like_a_table_of_contents() -> None:
    first = {path: (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0] for path in MODULES}
    assert len(first) > 200
    assert [path.name for path, line in first.items() if not line.endswith(".")] == []
    assert len(set(first.values())) == len(first), "two modules begin with the same line"


def test_no_comment_sends_its_reader_elsewhere() -> None:
    """Words that say nothing to who comes from a search: what stands above may have moved."""
    found = [
        f"{path.name}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if EMPTY_WORDS.search(line)
    ]
    assert found == []


def test_no_file_repeats_nine_words_of_a_document_in_a_row(shared: Path) -> None:
    several = 9
    said = set[tuple[str, ...]]()
    for document in sorted((shared / "sources").glob("*.txt")):
        said |= runs(document.read_bytes(), several)
    assert len(said) > 10_000
    files = [path for one in ("*", "*/**/*") for path in ROOT.glob(one) if path.is_file() and is_ours(path)]
    assert len(files) > 500
    repeating = {str(path.relative_to(ROOT)): runs(path.read_bytes(), several) & said for path in files}
    assert {path: min(found) for path, found in repeating.items() if found} == {}


def runs(content: bytes, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words in a text; its signs and capitals do not count."""
    words = re.findall(r"[^\W_]+", content.decode("utf-8", "replace").lower())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def is_ours(path: Path) -> bool:
    """Whether a file belongs to the repository: hidden folders, caches and what a build makes do not."""
    parts = path.relative_to(ROOT).parts
    made = {"__pycache__", "node_modules", "dist", "built"}
    return not made & set(parts) and not any(one[0] == "." and one not in {".ci", ".github"} for one in parts[:-1])


@pytest.mark.parametrize("area", ["asking", "exporters", "importing", "rdf", "sparql", "validation", "why"])
def test_new_examples_are_looked_for_in_each_area_that_has_laws(area: str) -> None:
    laws = [path for path in (ROOT / "tests" / area).rglob("test_*.py") if "@given(" in path.read_text("utf-8")]
    assert laws, f"python tests/fuzz.py finds nothing to try in tests/{area}"
