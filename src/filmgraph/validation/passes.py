"""The passes of a check: structure on the merged graph, each source by itself, evidence, questions, texts.

Sources that disagree are information, never a failure.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal, NamedTuple

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from filmgraph.collection.resources import root
from filmgraph.rdf.namespaces import FG, PREFIXES, compact
from filmgraph.rdf.results import Triples
from filmgraph.validation import engine, per_source, reference
from filmgraph.validation.library import Library
from filmgraph.validation.questions import check_questions
from filmgraph.validation.report import Counts, Finding, Report, Severity
from filmgraph.validation.texts import against_texts
from filmgraph.validation.whereabouts import FactFiles, citations_of, labels_of, values_of
from filmgraph.validation.words import finding
from filmgraph.validation.written import other_forms, unread_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from filmgraph.catalogue import Catalogue
    from filmgraph.store.base import Store
    from filmgraph.validation.questions import Answered
    from filmgraph.validation.results import Result
    from filmgraph.validation.shapes import ShapeNode, ShapesGraph

Engine = Literal["auto", "pyshacl", "sparql"]
ENGINES: tuple[Engine, ...] = ("auto", "pyshacl", "sparql")
PYSHACL_UP_TO = 5_000
"""Triples that pySHACL, the reference, checks in less than a second. Compiled queries take less at any size."""
SMALL = 20_000
"""Triples of a collection whose questions are asked, each with its example."""

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_SIZE = f"SELECT (COUNT(*) AS ?count) {{ SELECT ?s {{ ?s ?p ?o }} LIMIT {SMALL + 1} }}"
_SOURCES = f"SELECT (COUNT(DISTINCT ?source) AS ?count) {{ ?source a <{FG}SourceDocument> }}"
_DECLARED = f"SELECT DISTINCT ?term {{ ?term a ?kind . FILTER(STRSTARTS(STR(?kind), '{PREFIXES['owl']}')) }}"


class _Found(NamedTuple):
    """The outcome of a pass: results, the focus nodes of each shape, and what pySHACL had to do."""

    results: list[Result]
    focus_nodes: Mapping[ShapeNode, int]
    by_pyshacl: tuple[tuple[str, str], ...]


def check(
    store: Store,
    *,
    folder: str | None = None,
    engine_name: Engine = "auto",
    sources: Path | None = None,
    catalogue: Catalogue | None = None,
    answered: Answered | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Check a store in three passes, its questions, and all of it against the texts where somebody has them.

    Args:
        store: What is checked.
        folder: The collection whose `shapes/` are applied; by default the store's own, else the bundled one.
        engine_name: `pyshacl` and `sparql` force an engine; `auto` picks by size.
        sources: The folder with the texts of the sources; without it no passage is read.
        catalogue: The questions that are read.
        answered: Asks a question with its example and gives the number of rows; used on small collections.
        progress: Is told what comes next.

    Raises:
        FileError: A shape or a check is wrong.
        UnknownSourceError: There is no folder `sources`.
        StoreError: The store could not answer.
    """
    folder = folder or shapes_home(store)
    library = Library.from_folder(f"{folder}/shapes", store=store)
    size = _count(store, _SIZE)
    small = size <= SMALL
    chosen = engine_name if engine_name != "auto" else "pyshacl" if size <= PYSHACL_UP_TO else "sparql"
    subclasses = engine.subclasses_in(store)
    progress("structure")
    structure = _structure(store, library.structure, subclasses, chosen)
    progress("sources")
    per_source_found = _sources(store, library.sources, subclasses, chosen)
    progress("evidence")
    evidence = _evidence(store, library)
    progress("questions")
    tried = answered if small and catalogue is not None and _is_of(store, catalogue) else None
    questions, wrong = check_questions(catalogue, tried) if catalogue is not None else (0, [])
    progress("texts")
    support, against = against_texts(store, sources) if sources is not None else (None, [])
    counts = Counts(
        shapes=len(library.structure) + len(library.sources),
        focus_nodes=sum(structure.focus_nodes.values()),
        sources=_count(store, _SOURCES),
        checks=len(library.evidence),
        questions=questions,
        passages=support.citations_read if support else 0,
        idle=_idle(structure, library.structure),
        engine=chosen,
        by_pyshacl=structure.by_pyshacl + per_source_found.by_pyshacl,
    )
    findings = [
        *_vacuous(counts),
        *_unknown_targets(store, structure, library.structure),
        *_in_words(store, structure.results, library.structure),
        *_in_words(store, per_source_found.results, library.sources),
        *(*evidence, *wrong, *against),
        *(_written(store, small=small)),
    ]
    return Report(_placed(store, findings, folder), counts, support)


def _evidence(store: Store, library: Library) -> list[Finding]:
    """Run the checks of the evidence, several at a time."""
    with ThreadPoolExecutor(4) as pool:
        return [found for each in pool.map(lambda one: one.findings(store), library.evidence) for found in each]


def _written(store: Store, *, small: bool) -> list[Finding]:
    """Find where the files of the store's collection differ from it; forms are compared in small collections only."""
    folder = store.origin.collection
    if folder is None or not os.path.isdir(f"{folder}/data"):
        return []
    return [*unread_files(folder), *(other_forms(folder) if small else ())]


def shapes_home(store: Store) -> str:
    """The folder of the collection whose shapes apply to a store: its own where it has any, else the bundled one."""
    own = store.origin.collection
    here = own is not None and os.path.isdir(f"{own}/shapes")
    return own if own is not None and here else root()


def _is_of(store: Store, catalogue: Catalogue) -> bool:
    """Whether questions and data are of one collection, so that the examples of the questions are about the data."""
    return catalogue.folder == f"{store.origin.collection}/queries"


def _structure(store: Store, shapes: ShapesGraph, subclasses: Mapping[str, tuple[str, ...]], chosen: Engine) -> _Found:
    plan = engine.plan(shapes, subclasses=subclasses)
    outcome = engine.run(store, plan._replace(checks=[]) if chosen == "pyshacl" else plan)
    results = outcome.results
    if chosen == "pyshacl" or plan.unclaimed:
        triples = store.query(_EVERYTHING)
        if isinstance(triples, Triples):
            only = None if chosen == "pyshacl" else plan.unclaimed
            results = [*results, *reference.validate(triples.triples, shapes, only=only)]
    reasons = {} if chosen == "pyshacl" else plan.unclaimed
    return _Found(
        list(dict.fromkeys(results)),
        outcome.focus_nodes,
        tuple((shapes.name(node), reason) for node, reason in reasons.items()),
    )


def _sources(store: Store, shapes: ShapesGraph, subclasses: Mapping[str, tuple[str, ...]], chosen: Engine) -> _Found:
    if chosen == "pyshacl":
        return _Found(list(dict.fromkeys(per_source.by_pyshacl(store, shapes))), {}, ())
    results, unclaimed = per_source.by_queries(store, shapes, subclasses=subclasses)
    if unclaimed:
        results += per_source.by_pyshacl(store, shapes, only=set(unclaimed))
    reasons = tuple((compact(node.strip("<>")), reason) for node, reason in unclaimed.items())
    return _Found(list(dict.fromkeys(results)), {}, reasons)


def _in_words(store: Store, results: list[Result], shapes: ShapesGraph) -> list[Finding]:
    citations, values = citations_of(store, results), values_of(store, results)
    return [
        found._replace(citations=where, value=found.value or value)
        for found, where, value in zip((finding(result, shapes) for result in results), citations, values, strict=True)
    ]


def _placed(store: Store, findings: Iterable[Finding], folder: str) -> tuple[Finding, ...]:
    """Findings with labels and files, worst first, each once."""
    unique = list(dict.fromkeys(findings))
    labels = labels_of(store, [found.node for found in unique if found.node and not found.label])
    files = FactFiles(folder if folder == store.origin.collection or folder == root() else None)
    placed = [
        found._replace(
            label=found.label or labels.get(found.node or ""),
            file=found.file or next((place for iri in found.citations if (place := files.place(iri))), None),
        )
        for found in unique
    ]
    return tuple(sorted(placed, key=_order))


def _order(found: Finding) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    texts = (found.shape, found.message, *(part or "" for part in (found.node, found.property, found.value)))
    return found.severity.rank, texts[:2], (found.citations[0] if found.citations else "", *texts[2:])


def _idle(found: _Found, shapes: ShapesGraph) -> tuple[str, ...]:
    names = (shapes.name(shape.node) for shape in shapes.roots() if found.focus_nodes.get(shape.node) == 0)
    return tuple(sorted(name for name in names if not name.startswith(("fgs:domain-", "fgs:range-"))))


def _vacuous(counts: Counts) -> list[Finding]:
    """A check that found nothing to check must not pass for one that found nothing wrong."""
    if counts.shapes and counts.focus_nodes:
        return []
    what = "There are no shapes." if not counts.shapes else "No shape applies to anything in this data."
    advice = "Is it the right collection, and does it use filmgraph's classes and properties?"
    return [Finding(Severity.VIOLATION, f"Nothing was checked. {what}", advice, "check")]


def _unknown_targets(store: Store, found: _Found, shapes: ShapesGraph) -> list[Finding]:
    """Shapes that wait for a class or property that the ontology does not know: misspelt, most likely."""
    idle = [shape for shape in shapes.roots() if found.focus_nodes.get(shape.node) == 0]
    if not idle:
        return []
    declared = {row["term"].value for row in engine.bindings(store, _DECLARED) if isinstance(row["term"], NamedNode)}
    return [
        Finding(
            Severity.WARNING,
            f"A shape is for {compact(target.node.value)}, which the ontology does not define.",
            "Correct the target of the shape, or add the term to the ontology.",
            shapes.name(shape.node),
        )
        for shape in idle
        for target in shape.targets
        if declared
        and target.kind != "targetNode"
        and target.node.value not in declared
        and target.node.value.startswith(FG)
    ]


def _count(store: Store, text: str) -> int:
    value = engine.bindings(store, text)[0]["count"]
    return int(value.value) if isinstance(value, RdfLiteral) else 0
