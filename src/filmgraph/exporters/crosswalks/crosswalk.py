"""A crosswalk: a format that one SPARQL CONSTRUCT expresses, with front matter that says what it is.

``summary``, ``media_type``, ``endings``, ``keeps`` and ``loses`` are those of `Exporter`.
``syntax`` is ``turtle``, or ``json`` for nested JSON-LD, which needs ``context`` (what the file says) and
``vocabulary`` (the namespace that it means). ``carries`` names classes whose nodes go into the format as text, so that
they are not reported as lost; ``lost`` maps what else is lost, in words with ``*`` for the plural's s, to a graph
pattern that finds each ``?lost``. ``$film`` is bound to the film that is exported.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.catalogue.header import Header
from filmgraph.collection.resources import root
from filmgraph.errors import FileError, FrontMatterError, QueryError
from filmgraph.exporters.crosswalks import tree
from filmgraph.exporters.crosswalks.view import rules, view
from filmgraph.exporters.film import extract
from filmgraph.exporters.film.exporter import Exporter, Loss
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.linked.ordered_rdf import turtle
from filmgraph.files.sorted_lines import kept, sorted_lines
from filmgraph.rdf.files import used_prefixes
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import Solutions, Triples, rows
from filmgraph.sparql.parameters import template
from filmgraph.sparql.query import parse
from filmgraph.sparql.refusals import refuse
from filmgraph.text.nearest import nearest
from filmgraph.text.utf8 import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filmgraph.exporters.crosswalks.view import FilmView
    from filmgraph.exporters.film.exporter import Request
    from filmgraph.rdf.results import Truth
    from filmgraph.sparql.template import Template

_REQUIRED = ("summary", "media_type", "endings", "keeps", "loses", "syntax")
_KEYS = (*_REQUIRED, "context", "vocabulary", "carries", "lost")
_SYNTAXES = ("turtle", "json")


class Crosswalk(NamedTuple):
    """A file of ``queries/export``, read and checked."""

    fields: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    lost: dict[str, Template]
    template: Template
    prefixes: dict[str, str]

    def write(self, request: Request, out: IO[bytes]) -> list[Loss]:
        """Write the export of one film or of all, and give what the format has no place for."""
        losses = _Losses(self.lists["carries"])
        lines = self._lines(request, losses)
        if self.fields["syntax"] == "json":
            tree.write(extract.triples(lines), films(request), out, self.fields["context"], self.fields["vocabulary"])
        else:
            with kept(sorted_lines(lines)) as ordered:
                prefixes = used_prefixes(extract.parsed_triples(ordered), PREFIXES | self.prefixes)
                ordered.seek(0)
                text = turtle(ordered, prefixes, request.thing or "", headings=False)
                out.writelines(part.encode() for part in text)
        return losses.found()

    def _lines(self, request: Request, losses: _Losses) -> Iterator[str]:
        ontology = rules()
        for film in films(request):
            seen = view(request, film, ontology)
            result = seen.store.query(self.template.bind({"film": ox.NamedNode(film)}))
            assert isinstance(result, Triples)  # noqa: S101 -- it was read as a CONSTRUCT
            losses.add(seen, result.triples)
            for what, pattern in self.lost.items():
                losses.count(what, _number(seen.store.query(pattern.bind({"film": ox.NamedNode(film)}))))
            for triple in result.triples:
                yield f"{triple} .\n"


class _Losses:
    """Counts what the query did not take up."""

    def __init__(self, carries: Iterable[str]) -> None:
        self._carries = frozenset(carries)
        self._counts: dict[str, int] = {}

    def add(self, seen: FilmView, triples: Iterable[ox.Triple]) -> None:
        """Take notice of one film: the nodes about it, the values that lost, and what was written."""
        written = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
        for name, nodes in seen.about.items():
            if name not in self._carries:
                self.count(_in_words(name), len(nodes - written))
        for name, number in seen.losers.items():
            self.count(f"other value* of {name}", number)
        self.count("citation*", seen.citations)

    def count(self, what: str, number: int) -> None:
        """Take notice of something else."""
        if number:
            self._counts[what] = self._counts.get(what, 0) + number

    def found(self) -> list[Loss]:
        """Count the losses by name."""
        return [
            Loss(number, what.replace("*", "" if number == 1 else "s")) for what, number in sorted(self._counts.items())
        ]


def folders(collection: str = "") -> list[str]:
    """Where crosswalks lie: in the collection that is named, and in the bundled one."""
    return [f"{place}/queries/export" for place in dict.fromkeys((collection, root())) if place]


def paths(collection: str = "") -> dict[str, str]:
    """The file of every crosswalk, by the name of its format; a collection's own come before bundled ones."""
    found: dict[str, str] = {}
    for folder in folders(collection):
        try:
            files = sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for file in files:
            if file.endswith(".rq") and not file.startswith("."):
                found.setdefault(file[:-3], f"{folder}/{file}")
    return found


def load(name: str, path: str) -> Exporter:
    """The export format that a file describes.

    Raises:
        FrontMatterError: Its header is wrong.
        FileError: It cannot be read, or is no CONSTRUCT.
    """
    crosswalk = _read(path)
    fields = crosswalk.fields
    return Exporter(
        name=name,
        summary=fields["summary"],
        media_type=fields["media_type"],
        endings=crosswalk.lists["endings"],
        keeps=fields["keeps"],
        loses=fields["loses"],
        write=accounted(crosswalk.write),
        per_film=True,
    )


def _read(path: str) -> Crosswalk:
    try:
        with open(path, "rb") as file:
            text = decoded(file.read(), path)
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
    header = Header(text, path)
    fields, lists, patterns = _header(header)
    try:
        query = parse(text)
        refuse(query)
        found = template(query)
        prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in query.prefixes.items())
        counting = f"{prologue}SELECT (COUNT(DISTINCT ?lost) AS ?number) WHERE"
        lost = {what: template(f"{counting} {{ {pattern} }}") for what, pattern in patterns.items()}
    except QueryError as error:
        message = error.message.removeprefix(f"Line {error.line}, column {error.column}: ")
        raise FileError(message, path=path, line=error.line, column=error.column, hint=error.hint) from error
    if query.form != "construct":
        raise FileError("A crosswalk is a CONSTRUCT.", path=path)
    if found.names != ("film",):
        raise FileError("A crosswalk has one parameter, $film.", path=path)
    return Crosswalk(fields, lists, lost, found, query.prefixes)


def _header(header: Header) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, str]]:
    entries = header.root.by_key
    for name, entry in entries.items():
        if name not in _KEYS:
            near = nearest(name, _KEYS, count=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(_KEYS)}."
            raise header.error(f"Unknown key '{name}'.", entry.key, hint=hint)
    for name in _REQUIRED:
        if name not in entries:
            raise header.error(f"The front matter has no {name}.", header.root.node, hint=f"Add the line #+ {name}: …")
    lists = {
        name: tuple(header.text(item, of=f"'{name}'") for item in header.items(entries[name].value, of=f"'{name}'"))
        if name in entries
        else ()
        for name in ("endings", "carries")
    }
    lost = header.entries(entries["lost"].value, of="'lost'").by_key if "lost" in entries else {}
    patterns = {what: header.text(entry.value, of=f"'{what}'") for what, entry in lost.items()}
    fields = {
        name: header.text(entry.value, of=f"'{name}'")
        for name, entry in entries.items()
        if name not in lists and name != "lost"
    }
    _check(header, fields)
    return fields, lists, patterns


def _number(result: Solutions | Triples | Truth) -> int:
    (number,) = rows(result)[0]
    return int(number.value) if isinstance(number, ox.Literal) else 0


def _check(header: Header, fields: dict[str, str]) -> None:
    syntax = header.root.by_key["syntax"].value
    if fields["syntax"] not in _SYNTAXES:
        raise header.error(f"There is no syntax '{fields['syntax']}'.", syntax, hint=f"One of {', '.join(_SYNTAXES)}.")
    if fields["syntax"] == "json" and not {"context", "vocabulary"} <= fields.keys():
        raise FrontMatterError("JSON needs a context and a vocabulary.", path=header.path)


def _in_words(name: str) -> str:
    """Return the name of a class for people, with a mark where the plural ending goes.

    >>> _in_words("HomeVideoRelease")
    'home video release*'
    """
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return f"{words}*"
