"""Files of films that nobody made, as festivals, libraries, distributors, broadcasters and archives keep theirs.

Beside each file is what it states of films, as a careful reader takes it: a line for each film, its title first.
"""

from __future__ import annotations

import io
from typing import NamedTuple

import openpyxl

Rows = list[list[object]]


class Kept(NamedTuple):
    """A file: its name, its content (a text, or the rows of a sheet), what it states, and what is not taken of it."""

    name: str
    content: str | Rows
    states: str
    untaken: tuple[str, ...] = ()
    encoding: str = "utf-8"

    def data(self) -> bytes:
        """The bytes of the file."""
        if isinstance(self.content, str):
            return self.content.encode(self.encoding)
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Liste"
        for row in self.content:
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


KEPT = [
    Kept(
        "festival-katalog.csv",
        "Nr;Sektion;Filmtitel;Originaltitel;Land;Jahr;Dauer (Min.);Regie;Drehbuch;Kamera;Produktion;Weltvertrieb;"
        "Vorführung;Saal\n"
        "1;Panorama;Die Hafenuhr;The Harbour Clock;GB / IE;2010;87';Maran, Ilse;Maran, Ilse / Lake, Bo;Jo Holm;"
        "Quay Films Ltd.;Nordlicht Sales;09.10.2010 20:15;Saal 2\n"
        "2;Kurzfilm;Nebel;;Deutschland;2009;12';Brandt, Otto;;;HFF Nordstadt;;10.10.2010 18:00;Saal 1\n",
        """
        Die Hafenuhr | orig: The Harbour Clock | country: United Kingdom; Ireland | date: 2010 | min: 87
          | fmd: Ilse Maran | aus: Ilse Maran; Bo Lake | cng: Jo Holm | prn: Quay Films Ltd.
        Nebel | country: Germany | date: 2009 | min: 12 | fmd: Otto Brandt | prn: HFF Nordstadt
        """,
    ),
    Kept(
        "mediathek_uni.tsv",
        "Signatur\tTitel\tVerfasser/Regisseur\tErscheinungsjahr\tLaufzeit\tSprache\tUntertitel\tTräger\tStandort\t"
        "Zugang am\n"
        "DVD-0012\tFenster, Das\tBrandt, Otto\t1971\t1 Std. 32 Min.\tDeutsch\tEnglisch\tDVD\tMagazin\t09.10.2010\n"
        "DVD-0013\tLe port\tRoux, Jean\t2001\t95 Min.\tFranzösisch\tDeutsch\tDVD\tFreihand\t11.10.2010\n",
        """
        Das Fenster | fmd: Otto Brandt | date: 1971 | min: 92 | lang: German | sub: English
        Le port | fmd: Jean Roux | date: 2001 | min: 95 | lang: French | sub: German
        """,
    ),
    Kept(
        "catalogue-distribution.csv",
        "Visa;Titre;Titre original;Réal.;Scénario;Avec;Durée;Année;Pays;Prod. Co.;Sortie France;Version;Budget (€)\n"
        "101 202;L'Horloge du port;The Harbour Clock;Ilse MARAN;Ilse MARAN, Bo LAKE;Ada HOLM, Cy REED;1h27;2010;"
        "Royaume-Uni;Quay Films;13/10/2010;VOSTF;1 200 000 €\n"
        "101 203;Brume;;Anne DUVAL et Jean ROUX;;Léa PETIT;52 min;2009;France, Belgique;Ciné Sud;02/12/2009;VF;\n",
        """
        L'Horloge du port | orig: The Harbour Clock | fmd: Ilse MARAN | aus: Ilse MARAN; Bo LAKE
          | act: Ada HOLM; Cy REED | min: 87 | date: 2010 | country: United Kingdom | prn: Quay Films
          | budget: 1200000 EUR
        Brume | fmd: Anne DUVAL; Jean ROUX | act: Léa PETIT | min: 52 | date: 2009 | country: France; Belgium
          | prn: Ciné Sud
        """,
    ),
    Kept(
        "tv schedule week 41.csv",
        "Date,Time,Channel,Title,Year,Country,Director,Duration,Repeat,Rating\n"
        "09/10/2010,20:15,KANAL 4,The Harbour Clock,2010,UK,Ilse Maran,01:27:00,no,PG\n"
        "10/10/2010,23:40,KANAL 4,Fog,2001,Germany,Bo Lake & Ada Holm,01:18:00,yes,15\n",
        """
        The Harbour Clock | date: 2010 | country: United Kingdom | fmd: Ilse Maran | min: 87
        Fog | date: 2001 | country: Germany | fmd: Bo Lake; Ada Holm | min: 78
        """,
    ),
    Kept(
        "inventario cineteca.xlsx",
        [
            ["Cineteca del Porto – inventario 2019"],
            [],
            ["Inv.", "Titolo", "Regia", "Anno", "Nazione", "Durata", "Lunghezza (m)", "Supporto", "Stato", "Note"],
            [1, "La nebbia", "Rossi, Ada", 1958, "Italia", "95'", 2600, "35mm", "buono", "manca il rullo 3"],
            [2, "Orologio, L'", "Bianchi, Ugo; Rossi, Ada", 1961, "Italia/Francia", "1h 40'", 2740, "16mm", "", ""],
        ],
        """
        La nebbia | fmd: Ada Rossi | date: 1958 | country: Italy | min: 95
        L'Orologio | fmd: Ugo Bianchi; Ada Rossi | date: 1961 | country: Italy; France | min: 100
        """,
    ),
    Kept(
        "filmoteca.csv",
        "N.º;Título;Título original;Año;Dirección;Guion;Intérpretes;Duración;País;Idioma;Formato;Fecha de ingreso\n"
        "1;La niebla;Fog;2001;Bo Lake;Bo Lake y Ada Holm;Cy Reed, Jo Poe;78 min.;Alemania;Alemán;DCP;09.10.2010\n"
        "2;Noche, La;;2010;Ruiz, Ana;;;1:35;España;Español;35 mm;10.10.2010\n",
        """
        La niebla | orig: Fog | date: 2001 | fmd: Bo Lake | aus: Bo Lake; Ada Holm | act: Cy Reed; Jo Poe | min: 78
          | country: Germany | lang: German
        La Noche | date: 2010 | fmd: Ana Ruiz | min: 95 | country: Spain | lang: Spanish
        """,
    ),
    Kept(
        "mostra_cinema.csv",
        "Título;Título Original;Realização;Argumento;Fotografia;Montagem;Música;Ano;País;Duração;Sala;Sessão\n"
        "A Névoa;Fog;Bo Lake;Ada Holm;Jo Poe;Cy Reed;Al Fox;2001;Alemanha;78';Sala 1;09/10 21h30\n"
        "O Porto;;Rui Sá e Ana Dias;Rui Sá;;;;2008;Portugal, Brasil;1h52;Sala 3;10/10 19h00\n",
        """
        A Névoa | orig: Fog | fmd: Bo Lake | aus: Ada Holm | cng: Jo Poe | flm: Cy Reed | cmp: Al Fox | date: 2001
          | country: Germany | min: 78
        O Porto | fmd: Rui Sá; Ana Dias | aus: Rui Sá | date: 2008 | country: Portugal; Brazil | min: 112
        """,
    ),
    Kept(
        "slate.xlsx",
        [
            ["Slate Q3 – confidential"],
            [
                "Title",
                "Dir.",
                "Prod. Co.",
                "Budget",
                "WW Gross",
                "Release Date",
                "Runtime",
                "EIDR",
                "IMDb URL",
                "Contact",
            ],
            [
                "Harbour Clock, The",
                "Ilse Maran",
                "Quay Films / Nordfilm",
                "$1.2M",
                "$4.75M",
                "2010-10-09",
                "87 mins",
                "10.5240/7B2F-ED3C-5A0D-0000-1111-K",
                "https://www.imdb.com/title/tt9990001/",
                "sales@quay.example",
            ],
            ["Fog", "Bo Lake and Ada Holm", "Lake & Sons", "£850k", "", "2001-03-02", 78, "", "", "bo@lake.example"],
        ],
        """
        The Harbour Clock | fmd: Ilse Maran | prn: Quay Films; Nordfilm | budget: 1200000 USD | gross: 4750000 USD
          | date: 2010-10-09 | min: 87 | same: https://www.imdb.com/title/tt9990001;
          https://doi.org/10.5240/7B2F-ED3C-5A0D-0000-1111-K
        Fog | fmd: Bo Lake; Ada Holm | prn: Lake & Sons | budget: 850000 GBP | date: 2001-03-02 | min: 78
        """,
    ),
    Kept(
        "programme.json",
        '{"festival": {"name": "Quayside Days", "year": 2010}, "generated": "2010-09-01", "programme": [\n'
        ' {"id": 17, "title": {"original": "The Harbour Clock", "english": "The Harbour Clock",'
        ' "german": "Die Hafenuhr"},'
        ' "year": 2010, "countries": ["GB", "IE"], "duration": {"minutes": 87},'
        ' "directors": [{"firstName": "Ilse", "lastName": "Maran", "born": 1970}],'
        ' "screenings": [{"date": "2010-10-09", "venue": "Kino 1"}], "image": "https://quay.example/17.jpg"},\n'
        ' {"id": 18, "title": {"original": "Nebel", "english": "Fog", "german": "Nebel"}, "year": 2001,'
        ' "countries": ["DE"], "duration": {"minutes": 78}, "directors": [{"firstName": "Bo", "lastName": "Lake",'
        ' "born": 1960}], "screenings": [{"date": "2010-10-10", "venue": "Kino 2"}], "image": null}]}\n',
        """
        The Harbour Clock | other: Die Hafenuhr | orig: The Harbour Clock | date: 2010
          | country: United Kingdom; Ireland | min: 87 | fmd: Ilse Maran
        Fog | orig: Nebel | other: Nebel | date: 2001 | country: Germany | min: 78 | fmd: Bo Lake
        """,
        untaken=("Fog · fmd: Bo Lake", "The Harbour Clock · fmd: Ilse Maran"),
    ),
    Kept(
        "export.jsonl",
        '{"tmdb_id": 1, "imdb_id": "tt9990001", "title": "The Harbour Clock", "original_title": "The Harbour Clock",'
        ' "release_date": "2010-10-09", "runtime": 87, "genres": [{"id": 18, "name": "Drama"}, {"id": 80, "name":'
        ' "Crime"}], "production_companies": [{"id": 5, "name": "Quay Films", "origin_country": "GB"}],'
        ' "production_countries": [{"iso_3166_1": "GB", "name": "United Kingdom"}], "spoken_languages":'
        ' [{"iso_639_1": "en", "name": "English"}], "budget": 1200000, "revenue": 4750000, "vote_average": 7.1,'
        ' "vote_count": 310, "credits": {"cast": [{"name": "Ada Holm", "character": "The Pilot"}],'
        ' "crew": [{"name": "Ilse Maran", "job": "Director"}, {"name": "Bo Lake", "job": "Editor"}]}}\n'
        '{"tmdb_id": 2, "imdb_id": "tt9990002", "title": "Fog", "original_title": "Nebel", "release_date":'
        ' "2001-03-02", "runtime": 78, "genres": [{"id": 99, "name": "Documentary"}], "production_companies": [],'
        ' "production_countries": [{"iso_3166_1": "DE", "name": "Germany"}], "spoken_languages": [{"iso_639_1": "de",'
        ' "name": "German"}], "budget": 0, "revenue": 0, "vote_average": 6, "vote_count": 12, "credits": {"cast": [],'
        ' "crew": [{"name": "Bo Lake", "job": "Director"}]}}\n',
        """
        The Harbour Clock | orig: The Harbour Clock | date: 2010-10-09 | min: 87 | genre: drama; crime
          | prn: Quay Films | country: United Kingdom | lang: English | budget: 1200000 unstatedCurrency
          | gross: 4750000 unstatedCurrency | rating: 7.1 | votes: 310 | act: Ada Holm | fmd: Ilse Maran | flm: Bo Lake
          | same: https://www.imdb.com/title/tt9990001
        Fog | orig: Nebel | date: 2001-03-02 | min: 78 | genre: documentary | country: Germany | lang: German
          | rating: 6 | votes: 12 | fmd: Bo Lake | same: https://www.imdb.com/title/tt9990002
        """,
    ),
    Kept(
        "bestand.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n<bestand stand="2010-10-09">\n'
        ' <film signatur="F 17" jahr="1971" land="DE" laufzeit="92"><titel art="original">Das Fenster</titel>\n'
        '  <person funktion="Regie">Otto Brandt</person><person funktion="Kamera">Jo Holm</person>\n'
        '  <firma funktion="Produktion">Nordfilm</firma><kopie format="35mm" laenge="2510"/></film>\n'
        ' <film signatur="F 18" jahr="1980" land="AT" laufzeit="100"><titel art="original">Der Wald</titel>\n'
        '  <person funktion="Regie">Ilse Maran</person></film>\n</bestand>\n',
        """
        Das Fenster | orig: Das Fenster | date: 1971 | country: Germany | min: 92
          | fmd: Otto Brandt | cng: Jo Holm | prn: Nordfilm
        Der Wald | orig: Der Wald | date: 1980 | country: Austria | min: 100 | fmd: Ilse Maran
        """,
    ),
    Kept(
        "movies watched.csv",
        "Name,Year,Letterboxd URI,Rating,Watched Date,Tags\n"
        "The Harbour Clock,2010,https://boxd.example/1,4.5,2010-10-09,cinema\n"
        "Fog,2001,https://boxd.example/2,3,2010-10-10,\n",
        """
        The Harbour Clock | date: 2010 | rating: 4.5
        Fog | date: 2001 | rating: 3
        """,
    ),
    Kept(
        "rights.csv",
        "Title;Territory;Licence start;Licence end;Licensor;Language;Running time;Director(s);Year of production;"
        "Country of origin;Price\n"
        "Harbour Clock, The;DACH;01.01.2011;31.12.2015;Quay Sales;English;1h 27m;Ilse Maran;2010;United Kingdom;"
        "12.000 EUR\n"
        "Fog;DACH;01.01.2011;31.12.2013;Lake & Sons;German;78 min;Bo Lake, Ada Holm;2001;Germany;8.000 EUR\n",
        """
        The Harbour Clock | lang: English | min: 87 | fmd: Ilse Maran | date: 2010 | country: United Kingdom
        Fog | lang: German | min: 78 | fmd: Bo Lake; Ada Holm | date: 2001 | country: Germany
        """,
    ),
    Kept(
        "kinoprogramm.xlsx",
        [
            ["Kino am Hafen"],
            ["Programm Oktober 2010"],
            ["Datum", "Uhrzeit", "Film", "Land Jahr", "Regie", "Länge", "Fassung", "Eintritt"],
            ["09.10.2010", "20:15", "Die Hafenuhr", "GB 2010", "Ilse Maran", "87 Min.", "OmU", "8 €"],
            ["10.10.2010", "18:00", "Nebel", "D 2001", "Bo Lake, Ada Holm", "78 Min.", "DF", "8 €"],
        ],
        """
        Die Hafenuhr | country: United Kingdom | date: 2010 | fmd: Ilse Maran | min: 87
        Nebel | country: Germany | date: 2001 | fmd: Bo Lake; Ada Holm | min: 78
        """,
        untaken=("Nebel · country: Germany",),
    ),
    Kept(
        "collection-cinematheque.tsv",
        "Cote\tTitre\tRéalisateur(s)\tDate de sortie\tDurée (mn)\tGenre\tNationalité\tCouleur\tSon\tObservations\n"
        "C-1\tMer (La)\tDUVAL (Anne)\t9 octobre 1999\t88\tDrame\tFrance\tN&B\tmuet\tbobine 2 abîmée\n"
        "C-2\tPort (Le)\tROUX (Jean) ; PETIT (Léa)\t3 mars 2001\t95\tDocumentaire\tBelgique\tcouleur\tsonore\t\n",
        """
        La Mer | fmd: Anne DUVAL | date: 1999-10-09 | min: 88 | genre: drama | country: France | colour: black and white
        Le Port | fmd: Jean ROUX; Léa PETIT | date: 2001-03-03 | min: 95 | genre: documentary | country: Belgium
          | colour: colour
        """,
    ),
    Kept(
        "submissions 2010.csv",
        "Timestamp,Email,Film title,Film title in English,Director's name,Director's nationality,Director's birth year,"
        "Year,Length (minutes),Genre,Premiere status,Synopsis\n"
        "2010/05/01 10:00,a@b.example,Nebel,Fog,Bo Lake,German,1960,2001,78,Documentary,World premiere,"
        '"A film about fog, in two parts"\n'
        "2010/05/02 11:00,c@d.example,The Harbour Clock,The Harbour Clock,Ilse Maran,Austrian,1970,2010,87,Drama,None,"
        '"A clock"\n',
        """
        Nebel | other: Fog | fmd: Bo Lake | date: 2001 | min: 78 | genre: documentary
        The Harbour Clock | other: The Harbour Clock | fmd: Ilse Maran | date: 2010 | min: 87 | genre: drama
        """,
    ),
    Kept(
        "dvd shelf.csv",
        "Shelf|Title|Director|Year|Studio|Format|Discs|Run Time|Aspect ratio|Region|Added\n"
        "A1|Harbour Clock, The|Maran, Ilse|2010|Quay Home Video|DVD|2|87 minutes|1.85:1|2|2011-01-05\n"
        "A2|Fog|Lake, Bo & Holm, Ada|2001|Lake & Sons|Blu-ray|1|78 minutes|1.33:1|B|2011-02-07\n",
        """
        The Harbour Clock | fmd: Ilse Maran | date: 2010 | prn: Quay Home Video | min: 87
        Fog | fmd: Bo Lake; Ada Holm | date: 2001 | prn: Lake & Sons | min: 78
        """,
    ),
    Kept(
        "filmographie.xml",
        '<filmographie xml:lang="fr">\n'
        ' <oeuvre id="o1"><titre>La Mer</titre><annee>1999</annee><realisation><nom>Anne Duval</nom></realisation>'
        "<duree>PT1H28M</duree><pays>France</pays><interpretes><interprete>Léa Petit</interprete>"
        "<interprete>Jean Roux</interprete></interpretes></oeuvre>\n"
        ' <oeuvre id="o2"><titre>Le Port</titre><annee>2001</annee><realisation><nom>Jean Roux</nom></realisation>'
        "<duree>PT1H35M</duree><pays>Belgique</pays><interpretes><interprete>Zoé Lang</interprete></interpretes>"
        "</oeuvre>\n</filmographie>\n",
        """
        La Mer | date: 1999 | fmd: Anne Duval | min: 88 | country: France | act: Léa Petit; Jean Roux
        Le Port | date: 2001 | fmd: Jean Roux | min: 95 | country: Belgium | act: Zoé Lang
        """,
    ),
    Kept(
        "box office 2010.tsv",
        "Rank\tMovie\tDistributor\tTotal Gross\tTheaters\tOpening Weekend\tRelease\tBudget (in millions)\n"
        "1\tThe Harbour Clock\tNordlicht Releasing\t$4,750,000\t310\t$850,000\tOct 9, 2010\t1.2\n"
        "2\tFog\tLake & Sons\t$1,005,000\t40\t$99,000\tMar 2, 2001\t0.4\n",
        """
        The Harbour Clock | fds: Nordlicht Releasing | gross: 4750000 USD | date: 2010-10-09
        Fog | fds: Lake & Sons | gross: 1005000 USD | date: 2001-03-02
        """,
    ),
    Kept(
        "thesis-corpus.json",
        '[\n {"Film": "The Harbour Clock (2010)", "Regie": "Maran, Ilse", "Darsteller": "Holm, Ada; Reed, Cy",'
        ' "Musik": "Al Fox", "Schnitt": "Jo Poe", "Genre": "Krimi", "FSK": 12, "Notizen": "zweimal gesehen",'
        ' "Länge": "87 Minuten"},\n'
        ' {"Film": "Nebel (2001)", "Regie": "Lake, Bo", "Darsteller": "", "Musik": "k. A.", "Schnitt": "unbekannt",'
        ' "Genre": "Doku", "FSK": 0, "Notizen": "", "Länge": "78 Minuten"}\n]\n',
        """
        The Harbour Clock | fmd: Ilse Maran | act: Ada Holm; Cy Reed | cmp: Al Fox | flm: Jo Poe | genre: crime
          | min: 87
        Nebel | fmd: Bo Lake | genre: documentary | min: 78
        """,
    ),
    Kept(
        "lending.csv",
        "ID,Item,Director,Format,Borrower,Date,Due,Price,Code\n"
        "1,The Harbour Clock,Ilse Maran,16mm,Ada Holm,2010-10-09,2010-10-16,12.50,X1\n"
        "2,Fog,Bo Lake,DVD,Cy Reed,2010-10-10,2010-10-17,3.00,X2\n",
        """
        The Harbour Clock | fmd: Ilse Maran
        Fog | fmd: Bo Lake
        """,
    ),
    Kept(
        "archivio_rai.csv",
        "Codice;Titolo;Titolo inglese;Regista;Sceneggiatura;Fotografia;Montaggio;Musiche;Interpreti;Anno;Durata;Colore;"
        "Casa di produzione;Data prima trasmissione\n"
        "R1;La nebbia;Fog;Ada Rossi;Ada Rossi, Ugo Bianchi;Al Volpe;Jo Neri;Pia Verdi;Leo Neri - Eva Monti;1958;"
        "1h35';b/n;Film del Porto;9 ottobre 1959\n"
        "R2;L'orologio;The Clock;Ugo Bianchi e Ada Rossi;;;;;Eva Monti;1961;100 min;colore;Film del Porto;\n",
        """
        La nebbia | other: Fog | fmd: Ada Rossi | aus: Ada Rossi; Ugo Bianchi | cng: Al Volpe | flm: Jo Neri
          | cmp: Pia Verdi | act: Leo Neri; Eva Monti | date: 1958 | min: 95 | prn: Film del Porto
          | colour: black and white
        L'orologio | other: The Clock | fmd: Ugo Bianchi; Ada Rossi | act: Eva Monti | date: 1961 | min: 100
          | prn: Film del Porto | colour: colour
        """,
    ),
    Kept(
        "cinemateca.tsv",
        "Registro\tTítulo\tDiretor\tElenco\tRoteiro\tProdutora\tAno de produção\tTempo\tIdioma\tUF\tMaterial\n"
        "001\tO Relógio do Porto\tAna Dias\tRui Sá, Eva Luz e Leo Reis\tAna Dias\tFilmes do Cais\t1974\t92 min\t"
        "Português\tRJ\tnegativo 35mm\n"
        "002\tNévoa\tDias, Ana\tEva Luz\t\tFilmes do Cais\tca. 1980\t12 min\tPortuguês\tSP\tcópia 16mm\n",
        """
        O Relógio do Porto | fmd: Ana Dias | act: Rui Sá; Eva Luz; Leo Reis | aus: Ana Dias | prn: Filmes do Cais
          | date: 1974 | min: 92 | lang: Portuguese
        Névoa | fmd: Ana Dias | act: Eva Luz | prn: Filmes do Cais | date: 1980~ | min: 12 | lang: Portuguese
        """,
    ),
    Kept(
        "sales list.csv",
        '"Title","Original Title","Directed By","Written By","Produced By","Starring","Score","Camera","Year Made",'
        '"Origin","Duration (hh:mm:ss)","Status","Distribution","Image"\n'
        '"Harbour Clock, The","The Harbour Clock","Ilse Maran","Ilse Maran and Bo Lake","Jo Holm / Quay Films",'
        '"Ada Holm, Cy Reed and Al Fox","Pia Verdi","ARRI Alexa","2010","UK/Ireland","01:27:00","completed",'
        '"Nordlicht","https://quay.example/a.jpg"\n'
        '"Fog","","Bo Lake","","","","7.5","Bolex H16","2001","Germany","01:18:30","completed","",'
        '"https://quay.example/b.jpg"\n',
        """
        The Harbour Clock | orig: The Harbour Clock | fmd: Ilse Maran | aus: Ilse Maran; Bo Lake
          | act: Ada Holm; Cy Reed; Al Fox | date: 2010 | country: United Kingdom; Ireland | min: 87 | fds: Nordlicht
        Fog | fmd: Bo Lake | date: 2001 | country: Germany | length: PT1H18M30S
        """,
    ),
    Kept(
        "nachlass.csv",
        "Lfd. Nr.;Titel des Films;Regisseur/in;Entstehung;Prod.-Firma;Format;Umfang;Bemerkung;Original/Kopie\n"
        "1;[Das Fenster];Brandt, Otto;um 1971;Nordfilm, Nordstadt;35 mm, s/w;3 Rollen;;Kopie\n"
        "2;Der Wald (Rohschnitt);Maran, Ilse;1980;Nordfilm;16 mm, Farbe;1 Rolle;Ton fehlt;Original\n",
        """
        [Das Fenster] | fmd: Otto Brandt | date: 1971~ | prn: Nordfilm, Nordstadt
        Der Wald (Rohschnitt) | fmd: Ilse Maran | date: 1980 | prn: Nordfilm
        """,
        encoding="utf-8-sig",
    ),
    Kept(
        "cycle.json",
        '{"data": {"films": {"items": [{"_id": "a", "attributes": {"titre": "La Mer", "titreOriginal": "The Sea",'
        ' "annee": "1999", "realisateurs": ["Anne Duval", "Jean Roux"], "duree": "1 h 28", "pays": ["FR"],'
        ' "langue": "Français", "updatedAt": "2010-10-09T10:00:00Z"}},\n'
        ' {"_id": "b", "attributes": {"titre": "Le Port",'
        ' "titreOriginal": null, "annee": "2001", "realisateurs": ["Jean Roux"], "duree": "1 h 35", "pays": ["BE",'
        ' "FR"], "langue": "Français", "updatedAt": "2010-10-10T10:00:00Z"}}]}}}\n',
        """
        La Mer | orig: The Sea | date: 1999 | fmd: Anne Duval; Jean Roux | min: 88 | country: France | lang: French
        Le Port | date: 2001 | fmd: Jean Roux | min: 95 | country: Belgium; France | lang: French
        """,
    ),
    Kept(
        "sendungen.tsv",
        "Sendetag\tBeginn\tEnde\tSendung\tOriginaltitel\tProduktionsjahr\tHerkunftsland\tRegie\tMit\tPremiere TV\n"
        "09.10.2010\t20:15\t21:45\tNebel\tFog\t2001\tDtl.\tBo Lake\tCy Reed (Kapitän), Jo Poe (Anna)\t01.05.2002\n",
        """
        Nebel | orig: Fog | date: 2001 | fmd: Bo Lake | act: Cy Reed; Jo Poe
        """,
    ),
    Kept(
        "museum.csv",
        "Accession no.,Title,Alternative title,Maker,Production date,Medium,Duration,Credit line,Current location\n"
        '2001.4,"Harbour Clock, The",,"Maran, Ilse (director)",c. 1999,"16mm film, colour, sound",87 min,Gift,A2\n',
        """
        The Harbour Clock | date: 1999~ | min: 87
        """,
    ),
]
