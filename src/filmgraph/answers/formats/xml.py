"""SPARQL XML results (`SPARQL Query Results XML, second edition <https://www.w3.org/TR/rdf-sparql-XMLres/>`_)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.answers.formats._format import Format, Page
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.xml_characters import refuse_impossible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import RowsAnswer, TruthAnswer
    from filmgraph.rdf.results import Term

_STRING = PREFIXES["xsd"] + "string"
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_ESCAPED = re.compile('[&<>"\r\n\t]')


def _rows(answer: RowsAnswer, _page: Page) -> list[str]:
    # All at once, so that a character that XML cannot hold is found before a line is written.
    return list(_lines(answer))


def _lines(answer: RowsAnswer) -> Iterator[str]:
    yield _OPEN + "<head>\n"
    for name in answer.variables:
        yield f'<variable name="{_text(name)}"/>\n'
    yield "</head>\n<results>\n"
    for row in answer:
        bound = (
            f'<binding name="{_text(name)}">{_term(term)}</binding>'
            for name, term in row.to_dict().items()
            if term is not None
        )
        yield f"<result>{''.join(bound)}</result>\n"
    yield "</results>\n</sparql>\n"


def _term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    if isinstance(term, Literal):
        kind = ""
        if term.language:
            kind = f' xml:lang="{_text(term.language)}"'
        elif term.datatype.value != _STRING:
            kind = f' datatype="{_text(term.datatype.value)}"'
        return f"<literal{kind}>{_text(term.value)}</literal>"
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    return f"<triple>{''.join(f'<{name}>{_term(part)}</{name}>' for name, part in parts)}</triple>"


def _text(value: str) -> str:
    refuse_impossible(value)
    return _ESCAPED.sub(lambda match: _SPECIAL[match[0]], value)


def _truth(answer: TruthAnswer) -> list[str]:
    return [f"{_OPEN}<head/>\n<boolean>{str(answer.value).lower()}</boolean>\n</sparql>\n"]


FORMAT = Format(
    "xml",
    "SPARQL results in XML",
    ("application/sparql-results+xml", "application/xml", "text/xml"),
    ("srx", "xml"),
    rows=_rows,
    truth=_truth,
)
