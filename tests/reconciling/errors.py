"""Errors as tables of films have them: case, accents, articles, slips of the finger, years off by one."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Row(NamedTuple):
    """A row of a table: what was typed, the year where there is one, the type, and the name that is right."""

    typed: str
    year: str
    type: str
    right: str


def rows(count: int, films: Sequence[Sequence[str]], *, seed: int = 500) -> list[Row]:
    """Rows with errors, the same for a seed: two in three are films, the others people.

    Args:
        count: How many.
        films: Title, year and maker of each film; the maker may be empty.
        seed: What they are chosen by.
    """
    chance = random.Random(seed)  # noqa: S311 -- the same table each time
    makers = list(dict.fromkeys(maker for _, _, maker in films if maker))
    found = []
    for number in range(count):
        if number % 3:
            title, year, _ = chance.choice(films)
            given = str(int(year) + chance.choice((-1, 0, 0, 1))) if chance.random() < 0.7 else ""
            found.append(Row(_wrong(title, chance), given, "Film", title))
        else:
            maker = chance.choice(makers)
            found.append(Row(_wrong(maker, chance, person=True), "", "Person", maker))
    return found


def _wrong(name: str, chance: random.Random, *, person: bool = False) -> str:
    kind = chance.choice(("case", "accents", "article", "slip", "slip", "order", "none"))
    if kind == "case":
        return chance.choice((name.upper(), name.lower()))
    if kind == "accents":
        return "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one))
    if kind == "article" and not person:
        bare = name.removeprefix("The ").removeprefix("A ")
        return chance.choice((bare, f"{bare}, The", f"The {bare}"))
    if kind == "order" and person:
        first, _, last = name.rpartition(" ")
        return f"{last}, {first}"
    if kind == "slip" and len(name) > 6:
        place = chance.randrange(1, len(name) - 1)
        return chance.choice(
            (
                name[:place] + name[place + 1 :],
                name[:place] + name[place] + name[place:],
                name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
                name[:place] + chance.choice("aeiourst") + name[place + 1 :],
            )
        )
    return name
