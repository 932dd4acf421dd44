"""Binding values to the parameters of a question, each checked before the query runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from filmgraph.answers.rows import Asked
from filmgraph.catalogue.parameter import quoted, term
from filmgraph.errors import MissingParameterError, UnknownParameterError
from filmgraph.rdf.class_words import indefinite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import Literal, NamedNode

    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.catalogue.question import Question
    from filmgraph.lookup.values import Value
    from filmgraph.store.base import Store


def bound(question: Question, values: Mapping[str, Value], store: Store) -> tuple[str, Asked]:
    """The SPARQL of a question with the terms of its parameters in their places, and what was asked.

    Args:
        question: What is asked.
        values: Parameter to value.
        store: Where the things are that the values name.

    Raises:
        ParameterError: A parameter is missing, unknown, or of the wrong type.
        UnknownThingError: Nothing has the name that was given for a parameter.
        AmbiguousNameError: Several things have it.
        StoreError: The store could not answer.
    """

    def resolve(name: str, class_iri: str) -> NamedNode:
        # Names are looked up only for who gives one.
        found: NamedNode = import_module("filmgraph.lookup.names").find(store, name, kind=class_iri or None)
        return found

    def only(class_iri: str) -> tuple[NamedNode | None, list[str]]:
        found: tuple[NamedNode | None, list[str]] = import_module("filmgraph.lookup.names").only(store, class_iri)
        return found

    given = terms(question, values, resolve=resolve, only=only)
    template = question.template
    typed = {
        one.name: str(values.get(one.name, one.default or given[one.name].value))
        for one in question.parameters
        if one.name in given
    }

    def without(*left_out: str) -> str:
        return template.bind({name: term for name, term in given.items() if name not in left_out})

    return without(), Asked(question.name, typed, given, without, question.laid_out, question.chart)


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
    what = "" if parameter.called == parameter.name else f": {indefinite(parameter.called)}"
    hint = f"For instance: {question.command}"
    if parameter.from_collection:
        hint += f" {parameter.option} {parameter.placeholder}"
    if choices:
        hint = "\n".join([f"Say which {parameter.called}:", *(f"  {choice}" for choice in choices)])
    return MissingParameterError(
        f"'{question.name}' needs {parameter.option}{what}.", query=question.name, name=parameter.name, hint=hint
    )


def unknown(question: Question, name: str) -> UnknownParameterError:
    """The error for a parameter that the question does not have."""
    options = {parameter.name: parameter.option for parameter in question.parameters}
    near: tuple[str, ...] = import_module("filmgraph.text.nearest").nearest(name.replace("-", "_"), options)
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
