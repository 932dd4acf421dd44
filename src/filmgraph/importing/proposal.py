"""Proposal of a mapping for a table, from its headers and values; unknown columns are marked."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing.guesses import CONCEPTS, PEOPLE, SUMS, Guess, guesses
from filmgraph.importing.mapping import PROLOGUE, columns_by_variable
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from filmgraph.importing.readers._records import Table


class Proposal(NamedTuple):
    """A proposed mapping: its text, the guess for each column, and the columns left out."""

    text: str
    taken: tuple[Guess, ...]
    left: tuple[str, ...]


def propose(table: Table, *, reads: str, name: str) -> Proposal:
    """Propose a mapping.

    Args:
        table: The table.
        reads: The name of its reader.
        name: What the table is called, for the summary.
    """
    variables = columns_by_variable(table.columns)
    taken = tuple(guess._replace(own=_own(guess.variable, variables)) for guess in guesses(table))
    known = {guess.variable for guess in taken}
    left = tuple(column for variable, column in variables.items() if variable not in known)
    return Proposal(_text(taken, left, variables, table, reads=reads, name=name), taken, left)


_TITLES = ("title", "original_title")
_MADE = frozenset(
    {
        *("agent", "colour", "country", "credit", "date", "duration", "figure", "genre", "language", "minutes"),
        *("name", "node", "same", "subtitles", "text", "unit", "value"),
    }
)
"""What ends the names of variables that a proposal makes of a column."""


def _own(variable: str, taken: Container[str]) -> str:
    """Return what the variables made of a column begin with: its own, unless another column has such a name."""
    while any(f"{variable}_{made}" in taken for made in _MADE):
        variable += "_here"
    return variable


def _key(guesses: Iterable[Guess], table: Table) -> list[str]:
    """Return the columns that identify records: an identifier where each has its own, else title and year."""
    by_what = {guess.what: guess for guess in guesses}
    if (one := by_what.get("id")) is not None:
        values = [cells[0].text for record in table.records if (cells := record.cells.get(one.column))]
        if len(values) == len(table.records) and max(Counter(values).values(), default=0) == 1:
            return [one.variable]
    titles = [by_what[what].variable for what in _TITLES if what in by_what][:1]
    found = titles + [by_what[what].variable for what in ("date", "country_and_date") if what in by_what]
    return found or [next(iter(columns_by_variable(table.columns)), "title")]


def _scalar(text: str) -> str:
    """A text as YAML on one line: in quotes where it has more than words, for a file may have any name."""
    return text if re.fullmatch(r"[\w .,()-]+", text) else json.dumps(printable(text), ensure_ascii=False)


def _text(
    guesses: Sequence[Guess],
    left: Sequence[str],
    variables: dict[str, str],
    table: Table,
    *,
    reads: str,
    name: str,
) -> str:
    film = "film" if "film" not in variables else "film_of_record"
    made: list[str] = [f"  ?{film} a fg:Film ."]
    bound: list[str] = [f"  BIND(IRI(CONCAT(STR(film:), ?record)) AS ?{film})"]
    if not guesses:
        bound = [f"  BIND(?none AS ?{film})  # No column says which film it is: write here what does."]
    for guess in guesses:
        template, bindings = _lines(guess, film)
        made += template
        bound += bindings
    split = ", ".join(f"{guess.variable}: {_separators(guess)}" for guess in guesses if guess.separators)
    summary = _scalar(f"Films of {name}")
    header = [f"#+ summary: {summary}", f"#+ reads: {reads}", f"#+ key: [{', '.join(_key(guesses, table))}]"]
    title = next((guess.variable for what in _TITLES for guess in guesses if guess.what == what), "")
    if title:
        header.append(f"#+ about: [{title}]")
    if split:
        header.append(f"#+ split: {{{split}}}")
    names = {column: variable for variable, column in variables.items()}
    unknown = [f"# Not taken: ?{names[column]}, the column {column!r}. Say above what it states." for column in left]
    body = ["CONSTRUCT {", *made, "} WHERE {", *bound, "}"]
    return "\n".join([*header, "", PROLOGUE.rstrip(), "", *body, *unknown]) + "\n"


def _separators(guess: Guess) -> str:
    """The separators of a column as YAML: one, or a list."""
    one, *others = (json.dumps(mark, ensure_ascii=False) for mark in guess.separators)
    return f"[{', '.join((one, *others))}]" if others else one


def _lines(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    """Return the template lines and the bindings for a column."""
    what = guess.what
    if what in _SIMPLE:
        return _simple(guess, film)
    if what.endswith("title"):
        return _title(guess, film)
    if what.startswith("rel:"):
        return _credit(guess, film)
    return _measure(guess, film) if what in _MEASURES else _category(guess, film)


_SIMPLE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "date": (("fg:date", "date", "fn:{dates}({column})"),),
    "minutes": (
        ("fg:runtimeMinutes", "minutes", "fn:minutes({column})"),
        ("fg:runtime", "duration", "fn:duration({column})"),
    ),
    "same": (("skos:exactMatch", "same", "fn:same({column})"),),
    "country_and_date": (
        ("fg:productionCountry", "country", 'fn:country(REPLACE({column}, "[ ,]*[0-9]{{4}}$", ""))'),
        ("fg:date", "date", 'fn:date(REPLACE({column}, "^.*[^0-9]", ""))'),
    ),
}
"""Values of a film itself: the property, how the variable ends, and what it is bound to."""


def _simple(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    values = _SIMPLE[guess.what]
    said = " ; ".join(f"{name} ?{guess.own}_{ending}" for name, ending, _ in values)
    filled = {"column": f"?{guess.variable}", "dates": guess.dates}
    bindings = [f"  BIND({call.format(**filled)} AS ?{guess.own}_{ending})" for _, ending, call in values]
    return [f"  ?{film} {said} ."], bindings


def _title(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    """Return the template lines and bindings for a title; further titles are told apart by their words."""
    own, column = guess.own, f"?{guess.variable}"
    kind = " ; fg:titleType fgv:original" if guess.what == "original_title" else ""
    suffix = {"original_title": ", '.original'", "other_title": f", '.', fn:key(?{own}_text)"}.get(guess.what, "")
    return (
        [f"  ?{film} fg:title ?{own}_node .", f"  ?{own}_node a fg:Title ; fg:titleText ?{own}_text{kind} ."],
        [
            f"  BIND(STRLANG(fn:title({column}), 'und') AS ?{own}_text)",
            f"  BIND(IF(BOUND(?{own}_text), IRI(CONCAT(STR(title:), ?record{suffix})), ?none) AS ?{own}_node)",
        ],
    )


_MEASURES = (*SUMS, "rating", "votes")


def _measure(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    """Return the template lines and bindings for a figure: money, a rating, a number of votes.

    A sum of zero says that nothing is known, and a sum whose currency is another than those of the vocabulary has no
    unit: neither becomes a figure.
    """
    own, column = guess.own, f"?{guess.variable}"
    # A score is a fg:Rating where its scale is known, and no column says that.
    variable, unit = {"rating": ("fgv:ratingScore", "fgv:point"), "votes": ("fgv:voteCount", "fgv:vote")}.get(
        guess.what, (SUMS.get(guess.what, ""), f"fgv:{guess.unit.rpartition('/')[2]}" if guess.unit else f"?{own}_unit")
    )
    is_one = f"?{own}_value > 0{f' && BOUND(?{own}_unit)' if unit.startswith('?') else ''}"
    return (
        [
            f"  ?{own}_figure a fg:Figure ; fg:describes ?{film} ; fg:variable {variable} ; fg:value ?{own}_value ;",
            f"    fg:unit {unit} .",
        ],
        [
            f"  BIND(fn:{'number' if guess.what == 'rating' else 'amount'}({column}) AS ?{own}_value)",
            *([f"  BIND(fn:currency({column}) AS ?{own}_unit)"] if unit.startswith("?") else []),
            f"  BIND(IF({is_one}, IRI(CONCAT(STR(figure:), ?record, '.{own}')), ?none) AS ?{own}_figure)",
        ],
    )


_PROPERTIES = {
    "country": "productionCountry",
    "language": "language",
    "subtitles": "subtitleLanguage",
    "genre": "genre",
    "colour": "colour",
}


def _category(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    """Return the template lines and bindings for a country, a language, a genre or a colour."""
    own, what = guess.own, guess.what
    if what not in CONCEPTS:
        return [], []
    function = "language" if what == "subtitles" else what
    return (
        [f"  ?{film} fg:{_PROPERTIES[what]} ?{own}_{what} ."],
        [f"  BIND(fn:{function}(?{guess.variable}) AS ?{own}_{what})"],
    )


def _credit(guess: Guess, film: str) -> tuple[list[str], list[str]]:
    own, code = guess.own, guess.what.partition(":")[2]
    kind, space, call = (
        ("fg:Person", "person", "fn:name") if guess.what in PEOPLE else ("fg:Organisation", "org", "fn:organisation")
    )
    return (
        [
            f"  ?{own}_credit a fg:Credit ; fg:film ?{film} ; fg:agent ?{own}_agent ; fg:role {guess.what} .",
            f"  ?{own}_agent a {kind} ; fg:name ?{own}_name .",
        ],
        [
            f"  BIND(STRLANG({call}(?{guess.variable}), 'und') AS ?{own}_name)",
            f"  BIND(IRI(CONCAT(STR({space}:), fn:key(STR(?{own}_name)))) AS ?{own}_agent)",
            f'  BIND(IRI(CONCAT(STR(credit:), ?record, ".", fn:key(STR(?{own}_name)), ".{code}")) AS ?{own}_credit)',
        ],
    )
