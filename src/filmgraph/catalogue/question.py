"""A question of the catalogue: what its file says of it, and its text cut at the parameters."""

from __future__ import annotations

from typing import NamedTuple

from filmgraph.catalogue.parameter import Parameter, quoted
from filmgraph.sparql.template import Template


class ExpectedRow(NamedTuple):
    """A row that an answer must have: cells as people read them, and who must be among those who say so.

    A citation is a source's slug (``imdb``), a passage of it (``imdb#120,215``), or a whole IRI.
    """

    cells: tuple[tuple[str, str], ...]
    citations: tuple[str, ...] = ()


class Expectation(NamedTuple):
    """What the answer to the example of a question must be.

    ``least`` and ``most`` bound the number of rows; ``rows`` are all of them, ``contains`` some of them.
    """

    least: int = 0
    most: int | None = None
    rows: tuple[ExpectedRow, ...] | None = None
    contains: tuple[ExpectedRow, ...] = ()


class Question(NamedTuple):
    """One ``.rq`` file.

    ``text`` is the whole file. ``example`` are the values with which it is tried.
    ``template`` is the query with the places of its parameters.
    """

    name: str
    path: str
    text: str
    summary: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    expect: Expectation = Expectation()
    template: Template = Template("", ())

    @property
    def command(self) -> str:
        """The command that asks it, with the values of its example."""
        options = {parameter.name: parameter.option for parameter in self.parameters}
        given = "".join(f" {options[name]} {quoted(value)}" for name, value in self.example)
        return f"filmgraph ask {self.name}{given}"

    @property
    def call(self) -> str:
        """The Python call that asks it, with the values of its example."""
        given = "".join(f", {name}={value!r}" for name, value in self.example)
        return f"graph.ask({self.name!r}{given})"
