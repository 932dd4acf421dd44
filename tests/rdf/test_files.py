from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import parse as parse_with_engine

from filmgraph.errors import FileError, RdfSyntaxError
from filmgraph.rdf.files import FORMATS, line_of, parse, serialise
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

TRIPLE = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("é", language="fr"))


def refused(path: Path, content: bytes) -> RdfSyntaxError:
    path.write_bytes(content)
    with pytest.raises(RdfSyntaxError) as caught:
        list(parse(path))
    return caught.value


@pytest.mark.parametrize("ending", FORMATS)
def test_each_ending_is_read_packed_or_not(tmp_path: Path, ending: str) -> None:
    content = serialise([TRIPLE], FORMATS[ending])
    plain, packed = tmp_path / f"a.{ending}", tmp_path / f"a.{ending}.gz"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    assert [quad.triple for quad in parse(plain)] == [TRIPLE]
    assert [quad.triple for quad in parse(packed)] == [TRIPLE]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<urn:s> <urn:p> <urn:o> .\n<urn:s> !", ":2:9: "),
        ("a.ttl", b'<urn:s>\n <urn:p> "open', ":2:10: Unexpected end of file."),
        ("a.trig", b"<urn:g> { <urn:s> <urn:p> <urn:o>", ":1:34: "),
        ("a.nq", b"<urn:s> <urn:p> <urn:o", ":1:17: Unexpected end of file."),
        ("a.nt", b"<urn:s> <urn:p> <urn:o> <urn:g> .\n", ":1:"),
        (
            "a.ttl",
            b'# f\xc3\xbcr\n<urn:s> <urn:p> "caf\xe9" .\n',
            ":2:21: The file is not UTF-8: byte 0xE9 cannot stand here.",
        ),
        ("a.ttl", b"# \xc3\xbc\xff only a comment\n", ":1:4: The file is not UTF-8: byte 0xFF cannot stand here."),
        ("a.rdf", b"\xff\xfe<\0r\0", ":1:1: The file is not UTF-8: byte 0xFF cannot stand here."),
        ("a.jsonld", b'{"@id": "urn:s",\n "urn:p": }', ":2:11: "),
        (
            "a.jsonld",
            b'{\n"@context": "https://example.org/c",\n"@id": "urn:s"}',
            ":2:1: The file names a JSON-LD context",
        ),
        ("a.rdf", b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n<rdf:Desc", ":2:1"),
        ("a.rdf", b"<a:b/>", ":1:"),
    ],
)
def test_what_is_wrong_is_placed_in_the_file(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    assert str(refused(path, content)).startswith(f"{path}{message}")


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [<!ENTITY a "lol">]>\n<rdf:RDF/>',
        b"<!doctype x><x/>",
        b'<x><!ENTITY a "lol"></x>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><!DOCTYPE x [<!ENTITY a "b">]></rdf:RDF>',
    ],
)
def test_entities_are_refused_wherever_they_stand(tmp_path: Path, content: bytes) -> None:
    error = refused(tmp_path / "a.rdf", content)
    assert error.message.endswith("RDF/XML that declares a document type or entities is not read.")
    assert error.line is not None


def test_a_bomb_of_entities_takes_no_time(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    content = f'<!DOCTYPE r [{entities}]>\n<r xmlns:x="urn:x:"><x:p>&e11;</x:p></r>'
    assert refused(tmp_path / "a.rdf", content.encode()).line == 1


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "rdf", "jsonld"])
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"\xef\xbb\xbf" + serialise([TRIPLE], FORMATS[ending]))
    assert [quad.triple for quad in parse(path)] == [TRIPLE]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"[ " * 100_000),
        ("a.ttl", b"(" * 100_000),
        ("a.ttl", b"<urn:a> <urn:b> " + b"<< " * 50_000),
        ("a.jsonld", b'{"@graph":' * 100_000),
        ("a.rdf", b"<a>" * 100_000),
    ],
    ids=["blank", "list", "triple", "object", "element"],
)
def test_nesting_without_end_is_an_error_like_any_other(tmp_path: Path, name: str, content: bytes) -> None:
    refused(tmp_path / name, content)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"a\.ttl: The file cannot be read: No such file or directory\."):
        list(parse(tmp_path / "a.ttl"))
    (tmp_path / "b.ttl").mkdir()
    with pytest.raises(FileError, match=r"b\.ttl: The file cannot be read: Is a directory\."):
        list(parse(tmp_path / "b.ttl"))


def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="names no RDF format") as caught:
        parse(tmp_path / "a.doc")
    assert "jsonld" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "content", [b"not packed", gzip.compress(b"<urn:s> <urn:p> <urn:o> .\n" * 99, mtime=0)[:-20]], ids=["other", "cut"]
)
def test_a_broken_packed_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.nt.gz"
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"a\.nt\.gz: "):
        list(parse(path))


def test_a_quad_is_found_in_its_line() -> None:
    data = b"@prefix x: <urn:x:> .\n\nx:a x:b x:c ;\n  x:d x:e .\n# end\nx:f x:g\n x:h .\n"
    for name, line in (("c", 3), ("e", 4), ("h", 7)):
        wanted = NamedNode(f"urn:x:{name}")
        assert line_of(data, RdfFormat.TURTLE, lambda quad, wanted=wanted: quad.object == wanted) == line  # type: ignore[misc]
    assert line_of(data, RdfFormat.TURTLE, lambda _: False) is None


IRIS = st.sampled_from(
    [f"{PREFIXES[prefix]}{local}" for prefix in ("fg", "film", "id") for local in ("a", "b/c", "d.e")]
)
NODES = IRIS.map(NamedNode)
LITERALS = st.one_of(
    st.text(max_size=5).map(Literal),
    st.text(max_size=5).map(lambda text: Literal(text, language="en")),
    st.integers().map(Literal),
)
QUADS = st.lists(st.builds(Quad, NODES, NODES, st.one_of(NODES, LITERALS), NODES), max_size=8)


@given(QUADS, st.randoms())
def test_the_same_quads_give_the_same_text(quads: list[Quad], random: object) -> None:
    shuffled = quads + quads[:2]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for rdf_format in (RdfFormat.TRIG, RdfFormat.N_QUADS):
        text = serialise(quads, rdf_format)
        assert serialise(shuffled, rdf_format) == text
        assert set(parse_with_engine(text, rdf_format)) == set(quads)


@given(QUADS)
def test_only_prefixes_that_are_used_are_declared(quads: list[Quad]) -> None:
    text = serialise(quads, RdfFormat.TRIG).decode()
    declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")}
    body = "\n".join(line for line in text.splitlines() if not line.startswith("@prefix"))
    assert all(prefix in body for prefix in declared)


# Two statements in each format that can be read, the second of which a cut may take away.
TWO = [
    Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("é\nü", language="fr"), NamedNode("urn:g")),
    Quad(NamedNode("urn:t"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode("urn:g")),
]
BY_LINE = {"nt", "nq", "ttl"}
"""Formats in which every statement ends for itself: a file cut between two is a file of fewer."""


def two(ending: str) -> bytes:
    rdf_format = FORMATS[ending]
    return serialise(TWO if rdf_format.supports_datasets else [quad.triple for quad in TWO], rdf_format)


@pytest.mark.parametrize("ending", FORMATS)
def test_no_file_cut_off_anywhere_passes_for_a_whole_one(tmp_path: Path, ending: str) -> None:
    content = two(ending).rstrip()
    path = tmp_path / f"a.{ending}"
    cut = range(1, len(content)) if ending in BY_LINE else range(content.index(b"urn:s") + 5, len(content) - 1)
    for length in cut:
        path.write_bytes(content[:length])
        try:
            found = list(parse(path))
        except RdfSyntaxError:
            continue
        assert ending in BY_LINE, f"cut after {length} of {len(content)} bytes"
        assert content[:length].rstrip().endswith(b".") or not found


@pytest.mark.parametrize("packed", ["gz", "zst"])
@pytest.mark.parametrize("ending", FORMATS)
def test_no_packed_file_cut_off_anywhere_is_read(tmp_path: Path, ending: str, packed: str) -> None:
    content = _packed(two(ending), packed)
    path = tmp_path / f"a.{ending}.{packed}"
    for length in range(len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(FileError, match=rf"a\.{ending}\.{packed}: "):
            list(parse(path))
    path.write_bytes(content)
    assert len(list(parse(path))) == len(TWO)


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_packed_files_may_be_joined_but_nothing_else_may_follow(tmp_path: Path, packed: str) -> None:
    first, second = (_packed(f"<urn:s> <urn:p> <urn:{name}> .\n".encode() * 50_000, packed) for name in "ab")
    path = tmp_path / f"a.nt.{packed}"
    path.write_bytes(first + second)
    assert len(list(parse(path))) == 100_000
    for rubbish in (b"rubbish after the end", second[:9], second[:-1]):
        path.write_bytes(first + rubbish)
        with pytest.raises(FileError, match=rf"a\.nt\.{packed}: "):
            list(parse(path))


def _packed(content: bytes, packed: str) -> bytes:
    if packed == "gz":
        return gzip.compress(content, mtime=0)
    made: bytes = pytest.importorskip("zstandard").ZstdCompressor(write_checksum=True).compress(content)
    return made
