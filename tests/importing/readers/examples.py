"""A small file of each format, with films that nobody made."""

from __future__ import annotations

import io
import json

import openpyxl

COLUMNS = ["id", "Title", "Year", "Director"]
ROWS = [["1", "Fog & Été", "1999", "Maran, Ilse"], ["2", "The Salt Clock", "2022", "Mirela Tavish"]]


def _delimited(mark: str) -> bytes:
    return "".join(f"{mark.join(row)}\n" for row in (COLUMNS, *ROWS)).replace("Maran, Ilse", "Ilse Maran").encode()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (COLUMNS, *ROWS):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def marc(*records: list[tuple[str, bytes]], leader: bytes = b"00000ngm a2200000 a 4500") -> bytes:
    """Records of fields as ISO 2709."""
    out = b""
    for fields in records:
        directory, data = b"", b""
        for tag, body in fields:
            directory += f"{tag}{len(body) + 1:04}{len(data):05}".encode()
            data += body + b"\x1e"
        base = 24 + len(directory) + 1
        head = f"{base + len(data) + 1:05}".encode() + leader[5:12] + f"{base:05}".encode() + leader[17:]
        out += head + directory + b"\x1e" + data + b"\x1d"
    return out


def marc_fields(row: list[str]) -> list[tuple[str, bytes]]:
    """A film as fields."""
    return [
        ("001", row[0].encode()),
        ("245", f"00\x1fa{row[1]} /\x1fcby somebody.".encode()),
        ("264", f" 0\x1fc{row[2]}.".encode()),
        ("700", f"1 \x1fa{row[3]},\x1fefilm director.".encode()),
    ]


def _marcxml() -> bytes:
    records = "".join(
        f'<record><leader>00000ngm a2200000 a 4500</leader><controlfield tag="001">{row[0]}</controlfield>'
        f'<datafield tag="245" ind1="0" ind2="0"><subfield code="a">{row[1].replace("&", "&amp;")} /</subfield>'
        f'</datafield><datafield tag="264" ind1=" " ind2="0"><subfield code="c">{row[2]}.</subfield></datafield>'
        f'<datafield tag="700" ind1="1" ind2=" "><subfield code="a">{row[3]},</subfield>'
        '<subfield code="e">film director.</subfield></datafield></record>\n'
        for row in ROWS
    )
    return f'<collection xmlns="http://www.loc.gov/MARC21/slim">\n{records}</collection>\n'.encode()


def _mods() -> bytes:
    records = "".join(
        f"<mods><titleInfo><title>{row[1].replace('&', '&amp;')}</title></titleInfo>"
        f'<name type="personal"><namePart>{row[3]}</namePart><role><roleTerm type="code">fmd</roleTerm></role></name>'
        f"<originInfo><dateCreated>{row[2]}</dateCreated></originInfo>"
        f"<recordInfo><recordIdentifier>{row[0]}</recordIdentifier></recordInfo></mods>\n"
        for row in ROWS
    )
    return f'<modsCollection xmlns="http://www.loc.gov/mods/v3">\n{records}</modsCollection>\n'.encode()


def _xml() -> bytes:
    films = "".join(
        f'<film id="{row[0]}"><Title>{row[1].replace("&", "&amp;")}</Title><Year>{row[2]}</Year>'
        f"<Director><name>{row[3]}</name></Director></film>\n"
        for row in ROWS
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<films>\n{films}</films>\n'.encode()


_OBJECTS = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
_MOVIES = [
    {
        "@type": "Movie",
        "@id": row[0],
        "name": row[1],
        "dateCreated": row[2],
        "director": [{"@type": "Person", "name": row[3]}],
    }
    for row in ROWS
]
_ENTITIES = {
    f"Q{row[0]}": {
        "id": f"Q{row[0]}",
        "labels": {"en": {"language": "en", "value": row[1]}},
        "claims": {
            "P577": [
                {
                    "mainsnak": {
                        "datavalue": {"value": {"time": f"+{row[2]}-00-00T00:00:00Z", "precision": 9}, "type": "time"}
                    },
                    "rank": "normal",
                }
            ],
            "P57": [{"mainsnak": {"datavalue": {"value": {"id": f"Q10{row[0]}"}}}, "rank": "normal"}],
        },
    }
    for row in ROWS
}


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _turtle() -> bytes:
    films = "".join(
        f'<http://films.example/{row[0]}> a schema:Movie ; schema:name "{row[1]}"@en ;\n'
        f'  schema:dateCreated "{row[2]}" ;\n'
        f'  schema:director [ a schema:Person ; schema:name "{row[3]}" ] .\n'
        for row in ROWS
    )
    return f"@prefix schema: <http://schema.org/> .\n{films}".encode()


def _rdfxml() -> bytes:
    films = "".join(
        f'<s:Movie rdf:about="http://films.example/{row[0]}"><s:name>{row[1].replace("&", "&amp;")}</s:name>'
        f"<s:dateCreated>{row[2]}</s:dateCreated>"
        f"<s:director><s:Person><s:name>{row[3]}</s:name></s:Person></s:director></s:Movie>\n"
        for row in ROWS
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/"'
    return f"<rdf:RDF {spaces}>\n{films}</rdf:RDF>\n".encode()


EXAMPLES: dict[str, bytes] = {
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "json": _text(_OBJECTS),
    "jsonl": b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in _OBJECTS),
    "jsonld": b'<!doctype html>\n<script type="application/ld+json">' + _text({"@graph": _MOVIES}) + b"</script>\n",
    "marc": marc(*map(marc_fields, ROWS), leader=b"00000ngm a2200000 a 4500"),
    "marcxml": _marcxml(),
    "mods": _mods(),
    "rdfxml": _rdfxml(),
    "turtle": _turtle(),
    "wikidata": _text({"entities": _ENTITIES}),
    "xlsx": _workbook(),
    "xml": _xml(),
}
