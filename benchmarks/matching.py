"""Which films of two real catalogues are matched: usage ``python benchmarks/matching.py [SAMPLE] [SEED]``.

Both are fetched as `importing` fetches them. A sample of the certain matches, drawn by a seed, is printed for reading:
what each side says of title, date, running time, budget and score. Beside stand the numbers of a plain join of titles
and years, which nobody checks.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from filmgraph.importing.decisions import key_of
from filmgraph.importing.functions import key
from filmgraph.importing.identity import Matches, match
from filmgraph.importing.importer import ImportOptions, ImportPlan, plan
from filmgraph.importing.known import known_of
from filmgraph.importing.mappings import folders_of
from importing import fetched


class Entry(NamedTuple):
    """What a catalogue says of a film."""

    title: str
    year: str
    minutes: str
    budget: str
    score: str
    director: str = ""

    def __str__(self) -> str:
        return f"{self.title} | {self.year} | {self.minutes} | {self.budget} | {self.score} | {self.director}"


def planned(path: Path, slug: str) -> ImportPlan:
    """A catalogue, mapped."""
    return plan(str(path), ImportOptions(slug=slug), folders=folders_of(None))


def matched(one: ImportPlan, other: ImportPlan) -> Matches:
    """The films of the second catalogue among those of the first."""
    known = [
        known_of((s.triple.subject.value, s.triple.predicate.value, s.triple.object.value) for s in made.statements)  # type: ignore[union-attr]
        for made in (one, other)
    ]
    return match(known[1], known[0], {}, slug=other.document.slug)


def entries(path: Path) -> dict[int, Entry]:
    """What a catalogue says, by the number of the record, as `filmgraph` counts them."""
    if path.suffix == ".json":
        films = json.loads(path.read_text(encoding="utf-8"))
        names = ("Title", "Release Date", "Running Time min", "Production Budget", "IMDB Rating", "Director")
        return {number: Entry(*(str(film[name] or "") for name in names)) for number, film in enumerate(films, 1)}
    with path.open(encoding="utf-8", newline="") as file:
        names = ("title", "year", "length", "budget", "rating")
        return {
            number: Entry(*(film[name].replace("NA", "") for name in names))
            for number, film in enumerate(csv.DictReader(file), 2)
        }


def plain(title: str) -> str:
    """A title without its article, as a plain join compares it."""
    turned = re.sub(r"^(.*), (the|a|an|le|la|les|l'|der|die|das|el)$", r"\2 \1", title.strip(), flags=re.IGNORECASE)
    return key(re.sub(r"^(the|a|an) ", "", turned.casefold()))


def joined(one: dict[int, Entry], other: dict[int, Entry]) -> set[tuple[int, int]]:
    """A plain join on title and year; of several with both, the first."""
    first: dict[tuple[str, str], int] = {}
    for number, film in one.items():
        first.setdefault((plain(film.title), film.year), number)
    pairs = set()
    for number, film in other.items():
        year = re.search(r"\d{4}", film.year)
        found = first.get((plain(film.title), year[0] if year else ""))
        if found is not None:
            pairs.add((found, number))
    return pairs


def differing(
    pairs: set[tuple[int, int]], one: dict[int, Entry], other: dict[int, Entry], name: str
) -> tuple[int, int]:
    """Of how many pairs both sides give something, and in how many they differ."""
    both = [(getattr(one[a], name), getattr(other[b], name)) for a, b in pairs]
    both = [(left, right) for left, right in both if left and right]
    return len(both), sum(float(left) != float(right) for left, right in both)


def records(made: ImportPlan) -> dict[str, int]:
    """The number of the record of each film."""
    found: dict[str, int] = {}
    for statement in made.statements:
        found.setdefault(statement.triple.subject.value, statement.record)  # type: ignore[union-attr]
    return found


def main(size: int = 300, seed: int = 14) -> None:
    """Fetch, match, draw, and print."""
    with tempfile.TemporaryDirectory() as name:
        files = fetched(Path(name))
        one, other = (entries(path) for path in files)
        plans = [planned(path, slug) for path, slug in zip(files, ("imdb", "numbers"), strict=True)]
        found = matched(*plans)
        numbers = [records(made) for made in plans]
        films = {iri: taken for iri, taken in found.taken.items() if "/film/" in iri and taken in numbers[0]}
        pairs = {(numbers[0][taken], numbers[1][iri]) for iri, taken in films.items()}
        naive = joined(one, other)
        asked: dict[str, int] = defaultdict(int)
        for row in found.rows:
            asked[row.key] += 1
        wanted = {number: key_of(iri) for iri, number in numbers[1].items() if "/film/" in iri}
        open_ = {pair for pair in naive - pairs if wanted.get(pair[1]) in asked}
        for label, some in (("plain join", naive), ("certain", pairs)):
            budgets, minutes = differing(some, one, other, "budget"), differing(some, one, other, "minutes")
            print(
                f"{label}: {len(some):,} pairs; budgets differ in {budgets[1]} of {budgets[0]},"
                f" running times in {minutes[1]} of {minutes[0]}"
            )
        print(
            f"of the plain join {len(naive & pairs):,} are certain, {len(open_):,} are open,"
            f" {len(naive - pairs - open_):,} neither; certain beside it: {len(pairs - naive):,}"
        )
        for left, right in sorted(random.Random(seed).sample(sorted(pairs), min(size, len(pairs)))):  # noqa: S311  a draw
            print(f"{one[left]}\n    {other[right]}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
