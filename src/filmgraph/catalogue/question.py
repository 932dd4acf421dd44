"""A question of the catalogue: what its file says of it, and its text cut at the parameters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from filmgraph.answers.rows import Layout

if TYPE_CHECKING:
    from filmgraph.catalogue.expected import Expectation
    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.sparql.template import Template


class Question(NamedTuple):
    """One ``.rq`` file.

    ``text`` is the whole file. ``asks`` are phrasings of people who ask it in their own words, in which ``$name``
    stands for a value of a parameter. ``example`` are the values with which it is tried.
    ``layout`` has the columns of its table that head blocks, are joined, and are hidden: see `Layout`.
    ``chart`` is the chart of its answer as plain tuples: see `filmgraph.charts.declaration.Chart`.
    ``expected`` and ``cut`` are what is expected and the query with its places, as plain tuples: most runs of a
    question need neither, and what they need is not imported before.
    ``seconds_per_million`` is how long it takes, about, for each million statements of a store, where it reads all of
    one kind and no parameter narrows that; 0 where it looks things up.
    ``computes_patterns`` is whether its query computes regular expressions, which are looked at while it runs.
    """

    name: str
    path: str
    text: str
    summary: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    expected: tuple[Any, ...] = (0, None, None, ())
    cut: tuple[str, tuple[Any, ...]] = ("", ())
    layout: tuple[tuple[str, ...], ...] = ()
    asks: tuple[str, ...] = ()
    chart: tuple[Any, ...] = ()
    seconds_per_million: float = 0.0
    computes_patterns: bool = False

    @property
    def sparql(self) -> str:
        """The query without its header."""
        return self.cut[0]

    @property
    def template(self) -> Template:
        """The query with the places of its parameters."""
        template: Template = import_module("filmgraph.sparql.template").Template.from_plain(self.cut)
        return template

    @property
    def laid_out(self) -> Layout | None:
        """How its rows are laid out for people; None where nothing is said of it."""
        return Layout(*self.layout) if self.layout else None

    @property
    def expect(self) -> Expectation:
        """The expected answer to the example."""
        expectation: Expectation = import_module("filmgraph.catalogue.expected").from_plain(self.expected)
        return expectation

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The example, and a word in capitals for what it lacks; a film is not lacking where there is only one."""
        given = dict(self.example)
        return tuple(
            (one.name, given.get(one.name, one.placeholder))
            for one in self.parameters
            if one.name in given or (one.required and not one.from_collection)
        )

    @property
    def command(self) -> str:
        """The command that asks it, with the values of its example."""
        if not self.shown:
            return f"filmgraph ask {self.name}"
        quoted = import_module("filmgraph.catalogue.parameter").quoted
        options = {parameter.name: parameter.option for parameter in self.parameters}
        given = "".join(f" {options[name]} {quoted(value)}" for name, value in self.shown)
        return f"filmgraph ask {self.name}{given}"

    @property
    def call(self) -> str:
        """The Python call that asks it, with the values of its example."""
        given = "".join(f", {name}={value!r}" for name, value in self.shown)
        return f"graph.ask({self.name!r}{given})"
