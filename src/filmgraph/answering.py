"""How a graph answers: questions of the catalogue bound, queries run, evidence and words added, within a time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Self

from filmgraph.account import Account
from filmgraph.answers.answer import Asked, Layout, RowsAnswer, TriplesAnswer, TruthAnswer
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.results import Solutions, Triples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

    from filmgraph.answers.answer import Answer
    from filmgraph.catalogue import Catalogue, Question
    from filmgraph.lookup.values import Value
    from filmgraph.rdf.results import Explanation
    from filmgraph.store.base import Store


class Answering(Account):
    """What `Graph` answers with.

    Args:
        store: What is queried.
        catalogue: The questions that can be asked by name.
        whole: The store in which names are found, where the one that is queried is a part of it.
        words: The store in which the labels of an answer are found, where it is another one.
    """

    def __init__(
        self, store: Store, *, catalogue: Catalogue, whole: Store | None = None, words: Store | None = None
    ) -> None:
        super().__init__(store, whole=whole)
        self.catalogue = catalogue
        self.words = words or store

    def within(self, seconds: float, *, labels: bool = False) -> Self:
        """The same graph, whose answers together take no longer than so many seconds from now.

        Rows and their evidence count; what comes too late raises `QueryTimeoutError`. A step that the engine has no
        part in is not broken off, so it may be a little longer.

        Args:
            seconds: How long.
            labels: The labels and sources with which answers are written count too.
        """
        hurried = import_module("filmgraph.store.deadline").hurried(self.store, seconds)
        whole = hurried if self._whole is self.store else hurried.beside(self._whole)
        graph = type(self)(hurried, catalogue=self.catalogue, whole=whole, words=None if labels else self.words)
        graph._trusted = self._trusted  # noqa: SLF001 -- of the same class
        return graph

    def ask_with(
        self,
        name: str,
        values: Mapping[str, Value],
        *,
        why: bool = False,
        timeout: float | None = None,
        max_witnesses: int = 10,
    ) -> RowsAnswer:
        """The same as `Graph.ask` with the parameters in a mapping."""
        if timeout is not None:
            return self.within(timeout).ask_with(name, values, why=why, max_witnesses=max_witnesses)
        text, asked = self._bound(name, values)
        answer = self.answer_to(text, why=why, max_witnesses=max_witnesses).to_rows()
        answer.asked = asked
        return answer

    def text_of(self, name: str, values: Mapping[str, Value]) -> str:
        """The SPARQL that a question runs with some values.

        Raises:
            UnknownQueryError: The catalogue has no such question.
            ParameterError: A parameter is missing, unknown, or of the wrong type.
            UnknownThingError: Nothing has the name that was given for a parameter.
            AmbiguousNameError: Several things have it.
        """
        return self._bound(name, values)[0]

    def _bound(self, name: str, values: Mapping[str, Value]) -> tuple[str, Asked]:
        question = self.catalogue.question(name)
        if not values and not question.parameters:
            return question.sparql, Asked(name, layout=_layout(question))
        # Binding is imported by questions that have something to bind.
        terms = import_module("filmgraph.catalogue.binding").terms(
            question, values, resolve=self.thing, only=self._only
        )
        template = question.template
        typed = {
            one.name: str(values.get(one.name, one.default or terms[one.name].value))
            for one in question.parameters
            if one.name in terms
        }

        def without(*left_out: str) -> str:
            kept: str = template.bind({name: term for name, term in terms.items() if name not in left_out})
            return kept

        return without(), Asked(name, typed, terms, without, _layout(question))

    def answer_to(
        self,
        text: str,
        *,
        why: bool,
        max_witnesses: int,
        columns: tuple[str, ...] | None = None,
    ) -> Answer:
        """The answer to a query that was checked; see `Graph.query`.

        Raises:
            StoreError: The store could not answer.
        """
        result = self.store.query(text)
        if isinstance(result, Solutions) and columns is not None:
            result = _in_order(result, columns)
        explanations: list[Explanation] | None = None
        if why:
            # Imported only by who asks why: most questions are asked without.
            explained = import_module("filmgraph.why.refusal").explained
            explanations = explained(self.store, text, result, max_witnesses=max_witnesses)
        glossary = StoreGlossary(self.words)
        if isinstance(result, Solutions):
            return RowsAnswer(result, explanations=explanations, glossary=glossary, query=text)
        if isinstance(result, Triples):
            return TriplesAnswer(result, explanations=explanations, glossary=glossary, query=text)
        return TruthAnswer(result, explanation=explanations[0] if explanations else None, glossary=glossary, query=text)

    def thing(self, name: str, class_iri: str) -> NamedNode:
        """The one thing that a name means.

        Args:
            name: An IRI, a prefixed name, or a name or title.
            class_iri: The class of what is meant; empty for any.

        Raises:
            UnknownThingError: Nothing has that name.
            AmbiguousNameError: Several things have it.
            StoreError: The store could not answer.
        """
        found: NamedNode = import_module("filmgraph.lookup.names").find(self._whole, name, kind=class_iri or None)
        return found

    def _only(self, class_iri: str) -> tuple[NamedNode | None, list[str]]:
        """The one thing of a class, or None and a line for each of several."""
        found: tuple[NamedNode | None, list[str]] = import_module("filmgraph.lookup.names").only(self._whole, class_iri)
        return found


def _layout(question: Question) -> Layout | None:
    return Layout(*question.layout) if question.layout else None


def _in_order(result: Solutions, columns: tuple[str, ...]) -> Solutions:
    """The columns of ``SELECT *`` in the order in which the query names them; engines sort them."""
    if result.variables == columns or sorted(result.variables) != sorted(columns):
        return result
    places = [result.variables.index(name) for name in columns]
    return Solutions(columns, [tuple(row[place] for place in places) for row in result.rows])
