"""Known column headers in English, German, French, Spanish and Italian.

Each is folded, its words parted by hyphens: as `filmgraph.importing.functions.key` makes it.
"""

from __future__ import annotations

from filmgraph.importing.functions import key

_HEADERS: dict[str, str] = {
    "title": "deutscher-titel film film-name film-titel film-title filmtitel movie movie-title name name-of-film"
    " nombre pelicula primary-title primarytitle titel titel-des-films titel-film title title-of-film"
    " titolo titre titre-de-l-oeuvre titre-du-film titre-francais titulo titulo-de-la-pelicula",
    "original_title": "original-name original-title originalname originaltitel originaltitle titel-original"
    " titolo-originale titre-original titulo-en-original titulo-original",
    "date": "annee annee-de-production annee-de-sortie anno anno-di-uscita ano ano-de-estreno ano-de-lanzamiento"
    " ano-de-produccion data data-di-uscita date date-created date-de-production date-de-sortie date-published datum"
    " entstehungsjahr"
    " erscheinungsdatum erscheinungsjahr estreno fecha fecha-de-estreno herstellungsjahr jahr"
    " issued jahr-der-veroffentlichung kinostart lanzamiento opened opening-date premiere premierendatum"
    " prod-year production-year produktionsjahr release release-date release-year released releasedate"
    " sortie start-year startyear urauffuhrung us-release-date veroffentlichung veroffentlichungsdatum"
    " veroffentlichungsjahr year year-of-production year-of-release yr",
    "minutes": "dauer duracion duracion-min duracion-total durata duration duration-min duration-minutes"
    " duration-of-film duree duree-min filmlaenge filmlange laenge lange laufzeit laufzeit-min"
    " laufzeit-minuten length length-in-minutes length-min length-minutes longueur metraje min mins"
    " minuten minutes minutes-running-time minutos run-time running-time running-time-min"
    " running-time-minutes runtime runtime-min runtime-minutes runtimeminutes spieldauer spielzeit time",
    "rel:fmd": "cineaste dir direccion directed-by directeur direction director director-name director-s directora"
    " directores directors dirigida-por film-director film-maker filmemacher filmemacherin filmmaker"
    " filmmakers mise-en-scene realisateur realisateurs realisation realisatrice realise-par realizado-por"
    " realizador realizadora regia regie regie-fuhrte regisseur regisseure regisseurin regista",
    "rel:fmp": "hergestellt-von prod-by produced produced-by producer producer-s producers producteur producteurs"
    " productor productores productrice produktion-produzent produttore produzent produzenten produzentin",
    "rel:aus": "autor autoren buch drehbuch drehbuchautor escrito-por guion guionista guionistas scenario"
    " scenario-de scenariste scenaristes sceneggiatura screenplay screenplay-by screenwriter screenwriters"
    " script script-by scriptwriter writer writer-s writers written written-by",
    "rel:act": "acteur acteurs actor actor-s actores actors attori avec besetzung besetzung-auswahl cast con"
    " darsteller darsteller-innen darstellerinnen distribution distribution-artistique elenco interpretes"
    " interpreti lead-actors main-cast mit reparto schauspieler starring stars with",
    "rel:cng": "bildgestaltung camera chef-operateur cinematographer cinematographer-s cinematography"
    " director-de-fotografia director-of-photography dop fotografia image kamera kamerafuhrung"
    " photographed-by photographie photography shot-by",
    "rel:flm": "edicion edited-by editing editor editors film-editor montador montage montage-par montaggio montaje"
    " montaje-de monteur schnitt schnittmeister",
    "rel:cmp": "composer compositeur compositor filmmusik music music-by musica musica-de musik musique"
    " original-music score score-by soundtrack-by",
    "rel:prn": "casa-di-produzione compania compania-productora companies companies-production company"
    " empresa-productora firma herstellerfirma maison-de-production prod-co prod-company"
    " produced-by-company produced-for producing-company production production-co production-companies"
    " production-company productora productora-s produktion produktionsfirma produktionsfirmen"
    " produktionsgesellschaft produktionsunternehmen societe societe-de-production societe-productrice"
    " studio studios",
    "rel:fds": "distribuida-por distribuidor distribuidora distributed-by distributeur distribution-company"
    " distributor distributore distributors distribuzione filmverleih societe-de-distribution verleih"
    " vertrieb",
    "country": "countries country country-of-origin herkunftsland land land-lander lander nation nationalitat"
    " nationality origin paese pais pais-de-produccion paises pays pays-d-origine pays-de-production"
    " production-country produktionsland produktionslander",
    "language": "idioma idioma-original idiomas in-language language languages"
    " languages-spoken langue langue-originale langues"
    " lingua original-language original-sprache originalsprache spoken-languages sprache sprachen",
    "budget": "budget budget-usd cost costs cout estimated-budget kosten presupuesto production-budget"
    " produktionskosten",
    "gross": "box-office box-office-gross boxoffice domestic-gross einnahmen einspielergebnis gross"
    " gross-worldwide incasso ingresos lifetime-gross recaudacion recettes revenue taquilla"
    " total-box-office total-gross umsatz us-gross worldwide-box-office worldwide-gross",
    "rating": "average-rating average-score averagerating bewertung calificacion imdb-rating imdb-score note punkte"
    " puntuacion rating score user-rating voto wertung",
    "votes": "imdb-votes num-votes numvotes stimmen vote-count votes",
    "genre": "categories category filmgenre gattung genere genero generos genre genre-principal genre-s genres"
    " kategorie major-genre",
    "id": "code codigo film-id id identifiant identificador identifier imdb imdb-id imdbid inventory-number"
    " kennung key movie-id no nr number nummer record-id signatur signature tconst",
}
MEANINGS = {header: meaning for meaning, headers in _HEADERS.items() for header in headers.split()}
"""What a column holds, by its header: a property, a role of the MARC list, or what else a proposal can write."""


def meaning_of(header: str) -> str:
    """Return the meaning of a header, with or without a unit in brackets; empty where unknown.

    >>> meaning_of("Laufzeit (min)"), meaning_of("Regie"), meaning_of("Shelf")
    ('minutes', 'rel:fmd', '')
    """
    return MEANINGS.get(key(header)) or MEANINGS.get(key(header.partition("(")[0]), "")
