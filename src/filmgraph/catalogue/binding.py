"""Values for the parameters of a question, checked before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.catalogue.parameter import quoted, term
from filmgraph.errors import MissingParameterError, UnknownParameterError
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import Literal, NamedNode

    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.catalogue.question import Question
    from filmgraph.lookup.values import Value


def terms(
    question: Question,
    values: Mapping[str, Value],
    *,
    resolve: Callable[[str, str], NamedNode],
    only: Callable[[str], tuple[NamedNode | None, list[str]]],
) -> dict[str, NamedNode | Literal]:
    """The terms of all parameters that have a value, given or by default.

    Args:
        question: What is asked.
        values: Parameter to value.
        resolve: From a name and the IRI of a class, which may be empty, to a thing.
        only: From the IRI of a class to the one thing of it that there is, or None and a line for each of several.

    Raises:
        UnknownParameterError: The question has no parameter of that name.
        MissingParameterError: A required parameter has no value.
        BadParameterError: A value is not of its parameter's type.
        UnknownThingError: Nothing has that name.
        AmbiguousNameError: Several things have that name.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise unknown(question, name)
    found: dict[str, NamedNode | Literal] = {}
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None and parameter.required:
            value, choices = only(parameter.class_iri) if parameter.class_iri else (None, [])
            if value is None:
                raise _missing(question, parameter, choices)
        if value is not None:
            found[parameter.name] = term(parameter, value, query=question.name, resolve=resolve)
    return found


def _missing(question: Question, parameter: Parameter, choices: list[str]) -> MissingParameterError:
    """The error for a required parameter without a value; it lists what there is."""
    kind = "" if parameter.kind == parameter.name else f", {parameter.kind}"
    hint = f"For instance: {question.command}"
    if parameter.from_collection:
        hint += f" {parameter.option} {parameter.placeholder}"
    if choices:
        hint = "\n".join([f"Say which {parameter.kind}:", *(f"  {choice}" for choice in choices)])
    return MissingParameterError(
        f"'{question.name}' needs {parameter.option}{kind}.", query=question.name, name=parameter.name, hint=hint
    )


def unknown(question: Question, name: str) -> UnknownParameterError:
    """The error for a parameter that the question does not have."""
    options = {parameter.name: parameter.option for parameter in question.parameters}
    near = nearest(name.replace("-", "_"), options)
    if near:
        hint = f"Did you mean {' or '.join(options[one] for one in near)}?"
    elif options:
        hint = f"Its parameters are {', '.join(options.values())}."
    else:
        hint = f"It takes none. Ask: filmgraph ask {quoted(question.name)}"
    option = "--" + name.replace("_", "-")
    return UnknownParameterError(
        f"'{question.name}' has no parameter {option}.", query=question.name, name=name, hint=hint
    )
