"""An invented collection in which two documents disagree on everything that the ontology has a word for.

Each says something else of the same things. What they say can be told apart: *alpha* and years of the twentieth century
are the one's, *beta* and years of this century the other's. What makes the key of a thing, such as who is credited with
which role, is not disputed: another role would be another credit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.conftest import REFERENCE, ROOT, SOURCE_A, SOURCE_B, written

from filmgraph.rdf.files import parse
from filmgraph.rdf.namespaces import FG, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

FILM = "film:night-ferry"
DISPUTED = (
    *("AwardResult", "Broadcast", "Credit", "EventEdition", "Film", "HomeVideoRelease", "Interview", "Journey"),
    *("Employment", "LifeEvent", "Part", "Person", "Production", "Release", "Residence", "Review", "Screening"),
    *("StreamingWindow", "TheatricalRelease", "Title", "Version"),
)
UNDATED = {"Credit", "Part", "Person", "Title"}
KEYS = {"award", "ceremony", "agent", "role", "partOf", "editionOf", "versionOf", "film", "title"}
LEFT_OUT = {"stance", "condition"}
OF_ANOTHER_NODE = {("EventEdition", "place")}
"""A row may hold it beside values of the awards and screenings there: they are of other things."""
OUTCOMES = {"outcome": ("fgv:won", "fgv:nominated"), "verdict": ("fgv:favourable", "fgv:unfavourable")}
KINDS = {"Agent": "Person", "Event": "EventEdition", "": "Person"}
SKOS = PREFIXES["skos"]


def disagreeing(root: Path) -> Path:
    """Write the collection into a folder."""
    ontology = _Ontology()
    first, vocabulary = ontology.said("alpha", SOURCE_A)
    second, more = ontology.said("beta", SOURCE_B)
    outcomes = [f"{iri} a skos:Concept ; rdfs:label {iri[4:]!r} ." for pair in OUTCOMES.values() for iri in pair]
    reference = "\n".join([REFERENCE, *vocabulary, *more, *outcomes])
    files = {"harbour-guide.trig": first, "tide-weekly.trig": second, "reference.ttl": reference}
    return written(root, {f"data/{name}": text for name, text in files.items()})


def who_says(text: str) -> set[str]:
    """The documents of which a text has a value: ``alpha``, ``beta``."""
    found = {word for word in ("alpha", "beta") if word in text}
    found |= {"alpha" if year < "2000" else "beta" for year in re.findall(r"(?<!\d)(19\d\d|20\d\d)(?:00)?(?!\d)", text)}
    found |= {"alpha" if hour < "20" else "beta" for hour in re.findall(r"\b([12]\d):00", text)}
    words = set(re.findall(r"\w+", text))
    for pair in OUTCOMES.values():
        found |= {who for who, iri in zip(("alpha", "beta"), pair, strict=True) if iri[4:] in words}
    return found


def thing(class_: str) -> str:
    """The thing of a class on which both disagree."""
    return FILM if class_ == "Film" else f"<{PREFIXES['id']}{class_.lower()}/disputed>"


class _Ontology:
    """The properties of each class, and what their values are."""

    def __init__(self) -> None:
        above: dict[str, set[str]] = {}
        self.domains: dict[str, set[str]] = {}
        self.ranges: dict[str, str] = {}
        for quad in parse(str(ROOT / "ontology/filmgraph.ttl")):
            subject, value = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
            predicate = quad.predicate.value
            if predicate.endswith("subClassOf"):
                above.setdefault(subject, set()).add(value)
            elif predicate.endswith("domainIncludes"):
                self.domains.setdefault(subject.removeprefix(FG), set()).add(value)
            elif predicate.endswith("rangeIncludes"):
                self.ranges.setdefault(subject.removeprefix(FG), re.split("[#/]", value)[-1])
        self.above = above

    def properties(self, class_: str) -> list[str]:
        """What may be said of a thing of a class."""
        waiting, classes = [FG + class_], set[str]()
        while waiting:
            classes.add(one := waiting.pop())
            waiting += self.above.get(one, set()) - classes
        found = sorted(name for name, domain in self.domains.items() if domain & classes)
        return [*found, *([] if class_ in UNDATED else ["date"])]

    def said(self, who: str, source: str) -> tuple[str, list[str]]:
        """What a document says of everything, and the concepts that it needs."""
        passages: list[str] = []
        concepts: list[str] = []
        number = 0
        for class_ in DISPUTED:
            lines = [f"{thing(class_)} a fg:{class_} .", *self._keys(class_)]
            for name in self.properties(class_):
                if name in KEYS | LEFT_OUT or (class_, name) in OF_ANOTHER_NODE:
                    continue
                if name == "participant" and class_ not in {"Interview", "Production"}:
                    continue
                number += 1
                value, about = self._value(class_, name, who, number % 90)
                lines.append(f"{thing(class_)} fg:{name} {value} .")
                (concepts if "skos:Concept" in about else lines).append(about)
            start = 10 * len(passages)
            passages.append(f"<{source}#char={start},{start + 5}> {{\n  " + "\n  ".join(lines) + "\n}")
        return "\n".join(passages), concepts

    def _keys(self, class_: str) -> list[str]:
        keys = {
            "AwardResult": f"fg:award award:main ; fg:ceremony {thing('EventEdition')}",
            "Credit": "fg:agent person:ada-holm ; fg:role rel:fmd",
            "EventEdition": "fg:editionOf series:dock",
            "Version": f"fg:versionOf {FILM}",
            "Screening": f"fg:partOf {thing('EventEdition')}",
        }
        found = [f"{thing(class_)} {keys[class_]} ."] if class_ in keys else []
        if "film" in self.properties(class_):
            found.append(f"{thing(class_)} fg:film {FILM} .")
        if class_ == "Title":
            found.append(f"{FILM} fg:title {thing('Title')} .")
        if class_ in {"Employment", "Journey", "LifeEvent", "Residence"}:
            found.append(f"{thing(class_)} fg:participant {thing('Person')} .")
        return found

    def _value(self, class_: str, name: str, who: str, number: int) -> tuple[str, str]:
        """A value of a document's own, and what has to be said of it."""
        first = who == "alpha"
        year = (1900 if first else 2000) + number
        kind = "EDTF" if name == "date" else self.ranges.get(name, "")
        if name in OUTCOMES:
            return OUTCOMES[name][not first], ""
        literals = {
            "EDTF": f'"{year}-0{3 if first else 8}-1{number % 9}"^^edtf:EDTF',
            "langString": f'"{class_} {name} {who}"@en',
            "string": f'"{class_} {name} {who}"',
            "integer": f'"{year}00"^^xsd:integer',
            "decimal": f'"{year}00"^^xsd:decimal',
            "duration": f'"PT{year}00M"^^xsd:duration',
            "time": f'"{(10 if first else 20) + number % 3}:00:00"^^xsd:time',
        }
        if kind in literals:
            return literals[kind], ""
        kind = KINDS.get(kind, kind)
        iri = f"<{PREFIXES['id']}{kind.lower()}/{class_.lower()}.{name.lower()}.{who}>"
        if kind == "Concept":
            label = f'"{class_} {name} {who}"@en'
            return iri, f"{iri} a skos:Concept ; skos:prefLabel {label} ; rdfs:label {label} ."
        named = "titleText" if kind == "Title" else "name"
        return iri, f'{iri} a fg:{kind} ; fg:{named} "{class_} {name} {who}"@en .'
