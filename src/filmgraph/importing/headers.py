"""Known column headers in English, German, French, Spanish, Italian and Portuguese.

Each is folded, its words parted by hyphens: as `filmgraph.importing.functions.key` makes it.
"""

from __future__ import annotations

import re

from filmgraph.importing.functions import key

_HEADERS: dict[str, str] = {
    "title": (
        "film film-name film-titel film-title filme filmtitel haupttitel item main-title movie movie-title name"
        " name-of-film nombre nome obra oeuvre opera pelicula primary-title primarytitle programme-title sendetitel"
        " sendung titel titel-der-sendung titel-des-films titel-film title title-of-film titolo titre"
        " titre-de-l-oeuvre titre-du-film titulo titulo-de-la-pelicula werk werktitel work"
    ),
    "original_title": (
        "orig-title original-film-title original-movie-title original-name original-titel original-title"
        " originale-titel originalname originaltitel originaltitle preferred-title titel-orig titel-original"
        " title-original titolo-orig titolo-originale titre-orig titre-original titre-vo titulo-en-original"
        " titulo-orig titulo-original vo-titel"
    ),
    "date": (
        "annee annee-de-production annee-de-realisation annee-de-sortie annee-prod annee-production anno"
        " anno-di-produzione anno-di-realizzazione anno-di-uscita anno-produzione ano ano-de-estreno ano-de-lancamento"
        " ano-de-lanzamiento ano-de-producao ano-de-produccion ano-de-realizacao ano-prod ano-producao completion-year"
        " data data-de-lancamento data-di-uscita date date-created date-de-production date-de-sortie date-published"
        " datum entstehung entstehungsjahr entstehungszeit erscheinungsdatum erscheinungsjahr estreia estreno fecha"
        " fecha-de-estreno fertigstellung herstellungsjahr issued jahr jahr-der-veroffentlichung kinostart lanzamiento"
        " made opened opening-date premiere premierendatum prod-jahr prod-year production-date production-year"
        " produktionsjahr release release-date release-year released releasedate sortie start-year startyear"
        " urauffuhrung us-release-date veroffentlichung veroffentlichungsdatum veroffentlichungsjahr year year-made"
        " year-of-completion year-of-production year-of-release year-produced yr"
    ),
    "minutes": (
        "dauer dur duracao duracao-min duracion duracion-min duracion-total durata durata-min duration duration-min"
        " duration-minutes duration-of-film duree duree-min filmlaenge filmlange laenge lange laufzeit laufzeit-min"
        " laufzeit-minuten length length-in-minutes length-min length-minutes min mins minutagem minuten minutes"
        " minutes-running-time minutos mn run-time running-length running-time running-time-min running-time-minutes"
        " runtime runtime-min runtime-minutes runtimeminutes spieldauer spielzeit tempo time"
    ),
    "rel:fmd": (
        "cineaste dir direcao direccion direccion-de directed-by directeur direction director director-a-s"
        " director-name director-s directora directores directors direktor diretor diretora diretores dirigida-por"
        " film-by film-director film-maker film-von filmemacher filmemacherin filmmaker filmmakers mise-en-scene real"
        " real-par realisateur realisateurs realisation realisatrice realise-par realizacao realizado-por realizador"
        " realizadora reg regia regie regie-fuhrte regie-von regisseur regisseure regisseurin regissor regista"
        " un-film-de"
    ),
    "rel:fmp": (
        "hergestellt-von prod-by produced produced-by producer producer-name producer-s producers producteur"
        " producteurs productor productores productrice produktion-produzent produtor produtores produttore produttori"
        " produzent produzenten produzentin"
    ),
    "rel:aus": (
        "argumento autor autoren buch buch-von drehb drehbuch drehbuchautor escrito-por guion guion-de guionista"
        " guionistas roteirista roteiristas roteiro scen scenario scenario-de scenariste scenaristes sceneggiatori"
        " sceneggiatura scr screenplay screenplay-by screenwriter screenwriters script script-by scriptwriter writer"
        " writer-s writers written written-by written-for-the-screen-by"
    ),
    "rel:act": (
        "acteur acteurs acteurs-principaux actor actor-s actores actors atores attori attrici avec besetzung"
        " besetzung-auswahl besetzungsliste cast cast-list cast-members con darst darsteller darsteller-innen"
        " darstellerinnen distribution-artistique elenco interpretacao interprete interpretes interpretes-principaux"
        " interpreti lead-actors leads main-cast mit players principal-cast protagonisten reparto schauspieler"
        " schauspielerinnen starring stars with"
    ),
    "rel:cng": (
        "bildgestaltung camera chef-op chef-operateur cinematographer cinematographer-s cinematography dir-fotografia"
        " direcao-de-fotografia directeur-de-la-photographie director-de-fotografia director-of-photography"
        " directrice-de-la-photographie direttore-della-fotografia dop dp fotografia fotografie fotografo image kamera"
        " kamerafrau kamerafuhrung kameramann operateur photographed-by photographie photography shot-by"
    ),
    "rel:flm": (
        "cutter edicao edicion edited-by editing editor editors film-editor montador montage montage-par montagem"
        " montaggio montaje montaje-de monteur monteuse schnitt schnitt-von schnittmeister schnittmeisterin"
    ),
    "rel:cmp": (
        "composer compositeur compositor compositora compositrice filmmusik komponist komponistin music music-by"
        " musica musica-de musiche musiche-di musik musik-von musique original-music score score-by soundtrack-by"
        " trilha-sonora"
    ),
    "rel:prn": (
        "casa-di-produzione case-di-produzione companhia-produtora compania compania-productora companies"
        " companies-production company empresa-productora filmproduktion firma herstellerfirma maison-de-production"
        " prod-co prod-companies prod-company prod-firma producao produced-by-company produced-for producing-company"
        " production production-co production-companies production-company production-house production-houses"
        " productora productora-s produktion produktionsfirma produktionsfirma-en produktionsfirmen"
        " produktionsgesellschaft produktionsunternehmen produtora produtoras produzione societe societe-de-production"
        " societe-productrice societes-de-production studio studios"
    ),
    "rel:fds": (
        "distr distrib distribuicao distribuida-por distribuidor distribuidora distribuidoras distributed-by"
        " distributeur distribution-company distributor distributore distributors distribuzione film-distributor"
        " filmverleih societe-de-distribution verleih verleihfirma vertrieb"
    ),
    "country": (
        "countries countries-of-production country country-countries country-ies country-of-origin"
        " country-of-production herkunft herkunftsland herstellungsland land land-er land-lander lander nacionalidad"
        " nacionalidade nation nationalitat nationalite nationality nazionalita nazione nazioni origem origen origin"
        " paese paese-di-produzione paese-paesi pais pais-de-origem pais-de-origen pais-de-producao pais-de-produccion"
        " paises pays pays-d-origine pays-de-production pays-prod prod-country prod-land production-countries"
        " production-country produktionsland produktionsland-er produktionslander"
    ),
    "language": (
        "dialogue-language idioma idioma-original idiomas idiomas-originales in-language language language-s"
        " languages languages-spoken langue langue-originale langue-s langues lingua lingua-originale lingue"
        " original-language original-languages original-sprache originalsprache originalsprache-n spoken-languages"
        " sprache sprache-n sprachen v-o vo"
    ),
    "budget": (
        "budget budget-est budget-total budget-usd cost coste costs cout estimated-budget gesamtbudget kosten"
        " orcamento presupuesto production-budget produktionskosten"
    ),
    "gross": (
        "bilheteira bilheteria box-office box-office-gross boxoffice domestic-gross einnahmen einspielergebnis"
        " global-box-office gross gross-total gross-worldwide incasso ingresos lifetime-gross recaudacion receita"
        " recettes revenue taquilla total-box-office total-gross total-gross-worldwide umsatz us-gross worldwide"
        " worldwide-box-office worldwide-gross ww-gross"
    ),
    "rating": (
        "average-rating average-score average-vote averagerating averagevote avg-rating bewertung calificacion"
        " imdb-rating imdb-score nota note punkte puntuacion rating score user-rating vote-average voto wertung"
    ),
    "votes": "imdb-votes num-votes number-of-votes numvotes stimmen vote-count votes voti votos",
    "genre": (
        "categories category filmgenre filmgenres form gattung genere generi genero generos genre genre-n"
        " genre-principal genre-s genres kategorie major-genre"
    ),
    "id": (
        "accession-number barcode catalogue-number code codigo cote film-id film-no film-nr id identifiant"
        " identificador identifier inv inv-n inv-nr inventarnummer inventory-no inventory-number kennung key lfd-nr"
        " movie-id n no nr number numero nummer record-id registro signatur signature tmdb-id visa visa-n"
    ),
    "subtitles": (
        "legendas sottotitoli sous-titrage sous-titres subt subtitle subtitle-language subtitles subtitulos"
        " untertitel untertitelsprache"
    ),
    "colour": "color color-b-w colore colour colour-b-w cor couleur farbe farbe-s-w farbe-sw",
    "same": (
        "eidr eidr-id eidr-number imdb imdb-code imdb-id imdb-link imdb-nr imdb-title imdb-title-id imdb-url imdbid"
        " tconst wikidata wikidata-uri wikidata-url"
    ),
    "other_title": (
        "aka also-known-as alt-title alternate-name alternate-title alternatename alternative-title deutscher-titel"
        " englischer-titel english english-name english-title festival-title festivaltitel film-title-in-english"
        " french-title german-title international-title internationaler-titel italian-title other-title other-titles"
        " portuguese-title release-title spanish-title titel-de titel-deutsch titel-en titel-englisch title-de"
        " title-en title-english title-es title-fr title-french title-german title-in-english title-it title-pt"
        " titolo-inglese titolo-internazionale titolo-italiano titre-alternatif titre-anglais titre-de-sortie"
        " titre-francais titre-international titulo-alternativo titulo-brasileiro titulo-en-espanol titulo-en-ingles"
        " titulo-espanol titulo-ingles titulo-internacional titulo-portugues translated-title verleihtitel"
        " weitere-titel working-title"
    ),
    "country_and_date": (
        "country-and-year country-year land-jahr land-und-jahr nazione-anno origin-year paese-anno pais-ano"
        " pays-annee pays-et-annee"
    ),
}
MEANINGS = {header: meaning for meaning, headers in _HEADERS.items() for header in headers.split()}
"""What a column holds, by its header: a property, a role of the MARC list, or what else a proposal can write."""

SECOND_CHOICE: dict[str, dict[int, frozenset[str]]] = {
    "title": {
        1: frozenset(
            ["sendung", "item", "key", "name", "nombre", "nome", "obra", "oeuvre", "opera", "titulos", "werk", "work"]
        )
    },
    "date": {
        1: frozenset(
            [
                "estreia",
                "estreno",
                "issued",
                "kinostart",
                "lancamento",
                "lanzamiento",
                "opened",
                "opening",
                "premiere",
                "published",
                "release",
                "released",
                "sortie",
                "uscita",
                "urauffuhrung",
                "veroffentlichung",
            ]
        ),
        2: frozenset(["data", "date", "datum", "fecha"]),
    },
    "gross": {1: frozenset(["domestic", "us"])},
}
"""Words of headers that stand back, by how far, where another header means the same."""
UNITS = frozenset(
    ["dollars", "en", "eur", "euro", "in", "m", "min", "mins", "minuten", "minutes", "minuti", "minutos", "us", "usd"]
)
"""Units that may end a header."""
NOISE = frozenset(
    [
        "da",
        "de",
        "del",
        "della",
        "des",
        "do",
        "du",
        "der",
        "film",
        "films",
        "filme",
        "full",
        "la",
        "main",
        "movie",
        "movies",
        "name",
        "names",
        "nom",
        "nome",
        "nombre",
        "noms",
        "of",
        "s",
        "the",
        "van",
        "von",
    ]
)
"""Words that say no more in a header of films: *name of the director*."""
EVENTS = frozenset(
    [
        "borrower",
        "canal",
        "canale",
        "cadena",
        "chaine",
        "channel",
        "cinema",
        "due",
        "eintritt",
        "emprunteur",
        "entleiher",
        "heure",
        "hora",
        "kanal",
        "kino",
        "ora",
        "price",
        "prix",
        "repeat",
        "saal",
        "sala",
        "salle",
        "screening",
        "sender",
        "session",
        "sitzung",
        "slot",
        "spielort",
        "start",
        "ticket",
        "time",
        "uhrzeit",
        "venue",
        "watched",
    ]
)
"""Words of headers of a table whose *Date* is that of a showing, a loan or a broadcast."""
FRENCH = frozenset(["annee", "acteurs", "duree", "pays", "realisateur", "realisation", "scenario", "titre"])
EQUIPMENT = re.compile(
    r"\b(?:arri\w*|alexa|aaton|bolex|blackmagic|canon|eclair|mitchell|nikon|panasonic|panavision|sony"
    r"|red (?:one|epic|dragon)|\d+ ?mm|hdv?|dv)\b",
    re.IGNORECASE,
)
"""Cameras, which a column *Camera* may hold in place of who held them."""
NO_MINUTES = re.compile(
    r"\(\s*(?:m|ft|feet|met(?:er|re|ri|ro)s?|mètres|mm:ss|m:s)\s*\)|\b(?:met(?:er|re|ri|ro)s?|mètres|feet|ft)\b",
    re.IGNORECASE,
)
"""Units of a header that say of a length that it is no running time in minutes or hours."""
SCALED = re.compile(
    r"\b(?:millions?|millionen|millones|milioni|mio|mln|mill|thousands?|tausend|milliers|miles|tsd|000s?)\b"
    r"|[kmt] ?[€$£]|[€$£] ?[km]\b|\b[kt](?:eur|usd)\b",
    re.IGNORECASE,
)
"""Headers of sums of money that are counted in thousands or millions."""


def meaning_of(header: str) -> str:
    """Return the meaning of a header, with or without a unit in brackets; empty where unknown.

    >>> meaning_of("Laufzeit (min)"), meaning_of("Regie"), meaning_of("Shelf")
    ('minutes', 'rel:fmd', '')
    """
    return MEANINGS.get(key(header)) or MEANINGS.get(key(header.partition("(")[0]), "")
