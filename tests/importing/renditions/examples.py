"""Small documents in each format, made here: none is taken from elsewhere."""

from __future__ import annotations

import io
import zipfile

import docx

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Quayside Film Days</title>
<style>p { color: red }</style></head><body><nav><a href="/">Home page of everything</a></nav>
<main><article><h1>Quayside Film Days</h1>
<p>The Salt Clock is a film by <b>Mirela</b> Tavish about the last keeper of a tide clock in a harbour town, and it runs
74 minutes in the version that the festival shows on its opening night.</p>
<h2>Programme</h2><ul><li>Fog, 78 minutes</li><li>Tide,<br>81 minutes</li></ul>
<table><tr><th>Film</th><th>Director</th></tr><tr><td>Fog</td><td>Zo&euml; Lake</td></tr></table>
<p>All films are shown in the Old Net Loft, which has been a place for films in this town for many years by now.</p>
</article></main><script>var x = "hidden";</script><footer>Imprint and cookies of the page</footer></body></html>"""
"""A page with what stands around its main text."""


def pdf(pages: list[list[str]], *, encrypted: bool = False) -> bytes:
    """A PDF of some pages, each of some lines in a font that every reader has."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects += [
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 12 Tf 72 {720 - 20 * line} Td ({text}) Tj ET\n" for line, text in enumerate(lines))
        content = drawn.encode("cp1252")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    guard = (
        b""
        if not encrypted
        else b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>"
        % (
            b"11" * 32,
            b"22" * 32,
        )
    )
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s /ID [<00> <00>] >>\n" % (len(objects) + 1, guard))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def word() -> bytes:
    """A DOCX document with headings, items and a table."""
    document = docx.Document()
    document.core_properties.title = "Programme of the week"
    document.sections[0].header.paragraphs[0].text = "Running header"
    document.add_heading("Quayside Film Days", level=1)
    document.add_paragraph("The Salt Clock, a film by Mirela Tavish, 74 minutes.")
    document.add_heading("Programme", level=2)
    document.add_paragraph("Fog, 78 minutes", style="List Bullet")
    document.add_paragraph("Tide, 81 minutes", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Film", "Director", "Fog", "Zoë Lake"), strict=True
    ):
        cell.text = text
    document.add_paragraph("All in the Old Net Loft.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def book(chapters: dict[str, str], *, encrypted: bool = False) -> bytes:
    """An EPUB of some chapters, in their order, with a table of contents before them."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    files = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OPS/package.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Book of Films</dc:title></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>',
        "OPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav>Contents</nav></body></html>',
    }
    for name, body in chapters.items():
        files[f"OPS/{name}"] = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    if encrypted:
        references = "".join(f'<CipherReference URI="OPS/{name}"/>' for name in chapters)
        files["META-INF/encryption.xml"] = f"<encryption><EncryptedData>{references}</EncryptedData></encryption>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


CHAPTERS = {
    "one.xhtml": "<h1>Quayside Film Days</h1><p>The Salt Clock, a film by Mirela Tavish, 74 minutes.</p>",
    "two.xhtml": "<h2>Programme</h2><table><tr><td>Fog</td><td>Zoë Lake</td></tr></table>",
}
PAGES = [
    ["Quayside Film Days", "The Salt Clock, 74 minutes, by Mirela Tavish"],
    ["Programme", "Fog, 78 minutes, Zo\xeb Lake"],
]
EXAMPLES = {"docx": word(), "epub": book(CHAPTERS), "html": PAGE.encode(), "pdf": pdf(PAGES)}
"""A document in each format, each of them of the same films."""
