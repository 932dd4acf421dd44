"""Turtle for people: prefixes by name, one block for each subject, and one thing told in the order of a record.

The text is made of sorted N-Triples lines, so a whole collection is written without being held in memory
(`RDF 1.1 Turtle, 2.3 <https://www.w3.org/TR/turtle/#object-lists>`_: lists of predicates and objects).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.exporters.linked.terms import Translated, batches, in_turtle
from filmgraph.rdf.namespaces import BASE, FG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TYPE = f"<{PREFIXES['rdf']}type>"
_WIDTH = 120
_PLACES = {
    f"<{PREFIXES[prefix]}{name}>": place
    for place, (prefix, name) in enumerate(
        (
            ("rdf", "type"),
            ("rdfs", "label"),
            ("skos", "prefLabel"),
            ("dcterms", "title"),
            ("fg", "titleText"),
            ("fg", "title"),
            ("fg", "name"),
            ("fg", "date"),
        )
    )
}
_LATER = len(_PLACES)
_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Titles", ("Title",)),
    ("Versions and parts", ("Version", "Part")),
    ("Credits", ("Credit",)),
    ("How it was made", ("Production",)),
    (
        "Screenings, releases and broadcasts",
        ("Screening", "TheatricalRelease", "Broadcast", "StreamingWindow", "HomeVideoRelease", "PublicationEvent"),
    ),
    ("Awards", ("AwardResult", "Award", "EventEdition", "EventSeries")),
    ("Ratings, reviews, interviews and remarks", ("Rating", "Review", "Interview", "Remark")),
    ("Figures", ("Figure",)),
    ("Events and lives", ("Event", "HistoricEvent", "LifeEvent", "Journey", "Residence", "Employment")),
    ("Films", ("Film",)),
    ("People, groups and organisations", ("Person", "Group", "Organisation", "Agent")),
    ("Places", ("Place",)),
)
_OTHER = len(_SECTIONS) + 1
_VOCABULARY, _DOCUMENTS, _PASSAGES = _OTHER + 1, _OTHER + 2, _OTHER + 3
_HEADINGS = {rank: heading for rank, (heading, _) in enumerate(_SECTIONS, start=1)} | {
    _OTHER: "Other things",
    _VOCABULARY: "Vocabulary",
    _DOCUMENTS: "Documents",
    _PASSAGES: "Passages",
}
_RANKS = (
    {f"<{FG}{name}>": rank for rank, (_, names) in enumerate(_SECTIONS, start=1) for name in names}
    | {f"<{FG}SourceDocument>": _DOCUMENTS, f"<{FG}Citation>": _PASSAGES}
    | {f"<{PREFIXES['skos']}{name}>": _VOCABULARY for name in ("Concept", "ConceptScheme")}
    | {f"<{PREFIXES['owl']}{name}>": _VOCABULARY for name in ("Class", "ObjectProperty", "DatatypeProperty")}
)
_SELECTORS = f"<{BASE}id/selector/"
CLAIMS_HEADING = "Who says so: each claim is one fact, and names the passages that state it"


class _Pair(NamedTuple):
    """A predicate as N-Triples writes it, and it and an object as Turtle writes them."""

    predicate: str
    name: str
    value: str


def header(prefixes: Mapping[str, str]) -> Iterator[str]:
    r"""The declarations of the prefixes, by name.

    >>> "".join(header({"b": "urn:b:", "a": "urn:a:"}))
    '@prefix a: <urn:a:> .\n@prefix b: <urn:b:> .\n'
    """
    for prefix, namespace in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n"


def heading(text: str) -> str:
    """A comment that stands before the blocks of a section."""
    return f"\n# {text}\n"


def blocks(triple_lines: Iterable[str], prefixes: dict[str, str]) -> Iterator[str]:
    """One block for each subject, in the order of the lines.

    Args:
        triple_lines: N-Triples lines, those of one subject side by side, in order.
        prefixes: The prefixes that were declared.
    """
    short = Translated(lambda terms: in_turtle(terms, prefixes))
    last, name = "", ""
    pairs: list[_Pair] = []
    for batch in batches(triple_lines):
        cut = [line[:-3].split(" ", 2) for line in batch]
        text = short.of(term for terms in cut for term in terms)
        for subject, predicate, value in cut:
            if subject != last:
                if pairs:
                    yield _block(name, pairs)
                last, name, pairs = subject, text[subject], []
            pairs.append(_Pair(predicate, text[predicate], text[value]))
    if pairs:
        yield _block(name, pairs)


def _block(subject: str, pairs: list[_Pair]) -> str:
    parts: list[str] = []
    for predicate, group in groupby(sorted(pairs, key=_place), key=lambda pair: pair.predicate):
        each = list(group)
        name = "a" if predicate == _TYPE else each[0].name
        together = ", ".join([pair.value for pair in each])
        if len(each) > 1 and len(name) + len(together) > _WIDTH:
            together = "\n        " + ",\n        ".join([pair.value for pair in each])
            parts.append(f"{name}{together}")
        else:
            parts.append(f"{name} {together}")
    body = " ;\n    ".join(parts)
    return f"\n{subject} {body} .\n"


def _place(pair: _Pair) -> tuple[int, str]:
    return _PLACES.get(pair.predicate, _LATER), pair.predicate


def record(
    triple_lines: Iterable[str], prefixes: dict[str, str], thing: str, *, headings: bool = True
) -> Iterator[str]:
    """The blocks of one thing's export in the order of a record: the thing first, vocabulary and documents last.

    Args:
        triple_lines: N-Triples lines in order. They are held in memory.
        prefixes: The prefixes that were declared.
        thing: The IRI of the thing.
        headings: Name each section in a comment.
    """
    ranked: dict[int, list[str]] = {}
    for subject, group in groupby(triple_lines, key=lambda line: line.partition(" ")[0]):
        own = list(group)
        ranked.setdefault(0 if subject == f"<{thing}>" else _rank(subject, own), []).extend(own)
    for rank, lines in sorted(ranked.items()):
        if rank and headings:
            yield heading(_HEADINGS[rank])
        yield from blocks(lines, prefixes)


def _rank(subject: str, lines: list[str]) -> int:
    if subject.startswith(_SELECTORS):
        return _PASSAGES
    types = [line[:-3].split(" ", 2)[2] for line in lines if line.split(" ", 2)[1] == _TYPE]
    return min((_RANKS[one] for one in types if one in _RANKS), default=_OTHER)
