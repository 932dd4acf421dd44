"""Which forms of a value are one: what docs/evidence.md lists, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from filmgraph.rdf.lexical import normalised
from filmgraph.rdf.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"

KEPT = {
    "string": ["1.50", " a "],
    "boolean": ["true", "false", "TRUE", "yes"],
    "integer": ["5", "-5", "five", "99999999999999999999999"],
    "decimal": ["1.5", "-1.5", "12", "1e5", "one"],
    "double": ["1.5", "INF", "-INF", "NaN", "much"],
    "float": ["1.5", "INF", "NaN"],
    "duration": ["PT1H30M", "P3DT15H", "P1Y2M", "long"],
    "dateTime": ["2011-03-01T10:00:00", "2011-03-01T10:00:00Z", "2011-03-01T10:00:00.5+02:00", "soon"],
    "time": ["10:00:00", "10:00:00Z", "10:00:00+02:00"],
    "date": ["2011-03-01", "2011-03-01Z", "2011-03-01+02:00", "2011-02-30"],
    "gYear": ["2011", "-0044", "2011Z", "11"],
    "gYearMonth": ["2011-03"],
    "gMonth": ["--03"],
    "gMonthDay": ["--03-01"],
    "gDay": ["---01"],
    "anyURI": ["http://A/%7e"],
    "hexBinary": ["ab", "AB"],
    "base64Binary": ["YWI="],
    "normalizedString": [" a "],
    "token": [" a  b "],
    "language": ["EN"],
    "QName": ["a:b"],
}
"""Of each datatype, forms that stay as they are."""


def listed() -> list[tuple[str, str, str, str]]:
    """Datatype and form as written, and as kept, from the table of the page."""
    table = PAGE.read_text(encoding="utf-8").partition("<!-- lexical forms -->")[2].partition("<!-- end -->")[0]
    found = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or not cells[2].startswith("`"):
            continue
        names = re.findall(r"`xsd:(\w+)`", cells[0])
        pairs = zip(cells[2].split(", "), cells[3].split(", "), strict=True)
        for written, kept in pairs:
            forms, stays = re.findall(r"`([^`]+)`", written), re.findall(r"`([^`]+)`", kept)
            datatype = forms[1].removeprefix("xsd:") if forms[1:] else next(iter(names), "language tag")
            becomes = stays[1].removeprefix("xsd:") if stays[1:] else datatype
            found.append((_fitting(datatype, forms[0]), forms[0], stays[0], becomes if stays[1:] else ""))
    return found


def _fitting(datatype: str, form: str) -> str:
    """Of the datatypes of a line, the one that its example is of."""
    if datatype == "dateTime" and form[2] == ":":
        return "time"
    if datatype == "date" and re.fullmatch(r"\d{4}\+.*", form):
        return "gYear"
    return datatype


LISTED = listed()


def test_the_page_lists_forms() -> None:
    assert len(LISTED) > 20


@pytest.mark.parametrize(("datatype", "written", "kept", "becomes"), LISTED)
def test_each_form_that_is_listed_becomes_what_is_listed(datatype: str, written: str, kept: str, becomes: str) -> None:
    if datatype == "language tag":
        (quad,) = parse(f'<urn:s> <urn:p> "a"@{written} .', RdfFormat.TURTLE)
        assert isinstance(quad.object, Literal)
        assert quad.object.language == kept
        return
    found = normalised(Literal(written, datatype=NamedNode(XSD + datatype)))
    assert (found.value, found.datatype.value) == (kept, XSD + (becomes or datatype))


@pytest.mark.parametrize("datatype", KEPT)
def test_every_other_form_stays_as_it_is(datatype: str) -> None:
    for form in KEPT[datatype]:
        literal = Literal(form, datatype=NamedNode(XSD + datatype))
        assert normalised(literal) == literal


@given(st.text(alphabet="0123456789+-.:TZPYMDHSEeINFa ", max_size=12), st.sampled_from(sorted(KEPT)))
def test_a_form_that_was_kept_once_is_kept_for_ever(form: str, datatype: str) -> None:
    once = normalised(Literal(form, datatype=NamedNode(XSD + datatype)))
    assert normalised(once) == once
