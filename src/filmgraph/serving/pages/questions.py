"""Page content for questions: their parameters as form fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from filmgraph.catalogue.parameter import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filmgraph.catalogue import Question
    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.serving.pages.site import ServedSite

CHOICES = 200
"""How many things a field offers."""
_INPUTS = {"integer": "number", "year": "number", "decimal": "text", "date": "date"}


class Field(NamedTuple):
    """A form field for a parameter: its value, choices, and error message."""

    parameter: Parameter
    value: str
    choices: list[tuple[str, str]]
    suggestions: list[str]
    input: str
    error: str
    hint: str


def fields(site: ServedSite, question: Question, values: Mapping[str, str], error: tuple[str, str, str]) -> list[Field]:
    """Return the parameters of a question as form fields.

    Args:
        site: Where choices are looked up.
        question: The question.
        values: What was typed.
        error: The name of the parameter that is wrong, what is wrong, and what to do; empty where nothing is.
    """
    found = []
    for one in question.parameters:
        wrong = error if error[0] == one.name else ("", "", "")
        choices = [(typed, typed) for typed, _ in one.values]
        if one.type == "boolean":
            choices = [("yes", "yes"), ("no", "no")]
        suggestions = _named(site, one.class_iri) if one.class_iri else []
        value = values.get(one.name, one.default or "")
        found.append(
            Field(
                parameter=one,
                value=value,
                choices=choices,
                suggestions=suggestions,
                input=_INPUTS.get(one.type, "text"),
                error=wrong[1],
                hint=wrong[2],
            )
        )
    return found


def _named(site: ServedSite, class_iri: str) -> list[str]:
    """Return the names of the things of a class; empty where there are too many to choose from."""
    if class_iri not in site.choices:
        label = "<http://www.w3.org/2000/01/rdf-schema#label>"
        text = f"SELECT DISTINCT ?thing ?label {{ ?thing a <{class_iri}> ; {label} ?label }} LIMIT {CHOICES + 1}"
        names = sorted({row[1].value for row in site.rows(text) if isinstance(row[0], NamedNode)})  # type: ignore[union-attr]
        site.choices[class_iri] = names if len(names) <= CHOICES else []
    return site.choices[class_iri]


def command(question: Question, values: Mapping[str, str], trusted: Sequence[tuple[str, str]] = ()) -> str:
    """Return the command that asks a question with these values and trusted documents."""
    options = {one.name: one.option for one in question.parameters}
    given = "".join(f" {options[name]} {quoted(value)}" for name, value in values.items() if name in options)
    given += "".join(f" --{name} {quoted(value)}" for name, value in trusted)
    return f"filmgraph ask {question.name}{given} --why"


def call(question: Question, values: Mapping[str, str], trusted: Sequence[tuple[str, str]] = ()) -> str:
    """Return the Python call that asks a question with these values and trusted documents."""
    given = "".join(f", {name}={value!r}" for name, value in values.items())
    for option in dict.fromkeys(name for name, _ in trusted):
        given += f", {option.replace('-', '_')}={[value for name, value in trusted if name == option]!r}"
    return f"graph.ask({question.name!r}{given}, why=True)"
