"""Page content for a thing: title block, facts, and the credits, awards and releases that point to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.grid import text_of
from filmgraph.rdf.namespaces import CITATIONS_GRAPH, DERIVED_GRAPH, FG, NON_CITATION_GRAPHS, PREFIXES
from filmgraph.serving.pages.timeline import Moment, Timeline, timeline
from filmgraph.serving.pages.words import local, property_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.rdf.results import Term
    from filmgraph.serving.pages.notes import Mark, PageNotes
    from filmgraph.serving.pages.site import ServedSite

TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_NAMING = (FG + "title", FG + "name", FG + "titleText")
_HIDDEN = {FG + "earliest", FG + "latest", FG + "foldedName", _LABEL, TYPE, FG + "film"}
_OWN_RECORDS = {DERIVED_GRAPH, CITATIONS_GRAPH}
SHOWN, FEW = 12, 4
"""How many rows of a group a page shows unless all are asked for: of what people look for first, and of the rest."""
READ = 5000
"""How many things that point to one are read."""

# Classes whose members are statements about other things: each is a row with these columns, others follow.
_STATEMENTS: dict[str, tuple[str, ...]] = {
    "Credit": ("role", "agent", "film", "creditedAs", "portrays", "part"),
    "AwardResult": ("award", "outcome", "ceremony", "section", "recipient", "film", "date"),
    "Screening": ("partOf", "premiereType", "territory", "place", "date", "film"),
    "TheatricalRelease": ("territory", "date", "distributor", "hedge", "film"),
    "Release": ("territory", "date", "distributor", "hedge", "film"),
    "Broadcast": ("outlet", "date", "timeOfDay", "premiereType", "film"),
    "StreamingWindow": ("outlet", "date", "film"),
    "HomeVideoRelease": ("outlet", "date", "film"),
    "Production": ("kind", "date", "place", "participant", "film"),
    "Rating": ("outlet", "value", "scaleMax", "sampleSize", "describes"),
    "Figure": ("variable", "value", "describes", "date", "film"),
    "Review": ("outlet", "author", "verdict", "about", "date"),
    "Interview": ("interviewee", "interviewer", "outlet", "date"),
    "LifeEvent": ("kind", "participant", "date", "place"),
    "Employment": ("occupation", "participant", "employer", "place", "date"),
    "Residence": ("participant", "place", "date"),
    "Journey": ("participant", "origin", "destination", "transport", "date"),
    "Title": ("titleText", "titleType"),
    "Part": ("partType", "name", "runtime", "film"),
    "Remark": ("speaker", "about", "madeIn", "date"),
}
_GROUPS = (*_STATEMENTS, "Film", "Person", "Organisation", "Group", "Place", "SourceDocument")
_HEADINGS = {
    "Credit": "Credits",
    "AwardResult": "Awards",
    "Screening": "Screenings",
    "TheatricalRelease": "Releases in cinemas",
    "Release": "Releases",
    "Broadcast": "Broadcasts",
    "StreamingWindow": "Online",
    "HomeVideoRelease": "On disc",
    "Production": "Making of",
    "Rating": "Ratings",
    "Figure": "Figures",
    "Review": "Reviews",
    "Interview": "Interviews",
    "LifeEvent": "Events of lives",
    "Employment": "Work",
    "Residence": "Homes",
    "Journey": "Journeys",
    "Title": "Titles",
    "Part": "Parts",
    "Remark": "Remarks",
    "Film": "Films",
    "Person": "People",
    "SourceDocument": "Documents",
}
_FIRST = {"Credit", "AwardResult", "Screening", "TheatricalRelease", "Release", "Broadcast", "Rating"}
_DATED = {"Screening", "TheatricalRelease", "Release", "Broadcast", "StreamingWindow", "HomeVideoRelease", "Production"}
_MEASURE = {FG + "unit", FG + "hedge", FG + "lowerBound", FG + "upperBound", FG + "value"}


class ShownValue(NamedTuple):
    """A value to display, with its link and the mark of its note."""

    text: str
    path: str = ""
    note: Mark | None = None
    language: str = ""


class ShownProperty(NamedTuple):
    """A property with its values; ``disputed`` where it is single-valued and has several."""

    name: str
    values: list[ShownValue]
    disputed: bool = False
    key: str = ""


class PointingThing(NamedTuple):
    """A row for a thing that points to this one: its page, and a cell of facts for each column."""

    path: str
    label: str
    cells: list[ShownProperty]
    note: Mark | None


class PointingGroup(NamedTuple):
    """A table of the pointing things of one class; ``total`` also counts those not shown."""

    key: str
    name: str
    columns: list[str]
    rows: list[PointingThing]
    total: int


class ThingPage(NamedTuple):
    """The content of the page about a thing."""

    iri: str
    label: str
    kind: str
    kinds: list[str]
    names: list[ShownValue]
    facts: list[ShownProperty]
    groups: list[PointingGroup]
    timeline: Timeline | None
    disputed: list[str]


class SaidOfNode(NamedTuple):
    """A fact about a node: predicate, value, and the graphs that state it."""

    predicate: str
    value: Term
    graphs: frozenset[str]


def page_of(site: ServedSite, iri: str, notes: PageNotes, *, only: str = "") -> ThingPage | None:
    """Return the content of a thing's page; None where nothing is known of the thing.

    Args:
        site: Where it is looked up.
        iri: The thing.
        notes: Where its passages are noted.
        only: The class whose rows are all shown; by default the first rows of every class.

    Raises:
        StoreError: The store could not answer.
    """
    return _Builder(site, iri, notes, only).page()


class _Builder:
    def __init__(self, site: ServedSite, iri: str, notes: PageNotes, only: str) -> None:
        self._site, self._iri, self._notes, self._only = site, iri, notes, only
        self._labels: dict[str, str] = {}
        self._single: set[str] = set()

    def page(self) -> ThingPage | None:
        thing = NamedNode(self._iri)
        own = self._nodes([self._iri])
        mine = own.get(self._iri, [])
        groups = self._pointing(thing)
        if not mine and not groups and not self._site.is_known(self._iri):
            return None
        shown = {key: members if key == self._only else members[: _shown(key)] for key, members in groups.items()}
        chosen = [iri for members in shown.values() for iri in members]
        titles = [one.value.value for one in mine if one.predicate == FG + "title" and isinstance(one.value, NamedNode)]
        nodes = self._nodes([*chosen, *titles])
        self._single = {
            row[0].value
            for row in self._site.rows(f"SELECT ?p {{ ?p <{FG}singleValued> true }}")
            if isinstance(row[0], NamedNode)
        }
        self._learn([mine, *nodes.values()], [*groups, self._iri, *chosen])
        facts = [self._fact(name, [one for one in mine if one.predicate == name]) for name in _predicates(mine)]
        made = [self._group(key, shown[key], nodes, len(groups[key])) for key in groups]
        kinds = [one.value.value for one in mine if one.predicate == TYPE and isinstance(one.value, NamedNode)]
        return ThingPage(
            iri=self._iri,
            label=self._labels.get(self._iri) or self._name_of(mine, nodes) or local(self._iri),
            kind=next((kind.removeprefix(FG) for kind in kinds if kind.startswith(FG)), ""),
            kinds=[self._labels.get(kind, local(kind)) for kind in kinds],
            names=self._names(mine, nodes),
            facts=facts,
            groups=[group for group in made if group.rows],
            timeline=self._timeline(nodes, shown),
            disputed=[fact.name for fact in facts if fact.disputed]
            + [
                f"{group.name}: {row.label}"
                for group in made
                for row in group.rows
                if any(cell.disputed for cell in row.cells)
            ],
        )

    def _pointing(self, thing: NamedNode) -> dict[str, list[str]]:
        """Return the things that point to this one, by class, each in one class only, in page order."""
        rows = self._site.rows(
            f"SELECT DISTINCT ?s ?class {{ ?s ?p {thing} ; a ?class . FILTER(isIRI(?s) && ?p != <{TYPE}>) }}"
            f" LIMIT {READ}"
        )
        found: dict[str, set[str]] = {}
        for subject, kind in rows:
            if isinstance(subject, NamedNode) and isinstance(kind, NamedNode) and kind.value != FG + "Citation":
                found.setdefault(subject.value, set()).add(kind.value)
        groups: dict[str, list[str]] = {}
        for subject_iri, kinds in sorted(found.items()):
            groups.setdefault(min(kinds, key=_rank), []).append(subject_iri)
        return dict(sorted(groups.items(), key=lambda item: _rank(item[0])))

    def _nodes(self, iris: Sequence[str]) -> dict[str, list[SaidOfNode]]:
        found: dict[str, list[SaidOfNode]] = {}
        several = 300
        for start in range(0, len(iris), several):
            values = " ".join(f"<{iri}>" for iri in iris[start : start + several])
            found |= _statements(
                self._site.rows(f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}")
            )
        return found

    def _learn(self, known: Iterable[Iterable[SaidOfNode]], more: Iterable[str]) -> None:
        iris = {one for statements in known for item in statements for one in (item.predicate, _iri(item.value)) if one}
        self._labels = self._site.labels(iris | set(more))

    def _name_of(self, mine: list[SaidOfNode], nodes: dict[str, list[SaidOfNode]]) -> str:
        return next((value.text for value in self._names(mine, nodes)), "")

    def _names(self, mine: list[SaidOfNode], nodes: dict[str, list[SaidOfNode]]) -> list[ShownValue]:
        found: list[ShownValue] = []
        for one in mine:
            if one.predicate not in _NAMING:
                continue
            if isinstance(one.value, Literal):
                found.append(self._value(one))
            else:
                texts = [text for text in nodes.get(_iri(one.value), []) if text.predicate == FG + "titleText"]
                found += [self._value(text) for text in texts]
        return sorted(found, key=lambda value: (value.text != self._labels.get(self._iri), value.text))

    def _value(self, one: SaidOfNode) -> ShownValue:
        iri = _iri(one.value)
        text = self._labels.get(iri) or local(iri) if iri else text_of(one.value, self._labels)
        language = one.value.language or "" if isinstance(one.value, Literal) else ""
        return ShownValue(
            text, self._site.path(iri) if iri else "", self._notes.cited(one.graphs - NON_CITATION_GRAPHS), language
        )

    def _fact(self, name: str, statements: list[SaidOfNode]) -> ShownProperty:
        values = sorted((self._value(one) for one in statements), key=lambda value: value.text.casefold())
        disputed = name in self._single and len({value.text.casefold() for value in values}) > 1
        return ShownProperty(self._labels.get(name, property_name(name)), values, disputed, name.removeprefix(FG))

    def _group(self, key: str, members: list[str], nodes: dict[str, list[SaidOfNode]], total: int) -> PointingGroup:
        name = key.removeprefix(FG)
        if name in _STATEMENTS:
            wanted = [FG + column for column in _STATEMENTS[name]]
            present = {one.predicate for iri in members for one in nodes.get(iri, []) if _iri(one.value) != self._iri}
            columns = [column for column in wanted if column in present]
        else:
            columns = []
        rows = [self._row(iri, nodes.get(iri, []), columns) for iri in members]
        order = sorted(
            rows, key=lambda row: [cell.values[0].text.casefold() if cell.values else "~" for cell in row.cells]
        )
        if name == "Credit" and columns:
            order.sort(
                key=lambda row: _ROLES.get(row.cells[0].values[0].text if row.cells[0].values else "", len(_ROLES))
            )
        headers = [self._labels.get(column, local(column)) for column in columns]
        heading = _HEADINGS.get(name) or self._labels.get(key, local(key)).capitalize()
        return PointingGroup(name, heading, headers, order, total)

    def _row(self, iri: str, statements: list[SaidOfNode], columns: list[str]) -> PointingThing:
        cells = []
        for column in columns:
            found = [one for one in statements if one.predicate == column and _iri(one.value) != self._iri]
            fact = self._fact(column, found)
            if column == FG + "value":
                fact = self._measured(statements, fact)
            cells.append(fact)
        graphs = frozenset(graph for one in statements for graph in one.graphs) - NON_CITATION_GRAPHS
        label = self._labels.get(iri, local(iri))
        if not columns:
            links = [one for one in statements if _iri(one.value) == self._iri]
            graphs = frozenset(graph for one in links for graph in one.graphs) - NON_CITATION_GRAPHS
            said = sorted({self._labels.get(one.predicate, property_name(one.predicate)) for one in links})
            cells = [ShownProperty(", ".join(said), [])]
        return PointingThing(self._site.path(iri), label, cells, self._notes.cited(graphs))

    def _measured(self, statements: list[SaidOfNode], fact: ShownProperty) -> ShownProperty:
        """Return a measured number with its unit, hedge and bounds."""
        said: dict[str, str] = {}
        for one in statements:
            if one.predicate in _MEASURE:
                said.setdefault(one.predicate.removeprefix(FG), self._value(one).text)
        low, high = said.get("lowerBound"), said.get("upperBound")
        number = ", ".join(value.text for value in fact.values)
        if not number and (low or high):
            number = f"{low}–{high}" if low and high else f"from {low}" if low else f"to {high}"  # noqa: RUF001
        text = " ".join(filter(None, [said.get("hedge"), number, said.get("unit")]))
        return fact._replace(values=[ShownValue(text)] if text else [])

    def _timeline(self, nodes: dict[str, list[SaidOfNode]], shown: dict[str, list[str]]) -> Timeline | None:
        dates = {iri: one.value for iri, said in nodes.items() for one in said if one.predicate == FG + "date"}
        moments = []
        for key, members in shown.items():
            if key.removeprefix(FG) not in _DATED:
                continue
            for iri in members:
                said = {one.predicate: one.value.value for one in nodes.get(iri, []) if isinstance(one.value, Literal)}
                first, last = said.get(FG + "earliest", ""), said.get(FG + "latest", "")
                if first and last:
                    kind = self._labels.get(key, local(key))
                    date = text_of(dates.get(iri), {}) or first
                    label = self._labels.get(iri, local(iri)).removeprefix(f"{self._labels.get(self._iri, '')}, ")
                    label = label.removesuffix(f", {date}")
                    moments.append(Moment(kind, label, first, last, date, self._site.path(iri)))
        return timeline(moments)


_ROLES = {
    name: place
    for place, name in enumerate(
        ("film director", "director", "screenwriter", "producer", "executive producer", "film producer",
         "cinematographer", "film editor", "composer", "sound designer")
    )
}  # fmt: skip


def _statements(rows: Iterable[tuple[Term | None, ...]]) -> dict[str, list[SaidOfNode]]:
    found: dict[tuple[str, str, Term], set[str]] = {}
    for subject, predicate, value, graph in rows:
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or value is None:
            continue
        if (isinstance(graph, NamedNode) and graph.value not in _OWN_RECORDS) or predicate.value in {
            FG + "earliest",
            FG + "latest",
        }:
            found.setdefault((subject.value, predicate.value, value), set()).add(
                graph.value if isinstance(graph, NamedNode) else ""
            )
    nodes: dict[str, list[SaidOfNode]] = {}
    for (subject_iri, predicate_iri, value), graphs in found.items():
        nodes.setdefault(subject_iri, []).append(SaidOfNode(predicate_iri, value, frozenset(graphs)))
    return nodes


def _predicates(statements: list[SaidOfNode]) -> list[str]:
    names = {one.predicate for one in statements} - _HIDDEN - set(_NAMING)
    return sorted(names, key=lambda name: (_FACTS.get(name.removeprefix(FG), len(_FACTS)), name))


_FACTS = {
    name: place
    for place, name in enumerate(
        ("date", "productionCountry", "language", "runtimeMinutes", "runtime", "genre", "style", "colour",
         "certificate", "birthDate", "birthPlace", "occupation", "memberOf", "basedIn",
         "editionOf", "place", "about", "depicts")
    )
}  # fmt: skip


def _shown(kind: str) -> int:
    return SHOWN if kind.removeprefix(FG) in _FIRST else FEW


def _rank(kind: str) -> tuple[int, str]:
    name = kind.removeprefix(FG)
    return _GROUPS.index(name) if name in _GROUPS else len(_GROUPS), kind


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else ""
