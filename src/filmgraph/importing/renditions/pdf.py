"""PDF (ISO 32000-2): the text of each page, as `PDFium <https://pypdfium2.readthedocs.io>`_ extracts it.

Pages are parted by form feeds. A word that is divided at the end of a line is put together with a soft hyphen, so that
it is found however it is written.
"""

from __future__ import annotations

import re

from filmgraph.errors import NotOfFormatError
from filmgraph.importing.renditions._rendition import DocumentConverter, Landmark, Rendition

_DIVIDED = re.compile(r"[\x02\ufffe](?:\r?\n)?")
_LINE_END = re.compile(r"[ \t]*\r?\n")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PASSWORD = "password"  # noqa: S105 -- a word of the engine's message


def convert(data: bytes, whole: bool) -> Rendition:  # noqa: ARG001, FBT001 -- a page is printed as a whole
    """Convert a document to text, page by page."""
    import pypdfium2  # noqa: PLC0415 -- few imports are of documents

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if _PASSWORD in str(error).lower():
            raise NotOfFormatError(
                "The document is protected by a password.", hint="Save a copy without one, and add that."
            ) from error
        raise NotOfFormatError(
            "This is no PDF, or it is damaged.", hint="Open it, and print it into a new PDF."
        ) from error
    try:
        pages = [_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise NotOfFormatError(f"A page cannot be read: {error}.") from error
    finally:
        document.close()
    landmarks: list[Landmark] = []
    place = 0
    for number, text in enumerate(pages, 1):
        landmarks.append(Landmark(place, "page", str(number)))
        place += len(text) + 1
    # The title in the metadata is often that of a template, or the name of another file.
    return Rendition("\f".join(pages) if any(page.strip() for page in pages) else "", tuple(landmarks))


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]  # a PdfDocument, which has no types
    try:
        textpage = page.get_textpage()
        text = str(textpage.get_text_bounded())
        textpage.close()
    finally:
        page.close()
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", _DIVIDED.sub("\u00ad", text))).strip() + "\n"


CONVERTER = DocumentConverter(
    "pdf",
    "PDF documents",
    (".pdf",),
    convert,
    "pypdfium2",
    empty="The document has no text: its pages are images, as a scanner makes them.",
    empty_hint="Recognise its text with an OCR program first, such as OCRmyPDF, and add what that writes.",
)
