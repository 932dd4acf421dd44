"""People, groups and organisations as catalogues name them: a name to read, and a heading to sort by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.library.words import capital, clean, is_latin, is_proper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters.film.record import DescribedNode, Record
    from filmgraph.exporters.film.resolver import Resolved

_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "prof"})
_NUMBERS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SURNAME_FIRST = frozenset({"zh", "ja", "ko", "vi", "hu", "cmn", "yue"})


class Agent(NamedTuple):
    """Somebody or something that can be credited.

    ``kind`` is ``person``, ``family``, ``group`` or ``organisation``. ``name`` is empty where no source gives a proper
    name. ``surname`` is empty for a single name. ``vernacular`` is the name in another script than ``name``.
    """

    iri: str
    kind: str
    name: str
    surname: str = ""
    given: str = ""
    suffix: str = ""
    vernacular: str = ""

    @property
    def heading(self) -> str:
        """The name in the order of a catalogue."""
        return f"{self.surname}, {self.given}" if self.surname else self.name


def agents(record: Record, iris: Iterable[str]) -> dict[str, Agent]:
    """The agents of these IRIs."""
    found = record.things(iris)
    groups = record.things(group for node in found.values() for group in _texts(node, "memberOf"))
    return {iri: _agent(record, node, groups) for iri, node in found.items()}


def _texts(node: DescribedNode, name: str) -> list[str]:
    return [value.value.value for value in node.all(name) if isinstance(value.value, NamedNode)]


def _agent(record: Record, node: DescribedNode, groups: dict[str, DescribedNode]) -> Agent:
    names = [name for name in node.all("name") if isinstance(name.value, Literal) and clean(name.value.value)]
    kind = _kind(node)
    if not names:
        label = clean(record.known_label(node.iri))
        return Agent(node.iri, kind, label if is_proper(label) else "")
    latin = [name for name in names if is_latin(_text(name))] or names
    vernacular = next((_text(name) for name in names if not is_latin(_text(name))), "")
    proper = [name for name in latin if is_proper(_text(name))]
    if kind != "person":
        return _body(node.iri, kind, _text(latin[0]), vernacular)
    if not proper:
        return Agent(node.iri, kind, "")
    chosen = _fullest(proper, node)
    if _text(chosen) == vernacular:
        vernacular = ""
    member_of = [groups[group] for group in _texts(node, "memberOf")]
    surnames = {_surname(_text(name)) for group in member_of for name in group.all("name")}
    return _person(node.iri, chosen, vernacular, surnames)


def _surname(family: str) -> str:
    """The surname in the name of a family, in lower case: of *The Zhang family* it is ``zhang``."""
    name = family.lower()
    return name.removesuffix(" family").removeprefix("the ") if name.endswith(" family") else ""


def _kind(node: DescribedNode) -> str:
    for kind in ("Person", "Organisation", "Group"):
        if kind in node.classes:
            return kind.lower()
    return "person" if "/person/" in node.iri else "organisation"


def _body(iri: str, kind: str, name: str, vernacular: str) -> Agent:
    if name == vernacular:
        vernacular = ""
    bare = name[4:] if name.lower().startswith("the ") and kind == "group" else name
    if kind == "group" and is_proper(bare):
        return Agent(iri, "family", bare, vernacular=vernacular)
    return Agent(iri, kind, capital(bare), vernacular=vernacular)


def _text(name: Resolved) -> str:
    return clean(name.value.value) if isinstance(name.value, Literal) else ""


def _fullest(names: list[Resolved], node: DescribedNode) -> Resolved:
    """The name with a surname that most sources give; a single name or *Mr.* only where there is no other.

    Where both orders of a name are stated, the one that a database gives: databases put the surname last.
    """
    full = [
        name
        for name in names
        if " " in _text(name) and _text(name).partition(" ")[0].lower().rstrip(".") not in _HONORIFICS
    ] or (names if is_latin(_text(names[0])) else names[:1])
    if len(full) == 1:
        return full[0]
    turned = " ".join(reversed(_text(full[0]).split()))
    kinds = {statement.citation: statement.kind for statement in node.statements("name")}
    for name in full:
        if _text(name).lower() == turned.lower() and any(kinds.get(c) == "databasePage" for c in name.citations):
            return name
    return full[0]


def _person(iri: str, name: Resolved, vernacular: str, surnames: set[str]) -> Agent:
    text = _text(name)
    words = text.split()
    suffix = ""
    if len(words) > 1 and words[-1].lower().strip(".,") in _NUMBERS:
        suffix = words.pop()
    words = [word.rstrip(",") for word in words]
    if len(words) < 2:  # noqa: PLR2004
        return Agent(iri, "person", text, vernacular=vernacular)
    language = (name.value.language or "") if isinstance(name.value, Literal) else ""
    if not is_latin(text):
        return Agent(iri, "person", text)
    if words[0].lower() in surnames or language.split("-")[0] in _SURNAME_FIRST:
        return Agent(
            iri=iri,
            kind="person",
            name=text,
            surname=words[0],
            given=" ".join(words[1:]),
            suffix=suffix,
            vernacular=vernacular,
        )
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():  # van, de, bin … belong to the surname
        start -= 1
    return Agent(
        iri=iri,
        kind="person",
        name=text,
        surname=" ".join(words[start:]),
        given=" ".join(words[:start]),
        suffix=suffix,
        vernacular=vernacular,
    )
