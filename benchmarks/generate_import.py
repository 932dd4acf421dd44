"""A collection that was imported, of any size: usage ``python benchmarks/generate_import.py DIR FILMS``.

A table of films that do not exist is written and imported, so there is a citation for every three facts, as tables
have; what `generate` makes has one for every seven.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from pathlib import Path

HEADER = (
    "id",
    "Title",
    "Year",
    "Running time (min)",
    "Director",
    "Company",
    "Country",
    "Genre",
    "Budget (USD)",
    "Votes",
)
FIRST = ("Ada", "Bo", "Cy", "Dara", "Ebbe", "Fay", "Gus", "Ilse", "Jon", "Kaja")
LAST = ("Holm", "Lake", "Maran", "Reed", "Sand", "Tavish", "Voss", "Winter", "Ysk", "Zell")
NOUNS = ("Harbour", "Clock", "Fog", "Pier", "Tide", "Salt", "Lantern", "Ferry", "Island", "Winter")


def row(number: int, draw: random.Random) -> list[object]:
    """A film."""
    return [
        number,
        f"{draw.choice(NOUNS)} {draw.choice(NOUNS)} {number}",
        draw.randint(1900, 2020),
        draw.randint(5, 240),
        f"{draw.choice(FIRST)} {draw.choice(LAST)} {draw.randint(1, 50)}",
        f"{draw.choice(LAST)} Films",
        draw.choice(("Germany", "France", "Canada", "Japan")),
        draw.choice(("Drama", "Comedy", "Documentary")),
        draw.randint(1, 900) * 100_000,
        draw.randint(5, 500_000),
    ]


def main(folder: str, films: int) -> None:
    """Write the table, and import it."""
    draw = random.Random(14)  # noqa: S311  a draw
    command = [sys.executable, "-m", "filmgraph"]
    subprocess.run([*command, "new", folder], check=True)
    table = Path(folder, "films.csv")
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *(row(number, draw) for number in range(1, films + 1))])
    subprocess.run([*command, "-C", folder, "import", str(table)], check=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
