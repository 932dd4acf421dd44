"""Tools for assistants: find things, list and ask questions, run SPARQL, show a thing, cite a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filmgraph.asking.choosing import the_one
from filmgraph.asking.search import questions_about
from filmgraph.assistants.tool_content import MOST_ROWS, ToolContent, content_of
from filmgraph.encoding.record import cite as cite_record
from filmgraph.encoding.record import read_citation
from filmgraph.errors import FilmgraphError, UnknownQueryError
from filmgraph.lookup.known_names import KnownNames
from filmgraph.reconciling.candidates import Candidates
from filmgraph.reconciling.kinds import Kinds
from filmgraph.reconciling.messages import ReconciliationQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filmgraph.catalogue.question import Question
    from filmgraph.graph import Graph
    from filmgraph.passages.texts import SourceText

INSTRUCTIONS = """\
filmgraph holds what documents say about films; every fact names the passage that states it.
Say who says so: give the citations that come with each row when you state what it says.
Where sources disagree, give every side with its source, and do not choose between them; ask the question `conflicts`.
What is not in an answer is not known here: say that, and do not fill it in from elsewhere.
A citation gives characters of a source; `cite` tells what the passage states, and its words where the text is at hand.
Start with `find` for a name, `questions` for what can be asked, `ask` with a question's name or in plain English."""

TIMEOUT = 30.0
"""Seconds that one call may take."""

_MOST_FOUND = 20
_EVIDENCE_UP_TO = 200


class Tools:
    """The tools of one graph.

    Args:
        graph: What they answer from.
        texts: The texts of sources that are at hand, by the source's IRI.
        timeout: Seconds that one call may take.
    """

    def __init__(
        self, graph: Graph, texts: Mapping[str, SourceText] | None = None, *, timeout: float = TIMEOUT
    ) -> None:
        self._graph, self._texts, self._timeout = graph, dict(texts or {}), timeout

    def call(self, name: str, arguments: Mapping[str, Any]) -> ToolContent:
        """Call a tool by its name.

        Raises:
            FilmgraphError: There is no such tool, an argument is wrong, or the graph could not answer.
        """
        if name not in NAMES:
            raise FilmgraphError(f"There is no tool '{name}'.", hint=f"There are {', '.join(NAMES)}.")
        answer: ToolContent = getattr(self, name)(**arguments)
        return answer

    def find(self, name: str, kind: str = "", limit: int = 10) -> ToolContent:
        """Things by their name or title, in any spelling.

        Args:
            name: A name or title.
            kind: Only things of this class, such as ``Film`` or ``Person``; empty for any.
            limit: How many at most.

        Raises:
            FilmgraphError: There is no such class.
            StoreError: The store could not answer.
        """
        store = self._graph.within(self._timeout).store
        kinds = Kinds(store).names
        kind = _class(kind, kinds) if kind.strip() else ""
        query = ReconciliationQuery(
            name, (kind,) if kind else (), strict=bool(kind), limit=min(max(1, limit), _MOST_FOUND)
        )
        found = Candidates(store, KnownNames(store)).of([query])[0]
        things: list[dict[str, Any]] = []
        lines = []
        for one in found:
            named = [kinds.get(kind, kind) for kind in one.types]
            things.append({"iri": one.iri, "name": one.name, "kinds": named, "likeness": one.score})
            lines.append(f"- {one.name} ({', '.join(named)}), likeness {one.score}: <{one.iri}>")
        nothing = f"Nothing here{' that is of this class' if kind else ''} is called like {name!r}."
        return ToolContent("\n".join(lines or [nothing]) + "\n", {"things": things})

    def questions(self, about: str = "") -> ToolContent:
        """The questions that can be asked by name, or those about something.

        Args:
            about: Words that tell of them, or others that mean the same; empty for all.
        """
        catalogue = self._graph.catalogue
        found = questions_about(catalogue, about) if about.strip() else list(catalogue)
        data = [_described(one) for one in found]
        lines = [
            f"- `{one.name}`: {one.summary}"
            + "".join(f"\n  - `{parameter.name}`: {parameter.description}" for parameter in one.parameters)
            for one in found
        ]
        return ToolContent("\n".join(lines or ["No question has these words."]) + "\n", {"questions": data})

    def ask(self, question: str, values: Mapping[str, object] | None = None, limit: int = MOST_ROWS) -> ToolContent:
        """Ask a question by its name, or in plain English.

        Args:
            question: Its name, or a text.
            values: Its parameters.
            limit: How many rows at most.

        Raises:
            UnknownQueryError: The catalogue has no such question, or none that answers the text.
            AmbiguousQuestionError: The text may ask several.
            ParameterError: A parameter is missing, unknown, or of the wrong type.
            UnknownThingError: Nothing has a name that was given.
            AmbiguousNameError: Several things have it.
            QueryTimeoutError: It took too long.
        """
        given, understood = {name: _typed(value) for name, value in (values or {}).items()}, ""
        try:
            self._graph.catalogue.question(question)
        except UnknownQueryError as error:
            reading = the_one(self._graph.understanding, question, error)
            question, given, understood = reading.question, {**reading.values, **given}, reading.command
        answer = self._graph.ask_with(question, given, why=True, timeout=self._timeout)
        return content_of(answer, most=_rows(limit), understood=understood)

    def sparql(self, query: str, limit: int = MOST_ROWS) -> ToolContent:
        """Run a SPARQL 1.1 query; up to two hundred rows come with their evidence.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE.
            limit: How many rows at most.

        Raises:
            QueryError: It is no SPARQL, or is refused.
            QueryTimeoutError: It took too long.
        """
        graph = self._graph.within(self._timeout)
        answer = graph.query(query)
        if len(answer.to_rows()) <= _EVIDENCE_UP_TO:
            answer = graph.query(query, why=True)
        return content_of(answer, most=_rows(limit))

    def show(self, thing: str) -> ToolContent:
        """Everything known of one thing, each line with its citations.

        Args:
            thing: An IRI, a prefixed name, or a name or title.

        Raises:
            UnknownThingError: Nothing has that name.
            AmbiguousNameError: Several things have it.
            QueryTimeoutError: It took too long.
        """
        return content_of(self._graph.show(thing, timeout=self._timeout))

    def cite(self, citation: str) -> ToolContent:
        """Return what a passage states, who speaks in it, and its words if the text is at hand.

        Args:
            citation: Its IRI, or ``SLUG#char=START,END``.

        Raises:
            CitationError: It is no citation.
            UnknownSourceError: There is no such source.
        """
        store = self._graph.within(self._timeout).store
        record = cite_record(store, read_citation(citation, store), self._texts)
        states = [{"subject": one.subject, "predicate": one.predicate, "value": one.value} for one in record.statements]
        data = {
            "citation": str(record.citation),
            "document": {"title": record.title, "publisher": record.publisher, "date": record.date},
            "place": record.locator,
            "characters": [record.citation.start, record.citation.end],
            "according_to": list(record.according_to),
            "stance": record.stance,
            "states": states,
            "passage": str(record.excerpt) if record.excerpt else None,
        }
        document = ", ".join(filter(None, [record.title, record.publisher, record.date or "undated"]))
        place = f"characters {record.citation.start} to {record.citation.end}"
        place = f"{record.locator}, {place}" if record.locator else place
        lines = [
            f"{document}, {place}",
            *([f"According to {', '.join(record.according_to)}"] if record.according_to else []),
            *(f"- {one['subject']}: {one['predicate']} {one['value']}" for one in states),
            *([f"> {record.excerpt}"] if record.excerpt else ["The text of the document is not at hand."]),
        ]
        return ToolContent("\n".join(lines) + "\n", data)


NAMES = ("find", "questions", "ask", "sparql", "show", "cite")
"""The tools."""


def _typed(value: object) -> str:
    """A value as it is typed on the command line."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _class(typed: str, kinds: Mapping[str, str]) -> str:
    """The class that is called so, by its name or its label."""
    folded = Kinds.id(typed.strip()).casefold()
    for name, label in kinds.items():
        if folded in {name.casefold(), label.casefold()}:
            return name
    raise FilmgraphError(f"There is no class '{typed}'.", hint=f"There are {', '.join(sorted(kinds))}.")


def _rows(limit: int) -> int:
    return min(max(1, limit), MOST_ROWS)


def _described(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "question": question.summary,
        "description": question.description,
        "parameters": [
            {
                "name": one.name,
                "takes": one.kind,
                "required": one.required,
                "default": one.default,
                "description": one.description,
            }
            for one in question.parameters
        ],
    }
