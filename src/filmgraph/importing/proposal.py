"""Proposal of a mapping for a table, from its headers and values; unknown columns are marked."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing import concepts, functions
from filmgraph.importing.functions import is_nothing, key
from filmgraph.importing.headers import MEANINGS
from filmgraph.importing.mapping import PROLOGUE, columns_by_variable
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filmgraph.importing.readers._records import Table

_LOOKED_AT = 500
_ENOUGH = 0.3
_SEPARATORS = (";", "|", " / ", " & ")

_PEOPLE = ("rel:fmd", "rel:fmp", "rel:aus", "rel:act", "rel:cng", "rel:flm", "rel:cmp")
_BODIES = ("rel:prn", "rel:fds")
_SEVERAL = (*_PEOPLE, *_BODIES, "country", "language", "genre")
_SUMS = {"budget": "fgv:budget", "gross": "fgv:boxOfficeGross"}
_CURRENCIES = {
    "fgv:EUR": re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE),
    "fgv:GBP": re.compile(r"£|\bgbp\b|\bpounds?\b", re.IGNORECASE),
    "fgv:USD": re.compile(r"\$|\busd?\b|_usd?\b|\bdollars?\b", re.IGNORECASE),
}
# "Director/a", "Regisseur*in", "Realisateur·rice": one header for all.
_FEMININE = re.compile(r"\s*[/*:·_](?:a|as|e|es|in|innen|rice|trice|euse|ora|oras)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNITS = (
    "in",
    "min",
    "mins",
    "minutes",
    "minuten",
    "minutos",
    "minuti",
    "m",
    "usd",
    "us",
    "eur",
    "euro",
    "dollars",
    "en",
)
_AMOUNTS = ("worldwide", "total", "amount", "value", "usd", "eur", "domestic", "us")


class Guess(NamedTuple):
    """The guessed meaning of a column, the separator of its values, and their unit."""

    variable: str
    column: str
    what: str
    separator: str = ""
    unit: str = ""


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
    taken: dict[str, Guess] = {}
    for variable, column in variables.items():
        values = _values(table, column)
        what = _what(column, values)
        if what and (what not in taken or what in (*_PEOPLE, *_BODIES)) and values:
            separator = _separator(what, values) if what in _SEVERAL else ""
            guess = Guess(variable, column, what, separator, _currency(column, values) if what in _SUMS else "")
            taken[what if what not in taken else f"{what} {variable}"] = guess
    guesses = tuple(taken.values())
    left = tuple(column for variable, column in variables.items() if variable not in {one.variable for one in guesses})
    return Proposal(_text(guesses, left, variables, table, reads=reads, name=name), guesses, left)


def _values(table: Table, column: str) -> list[str]:
    """Return the first values of a column, without missing ones."""
    cells = (cell for record in table.records for cell in record.cells.get(column, ()) if not is_nothing(cell.text))
    return [cell.text for cell in islice(cells, _LOOKED_AT)]


def _what(column: str, values: Sequence[str]) -> str:
    """Guess what a column holds, from its header (with units or places removed) and its values."""
    bare = _FEMININE.sub("", re.sub(r"\(.*?\)|\[.*?\]", " ", column).strip())
    folded = key(bare) or key(column)
    candidates = [folded, key(column), *_without_units(folded), key(_CAMEL.sub(" ", bare.rpartition("/")[2]))]
    if folded.startswith("imdb-"):
        candidates.append(folded.removeprefix("imdb-"))
    if folded.endswith("-id"):
        candidates.append("id")
    column = column if bare == column.strip() or "/" not in column else bare
    *above, last = [part for part in re.split(r"[/.]", column) if key(part) and not part.isdecimal()] or [column]
    if above:
        # A director's birthday is no director, and no date of the film either.
        if last.startswith("@") or any(
            MEANINGS.get(key(part), "title") not in {"title", "id"} for part in above if key(part) != f"{key(last)}s"
        ):
            sums = {MEANINGS.get(key(part)) for part in above} <= set(_SUMS) and key(last) in _AMOUNTS
            return next(what for part in above if (what := MEANINGS.get(key(part)))) if sums else ""
        candidates += [key(last), key(_CAMEL.sub(" ", last))]
    for candidate in candidates:
        what = MEANINGS.get(candidate) or MEANINGS.get(candidate.removesuffix("s"))
        if what and _fits(what, values):
            return what
    return ""


def _without_units(folded: str) -> Iterator[str]:
    """Yield a header without its trailing units, word by word: *dauer in minuten*, *dauer in*, *dauer*."""
    words = folded.split("-")
    while len(words) > 1 and words[-1] in _UNITS:
        words.pop()
        yield "-".join(words)


def _currency(column: str, values: Sequence[str]) -> str:
    """Return the currency that the header or most values name; ``unstatedCurrency`` where none does."""
    for unit, named in _CURRENCIES.items():
        if named.search(column) or sum(bool(named.search(value)) for value in values) * 2 > len(values):
            return unit
    return "fgv:unstatedCurrency"


def _fits(what: str, values: Sequence[str]) -> bool:
    """Whether enough values have the form that the header implies."""
    checks = {
        "date": functions.date,
        "minutes": functions.minutes,
        "budget": functions.amount,
        "gross": functions.amount,
        "rating": functions.number,
        "votes": functions.amount,
        "country": concepts.country,
        "language": concepts.language,
        "genre": concepts.genre,
    }
    check = checks.get(what)
    if check is None or not values:
        return True
    separator = _separator(what, values) if what in _SEVERAL else ""
    parts = [part.strip() for value in values for part in (value.split(separator) if separator else [value])]
    return sum(check(part) is not None for part in parts) >= _ENOUGH * len(parts)


def _separator(what: str, values: Sequence[str]) -> str:
    """Return the separator of a column's values: semicolon, bar, or a comma where it does not invert names."""
    for separator in _SEPARATORS if what in _PEOPLE else _SEPARATORS[:-1]:  # "Lee & Sons" is one company
        if any(separator in value for value in values):
            return separator
    with_comma = [value for value in values if "," in value]
    if not with_comma or what in _BODIES:
        return ""
    # "Maran, Ilse" is one name turned round; "Ilse Maran, Bo Lake" are two.
    turned = sum(value.count(",") == 1 and " " not in value.partition(",")[0].strip() for value in with_comma)
    return "" if turned * 2 > len(with_comma) and what in _PEOPLE else ","


def _key(guesses: Iterable[Guess], table: Table) -> list[str]:
    """Return the columns that identify records: an identifier where each has its own, else title and year."""
    by_what = {guess.what: guess for guess in guesses}
    if (one := by_what.get("id")) is not None:
        values = [cells[0].text for record in table.records if (cells := record.cells.get(one.column))]
        if len(values) == len(table.records) and max(Counter(values).values(), default=0) == 1:
            return [one.variable]
    found = [by_what[what].variable for what in ("title", "date") if what in by_what]
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
    made: list[str] = ["  ?film a fg:Film ."]
    bound: list[str] = ["  BIND(IRI(CONCAT(STR(film:), ?record)) AS ?film)"]
    for guess in guesses:
        template, bindings = _lines(guess)
        made += template
        bound += bindings
    split = ", ".join(f'{guess.variable}: "{guess.separator}"' for guess in guesses if guess.separator)
    summary = _scalar(f"Films of {name}")
    header = [f"#+ summary: {summary}", f"#+ reads: {reads}", f"#+ key: [{', '.join(_key(guesses, table))}]"]
    title = next((guess.variable for guess in guesses if guess.what == "title"), "")
    if title:
        header.append(f"#+ about: [{title}]")
    if split:
        header.append(f"#+ split: {{{split}}}")
    names = {column: variable for variable, column in variables.items()}
    unknown = [f"# Not taken: ?{names[column]}, the column {column!r}. Say above what it states." for column in left]
    body = ["CONSTRUCT {", *made, "} WHERE {", *bound, "}"]
    return "\n".join([*header, "", PROLOGUE.rstrip(), "", *body, *unknown]) + "\n"


def _lines(guess: Guess) -> tuple[list[str], list[str]]:
    """Return the template lines and the bindings for a column."""
    what, column = guess.what, f"?{guess.variable}"
    own = guess.variable
    if what in {"title", "original_title"}:
        kind, suffix = (" ; fg:titleType fgv:original", ", '.original'") if what == "original_title" else ("", "")
        return (
            [f"  ?film fg:title ?{own}_node .", f"  ?{own}_node a fg:Title ; fg:titleText ?{own}_text{kind} ."],
            [
                f"  BIND(STRLANG(fn:title({column}), 'und') AS ?{own}_text)",
                f"  BIND(IF(BOUND(?{own}_text), IRI(CONCAT(STR(title:), ?record{suffix})), ?none) AS ?{own}_node)",
            ],
        )
    if what == "date":
        return [f"  ?film fg:date ?{own}_date ."], [f"  BIND(fn:date({column}) AS ?{own}_date)"]
    if what == "minutes":
        return (
            [f"  ?film fg:runtimeMinutes ?{own}_minutes ; fg:runtime ?{own}_duration ."],
            [
                f"  BIND(fn:minutes({column}) AS ?{own}_minutes)",
                f"  BIND(fn:duration({column}) AS ?{own}_duration)",
            ],
        )
    return _credit(guess) if what.startswith("rel:") else _measure(guess) if what in _MEASURES else _category(guess)


_MEASURES = (*_SUMS, "rating", "votes")


def _measure(guess: Guess) -> tuple[list[str], list[str]]:
    """Return the template lines and bindings for a figure: money, a rating, a number of votes."""
    own, column = guess.variable, f"?{guess.variable}"
    # A score is a fg:Rating where its scale is known, and no column says that.
    variable, unit = {"rating": ("fgv:ratingScore", "fgv:point"), "votes": ("fgv:voteCount", "fgv:vote")}.get(
        guess.what, (_SUMS.get(guess.what, ""), guess.unit)
    )
    return (
        [
            f"  ?{own}_figure a fg:Figure ; fg:describes ?film ; fg:variable {variable} ; fg:value ?{own}_value ;",
            f"    fg:unit {unit} .",
        ],
        [
            f"  BIND(fn:{'number' if guess.what == 'rating' else 'amount'}({column}) AS ?{own}_value)",
            f"  BIND(IF(BOUND(?{own}_value), IRI(CONCAT(STR(figure:), ?record, '.{own}')), ?none) AS ?{own}_figure)",
        ],
    )


def _category(guess: Guess) -> tuple[list[str], list[str]]:
    """Return the template lines and bindings for a country, a language or a genre."""
    own, column = guess.variable, f"?{guess.variable}"
    if guess.what == "country":
        return (
            [f"  ?film fg:productionCountry ?{own}_country ."],
            [f"  BIND(fn:country({column}) AS ?{own}_country)"],
        )
    if guess.what in {"language", "genre"}:
        return (
            [f"  ?film fg:{guess.what} ?{own}_{guess.what} ."],
            [f"  BIND(fn:{guess.what}({column}) AS ?{own}_{guess.what})"],
        )
    return [], []


def _credit(guess: Guess) -> tuple[list[str], list[str]]:
    own, code = guess.variable, guess.what.partition(":")[2]
    kind, space, call = (
        ("fg:Person", "person", "fn:name") if guess.what in _PEOPLE else ("fg:Organisation", "org", "STR")
    )
    return (
        [
            f"  ?{own}_credit a fg:Credit ; fg:film ?film ; fg:agent ?{own}_agent ; fg:role {guess.what} .",
            f"  ?{own}_agent a {kind} ; fg:name ?{own}_name .",
        ],
        [
            f"  BIND(STRLANG({call}(?{own}), 'und') AS ?{own}_name)",
            f"  BIND(IRI(CONCAT(STR({space}:), fn:key(STR(?{own}_name)))) AS ?{own}_agent)",
            f'  BIND(IRI(CONCAT(STR(credit:), ?record, ".", fn:key(STR(?{own}_name)), ".{code}")) AS ?{own}_credit)',
        ],
    )
