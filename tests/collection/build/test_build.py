"""A collection into an on-disk store, by way of the front doors."""

from __future__ import annotations

import gzip
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from tests.collection.derivation import derived, stated

import filmgraph
from filmgraph.cli import main
from filmgraph.collection.build import place
from filmgraph.collection.build.build import build
from filmgraph.collection.derive import merged
from filmgraph.collection.folder import Collection
from filmgraph.errors import DataError, MissingDependencyError, OutputError, RdfSyntaxError, StoreUnavailableError
from filmgraph.store import MANIFEST, manifest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3]
SRC = ROOT / "src"


def quads(folder: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(folder))}


def derived_in_python(root: Path, scratch: Path) -> set[str]:
    store = ox.Store(str(scratch))
    store.bulk_extend(derived(stated(Collection(root))))
    store.bulk_extend(merged(store))
    store.flush()
    del store
    return quads(scratch)


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    """A collection of some thousand invented facts in three sources."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "benchmarks" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    root = tmp_path / "generated"
    assert module.generate(root, 5000, 3) > 4000
    return root


@pytest.mark.parametrize("workers", [0, 2])
def test_a_built_store_holds_what_the_slow_way_derives(generated: Path, tmp_path: Path, workers: int) -> None:
    build(generated, tmp_path / "store", workers=workers)
    assert quads(tmp_path / "store") == derived_in_python(generated, tmp_path / "slow")


def test_a_compacted_store_holds_the_same_in_fewer_files(generated: Path, tmp_path: Path) -> None:
    build(generated, tmp_path / "loose", workers=2, compact=False)
    build(generated, tmp_path / "compact", workers=2, compact=True)
    assert quads(tmp_path / "compact") == quads(tmp_path / "loose")
    tables = [len(list((tmp_path / name).glob("*.sst"))) for name in ("compact", "loose")]
    assert tables[0] < tables[1]


def test_the_bundled_collection_is_built_as_the_slow_way_derives_it(tmp_path: Path) -> None:
    build(ROOT, tmp_path / "store")
    assert quads(tmp_path / "store") == derived_in_python(ROOT, tmp_path / "slow")


def test_titles_and_their_texts_meet_across_files_and_labels_across_buckets(
    collection_of: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    root = collection_of(
        {
            "data/a.trig": "<https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa#char=200,210>"
            " { film:ebb a fg:Film ; fg:title title:ebb.1 . result:r a fg:AwardResult ; fg:award award:w ;"
            " fg:ceremony edition:e ; fg:outcome fgv:won . edition:e a fg:EventEdition ; fg:editionOf series:s . }",
            "data/b.trig": "<https://w3id.org/filmgraph/source/tide-weekly.bbbbbbbb#char=200,210>"
            ' { title:ebb.1 a fg:Title ; fg:titleText "Ebb \\"One\\"\\n"@en , "Écluse"@fr .'
            ' series:s a fg:EventSeries ; fg:name "Pier Days"@en . award:w a fg:Award ; fg:conferredBy series:s . }',
        }
    )
    build(root, tmp_path / "store", workers=2)
    assert quads(tmp_path / "store") == derived_in_python(root, tmp_path / "slow")
    with filmgraph.open(tmp_path / "store") as graph:
        assert [str(row["name"]) for row in _rows(graph, "film:ebb fg:foldedName ?name")] == [
            '"ebb \\"one\\""',
            '"ecluse"',
        ]
        assert [str(row["name"]) for row in _rows(graph, "result:r rdfs:label ?name")] == [
            '"prize of Pier Days: won"@en'
        ]


def _rows(graph: filmgraph.Graph, pattern: str) -> list[dict[str, object]]:
    from filmgraph.rdf.namespaces import PREFIXES  # noqa: PLC0415

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    raw = graph.query_raw(f"{head}SELECT ?name {{ {pattern} }} ORDER BY ?name")
    return [{"name": row[0]} for row in raw.rows]  # type: ignore[union-attr]


def test_a_second_build_of_unchanged_files_does_nothing(collection: Path, tmp_path: Path) -> None:
    first = filmgraph.build(collection, tmp_path / "store")
    state = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "store").iterdir())
    os.utime(collection / "data" / "tide-weekly.trig")
    second = filmgraph.build(collection, tmp_path / "store")
    assert (first.new, second.new) == (True, False)
    assert first.statements == second.statements > 20
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "store").iterdir()) == state


def test_a_stale_store_is_noticed_and_says_which_file(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    filmgraph.build(collection, store)
    assert main(["--store", str(store), "ask", "films"]) == 0
    assert capsys.readouterr().err == ""
    with (collection / "data" / "tide-weekly.trig").open("a") as file:
        file.write("# one more line\n")
    assert main(["--store", str(store), "ask", "films"]) == 0
    assert "out of date: data/tide-weekly.trig has changed" in capsys.readouterr().err
    assert filmgraph.build(collection, store).new
    assert manifest.note(str(store)) is None
    (collection / "data" / "harbour-guide.trig").unlink()
    assert "data/harbour-guide.trig is gone" in str(manifest.note(str(store)))


def test_the_store_in_the_collections_own_folder_is_used_while_it_is_fresh(collection: Path) -> None:
    filmgraph.build(collection, collection / "store")
    assert filmgraph.open(collection).store.__class__.__name__ == "EmbeddedStore"
    with (collection / "data" / "tide-weekly.trig").open("a") as file:
        file.write("# one more line\n")
    assert filmgraph.open(collection).store.__class__.__name__ == "CollectionStore"


@pytest.mark.parametrize("kind", ["a file", "a folder", "another store", "a store and a note"])
def test_nothing_that_filmgraph_did_not_build_is_replaced(collection: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    if kind == "a file":
        target.write_text("mine")
    elif kind == "another store":
        ox.Store(str(target)).flush()
    elif kind == "a folder":
        target.mkdir()
        (target / "thesis.txt").write_text("mine")
    else:
        filmgraph.build(collection, target)
        (target / "thesis.txt").write_text("mine")
    before = sorted(path.name for path in target.iterdir()) if target.is_dir() else target.read_text()
    with pytest.raises(StoreUnavailableError) as caught:
        filmgraph.build(collection, target, force=True)
    assert str(target) in str(caught.value)
    assert (sorted(path.name for path in target.iterdir()) if target.is_dir() else target.read_text()) == before


def test_two_builders_do_not_meet(collection: Path, tmp_path: Path) -> None:
    with place.opened(tmp_path / "store"), pytest.raises(StoreUnavailableError, match="Another process is building"):
        filmgraph.build(collection, tmp_path / "store")
    assert filmgraph.build(collection, tmp_path / "store").new


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_a_store_that_a_writer_has_open_is_not_replaced(collection: Path, tmp_path: Path) -> None:
    filmgraph.build(collection, tmp_path / "store")
    code = f"import pyoxigraph as ox; s = ox.Store({str(tmp_path / 'store')!r}); print('ready', flush=True); input()"
    writer = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    with pytest.raises(StoreUnavailableError, match="open for writing"):
        filmgraph.build(collection, tmp_path / "store", force=True)
    writer.communicate("\n", timeout=30)
    assert filmgraph.build(collection, tmp_path / "store", force=True).new


def test_a_store_of_another_version_is_told_and_built_again(collection: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    filmgraph.build(collection, store)
    file = store / MANIFEST
    written = file.read_text()
    file.write_text(written.replace("filmgraph-store 1", "filmgraph-store 99"))
    with pytest.raises(StoreUnavailableError, match="another version"):
        filmgraph.open(store)
    file.write_text(written.replace(f"filmgraph {filmgraph.__version__}", "filmgraph 0.0.0"))
    assert "was built by filmgraph 0.0.0" in str(manifest.note(str(store)))
    file.write_text("nothing of the kind\n")
    with pytest.raises(StoreUnavailableError, match="damaged"):
        filmgraph.open(store)
    assert filmgraph.build(collection, store).new


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("film:x a fg:Film .\n", DataError, "outside a citation"),
        ("film:x fg:about <https://w3id.org/filmgraph/source/x#char=0,5> .\n", DataError, "outside a citation"),
        ("<urn:nowhere#char=0,5> { film:x a fg:Film . }\n", DataError, "not declared"),
        ("<https://w3id.org/filmgraph/source/tide-weekly.bbbbbbbb#char=0,5> { _:x a fg:Film . }\n", DataError, "blank"),
        ("<https://w3id.org/filmgraph/source/tide-weekly.bbbbbbbb#char=0,5> { film:x a \n", RdfSyntaxError, "trig:"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_the_old_store_stays(
    collection: Path, tmp_path: Path, text: str, error: type[Exception], said: str, workers: int
) -> None:
    store = tmp_path / "store"
    build(collection, store)
    before = quads(store)
    prefixes = (collection / "data" / "tide-weekly.trig").read_text().partition("\n<")[0] + "\n"
    (collection / "data" / "wrong.trig").write_text(prefixes + text)
    with pytest.raises(error, match=said):
        build(collection, store, workers=workers)
    assert quads(store) == before
    assert [path.name for path in tmp_path.iterdir() if "building" in path.name] == []


def test_packed_files_are_read(collection: Path, tmp_path: Path) -> None:
    filmgraph.build(collection, tmp_path / "plain")
    path = collection / "data" / "tide-weekly.trig"
    path.with_name("tide-weekly.trig.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    filmgraph.build(collection, tmp_path / "packed")
    assert quads(tmp_path / "packed") == quads(tmp_path / "plain")


def test_zst_files_are_read_or_the_package_is_named(collection: Path, tmp_path: Path) -> None:
    filmgraph.build(collection, tmp_path / "plain")
    path = collection / "data" / "tide-weekly.trig"
    packed = path.with_name("tide-weekly.trig.zst")
    if importlib.util.find_spec("zstandard") is None:
        packed.write_bytes(b"(\xb5/\xfd")
        with pytest.raises(MissingDependencyError, match="zstandard"):
            filmgraph.build(collection, tmp_path / "packed")
        return
    zstandard = pytest.importorskip("zstandard")
    packed.write_bytes(zstandard.compress(path.read_bytes()))
    path.unlink()
    filmgraph.build(collection, tmp_path / "packed")
    assert quads(tmp_path / "packed") == quads(tmp_path / "plain")


def test_a_packed_file_that_is_cut_off_is_told(collection: Path, tmp_path: Path) -> None:
    path = collection / "data" / "tide-weekly.trig"
    path.with_name("more.trig.gz").write_bytes(gzip.compress(path.read_bytes())[:-20])
    with pytest.raises(filmgraph.errors.FileError, match=r"more\.trig\.gz"):
        filmgraph.build(collection, tmp_path / "store")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("readers", ["0", "2"])
def test_a_disk_that_fills_is_told_and_the_old_store_stays(generated: Path, tmp_path: Path, readers: str) -> None:
    store = tmp_path / "store"
    build(generated, store)
    before = quads(store)
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "from filmgraph.cli import main\n"
        f"sys.exit(main(['-C', {str(generated)!r}, 'build', '--force', '--readers', {readers!r},"
        f" '-o', {str(store)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("Error: ")
    assert "cannot be written" in done.stderr
    assert quads(store) == before
    assert [path.name for path in tmp_path.iterdir() if "building" in path.name] == []


def test_a_place_that_cannot_be_written_is_told(collection: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        filmgraph.build(collection, tmp_path / "file" / "store")
