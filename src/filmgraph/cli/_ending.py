"""Ending a command: the one place that turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from filmgraph.errors import FilmgraphError, QueryError
from filmgraph.text.printable import printable

if TYPE_CHECKING:
    from typing import TextIO

_LONGEST_LINE = 2000
FINE, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130


def ended(command: click.Command, arguments: list[str] | None) -> int:
    """Run a command to its end and give its exit code."""
    if sys.stdout is None:  # the shell closed it: `>&-`
        return _fail("Cannot write to standard output: it is closed.")
    try:
        code = _run(command, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
        return FINE
    except OSError as error:
        _drop(sys.stdout)
        return _fail(f"Cannot write to standard output: {error.strerror or error}.")
    return code


def _run(command: click.Command, arguments: list[str] | None) -> int:
    try:
        code = command.main(arguments, prog_name="filmgraph", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:
        # click leaves in this way after a closed pipe, and only then: other exits come back as codes.
        raise BrokenPipeError from None
    except Exception as error:
        if (isinstance(error, OSError) and error.filename is None) or os.environ.get("FILMGRAPH_TRACEBACK"):
            raise
        return _fail(*_said(error))
    return code if isinstance(code, int) else FINE


def _said(error: Exception) -> tuple[str, str | None, str | None]:
    """Format an error: what is wrong, the line where it is, what to do next."""
    if isinstance(error, FilmgraphError):
        return str(error), _excerpt(error), error.hint
    if isinstance(error, click.UsageError):
        return _usage(error), None, f"Try '{error.ctx.command_path} --help'." if error.ctx else None
    if isinstance(error, click.ClickException):
        return error.format_message(), None, None
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}.", None, None
    if isinstance(error, RecursionError | MemoryError):
        return "The input is too large or nested too deeply.", None, None
    return (
        f"filmgraph is at fault: {type(error).__name__}: {error}",
        None,
        "Please report it, with what FILMGRAPH_TRACEBACK=1 in the environment makes the same command print.",
    )


def _usage(error: click.UsageError) -> str:
    """Format a usage error, with the options nearest to a mistyped one first."""
    if not isinstance(error, click.NoSuchOption) or not error.possibilities:
        return error.format_message()
    near = import_module("filmgraph.text.nearest").nearest(error.option_name, error.possibilities)
    return f"{error.message} Did you mean {' or '.join(repr(one) for one in near or error.possibilities)}?"


def _fail(message: str, excerpt: str | None = None, hint: str | None = None) -> int:
    lines = [f"Error: {message}", *(part for part in (excerpt, hint) if part)]
    try:
        click.echo(
            "\n".join(_line(line) for part in lines for line in printable(part, keep="\n").split("\n")), err=True
        )
    except OSError:  # nobody can be told, but the exit code still says it
        _drop(sys.stderr)
    return FAILED


def _line(text: str) -> str:
    """A line of a message, not all of the hundred thousand characters that somebody typed."""
    return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}… ({len(text):,} characters)"


def _excerpt(error: FilmgraphError) -> str | None:
    """The line of the query that is wrong, with a mark under the place."""
    text = getattr(error, "text", None)
    if not isinstance(error, QueryError) or error.line is None or not isinstance(text, str):
        return None
    lines = text.splitlines()
    if not 1 <= error.line <= len(lines):
        return None
    line = lines[error.line - 1].replace("\t", " ")
    return f"  {line}\n  {' ' * ((error.column or 1) - 1)}^"


def _drop(stream: TextIO) -> None:
    """Let the interpreter's last flush go nowhere, as https://docs.python.org/3/library/signal.html advises."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):
        pass  # the stream is no file: nothing will be flushed to a closed pipe
    finally:
        os.close(nowhere)
