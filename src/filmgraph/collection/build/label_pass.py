"""The second pass of a build: labels and folded titles, made bucket by bucket from the notes.

Notes lie in buckets by subject, and one bucket at a time is in memory. What all buckets need to know of each other is
kept besides: the names of things that have one, and the labels of things that others are called after.
"""

from __future__ import annotations

import marshal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.collection.build.derived_text import BUCKETS, folded_quad
from filmgraph.collection.build.label_notes import noted
from filmgraph.collection.labels import PLURAL, SINGULAR, Labels, Properties, best_name, literal, slot_values
from filmgraph.files.name_index import write
from filmgraph.rdf.namespaces import DERIVED_GRAPH, FG, PREFIXES
from filmgraph.store import NAMES
from filmgraph.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = 200_000
_LABEL = f"<{PREFIXES['rdfs']}label>"
_TITLE = f"<{FG}title>"
_TITLE_TEXT = f"<{FG}titleText>"
_DERIVED = f"<{DERIVED_GRAPH}>"


class _LaterError(Exception):
    """A label depends on a node of another bucket, which is not known yet."""


class _Bucket(Labels):
    """The labels of one bucket, with access to the names of all."""

    def __init__(self, values: dict[str, Properties], names: dict[str, str], units: dict[str, Properties]) -> None:
        super().__init__(values)
        self._names = names
        self._units = units

    def forms(self, unit: str) -> Properties:
        return self._units.get(unit, {})

    def own_name(self, node: str) -> str | None:
        return self._names.get(node)

    def elsewhere(self, node: str) -> str | None:
        name = self._names.get(node)
        if name is None:
            raise _LaterError
        return name


class _Rest(_Bucket):
    """The labels that depend on other buckets, made once the names of all are known."""

    def __init__(
        self, values: dict[str, Properties], names: dict[str, str], units: dict[str, Properties], made: dict[str, str]
    ) -> None:
        super().__init__(values, names, units)
        self._made = made

    def elsewhere(self, node: str) -> str | None:
        return self._names.get(node) or self._made.get(node)


def label(folder: str) -> Iterator[bytes]:
    """Yield labels and folded titles as N-Quads in batches, each also in the default graph.

    Args:
        folder: Where the notes lie. The index of all names is written there too.

    Raises:
        OSError: A file cannot be read or written.
    """
    names, titled, titles, wanted, units = _first_pass(folder)
    pending: list[str] = []
    with Path(folder, "titles.names").open("w", encoding="utf-8") as file:
        for node, its in titled.items():
            pairs = [pair for title in its for pair in titles.get(title, {}).items()]
            if node not in names and (name := best_name(pairs)) is not None:
                names[node] = name
            for folded in {fold(literal(text).value) for text, _ in pairs if text.startswith('"')}:
                file.write(f"{folded}\n")
                pending.append(folded_quad(node, folded))
    del titled, titles
    for line in _labels(folder, names, wanted, units):
        pending.append(line)
        if len(pending) >= _LINES:
            yield _both(pending)
            pending = []
    if pending:
        yield _both(pending)
    _index(folder)


def _index(folder: str) -> None:
    """Merge the names of all parts into one index."""
    names: set[str] = set()
    for path in sorted(Path(folder).glob("*.names")):
        names.update(path.read_text(encoding="utf-8").split("\n"))
    names.discard("")
    with Path(folder, NAMES).open("wb") as file:
        write(names, file)


class _Noted(NamedTuple):
    """The data that buckets share with each other."""

    names: dict[str, str]
    titled: dict[str, list[str]]
    """Nodes and their titles."""
    titles: dict[str, dict[str, int]]
    """Titles and their texts."""
    wanted: set[str]
    """The nodes that others are called after."""
    units: dict[str, Properties]
    """The labels of units for one and for several."""


def _first_pass(folder: str) -> _Noted:
    names: dict[str, str] = {}
    titled: dict[str, list[str]] = {}
    titles: dict[str, dict[str, int]] = {}
    wanted: set[str] = set()
    units: dict[str, Properties] = {}
    for bucket in range(BUCKETS):
        labels = Labels(_merged(folder, bucket))
        for node, properties in labels.values.items():
            its = [title for title in properties.get(_TITLE, ()) if title.startswith("<")]
            if _TITLE_TEXT in properties:
                titles[node] = properties[_TITLE_TEXT]
            if its and node.startswith("<"):
                titled[node] = its
            forms = {key: properties[key] for key in (SINGULAR, PLURAL) if key in properties}
            if forms:
                units[node] = forms
            name = labels.direct_name(node)
            if name is not None:
                names[node] = name
            else:
                wanted.update(slot_values(properties))
        Path(folder, f"{bucket}.merged").write_bytes(marshal.dumps(labels.values))
    return _Noted(names, titled, titles, wanted, units)


def _merged(folder: str, bucket: int) -> dict[str, Properties]:
    """Merge the notes of a bucket."""
    values: dict[str, Properties] = {}
    for path in sorted(Path(folder).glob(f"*.{bucket}.notes")):
        for notes in noted(path):
            for subject, properties in notes.items():
                known = values.setdefault(subject, properties)
                if known is not properties:
                    _add(known, properties)
        path.unlink()
    return values


def _add(known: Properties, more: Properties) -> None:
    for predicate, counts in more.items():
        total = known.setdefault(predicate, counts)
        if total is not counts:
            for value, count in counts.items():
                total[value] = total.get(value, 0) + count


def _labels(folder: str, names: dict[str, str], wanted: set[str], units: dict[str, Properties]) -> Iterator[str]:
    """Yield a line for each label, without its end."""
    later: dict[str, Properties] = {}
    made: dict[str, str] = {}
    for bucket in range(BUCKETS):
        path = Path(folder, f"{bucket}.merged")
        values: dict[str, Properties] = marshal.loads(path.read_bytes())  # noqa: S302 -- written by the first pass
        path.unlink()
        labels = _Bucket(values, names, units)
        for node, properties in values.items():
            try:
                found = labels.label(node)
            except _LaterError:
                later[node] = properties
                continue
            if found is not None:
                if node in wanted and node not in names:
                    made[node] = found
                yield from _line(node, properties, found)
    rest = _Rest(later, names, units, made)
    for node, properties in later.items():
        yield from _line(node, properties, rest.label(node))


def _line(node: str, properties: Properties, found: str | None) -> Iterator[str]:
    if found is not None and _LABEL not in properties and not node.startswith(("_:", "<<")):
        yield f"{node} {_LABEL} {found} {_DERIVED}"


def _both(lines: list[str]) -> bytes:
    return " .\n".join([*lines, *[line.rpartition(" ")[0] for line in lines], ""]).encode()
