from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from filmgraph.answers import formats
from filmgraph.answers.answer import RowsAnswer
from filmgraph.answers.formats import Page
from filmgraph.answers.rows import Asked, Layout
from filmgraph.rdf.results import Explanation, Solutions, Term

ROWS = [
    ("ferry", "length", "90 minutes", "page", "a"),
    ("ferry", "length", "90 minutes", "letter", "b"),
    ("ferry", "year", "1999", "page", "c"),
    ("ferry", "length", "95 minutes", "leaflet", "d"),
]


def answer(*, why: bool = False) -> RowsAnswer:
    found = RowsAnswer(
        Solutions(("about", "property", "value", "source", "place"), [tuple(map(Literal, row)) for row in ROWS]),
        explanations=[Explanation([[f"urn:{row[4]}#char=0,9"]]) for row in ROWS] if why else None,
    )
    found.asked = Asked("conflicts", layout=Layout(("about", "property"), ("source",), ("place",)))
    return found


def table(found: RowsAnswer) -> list[str]:
    return "".join(formats.render(found, formats.find("table"), Page(60))).splitlines()


def test_rows_stand_in_blocks_under_what_they_are_about_and_sources_are_joined() -> None:
    assert table(answer()) == [
        "  value       source",
        "  ──────────  ────────────",
        "ferry · length",
        "  90 minutes  page, letter",
        "  95 minutes  leaflet",
        "",
        "ferry · year",
        "  1999        page",
    ]


def test_joined_rows_keep_the_evidence_of_each() -> None:
    assert table(answer(why=True))[3] == "  90 minutes  page, letter  [1]; also [2]"


def test_data_formats_have_every_row_and_every_column() -> None:
    written = "".join(formats.render(answer(), formats.find("csv"), Page()))
    assert written.splitlines()[0] == "about,property,value,source,place"
    assert len(written.splitlines()) == 1 + len(ROWS)


def test_markdown_and_html_have_the_joined_rows_too() -> None:
    for name in ("markdown", "html"):
        written = "".join(formats.render(answer(), formats.find(name), Page()))
        assert written.count("90 minutes") == 1
        assert "page, letter" in written
        assert "place" not in written


def test_rows_that_hold_one_thing_against_another_become_a_block_of_values_with_who_says_each() -> None:
    page, letter = (NamedNode(f"https://w3id.org/filmgraph/source/{name}.aaaaaaaa") for name in ("page", "letter"))
    found = RowsAnswer(
        Solutions(
            ("about", "value", "source", "other", "otherSource"),
            [
                (Literal("ferry"), Literal("12000 people"), page, Literal("13000 people"), letter),
                (Literal("ferry"), Literal("12000 people"), page, Literal("14000 people"), page),
            ],
        ),
        explanations=[
            Explanation([[f"{page.value}#char=0,9", f"{letter.value}#char=0,9"]]),
            Explanation([[f"{page.value}#char=0,9", f"{page.value}#char=20,29"]]),
        ],
    )
    found.asked = Asked(
        "conflicts",
        layout=Layout(("about",), ("source",), sides=("other", "otherSource"), amounts=("value", "other")),
    )
    assert "".join(formats.render(found, formats.find("table"), Page(80))).splitlines()[2:6] == [
        "ferry",
        "  12,000 people  source:page.aaaaaaaa    [2]; also [2] with [3]",
        "  13,000 people  source:letter.aaaaaaaa  [1]",
        "  14,000 people  source:page.aaaaaaaa    [2] with [3]",
    ]


def test_a_figure_is_shown_in_one_column_with_its_bounds_unit_and_hedge() -> None:
    rows: list[tuple[Term | None, ...]] = [
        (Literal("walk"), Literal(1), None, None, Literal("weeks"), None),
        (Literal("crowd"), None, Literal(1000000), None, Literal("people"), Literal("several")),
        (Literal("age"), None, Literal(13), Literal(19), Literal("years"), None),
        (Literal("shoot"), Literal("from 2"), None, None, Literal("years"), Literal("several")),
        (Literal("talks"), Literal("40-50"), None, None, Literal("people"), None),
    ]
    found = RowsAnswer(Solutions(("what", "number", "from", "to", "unit", "hedge"), rows))
    found.asked = Asked("figures", layout=Layout(amount=("number", "from", "to", "unit", "hedge")))
    assert [" ".join(line.split()) for line in table(found)[2:]] == [
        "walk 1 week",
        "crowd millions of people",
        "age 13 to 19 years",
        "shoot several years (2 or more)",
        "talks 40 to 50 people",
    ]
    written = "".join(formats.render(found, formats.find("csv"), Page()))
    assert written.splitlines()[0] == "what,number,from,to,unit,hedge"


def test_a_pair_is_shown_once_whichever_comes_first() -> None:
    rows: list[tuple[Term | None, ...]] = [
        (Literal(one), Literal(other), Literal("page")) for one, other in (("a", "b"), ("b", "a"), ("b", "c"))
    ]
    found = RowsAnswer(
        Solutions(("thing", "other", "source"), rows), explanations=[Explanation([["urn:x#char=0,9"]])] * 3
    )
    found.asked = Asked("maybe-same", layout=Layout(pair=("thing", "other")))
    assert [line.split()[:2] for line in table(found)[2:4]] == [["a", "b"], ["b", "c"]]
