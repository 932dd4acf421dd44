"""MARC 21 in XML, by the rules for moving images, with the citations of each field in 883."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from filmgraph.exporters.film.exporter import Exporter, Loss, Options, Request
from filmgraph.exporters.film.films import films
from filmgraph.exporters.film.losses import Losses
from filmgraph.exporters.film.unwritten import accounted
from filmgraph.exporters.library.description import describe
from filmgraph.exporters.library.marc_records import data_fields, pymarc, record
from filmgraph.exporters.library.xml import write_records

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from filmgraph.exporters.library.description import Description

_NAMESPACES = {"xmlns": "http://www.loc.gov/MARC21/slim"}


def write(request: Request, out: IO[bytes]) -> list[Loss]:
    """Write the films as a ``collection``.

    Raises:
        MissingDependencyError: pymarc is not installed.
    """
    pymarc()
    losses = Losses()
    records = (_element(describe(request.store, film), losses, request.options) for film in films(request))
    write_records(out, records, "collection", _NAMESPACES, alone=False)
    return losses.all()


def _element(found: Description, losses: Losses, options: Options) -> ET.Element:
    from pymarc.marcxml import record_to_xml_node  # noqa: PLC0415 -- as in _pymarc

    element: ET.Element = record_to_xml_node(record(found, data_fields(found, losses, options)), namespace=False)  # type: ignore[no-untyped-call]
    return element


EXPORTER = Exporter(
    name="marcxml",
    summary="MARC 21 in XML, by the rules for moving images, with the citations of each field in 883.",
    media_type="application/marcxml+xml",
    endings=("marcxml", "marc.xml"),
    keeps="titles, names with roles, dates, places, subjects, notes, and the citations of every field",
    loses="figures but of the making, ratings, parts without a name; lives and family ties of people",
    write=accounted(write),
    per_film=True,
)
