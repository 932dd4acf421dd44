"""DOCX (Office Open XML, ISO/IEC 29500): paragraphs, headings and tables in their order, as python-docx reads them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.renditions._packed import refuse_bombs
from filmgraph.importing.renditions._rendition import DocumentConverter, Rendition, TextBuilder

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocumentTable
    from docx.text.paragraph import Paragraph


def convert(data: bytes, whole: bool) -> Rendition:  # noqa: FBT001 -- the interface of every converter
    """Convert a document to text; with ``whole`` include headers and footers."""
    refuse_bombs(data, "DOCX document")
    import docx  # noqa: PLC0415 -- few imports are of documents
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise NotOfFormatError(
            "This is no DOCX document, or it is damaged.", hint="Open it, and save it as .docx or PDF."
        ) from error
    to = TextBuilder()
    if whole:
        _edges(document, to, "header")
    _blocks(document, to)
    if whole:
        _edges(document, to, "footer")
    return to.built(document.core_properties.title or "")


def _blocks(document: Document, to: TextBuilder) -> None:
    from docx.table import Table as DocxTable  # noqa: PLC0415

    last = ""
    for block in document.iter_inner_content():
        if isinstance(block, DocxTable):
            _table(block, to)
            last = ""
            continue
        style = _style(block)
        is_item = style.startswith("List")
        to.block(block.text, heading=style.startswith(("Heading", "Title")), close=is_item and last == style)
        last = style


def _table(table: DocumentTable, to: TextBuilder) -> None:
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        merged = None
        for cell in row.cells:
            if cell._tc is not merged:  # noqa: SLF001 -- a merged cell is given once for each column that it covers
                cells.append(cell.text)
            merged = cell._tc  # noqa: SLF001
        to.row(cells, first=number == 0)


def _style(paragraph: Paragraph) -> str:
    """Return the name of a paragraph's style; heading styles have English names in every locale."""
    style = paragraph.style
    return str(style.name or "") if style is not None else ""


def _edges(document: Document, to: TextBuilder, which: str) -> None:
    seen: set[str] = set()
    for section in document.sections:
        text = "\n".join(paragraph.text for paragraph in getattr(section, which).paragraphs).strip()
        if text and text not in seen:
            seen.add(text)
            to.block(text)


CONVERTER = DocumentConverter("docx", "DOCX documents", (".docx",), convert, "python-docx")
