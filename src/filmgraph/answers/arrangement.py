"""The layout of a question applied to a grid: rows joined, columns hidden, columns that head blocks put first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.answers.grid import Grid, Why, grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.answers.rows import AnsweredRows, Layout
    from filmgraph.rdf.results import Term

_BETWEEN = ", "


def laid_out(answer: AnsweredRows) -> Grid:
    """An answer as text, in the layout of its question where that has one."""
    layout = answer.asked.layout if answer.asked else None
    return _arranged(grid(answer), answer.variables, layout) if layout else grid(answer)


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
    return _BETWEEN.join(filter(None, dict.fromkeys(texts)))


def _together(each: list[Why]) -> Why:
    """The evidence of rows that are shown as one: what supports any of them."""
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
