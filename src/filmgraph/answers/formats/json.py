"""SPARQL JSON results (`SPARQL 1.1 Query Results JSON <https://www.w3.org/TR/sparql11-results-json/>`_).

With evidence there is a third key, ``provenance``: for each row its witnesses, for each witness its citations.
Where a row could not be explained, a fourth, ``unexplained``, maps its index to the reason.
Where a row rests on too many citations to list, ``tallies`` maps its index to documents and how many of each there are.
Where the passages themselves were asked for, ``passages`` maps citations to their words.
"""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from filmgraph.answers.formats._format import Format, Page
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filmgraph.answers.answer import RowsAnswer, TruthAnswer
    from filmgraph.rdf.results import Explanation, Term

_STRING = PREFIXES["xsd"] + "string"
_JsonTerm = dict[str, "str | _JsonTerm"]


def term_to_json(term: Term) -> _JsonTerm:
    """Encode a term (`3.2.2 <https://www.w3.org/TR/sparql11-results-json/#select-encode-terms>`_).

    >>> term_to_json(Literal("Train", language="en"))
    {'type': 'literal', 'value': 'Train', 'xml:lang': 'en'}
    """
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        encoded: _JsonTerm = {"type": "literal", "value": term.value}
        if term.language:
            encoded["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            encoded["datatype"] = term.datatype.value
        return encoded
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: term_to_json(part) for name, part in parts.items()}}


def _rows(answer: RowsAnswer, _page: Page) -> Iterator[str]:
    yield f'{{"head": {{"vars": {_dump(list(answer.variables))}}},\n"results": {{"bindings": ['
    for index, row in enumerate(answer):
        bound = {name: term_to_json(term) for name, term in row.to_dict().items() if term is not None}
        yield (",\n" if index else "\n") + _dump(bound)
    yield "\n]}"
    if answer.explained:
        yield ',\n"provenance": ['
        yield ",".join("\n" + _dump(row.why) for row in answer)
        yield "\n]"
        reasons = {str(index): row.unexplained for index, row in enumerate(answer) if row.unexplained}
        if reasons:
            yield f',\n"unexplained": {_dump(reasons)}'
        tallies = {str(index): dict(row.tally) for index, row in enumerate(answer) if row.tally}
        if tallies:
            yield f',\n"tallies": {_dump(tallies)}'
    if answer.passages:
        yield f',\n"passages": {_dump(answer.passages)}'
    yield "}\n"


def _truth(answer: TruthAnswer) -> Iterator[str]:
    yield f'{{"head": {{}}, "boolean": {_dump(answer.value)}{_evidence(answer.explanation)}{_passages(answer)}}}\n'


def _evidence(explanation: Explanation | None) -> str:
    if explanation is None:
        return ""
    text = f', "provenance": {_dump([explanation.witnesses])}'
    return text + (f', "unexplained": {_dump({"0": explanation.unexplained})}' if explanation.unexplained else "")


def _passages(answer: TruthAnswer) -> str:
    return f', "passages": {_dump(answer.passages)}' if answer.passages else ""


_dump = JSONEncoder(ensure_ascii=False).encode  # one for all: dumps() makes a new one each time


FORMAT = Format(
    "json",
    "SPARQL results in JSON",
    ("application/sparql-results+json", "application/json"),
    ("json", "srj"),
    rows=_rows,
    truth=_truth,
    evidence=True,
)
