"""A first mapping for a table, from its headers and values; what could not be guessed is marked."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.importing import functions
from filmgraph.importing.functions import key
from filmgraph.importing.mapping import PROLOGUE, columns_by_variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filmgraph.importing.readers._records import Table

_LOOKED_AT = 500
_ENOUGH = 0.3
_SEPARATORS = (";", "|", " / ")

# What headers are called in English, German, French, Spanish and Italian, folded, their words parted by hyphens.
_HEADERS: dict[str, str] = {
    "title": "title film-title movie-title movie film name primarytitle titel filmtitel titre titre-du-film titulo"
    " pelicula titolo primary-title film-name titel-des-films",
    "original_title": "original-title originaltitle originaltitel titre-original titulo-original titolo-originale",
    "date": "year released release-date release date release-year year-of-release jahr erscheinungsjahr produktionsjahr"
    " annee annee-de-sortie date-de-sortie sortie ano ano-de-estreno estreno fecha fecha-de-estreno anno startyear"
    " start-year year-of-production production-year uraufführung urauffuhrung kinostart us-release-date premiere"
    " anno-di-uscita",
    "minutes": "minutes running-time running-time-min runtime runtime-min runtime-minutes runtimeminutes length"
    " length-min duration duration-min laufzeit laufzeit-min dauer spieldauer minuten lange duree duree-min duracion"
    " duracion-min minutos durata running-time-minutes length-minutes laenge length-in-minutes duration-minutes"
    " minutes-running-time laufzeit-minuten metraje",
    "rel:fmd": "director directors directed-by regie regisseur regisseurin regisseure realisateur realisatrice"
    " realisation realisateurs mise-en-scene direccion dirigida-por regista regia directores film-director",
    "rel:fmp": "producer producers produced-by produzent produzentin produzenten producteur productrice producteurs"
    " productor productores produttore produktion-produzent",
    "rel:aus": "writer writers screenwriter screenwriters screenplay written-by written drehbuch autor autoren"
    " drehbuchautor scenariste scenario scenaristes guion guionista guionistas sceneggiatura scriptwriter",
    "rel:act": "actor actors cast starring stars darsteller besetzung schauspieler acteurs acteur distribution"
    " interpretes reparto actores attori interpreti avec",
    "rel:cng": "cinematographer cinematography camera kamera director-of-photography photography photographie image"
    " fotografia bildgestaltung dop",
    "rel:flm": "editor editors editing edited-by schnitt montage monteur montaje montador montaggio",
    "rel:cmp": "composer music musik musique compositeur musica compositor score-by",
    "rel:prn": "company companies production-company production-companies studio studios firma produktionsfirma"
    " produktion production societe-de-production societe productora compania casa-di-produzione produktionsfirmen"
    " produced-by-company",
    "rel:fds": "distributor distributors verleih distributeur distribuidora distribuidor distribuzione distributore",
    "country": "country countries production-country land lander länder produktionsland pays pays-de-production pais"
    " paises paese country-of-origin nation herkunftsland",
    "language": "language languages sprache sprachen langue langues idioma idiomas lingua original-language",
    "budget": "budget production-budget budget-usd kosten produktionskosten presupuesto cout",
    "gross": "gross worldwide-gross box-office revenue us-gross domestic-gross total-gross einspielergebnis recettes"
    " recaudacion taquilla incasso",
    "rating": "rating imdb-rating score averagerating average-rating bewertung note calificacion voto",
    "votes": "votes imdb-votes numvotes vote-count num-votes stimmen",
    "id": "id identifier imdb-id tconst imdbid imdb film-id movie-id nummer nr no number kennung signatur identifiant"
    " identificador codigo code inventory-number record-id key signature",
}
_KNOWN = {header: what for what, headers in _HEADERS.items() for header in headers.split()}
_PEOPLE = ("rel:fmd", "rel:fmp", "rel:aus", "rel:act", "rel:cng", "rel:flm", "rel:cmp")
_BODIES = ("rel:prn", "rel:fds")
_FIGURES = {"budget": ("fgv:budget", "fgv:USD"), "gross": ("fgv:boxOfficeGross", "fgv:USD")}


class Guess(NamedTuple):
    """What a column is taken for, and what parts its values."""

    variable: str
    column: str
    what: str
    separator: str = ""


class Proposal(NamedTuple):
    """A mapping's text, what each column is taken for, and the columns that are taken for nothing."""

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
            several = what in (*_PEOPLE, *_BODIES, "country", "language")
            guess = Guess(variable, column, what, _separator(what, values) if several else "")
            taken[what if what not in taken else f"{what} {variable}"] = guess
    guesses = tuple(taken.values())
    left = tuple(column for variable, column in variables.items() if variable not in {one.variable for one in guesses})
    return Proposal(_text(guesses, left, variables, table, reads=reads, name=name), guesses, left)


def _values(table: Table, column: str) -> list[str]:
    return [cell.text for record in table.records[:_LOOKED_AT] for cell in record.cells.get(column, ())]


def _what(column: str, values: Sequence[str]) -> str:
    """What a column holds: by its header, whose words may have a unit or a place beside them, and by its values."""
    folded = key(re.sub(r"\(.*?\)|\[.*?\]", " ", column)) or key(column)
    candidates = [folded, key(column), folded.rpartition("-")[2] if folded.endswith(("-id",)) else folded]
    parts = re.split(r"[/.]", column)
    candidates += [key(part) for part in reversed(parts) if key(part) and not part.isdecimal()][:2]
    for candidate in candidates:
        what = _KNOWN.get(candidate) or _KNOWN.get(candidate.removesuffix("s"))
        if what and _fits(what, values):
            return what
    return ""


def _fits(what: str, values: Sequence[str]) -> bool:
    """Whether enough of the values are what the header says."""
    checks = {
        "date": functions.date,
        "minutes": functions.minutes,
        "budget": functions.number,
        "gross": functions.number,
        "rating": functions.number,
        "votes": functions.number,
    }
    check = checks.get(what)
    if check is None or not values:
        return True
    return sum(check(value) is not None for value in values) >= _ENOUGH * len(values)


def _separator(what: str, values: Sequence[str]) -> str:
    """What parts the values of a column: a semicolon, a bar, or a comma where it does not turn names round."""
    for separator in _SEPARATORS:
        if any(separator in value for value in values):
            return separator
    with_comma = [value for value in values if "," in value]
    if not with_comma or what in _BODIES:
        return ""
    # "Maran, Ilse" is one name turned round; "Ilse Maran, Bo Lake" are two.
    turned = sum(value.count(",") == 1 and " " not in value.partition(",")[0].strip() for value in with_comma)
    return "" if turned * 2 > len(with_comma) and what in _PEOPLE else ","


def _key(guesses: Iterable[Guess], table: Table) -> list[str]:
    """The columns that tell records apart: an identifier where each has its own, else title and year."""
    by_what = {guess.what: guess for guess in guesses}
    if (one := by_what.get("id")) is not None:
        values = [cells[0].text for record in table.records if (cells := record.cells.get(one.column))]
        if len(values) == len(table.records) and max(Counter(values).values(), default=0) == 1:
            return [one.variable]
    found = [by_what[what].variable for what in ("title", "date") if what in by_what]
    return found or [next(iter(columns_by_variable(table.columns)), "title")]


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
    header = [f"#+ summary: Films of {name}", f"#+ reads: {reads}", f"#+ key: [{', '.join(_key(guesses, table))}]"]
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
    """The lines of the template and of the bindings that a column needs."""
    what, column = guess.what, f"?{guess.variable}"
    own = guess.variable
    if what in {"title", "original_title"}:
        kind = " ; fg:titleType fgv:original" if what == "original_title" else ""
        return (
            [f"  ?film fg:title ?{own}_node .", f"  ?{own}_node a fg:Title ; fg:titleText ?{own}_text{kind} ."],
            [
                f"  BIND(STRLANG(fn:title({column}), 'und') AS ?{own}_text)",
                f'  BIND(IRI(CONCAT(STR(title:), ?record, "{".original" if kind else ""}")) AS ?{own}_node)',
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
    if what.startswith("rel:"):
        return _credit(guess)
    if what in _FIGURES:
        variable, unit = _FIGURES[what]
        return (
            [
                f"  ?{own}_figure a fg:Figure ; fg:describes ?film ; fg:variable {variable} ; fg:value ?{own}_value ;",
                f"    fg:unit {unit} .",
            ],
            [
                f"  BIND(fn:number({column}) AS ?{own}_value)",
                f'  BIND(IRI(CONCAT(STR(figure:), ?record, ".{own}")) AS ?{own}_figure)',
            ],
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
