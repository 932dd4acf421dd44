"""Guesses of what the columns of a table hold, from their headers and values.

A guess that is wrong is worse than none: a header that may mean two things is decided by the values and by the other
headers, and where these do not decide it, the column is left to a person.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing import concepts, functions, separators
from filmgraph.importing.functions import is_nothing, key
from filmgraph.importing.headers import (
    EQUIPMENT,
    EVENTS,
    FRENCH,
    MEANINGS,
    NO_MINUTES,
    NOISE,
    SCALED,
    SECOND_CHOICE,
    UNITS,
)
from filmgraph.importing.mapping import columns_by_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from filmgraph.importing.readers._records import Table

_LOOKED_AT = 500
_ENOUGH, _ALMOST_ALL = 0.3, 0.9
_MOST_MINUTES = 600

PEOPLE = ("rel:fmd", "rel:fmp", "rel:aus", "rel:act", "rel:cng", "rel:flm", "rel:cmp")
BODIES = ("rel:prn", "rel:fds")
SUMS = {"budget": "fgv:budget", "gross": "fgv:boxOfficeGross"}
CONCEPTS: dict[str, Callable[[str], str | None]] = {
    "country": concepts.country,
    "language": concepts.language,
    "subtitles": concepts.language,
    "genre": concepts.genre,
    "colour": concepts.colour,
}
_REPEATABLE = (*PEOPLE, *BODIES, "other_title", "same")
# "Director/a", "Regisseur*in", "Realisateur·rice": one header for all.
_FEMININE = re.compile(r"\s*[/*:·_](?:a|as|e|es|in|innen|rice|trice|euse|ora|oras)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AMOUNTS = frozenset({"worldwide", "total", "amount", "value", "usd", "eur", "domestic", "us"})
_LENGTHS = frozenset({"minutes", "min", "value", "minuten"})
_COMPANY = re.compile(
    r"\b(?:films?|filme|pictures?|productions?|produktion\w*|filmproduktion|produzioni|producciones|studios?|company"
    r"|entertainment|media|ltd|limited|inc|llc|gmbh|s\.?[ral]\.?(?:l\.?)?|ag|bros|cinema|television|tv)\b",
    re.IGNORECASE,
)


class Guess(NamedTuple):
    """The guessed meaning of a column, the separators of its values, their unit, and how its dates are written.

    ``own`` begins the names of the variables that a mapping makes of it; no column has these.
    """

    variable: str
    column: str
    what: str
    separators: tuple[str, ...] = ()
    unit: str = ""
    dates: str = "date"
    own: str = ""


def guesses(table: Table) -> tuple[Guess, ...]:
    """Guess what the columns of a table hold; of several for a film's one title or date the likeliest is taken."""
    context = _Context(table)
    found: list[tuple[int, Guess]] = []
    for variable, column in columns_by_variable(table.columns).items():
        values = _values(table, column)
        what = context.meaning(column, values) if values and not _is_of_parts(table, column) else ""
        if what:
            found.append((_rank(what, column), _with_details(Guess(variable, column, what), values)))
    if _is_of_other_things(table) or not any(
        guess.what in _OF_FILMS or (guess.what == "title" and not rank) for rank, guess in found
    ):
        return ()
    taken = list(_best(found))
    if not any(guess.what.endswith("title") and guess.what != "other_title" for guess in taken):
        taken = _titled(taken)
    return tuple(sorted(taken, key=lambda guess: [one.name for one in table.columns].index(guess.column)))


_OF_FILMS = frozenset(
    {"date", "minutes", "original_title", "genre", "budget", "gross", "country_and_date", "colour", *PEOPLE, *BODIES}
)
"""What a table has of films, and none of people whose *Name* and *Nationality* it lists."""


def _is_of_other_things(table: Table) -> bool:
    """Whether the records say of what type they are, and none is a film."""
    types = {cell.text for record in table.records for cell in record.cells.get("@type", ())}
    types |= {cell.text for record in table.records for cell in record.cells.get("type", ()) if _CLASS.match(cell.text)}
    return bool(types) and not any(_FILM.search(kind) for kind in types)


_CLASS = re.compile(r"[A-Z][a-z]+[A-Z]")
"""The beginning of the name of a class, such as *SourceDocument*."""
_FILM = re.compile(r"film|movie|cinema|video|work|episode", re.IGNORECASE)


def _is_of_parts(table: Table, column: str) -> bool:
    """Whether a title, a date or a length below a field is that of several things in a record, such as screenings."""
    above, _, last = column.rpartition("/")
    if not above or MEANINGS.get(key(last)) not in _SINGLE:
        return False
    counts = [len(cells) for record in table.records if (cells := record.cells.get(column))]
    return sum(count > 1 for count in counts) * 2 > len(counts)


_SINGLE = frozenset({"title", "date", "minutes", "budget", "gross", "rating", "votes"})


def _best(found: Sequence[tuple[int, Guess]]) -> Iterator[Guess]:
    """Yield the guesses to take: all of those that may repeat, else the first of the best rank."""
    for _, guess in found:
        rivals = [rival for rival in found if rival[1].what == guess.what]
        if guess.what in _REPEATABLE or guess == min(rivals, key=lambda rival: rival[0])[1]:
            yield guess


def _titled(taken: list[Guess]) -> list[Guess]:
    """Let another title be the title of films that have none."""
    one = next((guess for guess in taken if guess.what == "other_title"), None)
    return [guess._replace(what="title") if guess is one else guess for guess in taken]


def _rank(what: str, column: str) -> int:
    """How far behind others of one meaning a column stands: a year before a day, a total before a part."""
    folded = key(column)
    return next((rank for rank, words in SECOND_CHOICE.get(what, {}).items() if words & set(folded.split("-"))), 0)


def _values(table: Table, column: str) -> list[str]:
    """Return the first values of a column, without missing ones."""
    cells = (cell for record in table.records for cell in record.cells.get(column, ()) if not is_nothing(cell.text))
    return [cell.text for cell in islice(cells, _LOOKED_AT)]


class _Context:
    """What the headers of a table say together of what each may mean."""

    def __init__(self, table: Table) -> None:
        words = {word for column in table.columns for word in key(column.name).split("-")}
        self._paths = {column.name for column in table.columns if column.header is None}
        self._is_of_events = bool(words & EVENTS)
        self._is_french = bool(words & FRENCH)

    def meaning(self, column: str, values: Sequence[str]) -> str:
        """Guess what a column holds; empty where nothing fits, or two things do."""
        found = self._of_path(column) if column in self._paths else self._of_header(column)
        return next((what for what in found if self._can_be(what, column) and _fits(what, column, values)), "")

    def _can_be(self, what: str, column: str) -> bool:
        """Whether a header may mean something beside the other headers: *Date* beside *Venue* is no film's."""
        bare = key(re.sub(r"\(.*?\)", "", column))
        is_of_events = bare in {"date", "datum", "data", "fecha", "time", "zeit", "tempo", "hora"}
        return not (self._is_of_events and what in {"date", "minutes"} and is_of_events)

    def _of_header(self, header: str) -> Iterator[str]:
        yield from self._of_words(header)
        parts = [part for part in re.split(r"\s*[/,]\s*", _FEMININE.sub("", header)) if key(part)]
        if len(parts) > 1:
            meanings = [next(self._of_words(part), "") for part in parts]
            known = list(dict.fromkeys(filter(None, meanings)))
            if len(known) == 1:
                yield known[0]
            elif set(known) == {"country", "date"}:
                yield "country_and_date"

    def _of_words(self, header: str) -> Iterator[str]:
        bare = _FEMININE.sub("", re.sub(r"\(.*?\)|\[.*?\]", " ", header).strip())
        folded = key(bare) or key(header)
        candidates = [
            key(header),
            folded,
            *_without_units(folded),
            key(_CAMEL.sub(" ", bare)),
            "-".join(word for word in folded.split("-") if word not in NOISE),
        ]
        if folded.startswith("imdb-"):
            candidates.append(folded.removeprefix("imdb-"))
        if folded.endswith("-id"):
            candidates.append("id")
        for candidate in filter(None, candidates):
            if what := self._known(candidate):
                yield what

    def _known(self, folded: str) -> str:
        if folded == "distribution":  # the cast in French, who distributes in English
            return "rel:act" if self._is_french else "rel:fds"
        return MEANINGS.get(folded) or MEANINGS.get(folded.removesuffix("s"), "")

    def _of_path(self, path: str) -> Iterator[str]:
        """Yield what a path of names may mean; a director's birthday is no director, and no date of the film."""
        *above, last = [part for part in path.split("/") if key(part) and not part.isdecimal()] or [path]
        if not above:
            yield from self._of_words(last)
            return
        around = {what for part in above if (what := self._known(key(part)))}
        named = next(self._of_words(last), "")
        if above and self._known(key(above[-1])) == "title":
            yield from filter(None, (self._known(key(f"{last} {above[-1]}")), self._known(key(f"{last} title"))))
        if last.startswith("@") and around:
            return
        if around <= set(SUMS) and around and key(last) in _AMOUNTS:
            yield next(iter(around))
        elif around == {"minutes"} and key(last) in _LENGTHS:
            yield "minutes"
        elif around <= {"title", "id"} or around == {named} or (around == {"rel:act"} and named in PEOPLE):
            yield from self._of_words(last)


def _without_units(folded: str) -> Iterator[str]:
    """Yield a header without its trailing units, word by word: *dauer in minuten*, *dauer in*, *dauer*."""
    words = folded.split("-")
    while len(words) > 1 and words[-1] in UNITS:
        words.pop()
        yield "-".join(words)


def _fits(what: str, column: str, values: Sequence[str]) -> bool:
    """Whether enough values have the form that the header implies."""
    if what in CONCEPTS:
        return _share(CONCEPTS[what], _all_parts(values, _terms(what, values))) >= _ENOUGH
    if what in PEOPLE:
        return _are_people(what, values)
    if what in BODIES:
        return _share(functions.organisation, values) >= _ENOUGH and not _are_places_or_dates(values)
    if what == "minutes":
        return _are_minutes(column, values)
    check, enough = _CHECKS.get(what, (bool, 0.0))
    if what == "date":
        check = _reader_of_dates(values)
    return _share(check, values) >= enough and not (what in SUMS and SCALED.search(column))


def _share(check: Callable[[str], object], values: Sequence[str]) -> float:
    return sum(bool(check(value)) for value in values) / len(values) if values else 0


def _all_parts(values: Sequence[str], parting: tuple[str, ...]) -> list[str]:
    return [part for value in values for part in separators.texts(value, parting)]


def _are_people(what: str, values: Sequence[str]) -> bool:
    people = [one for one in _all_parts(values, (_names(values),)) if not functions.is_unknown(one)]
    if any("://" in value or "@" in value for value in values):
        return False
    if what == "rel:cng" and any(EQUIPMENT.search(value) for value in values):
        return False
    if what == "rel:fmp" and _share(_COMPANY.search, people) > 0:
        return False
    return _share(functions.name, people) > 1 / 2


def _are_places_or_dates(values: Sequence[str]) -> bool:
    return _share(lambda value: functions.date(value) or concepts.country(value), values) > 1 / 2


def _are_minutes(column: str, values: Sequence[str]) -> bool:
    """Whether values are running times, and neither metres of film nor times of day."""
    found = sorted(seconds // 60 for value in values if (seconds := functions.seconds(value)))
    if NO_MINUTES.search(column) or len(found) < _ENOUGH * len(values):
        return False
    clocks = [value for value in values if re.fullmatch(r"\d\d?:\d\d", value.strip())]
    if any(functions.seconds(value) is None for value in clocks):  # some are times of day, or minutes and seconds
        return False
    return found[len(found) // 2] <= _MOST_MINUTES


def _year_behind(value: str) -> str | None:
    year = re.search(r"\d{4}$", value.strip())
    return year and functions.date(year[0])


_CHECKS: dict[str, tuple[Callable[[str], object], float]] = {
    "date": (functions.date, _ENOUGH),
    "country_and_date": (_year_behind, _ENOUGH),
    "budget": (functions.amount, _ENOUGH),
    "gross": (functions.amount, _ENOUGH),
    "rating": (functions.number, _ALMOST_ALL),
    "votes": (functions.amount, _ALMOST_ALL),
    "same": (functions.same, _ALMOST_ALL),
}


def _reader_of_dates(values: Sequence[str]) -> Callable[[str], str | None]:
    return {"date": functions.date, "dayFirst": functions.day_first, "monthFirst": functions.month_first}[
        _dates(values)
    ]


def _dates(values: Sequence[str]) -> str:
    """Which function reads dates such as 09/10/2010: what no month can be tells which number is the day."""
    slashed = [found for value in values if (found := re.fullmatch(r"(\d\d?)[/-](\d\d?)[/-]\d{4}", value.strip()))]
    months = 12
    first, second = (any(int(found[group]) > months for found in slashed) for group in (1, 2))
    return "date" if first == second else "dayFirst" if first else "monthFirst"


def _with_details(guess: Guess, values: Sequence[str]) -> Guess:
    """Add what the values of a column tell beside its meaning."""
    what = guess.what
    if what in PEOPLE:
        return guess._replace(separators=(_names(values),))
    if what in BODIES:
        return guess._replace(separators=_of_bodies(values))
    if what in CONCEPTS:
        return guess._replace(separators=_terms(what, values))
    if what == "country_and_date":
        return guess._replace(separators=_terms("country", [re.sub(r"[\s,]*\d{4}$", "", value) for value in values]))
    if what in SUMS:
        return guess._replace(unit=_currency(guess.column, values))
    return guess._replace(dates=_dates(values)) if what == "date" else guess


def _names(values: Sequence[str]) -> str:
    """How people are listed: "Maran, Ilse" is one name turned round, "Ilse Maran, Bo Lake" are two."""
    parts = [part for part in _all_parts(values, (separators.TURNED_NAMES,)) if "," in part]
    turned = sum(part.count(",") == 1 and " " not in part.partition(",")[0].strip() for part in parts)
    return separators.TURNED_NAMES if turned * 2 > len(parts) else separators.NAMES


def _of_bodies(values: Sequence[str]) -> tuple[str, ...]:
    """What parts companies: a comma only where what it parts is named as companies are."""
    found = tuple(mark for mark in (";", "|", " / ") if any(mark in value for value in values))
    listed = [part for value in values if "," in value for part in value.split(",")]
    return (*found, ",") if listed and _share(_COMPANY.search, listed) > 1 / 2 else found


def _terms(what: str, values: Sequence[str]) -> tuple[str, ...]:
    """What parts the values of a vocabulary: every mark without which fewer of them are known."""
    marks = [
        mark for mark in (";", "|", ",", "/", "&", " - ", *separators.AND) if any(mark in value for value in values)
    ]
    known = CONCEPTS[what]
    chosen: tuple[str, ...] = ()
    for mark in marks:
        before, after = (_all_parts(values, parting) for parting in (chosen, (*chosen, mark)))
        if sum(known(part) is not None for part in after) > sum(known(part) is not None for part in before):
            chosen = (*chosen, mark)
    return chosen


def _currency(column: str, values: Sequence[str]) -> str:
    """Return the currency that the header names, or the one that no value contradicts; nothing where values differ."""
    if (named := functions.currency(column)) not in {None, functions.UNSTATED}:
        return str(named)
    found = {functions.currency(value) for value in values}
    return str(found.pop()) if len(found) == 1 and None not in found else ""
