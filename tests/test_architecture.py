"""docs/architecture.md, proved: layers, cycles, third-party packages, what the start-up imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.engines.faulty import Faulty, Say

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "filmgraph"
PAGE = ROOT / "docs" / "architecture.md"

# Which package may be imported where, by the first part of the module's name; True: inside functions only.
THIRD_PARTY: dict[str, dict[str, bool]] = {
    "pyoxigraph": {},
    "yaml": {"catalogue": False},
    "wcwidth": {"answers/formats": False},
    "rdflib": {"validation": True, "exporters": True, "answers": True},
    "pyshacl": {"validation": True},
    "pyld": {"exporters": True, "exporters/linked": True},
    "pymarc": {"exporters": True, "exporters/library": True, "importing/readers": True},
    "babel": {"collection": True},
    "openpyxl": {"importing/readers": True, "importing/assertions": True, "answers": True},
    "lxml": {"importing/renditions": True},
    "pypdfium2": {"importing/renditions": True},
    "docx": {"importing/renditions": True},
    "pandas": {"answers": False},
    "networkx": {"answers": False},
    "polars": {"answers": True},
    "altair": {"answers": True},
    "vl_convert": {"answers": True},
    "zstandard": {"rdf": True},
    "click": {"cli": False},
    "starlette": {"serving": False},
    "uvicorn": {"serving": False},
    "jinja2": {"serving/pages": False},
    "mcp": {"assistants": False},
    "anyio": {"assistants": False},
    "pydantic": {"assistants": False},
}


class Import(NamedTuple):
    importer: str
    imported: str
    line: int
    in_function: bool
    for_types: bool


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(name: str, path: Path) -> list[Import]:
    found: list[Import] = []

    def visit(node: ast.AST, *, in_function: bool, for_types: bool) -> None:
        in_function = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [one if one in MODULES else str(node.module) for one in whole]
        elif _is_lazy_import(node):
            # Lazy on purpose: what a first run needs only. It is bound to the layers like any other.
            names = [node.args[0].value]  # type: ignore[attr-defined]
            found.append(Import(name, names.pop(), node.lineno, in_function=False, for_types=False))  # type: ignore[attr-defined]
        found.extend(Import(name, one, node.lineno, in_function, for_types) for one in names)  # type: ignore[attr-defined]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                visit(statement, in_function=in_function, for_types=True)
            children: list[ast.AST] = [*node.orelse]
        else:
            children = [*ast.iter_child_nodes(node)]
        for child in children:
            visit(child, in_function=in_function, for_types=for_types)

    visit(ast.parse(path.read_text("utf-8")), in_function=False, for_types=False)
    return found


def _is_lazy_import(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) == "import_module"
        and isinstance(node.args[0], ast.Constant)
    )


IMPORTS = [one for name, path in MODULES.items() for one in imports_of(name, path)]
OWN = [one for one in IMPORTS if one.imported.partition(".")[0] == "filmgraph"]


def room(module: str) -> str:
    """The folder of a module below the package, or the module itself where it lies at the top."""
    folder = MODULES[module].relative_to(PACKAGE).parent.as_posix()
    return folder if folder != "." else MODULES[module].stem


def layers() -> dict[str, int]:
    found: dict[str, int] = {}
    for level, names in re.findall(r"^L(\d+) +(.*)$", PAGE.read_text("utf-8"), re.MULTILINE):
        for name in names.split("·"):
            assert name.strip() not in found, f"{name.strip()} has two layers"
            found[name.strip()] = int(level)
    return found


LAYERS = layers()


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 20
    assert len(OWN) > 50
    assert set(LAYERS.values()) == set(range(max(LAYERS.values()) + 1))


def test_every_room_has_a_layer_and_every_layer_its_rooms() -> None:
    assert {room(name) for name in MODULES} == set(LAYERS)


def tree() -> dict[str, str]:
    """The lines of the tree on the page: room to what it is for."""
    lines = re.search(r"^src/filmgraph/\n((?:  .*\n)+)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert lines is not None
    found: dict[str, str] = {}
    above: list[str] = []
    for line in lines[1].splitlines():
        match = re.fullmatch(r"((?:  )+)(\w+)(?:/|\.py) +(\S.*)", line)
        assert match is not None, f"this is no line of the tree: {line}"
        above = [*above[: len(match[1]) // 2 - 1], match[2]]
        found["/".join(above)] = match[3]
    return found


def test_the_tree_has_one_line_for_each_room() -> None:
    assert set(tree()) == set(LAYERS)
    assert len(set(tree().values())) == len(tree())


FLOWS = re.findall(r"^<!-- flow: (.*) -->\n`.*`\n\n((?:\d\. .*\n)+)", PAGE.read_text("utf-8"), re.MULTILINE)
MOST_HOPS = 8


def test_there_are_five_flows() -> None:
    assert [name for name, _ in FLOWS] == [
        "ask --why",
        "query --store URL",
        "check --sources",
        "export -f marcxml",
        "build",
    ]


@pytest.mark.parametrize(("name", "hops"), FLOWS, ids=lambda value: value.partition("\n")[0])
def test_a_flow_goes_through_the_files_that_it_names(
    name: str, hops: str, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command runs in a process, and every file that the page names is imported there."""
    named = re.findall(r"^\d\. `([\w/.]+\.py)` ", hops, re.MULTILINE)
    assert len(named) == len(hops.splitlines()) <= MOST_HOPS
    monkeypatch.setenv("FILMGRAPH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "texts").mkdir()
    server = Faulty(Say())
    query = "PREFIX fg: <https://w3id.org/filmgraph/ns#> SELECT ?film { ?film a fg:Film }"
    commands = {
        "ask --why": ["ask", "releases", "--why"],
        "query --store URL": ["--store", server.url, "query", "-e", query],
        "check --sources": ["-C", str(collection), "check", "--sources", str(tmp_path / "texts")],
        "export -f marcxml": ["export", "Last Train Home", "-f", "marcxml"],
        "build": ["-C", str(collection), "build", "-o", str(tmp_path / "store")],
    }
    code = f"import sys, filmgraph.cli; filmgraph.cli.main({commands[name]!r}); print(*sys.modules, file=sys.stderr)"
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    finally:
        server.stop()
    loaded = set(done.stderr.splitlines()[-1].split())
    assert [path for path in named if module_name(PACKAGE / path) not in loaded] == []


def test_imports_run_downwards() -> None:
    """Imports for types only are arrows like all others."""
    wrong = [
        f"{one.importer}:{one.line} imports {one.imported}"
        for one in OWN
        if room(one.importer) != room(one.imported) and LAYERS[room(one.importer)] <= LAYERS[room(one.imported)]
    ]
    assert wrong == []


def test_no_module_needs_itself() -> None:
    """Inside a room too, and imports for types only are arrows like all others."""
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for one in OWN:
        if one.imported != one.importer:
            graph[one.importer].add(one.imported)
    list(TopologicalSorter(graph).static_order())


def test_no_function_imports_our_own_modules() -> None:
    assert [f"{one.importer}:{one.line}" for one in OWN if one.in_function] == []


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert len(homes) > 100
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


MOST_BY_PLACE = 6
"""Arguments that a call may give by their place; a reader cannot count more."""


def test_calls_name_their_arguments() -> None:
    read = 0
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                read += 1
                alike = ast.unparse(node.func) in {"chain", "key_of", "max", "min", "print"}  # all of one meaning
                assert alike or len(node.args) <= MOST_BY_PLACE, f"{name}:{node.lineno}: name the arguments"
    assert read > 1000


def test_third_party_packages_stay_where_they_belong() -> None:
    wrong: list[str] = []
    for one in IMPORTS:
        package = one.imported.partition(".")[0]
        if package in sys.stdlib_module_names or package in {"filmgraph", "_blake2", "_typeshed"}:
            continue
        allowed = THIRD_PARTY.get(package)
        home = room(one.importer)
        if allowed is None:
            wrong.append(f"{one.importer}:{one.line} imports {package}, which no rule knows")
        elif package == "pyoxigraph":
            if LAYERS.get(home) == 0:
                wrong.append(f"{one.importer}:{one.line}: layer 0 knows no pyoxigraph")
        elif home not in allowed:
            wrong.append(f"{one.importer}:{one.line} imports {package}")
        elif allowed[home] and not one.in_function and not one.for_types:
            wrong.append(f"{one.importer}:{one.line} imports {package} at the top, and that is slow")
    assert wrong == []


SLOW = ("rdflib", "pyshacl", "lark", "yaml", "pyld", "pymarc", "pathlib", "dataclasses", "difflib", "json")
COMMANDS = [[], ["--help"], ["ask"], ["ask", "overview"], ["query", "-e", "ASK {}"]]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments) or "nothing")
def test_the_start_imports_nothing_slow(arguments: list[str]) -> None:
    """Help, ask and query import neither rdflib nor pySHACL, and an answer from the cache no reader of RDF."""
    if arguments and not arguments[0].startswith("-") and f"filmgraph.cli.{arguments[0]}" not in MODULES:
        pytest.skip(f"there is no command {arguments[0]} yet")
    code = f"import sys, filmgraph.cli; filmgraph.cli.main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src"
        )
    loaded = set(done.stderr.splitlines()[-1].split())
    allowed = {"json"} if arguments == [] else set()
    if "-e" in arguments:
        allowed = {"difflib"}  # click loads it for every short option, before it knows it as one
    assert loaded & (set(SLOW) - allowed) == set()
    assert "filmgraph.collection.derive" not in loaded
