"""What every test can use."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from pyoxigraph import NamedNode

from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]

# The test command tries the same examples every time and anywhere, however busy the machine is.
# tests/fuzz.py looks for new ones; what it finds becomes an example of its test.
settings.register_profile("same", derandomize=True, database=None, deadline=None, print_blob=True)
settings.register_profile("fuzz", max_examples=500, derandomize=False, database=None, deadline=None, print_blob=True)
settings.load_profile("fuzz" if os.environ.get("FILMGRAPH_FUZZ") else "same")

# A shell starts what runs in the background with Ctrl-C ignored, and so would be all that the tests start.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew, to be read by eye.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], bytes]:
    """What a golden file of tests/golden holds; with --update-golden it is first given what was made now."""

    def expected(name: str, made: bytes) -> bytes:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
        return path.read_bytes()

    return expected


@pytest.fixture(autouse=True, scope="session")
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the cache of who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FILMGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents, standards and test suites that lies beside a developer's checkout."""
    folder = Path(os.environ.get("FILMGRAPH_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.name} beside the checkout, and FILMGRAPH_SHARED names none")
    return folder


SOURCE_A = "https://w3id.org/filmgraph/source/harbour-guide.aaaaaaaa"
SOURCE_B = "https://w3id.org/filmgraph/source/tide-weekly.bbbbbbbb"

PREFIX_LINES = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()) + "\n"

SOURCES = f"""
<{SOURCE_A}> a fg:SourceDocument ; dcterms:title "Harbour Guide"@en ; fg:charLength 5000 .
<{SOURCE_B}> a fg:SourceDocument ; dcterms:title "Tide Weekly"@en ; fg:charLength 5000 .
"""

REFERENCE = """
rel:fmd a skos:Concept ; skos:prefLabel "film director"@en ; rdfs:label "film director"@en .
country:DK a fg:Place ; rdfs:label "Denmark"@en .
"""

FACTS_A = f"""
<{SOURCE_A}#char=10,60> {{
  film:night-ferry a fg:Film ; fg:title <https://w3id.org/filmgraph/id/title/night-ferry/en/1> .
  <https://w3id.org/filmgraph/id/title/night-ferry/en/1> a fg:Title ; fg:titleText "Night Ferry"@en .
  <https://w3id.org/filmgraph/id/credit/night-ferry/ada-holm/fmd> a fg:Credit ;
    fg:film film:night-ferry ; fg:agent person:ada-holm ; fg:role rel:fmd .
  person:ada-holm a fg:Person ; fg:name "Ada Holm"@en .
}}
<{SOURCE_A}#char=100,160> {{
  <https://w3id.org/filmgraph/id/release/night-ferry/cinema/DK> a fg:TheatricalRelease ;
    fg:film film:night-ferry ; fg:territory country:DK ; fg:date "2011-03"^^edtf:EDTF .
}}
"""

FACTS_B = f"""
<{SOURCE_B}#char=0,40> {{
  film:night-ferry a fg:Film ; fg:title <https://w3id.org/filmgraph/id/title/night-ferry/zh/1> .
  <https://w3id.org/filmgraph/id/title/night-ferry/zh/1> a fg:Title ; fg:titleText "夜渡"@zh .
  <https://w3id.org/filmgraph/id/credit/night-ferry/ada-holm/fmd> a fg:Credit ;
    fg:film film:night-ferry ; fg:agent person:ada-holm ; fg:role rel:fmd .
  person:ada-holm a fg:Person ; fg:name "Ada Holm"@en , "Åda Hølm"@da .
}}
<{SOURCE_B}#char=50,90> {{
  person:ada-holm a fg:Person ; fg:name "Ada Holm"@en .
}}
graph:citations {{ <{SOURCE_B}#char=50,90> fg:accordingTo person:ada-holm . }}
"""


def written(root: Path, files: dict[str, str]) -> Path:
    """Write a small collection about an invented film; given files replace or add to its own."""
    contents = {
        "data/sources.ttl": SOURCES,
        "data/reference.ttl": REFERENCE,
        "data/harbour-guide.trig": FACTS_A,
        "data/tide-weekly.trig": FACTS_B,
    } | files
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIX_LINES + content, encoding="utf-8")
    return root


@pytest.fixture
def collection_of(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write a small collection about an invented film; given files replace or add to its own."""
    return lambda files: written(tmp_path / "collection", files)


@pytest.fixture
def collection(collection_of: Callable[[dict[str, str]], Path]) -> Path:
    """A small collection about an invented film, stated by two sources."""
    return collection_of({})


@pytest.fixture(scope="session")
def ontology() -> set[str]:
    """The IRIs of the terms that the ontology defines."""
    return {
        quad.subject.value
        for quad in parse(ROOT / "ontology" / "filmgraph.ttl")
        if isinstance(quad.subject, NamedNode) and quad.predicate.value == PREFIXES["rdfs"] + "label"
    }
