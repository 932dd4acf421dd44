"""Answer a bundled question, or list them all."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from filmgraph.answers.rows import MAX_WITNESSES
from filmgraph.cli._completion import of_parameter
from filmgraph.cli._evidence import Wanted
from filmgraph.cli._help import PlainHelp
from filmgraph.cli._options import answer_options, output_options
from filmgraph.cli._output import Output
from filmgraph.cli._places import refuse_one_place
from filmgraph.cli._session import open_catalogue, open_graph
from filmgraph.errors import (
    BadParameterError,
    FilmgraphError,
    UnansweredQuestionError,
    UnknownParameterError,
    UnknownQueryError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from filmgraph.catalogue import Question
    from filmgraph.catalogue.parameter import Parameter
    from filmgraph.graph import Graph


_REQUIRED = ("required", "required, unless there is only one", "default: the film that the collection is about")
"""What help says of a required parameter: of any, of one that is a thing of a class, of a film."""


class QuestionCommand(PlainHelp):
    """The command of one question."""

    question: Question

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; one that the question does not have is told as such."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            nearest = import_module("filmgraph.text.nearest").nearest
            options = [option[2:] for one in self.params for option in one.opts if option.startswith("--")]
            own, typed = len(self.question.parameters), error.option_name.lstrip("-")
            near = nearest(typed, options[:own]) or nearest(typed, options)
            if near:
                raise UnknownParameterError(
                    f"'{self.question.name}' has no parameter {error.option_name}.",
                    query=self.question.name,
                    name=typed,
                    hint=f"Did you mean {' or '.join(f'--{one}' for one in near)}?",
                ) from error
            unknown = import_module("filmgraph.catalogue.binding").unknown
            raise unknown(self.question, typed) from error


class Questions(PlainHelp, click.Group):
    """A group whose commands are the questions of the catalogue."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the questions."""
        return open_catalogue(ctx).names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a question.

        Raises:
            UnknownQueryError: There is no such question.
        """
        try:
            return _command(open_catalogue(ctx).question(cmd_name))
        except FilmgraphError:
            if ctx.resilient_parsing:  # a shell that completes what is typed
                return None
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the question, or else the one that a text in plain English asks, quoted or not.

        Raises:
            UnknownQueryError: There is no such question, and none that answers the text.
            AmbiguousQuestionError: The text may ask several.
        """
        if ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        words = next((place for place, one in enumerate(args) if one.startswith("-")), len(args))
        text, catalogue = " ".join(args[:words]).strip(), open_catalogue(ctx)
        try:
            question = catalogue.question(text)
        except UnknownQueryError as error:
            understood = import_module("filmgraph.cli._plain_english").understood
            try:
                reading = understood(ctx, text, error, quiet=not {"-q", "--quiet"}.isdisjoint(args))
            except UnansweredQuestionError:
                if args[0] not in catalogue.names():
                    raise
                return super().resolve_command(ctx, args)  # to the question, which says what is too much
            return reading.question, _command(catalogue.question(reading.question), reading.values), args[words:]
        return question.name, _command(question), args[words:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line for each question."""
        with formatter.section("Questions"):
            formatter.write_dl([(question.name, question.summary) for question in open_catalogue(ctx)])


@click.command(
    cls=Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME [--PARAM VALUE]…]",
    params=[
        click.Option(["--about"], metavar="TEXT", help="List only the questions about this."),
        *output_options(),
    ],
)
@click.pass_context
def command(ctx: click.Context, about: str | None, format_name: str | None, path: str | None) -> None:
    """Answer a question of the catalogue, by its name or in plain English. Without one, list all questions.

    \b
    Example:  filmgraph ask overview
              filmgraph ask "who won what at IDFA?"
              filmgraph ask --about money
    Python:   graph.ask("overview")
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if ctx.invoked_subcommand is None:
        questions = import_module("filmgraph.cli._questions")
        output = Output.of(format_name, path)
        refuse_one_place(ctx, output.path)
        catalogue = open_catalogue(ctx)
        found = questions.about(catalogue, about) if about is not None else list(catalogue)
        if output.on_terminal and about is None and len(found) > questions.SCREEN:
            output.write_text(questions.by_topic(found))
        else:
            output.write(questions.listed(found))


def _command(question: Question, understood: Mapping[str, str] = MappingProxyType({})) -> QuestionCommand:
    """The command that asks a question, with an option for each parameter.

    Args:
        question: The question.
        understood: The values that a text in plain English gave; options count more.
    """

    @click.pass_context
    def ask(ctx: click.Context, /, **options: Any) -> None:
        _ask(ctx, question, options, understood)

    options = [
        click.Option(
            [one.option, f"p_{one.name}"],
            multiple=True,
            metavar=_metavar(one),
            help=_help(one),
            shell_complete=of_parameter(one),
        )
        for one in question.parameters
    ]
    own = {one.option for one in question.parameters}
    command = QuestionCommand(
        question.name,
        callback=ask,
        params=[
            *options,
            *(option for option in answer_options() if own.isdisjoint(option.opts)),
            click.Option(["--show-query"], is_flag=True, help="Print the SPARQL that would run."),
        ],
        help="\n\n".join(filter(None, [question.summary, question.description])),
        short_help=question.summary,
        epilog=f"\b\nExample:  {question.command}\nPython:   {question.call}",
    )
    command.question = question
    return command


def _metavar(parameter: Parameter) -> str:
    kind = parameter.kind.replace(" ", "-")
    return kind if parameter.values or "|" in kind else kind.upper()


def _help(parameter: Parameter) -> str:
    notes = []
    if parameter.required:
        alone = parameter.class_iri and parameter.example is None
        notes.append(_REQUIRED[bool(alone) + parameter.from_collection])
    if parameter.default is not None:
        notes.append(f"default: {parameter.default}")
    if parameter.example is not None and parameter.example != parameter.default:
        quoted = import_module("filmgraph.catalogue.parameter").quoted
        notes.append(f"for instance {quoted(parameter.example)}")
    return " ".join(filter(None, [parameter.description, f"[{'; '.join(notes)}]" if notes else ""]))


def _ask(ctx: click.Context, question: Question, options: dict[str, Any], understood: Mapping[str, str]) -> None:
    outer = ctx.parent.params if ctx.parent else {}
    output = Output.of(options["format_name"] or outer.get("format_name"), options["path"] or outer.get("path"))
    refuse_one_place(ctx, output.path, receipt=ctx.meta.get("filmgraph.receipt"))
    values = dict(understood)
    for parameter in question.parameters:
        given = options[f"p_{parameter.name}"]
        if len(given) > 1:
            raise BadParameterError(
                f"{parameter.option} of '{question.name}' is given {len(given)} times.",
                query=question.name,
                name=parameter.name,
                hint="Give it once.",
            )
        if given:
            values[parameter.name] = given[0]
    with open_graph(ctx) as opened:
        graph = opened
        if options["show_query"]:
            output_text = graph.text_of(question.name, values)
            Output(output.path, None).write_text([output_text.rstrip("\n") + "\n"])
            return
        if options["memory"] is not None:
            graph.limit_memory(options["memory"] * 1_000_000)
        if options["timeout"] is not None:
            graph = graph.within(options["timeout"], labels=True)
        wanted = Wanted.of(ctx, why=options["why"] or output.evident)
        trusted = wanted.trusted(graph)
        with _waiting(trusted, question, values, quiet=wanted.quiet):
            answer = trusted.ask_with(
                question.name,
                values,
                why=wanted.why,
                max_witnesses=wanted.max_witnesses or MAX_WITNESSES,
                page=wanted.page,
            )
        wanted.deliver(trusted, answer, output, hint="The query itself: --show-query")
        wanted.record(lambda: trusted.receipt(answer, question=question.name, parameters=values))


def _waiting(
    graph: Graph, question: Question, values: Mapping[str, str], *, quiet: bool
) -> AbstractContextManager[None]:
    """Announce how long a question that reads the whole store will take, unless an optional parameter narrows it."""
    narrowed = any(one.name in values for one in question.parameters if not one.required)
    if quiet or narrowed or not question.seconds_per_million:
        return nullcontext()
    found: AbstractContextManager[None] = import_module("filmgraph.cli._waiting").waiting(graph, question)
    return found
