"""Write a collection of invented films of any size, the same for the same numbers.

    python benchmarks/generate.py DIR [FACTS] [SOURCES]

FACTS is how many quads the fact files hold (100000), SOURCES how many sources share them (10). Each film is described
by two or three sources. They agree on most things, and differ now and then: a running time, a year, a name's spelling.
No text is written: passages are only positions, as in any collection without its folder of texts.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
HEADER = """@prefix fg: <https://w3id.org/filmgraph/ns#> .
@prefix fgv: <https://w3id.org/filmgraph/vocab/> .
@prefix film: <https://w3id.org/filmgraph/id/film/> .
@prefix person: <https://w3id.org/filmgraph/id/person/> .
@prefix title: <https://w3id.org/filmgraph/id/title/> .
@prefix credit: <https://w3id.org/filmgraph/id/credit/> .
@prefix release: <https://w3id.org/filmgraph/id/release/> .
@prefix screening: <https://w3id.org/filmgraph/id/screening/> .
@prefix edition: <https://w3id.org/filmgraph/id/edition/> .
@prefix series: <https://w3id.org/filmgraph/id/series/> .
@prefix award: <https://w3id.org/filmgraph/id/award/> .
@prefix result: <https://w3id.org/filmgraph/id/result/> .
@prefix figure: <https://w3id.org/filmgraph/id/figure/> .
@prefix country: <https://w3id.org/filmgraph/id/place/iso3166-1/> .
@prefix org: <https://w3id.org/filmgraph/id/org/> .
@prefix language: <https://w3id.org/filmgraph/id/language/> .
@prefix rel: <http://id.loc.gov/vocabulary/relators/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STARTS = "ba be bo da de do fa fe ga go ha he ja jo ka ke la le li lo ma me mi mo na ne no pa ra re ro sa se so ta te"
ENDS = "ban del dor fin gar hol jan kal lin mar nek nor pal ran rik sen sol tan ter vik wen"
NOUNS = (
    "harbour lantern orchard river winter letter station island mirror garden tower bridge meadow window shadow comet"
    " ferry quarry valley compass anchor thicket parade kitchen attic canal furnace glacier market pasture railway"
)
ADJECTIVES = "long quiet last green open second hollow bright northern borrowed silver slow early distant narrow paper"
ROLES = ("fmd", "fmp", "cng", "flm", "act", "act", "act", "act")
COUNTRIES = ("DK", "CA", "CN", "GB", "NL", "US", "AU", "HK")
_STARTS, _ENDS, _NOUNS, _ADJECTIVES = STARTS.split(), ENDS.split(), NOUNS.split(), ADJECTIVES.split()
FACTS_PER_ACCOUNT = 104  # about so many quads one source gives to one film
ACCOUNTS_PER_FILM = 2.5


class Film(NamedTuple):
    """What is true of a film in this invented world."""

    key: str
    title: str
    year: int
    minutes: int
    people: tuple[int, ...]
    country: str
    gross: int


def person(number: int) -> tuple[str, str]:
    """The key and the name of the person with a number."""
    parts: list[str] = []
    rest = number
    for words in (_STARTS, _ENDS, _STARTS, _ENDS):
        rest, place = divmod(rest, len(words))
        parts.append(words[place])
    first, last = parts[0] + parts[1], parts[2] + parts[3]
    # Beyond all combinations of syllables, people are told apart by a number.
    suffix = f" {rest + 1}" if rest else ""
    return f"{first}-{last}{suffix.replace(' ', '-')}", f"{first.title()} {last.title()}{suffix}"


def film(number: int, chance: random.Random, films: int) -> Film:
    """The film with a number."""
    words = (chance.choice(_ADJECTIVES), chance.choice(_NOUNS), chance.choice(_NOUNS))
    title = f"The {words[0].title()} {words[1].title()} {words[2].title()} {number + 1}"
    people = tuple(chance.randrange(films * 3) * 7 for _ in ROLES)
    return Film(
        f"{'-'.join(words)}-{number + 1}",
        title,
        chance.randrange(1930, 2026),
        chance.randrange(50, 180),
        people,
        chance.choice(COUNTRIES),
        chance.randrange(10_000, 90_000_000),
    )


class Account:
    """What one source says of films, written passage by passage.

    Args:
        file: The fact file.
        slug: The source's short name.
    """

    def __init__(self, file: IO[str], slug: str) -> None:
        self.slug = slug
        self.sha256 = hashlib.sha256(slug.encode()).hexdigest()
        self.length = 0
        self.quads = 0
        self._file = file
        file.write(f"@base <https://w3id.org/filmgraph/source/{slug}.{self.sha256[:8]}> .\n{HEADER}")

    def passage(self, quads: int, body: str) -> None:
        """A passage that states so many quads."""
        end = self.length + len(body) // 4 + 20
        self._file.write(f"<#char={self.length},{end}> {{\n{body}}}\n")
        self.length = end + 2
        self.quads += quads

    def of_film(self, one: Film, chance: random.Random) -> None:
        """All that this source says of one film."""
        key, year = one.key, one.year + (chance.random() < 0.05)  # noqa: PLR2004 -- one year in twenty is off by one
        minutes = one.minutes + chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 5))
        self.passage(
            5,
            f'  film:{key} a fg:Film ; fg:title title:{key}.1 ; fg:date "{year}"^^edtf:EDTF .\n'
            f'  title:{key}.1 a fg:Title ; fg:titleText "{one.title}"@en .\n',
        )
        self.passage(
            3,
            f'  film:{key} a fg:Film ; fg:runtimeMinutes {minutes} ; fg:runtime "PT{minutes}M"^^xsd:duration .\n',
        )
        for number, (role, who) in enumerate(zip(ROLES, one.people, strict=True)):
            self._credit(key, number, role, who, chance)
        self._events(one, year)
        self.passage(
            8,
            f"  figure:{self.slug}.gross.{key} a fg:Figure ; fg:describes film:{key} ; fg:film film:{key} ;"
            f" fg:variable fgv:boxOfficeGross ; fg:value {one.gross + chance.choice((0, 0, 0, 1000))} ;"
            f" fg:unit fgv:USD .\n  film:{key} a fg:Film .\n",
        )

    def _credit(self, key: str, number: int, role: str, who: int, chance: random.Random) -> None:
        own, name = person(who)
        if chance.random() < 0.03:  # noqa: PLR2004 -- three names in a hundred are spelt otherwise
            name = name.replace("a", "á", 1)
        character = f' ; fg:characterName "{_NOUNS[who % len(_NOUNS)].title()}"@en' if role == "act" else ""
        self.passage(
            8 if character else 7,
            f"  credit:{key}.{own}.{role}.{number} a fg:Credit ; fg:film film:{key} ; fg:agent person:{own} ;"
            f' fg:role rel:{role}{character} .\n  person:{own} a fg:Person ; fg:name "{name}"@en .\n'
            f"  film:{key} a fg:Film .\n",
        )

    def _events(self, one: Film, year: int) -> None:
        key, series = one.key, f"fest-{one.gross % 97}"
        self.passage(
            5,
            f"  release:{key}.{one.country} a fg:TheatricalRelease ; fg:film film:{key} ;"
            f' fg:territory country:{one.country} ; fg:date "{year}-{1 + one.gross % 12:02}"^^edtf:EDTF .\n'
            f"  film:{key} a fg:Film .\n",
        )
        named = f'  series:{series} a fg:EventSeries ; fg:name "{series.replace("-", " ").title()}"@en .\n'
        edition = f"edition:{series}.{one.year}"
        self.passage(
            9,
            f"  screening:{series}.{one.year}.{key} a fg:Screening ; fg:film film:{key} ; fg:partOf {edition} .\n"
            f'  {edition} a fg:EventEdition ; fg:editionOf series:{series} ; fg:date "{one.year}"^^edtf:EDTF .\n'
            f"{named}  film:{key} a fg:Film .\n",
        )
        award = f"award:{series}.main"
        self.passage(
            13,
            f"  result:{series}.{one.year}.{key} a fg:AwardResult ; fg:award {award} ; fg:ceremony {edition} ;"
            f" fg:film film:{key} ; fg:recipient film:{key} ;"
            f" fg:outcome fgv:{'won' if one.gross % 3 else 'nominated'} .\n"
            f'  {award} a fg:Award ; fg:name "Main Prize"@en ; fg:conferredBy series:{series} .\n'
            f"  {edition} a fg:EventEdition .\n{named}  film:{key} a fg:Film .\n",
        )


def generate(root: Path, facts: int, sources: int, seed: int = 7) -> int:
    """Write the collection; returns how many quads its fact files hold."""
    films = max(1, round(facts / FACTS_PER_ACCOUNT / ACCOUNTS_PER_FILM))
    data = root / "data"
    data.mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copy(ROOT / "data" / "reference.ttl", data)
    files = [(data / f"source-{number:03}.trig").open("w", encoding="utf-8") for number in range(sources)]
    accounts = [Account(file, f"source-{number:03}") for number, file in enumerate(files)]
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    for number in range(films):
        one = film(number, chance, films)
        for account in chance.sample(accounts, min(sources, 2 + number % 2)):
            account.of_film(one, chance)
    for file in files:
        file.close()
    with (data / "sources.ttl").open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for account in accounts:
            file.write(
                f"<https://w3id.org/filmgraph/source/{account.slug}.{account.sha256[:8]}> a fg:SourceDocument ;\n"
                f'  dcterms:title "Invented {account.slug}"@en ; dcterms:publisher org:nobody ;'
                f' fg:sourceKind fgv:databasePage ; dcterms:language language:eng ; fg:sha256 "{account.sha256}" ;\n'
                f'  fg:charLength {account.length} ; fg:date "2024"^^edtf:EDTF .\n'
            )
        file.write('org:nobody a fg:Organisation ; fg:name "Nobody"@en .\n')
    return sum(account.quads for account in accounts)


def main() -> None:
    """Write what the command line names."""
    if len(sys.argv) < 2:  # noqa: PLR2004 -- a folder is named
        sys.exit(__doc__)
    numbers = [int(text.replace("_", "")) for text in sys.argv[2:4]]
    facts, sources = [*numbers, *(100_000, 10)[len(numbers) :]]
    print(f"{generate(Path(sys.argv[1]), facts, sources):,} quads in {sys.argv[1]}")


if __name__ == "__main__":
    main()
