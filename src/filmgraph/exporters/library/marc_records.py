"""Records of pymarc, made of descriptions of films."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filmgraph.errors import BadParameterError, MissingDependencyError
from filmgraph.exporters.library.marc_field import MarcField, linked
from filmgraph.exporters.library.marc_fixed_fields import LEADER, fixed_fields
from filmgraph.exporters.library.marc_variable_fields import variable_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.exporters.film.exporter import Options
    from filmgraph.exporters.film.losses import Losses
    from filmgraph.exporters.library.description import Description

CITATIONS = ("", "full")
"""How citations are written: one of each document for a field, or all."""


def pymarc() -> Any:
    """The package pymarc, which only exports of MARC need.

    Raises:
        MissingDependencyError: It is not installed.
    """
    try:
        import pymarc as package  # noqa: PLC0415 -- only who exports MARC needs it
    except ImportError as error:
        raise MissingDependencyError("pymarc", extra="export", purpose="MARC export") from error
    return package


def data_fields(found: Description, losses: Losses, options: Options) -> list[MarcField]:
    """The data fields of a film in order, with their links and who states them.

    Raises:
        BadParameterError: MARC cannot write citations in the way that the options name.
    """
    if options.citations not in CITATIONS:
        raise BadParameterError(
            f"MARC cannot write citations as {options.citations!r}.",
            query="export",
            name="citations",
            hint="Leave it out, or write full for every citation of a field.",
        )
    return linked(variable_fields(found, losses), losses, full=options.citations == "full")


def record(found: Description, fields: Iterable[MarcField]) -> Any:
    """A record of pymarc: the fixed fields of a film, and these data fields."""
    package = pymarc()
    made = package.Record(leader=LEADER, force_utf8=True)
    for tag, data in fixed_fields(found):
        made.add_field(package.Field(tag=tag, data=data))
    for one in fields:
        subfields = [package.Subfield(code=code, value=value) for code, value in one.subfields]
        made.add_field(package.Field(tag=one.tag, indicators=package.Indicators(*one.indicators), subfields=subfields))
    return made
