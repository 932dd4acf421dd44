"""Application of a question's layout to a grid: rows joined, columns hidden, block headings put first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from filmgraph.answers.grid import Grid, Why, grid, legend
from filmgraph.rdf.date_words import date_words
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.quantities import amount_words, number_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.answers.rows import AnsweredRows, Glossary, Layout
    from filmgraph.rdf.results import Term

_VAGUE = re.compile(r"from (?P<lower>\d+) (?P<unit>.+) \((?P<hedge>several|a few)\)")
"""A figure of which a question says only the lower bound, and the word for it."""
_BOUNDS = re.compile(r"from (?P<lower>\d+)|(?P<first>\d+)-(?P<last>\d+)")
_BETWEEN = ", "
_BETWEEN_LISTS = "; "


def laid_out(answer: AnsweredRows) -> Grid:
    """Return an answer as a grid, in the layout of its question if it has one."""
    layout = answer.asked.layout if answer.asked else None
    plain, variables = grid(answer), answer.variables
    if layout is None:
        return plain
    plain = plain._replace(rows=_in_words(plain, variables, layout, answer.glossary))
    if layout.pair and set(layout.pair) <= set(variables):
        plain = _each_once(plain, [variables.index(name) for name in layout.pair])
    if layout.amount and set(layout.amount) <= set(variables):
        plain = _with_amounts(plain, variables, layout.amount)
        layout = layout._replace(hide=(*layout.hide, *layout.amount[1:]))
    if layout.sides and set(layout.sides) <= set(variables):
        plain, variables = _by_side(plain, variables, layout)
    arranged = _arranged(plain, variables, layout)
    return arranged._replace(legend=legend(arranged.why)) if arranged.why else arranged


def _in_words(plain: Grid, variables: Sequence[str], layout: Layout, glossary: Glossary) -> list[list[str]]:
    """Format amounts with thousands separators, and add dates to documents."""
    amounts = {place for place, name in enumerate(variables) if name in layout.amounts}
    documents = {place for place, name in enumerate(variables) if name in (*layout.join, *layout.sides)}
    terms = (row[place] for row in plain.lines for place in documents)
    iris = {term.value for term in terms if isinstance(term, NamedNode) and term.value.startswith(PREFIXES["source"])}
    dates = {iri: date_words(line.date) for iri, line in glossary.sources(sorted(iris)).items() if line.date}

    def text(row: int, place: int, said: str) -> str:
        if place in amounts:
            vague = _VAGUE.fullmatch(said)
            if vague:
                return amount_words("", vague["lower"], "", vague["unit"], vague["hedge"])
            return " ".join(map(number_words, said.split(" ")))
        term = plain.lines[row][place]
        date = dates.get(term.value) if place in documents and isinstance(term, NamedNode) else None
        return f"{said} ({date})" if date else said

    return [[text(number, place, said) for place, said in enumerate(row)] for number, row in enumerate(plain.rows)]


def _each_once(plain: Grid, pair: Sequence[int]) -> Grid:
    """Without the rows that say of a second thing and a first what another row says of the first and the second."""
    seen: set[tuple[object, ...]] = set()
    kept: list[int] = []
    for number, row in enumerate(plain.lines):
        rest = tuple(term for place, term in enumerate(row) if place not in pair)
        first, second = (row[place] for place in pair)
        if (second, first, rest) not in seen:
            kept.append(number)
        seen.add((first, second, rest))
    return plain._replace(
        rows=[plain.rows[number] for number in kept],
        lines=[plain.lines[number] for number in kept],
        why=None if plain.why is None else [plain.why[number] for number in kept],
    )


def _with_amounts(plain: Grid, variables: Sequence[str], names: Sequence[str]) -> Grid:
    """The number of a figure with its bounds, unit and hedge beside it, in the column of the number."""
    main = variables.index(names[0])
    parts = {name: variables.index(name) for name in names[1:]}

    def text(row: list[str], terms: Sequence[Term | None]) -> str:
        low, high = (_digits(terms[parts[name]]) if name in parts else "" for name in ("from", "to"))
        unit, hedge = (row[parts[name]] if name in parts else "" for name in ("unit", "hedge"))
        number = _digits(terms[main])
        bounds = _BOUNDS.fullmatch(number)
        if bounds:
            return amount_words("", bounds["lower"] or bounds["first"], bounds["last"] or "", unit, hedge)
        return amount_words(number, low, high, unit, hedge)

    rows = [
        [text(row, terms) if place == main else cell for place, cell in enumerate(row)]
        for row, terms in zip(plain.rows, plain.lines, strict=True)
    ]
    numeric = tuple(one and place != main for place, one in enumerate(plain.numeric))
    return plain._replace(rows=rows, numeric=numeric)


def _digits(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def _by_side(plain: Grid, variables: Sequence[str], layout: Layout) -> tuple[Grid, tuple[str, ...]]:
    """Split each row that compares two values into two rows, each with the passages of its own side."""
    second = [variables.index(name) for name in layout.sides]
    own = [place for place, name in enumerate(variables) if name not in (*layout.group, *layout.hide, *layout.sides)]
    kept = [place for place in range(len(variables)) if place not in second]
    rows: list[list[str]] = []
    lines: list[Sequence[Term | None]] = []
    why: list[Why] = []
    for side in ({}, dict(zip(own, second, strict=False))):
        places = [side.get(place, place) for place in kept]
        for number, row in enumerate(plain.rows):
            terms = plain.lines[number]
            rows.append([row[place] for place in places])
            lines.append([terms[place] for place in places])
            if plain.why is not None:
                of_side = [terms[side.get(place, place)] for place in own]
                why.append(_of_side(plain.why[number], of_side, plain.cited))
    changed = plain._replace(
        headers=tuple(plain.headers[place] for place in kept),
        numeric=tuple(plain.numeric[place] for place in kept),
        rows=rows,
        lines=lines,
        why=why if plain.why is not None else None,
    )
    return changed, tuple(variables[place] for place in kept)


def _of_side(why: Why, terms: Sequence[Term | None], cited: Sequence[str]) -> Why:
    """Restrict witnesses to the passages of one side's sources; keep them whole where it names none."""
    sources = [f"{term.value}#" for term in terms if isinstance(term, NamedNode)]
    kept: list[list[int]] = []
    for witness in why.witnesses:
        own = [number for number in witness if any(cited[number - 1].startswith(source) for source in sources)]
        if (own or witness) not in kept:
            kept.append(own or witness)
    return Why(kept, why.more, why.partial)


def _arranged(plain: Grid, variables: Sequence[str], layout: Layout) -> Grid:
    group = [variables.index(name) for name in layout.group if name in variables]
    others = [place for place, name in enumerate(variables) if name not in layout.group and name not in layout.hide]
    columns = [*group, *others]
    joined = {place for place in others if variables[place] in layout.join}
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for number, row in enumerate(plain.rows):
        heads = tuple(row[place] for place in group)
        key = tuple(row[place] for place in others if place not in joined)
        alike.setdefault((heads, key), []).append(number)
    blocks: dict[tuple[str, ...], list[list[int]]] = {}
    for (block, _), numbers in alike.items():  # a block stands where its first row stood
        blocks.setdefault(block, []).append(numbers)
    rows = [numbers for lines in blocks.values() for numbers in lines]
    return plain._replace(
        headers=tuple(plain.headers[place] for place in columns),
        numeric=tuple(plain.numeric[place] and place not in joined for place in columns),
        rows=[[_joined([plain.rows[number][place] for number in numbers]) for place in columns] for numbers in rows],
        lines=[_terms(plain, numbers, columns, joined) for numbers in rows],
        why=None if plain.why is None else [_together([plain.why[number] for number in numbers]) for numbers in rows],
        group=len(group),
    )


def _terms(plain: Grid, numbers: list[int], columns: list[int], joined: set[int]) -> tuple[Term | None, ...]:
    first = plain.lines[numbers[0]]
    return tuple(first[place] if place not in joined or len(numbers) == 1 else None for place in columns)


def _joined(texts: list[str]) -> str:
    """Join texts with commas, or with semicolons where one contains a comma."""
    between = _BETWEEN_LISTS if any(_BETWEEN in text for text in texts) else _BETWEEN
    return between.join(filter(None, dict.fromkeys(texts)))


def _together(each: list[Why]) -> Why:
    """Merge the evidence of rows that are shown as one."""
    witnesses: list[list[int]] = []
    for why in each:
        witnesses.extend(witness for witness in why.witnesses if witness not in witnesses)
    return Why(
        witnesses,
        sum(why.more for why in each),
        any(why.partial for why in each),
        sum(why.passages for why in each),
        max(why.documents for why in each),
    )
