"""Two things of a table never share one label."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.formats import Page
from filmgraph.answers.rows import Asked, Layout, NoGlossary, Particulars
from filmgraph.rdf.results import Solutions, Term


class Words(NoGlossary):
    """A glossary in which every key is called by what stands before its first hyphen."""

    def __init__(self, **particulars: Particulars) -> None:
        self._particulars = particulars

    def labels(self, iris: object, /) -> dict[str, str]:
        return {iri: iri.removeprefix("urn:").partition("-")[0] for iri in iris}  # type: ignore[attr-defined]

    def particulars(self, iris: object, /) -> dict[str, Particulars]:
        known = {f"urn:{name.replace('_', '-')}": one for name, one in self._particulars.items()}
        return {iri: known[iri] for iri in iris if iri in known}  # type: ignore[attr-defined]


def table(rows: list[tuple[Term | None, ...]], glossary: Words, hide: tuple[str, ...] = ()) -> list[list[str]]:
    variables = ("thing", "place", "year")[: len(rows[0])]
    found = RowsAnswer(Solutions(variables, rows), glossary=glossary)
    found.asked = Asked("things", layout=Layout(hide=hide))
    written = "".join(formats.render(found, formats.find("table"), Page(80)))
    return [line.split("  ") for line in written.splitlines()[2:]]


def nodes(*names: str) -> list[tuple[Term | None, ...]]:
    return [(NamedNode(f"urn:{name}"),) for name in names]


def test_things_of_two_kinds_are_told_apart_by_their_kind() -> None:
    words = Words(harbour_a=Particulars("festival", "2009"), harbour_b=Particulars("prize", "2009"))
    assert table(nodes("harbour-a", "harbour-b"), words) == [["harbour (festival)"], ["harbour (prize)"]]


def test_things_of_one_kind_are_told_apart_by_their_dates() -> None:
    words = Words(harbour_a=Particulars("festival", "spring 2009"), harbour_b=Particulars("festival", "2010"))
    assert table(nodes("harbour-a", "harbour-b"), words) == [["harbour (spring 2009)"], ["harbour (2010)"]]


def test_other_things_are_told_apart_by_the_words_of_their_keys() -> None:
    assert table(nodes("still-quay-at-night", "still-deck"), Words()) == [["still (quay at night)"], ["still (deck)"]]


def test_nothing_is_added_where_another_column_tells_them_apart() -> None:
    rows: list[tuple[Term | None, ...]] = [
        (NamedNode("urn:prize-a"), Literal("Lund")),
        (NamedNode("urn:prize-b"), Literal("Ystad")),
    ]
    assert [row[0] for row in table(rows, Words())] == ["prize", "prize"]
    assert [row[0] for row in table(rows, Words(), hide=("place",))] == ["prize (a)", "prize (b)"]


def test_one_thing_in_several_rows_keeps_its_label() -> None:
    assert table(nodes("harbour-a", "harbour-a"), Words()) == [["harbour"]]
