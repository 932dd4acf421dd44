"""Writing an answer to a file or standard output, in the format that was named."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.answers import formats
from filmgraph.answers.formats import Page
from filmgraph.errors import FilmgraphError
from filmgraph.files.identity import is_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filmgraph.answers.answer import Answer

_WORKBOOK = "xlsx"
_PICTURES = ("svg", "png")
_DIGITS = 6


class Output(NamedTuple):
    """A file or standard output, and a format where one was named."""

    path: str | None
    chosen: formats.Format | None
    workbook: bool = False
    """Whether it is a workbook, which is no text, and holds evidence in any case."""
    picture: str = ""
    """The ending of a picture, whose caption says who says so in any case; empty where it is none."""

    @classmethod
    def of(cls, format_name: str | None, path: str | None) -> Output:
        """Resolve ``-f`` and ``-o`` before any work is done.

        Raises:
            UnknownFormatError: There is no such format, or the file's ending names none.
            FilmgraphError: A workbook has no file to go to.
        """
        path = None if path == "-" else path
        if format_name == _WORKBOOK or (format_name is None and path and path.lower().endswith(f".{_WORKBOOK}")):
            return cls._of_workbook(path)
        drawn = format_name or (path.lower().rpartition(".")[2] if path else "")
        if drawn in _PICTURES:
            return cls._of_picture(path, drawn)
        if format_name is not None:
            return cls(path, formats.find(format_name))
        streams = path is None or (is_stream(path) and "." not in os.path.basename(path))
        return cls(path, None if streams or path is None else formats.of_file(path))

    @classmethod
    def _of_workbook(cls, path: str | None) -> Output:
        if path is None:
            raise FilmgraphError("A workbook is no text.", hint=f"Name a file: -o answer.{_WORKBOOK}")
        return cls(path, None, workbook=True)

    @classmethod
    def _of_picture(cls, path: str | None, ending: str) -> Output:
        if path is None and ending == "png":
            raise FilmgraphError("A bitmap is no text.", hint="Name a file: -o chart.png")
        return cls(path, None, picture=ending)

    @property
    def evident(self) -> bool:
        """Whether it holds evidence in any case."""
        return self.workbook or bool(self.picture)

    @property
    def on_terminal(self) -> bool:
        """Whether a person reads it, who named no format."""
        return self.path is None and self.chosen is None and not self.picture and sys.stdout.isatty()

    def write(self, answer: Answer) -> None:
        """Write an answer.

        Raises:
            OutputError: The file cannot be written.
            FilmgraphError: The format cannot hold the answer.
        """
        if self.workbook and self.path is not None:
            made = import_module("filmgraph.answers.workbook").workbook(answer.to_rows())
            import_module("filmgraph.files.atomic").write(self.path, [made])
            return
        if self.picture:
            self._write_picture(answer)
            return
        self.write_text(formats.render(answer, self.chosen or formats.default(answer), self._page()))

    def _write_picture(self, answer: Answer) -> None:
        pictures = import_module("filmgraph.answers.picture")
        if self.picture == "png" and self.path is not None:
            import_module("filmgraph.files.atomic").write(self.path, [pictures.png(answer.to_rows())])
        else:
            self.write_text([pictures.svg(answer.to_rows())])

    def write_text(self, pieces: Iterable[str]) -> None:
        """Write text as UTF-8; a terminal of another encoding shows escapes for what it lacks."""
        if self.path is not None:
            import_module("filmgraph.files.atomic").write(self.path, (piece.encode() for piece in pieces))
            return
        encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
        out = sys.stdout.buffer
        for piece in pieces:
            out.write(piece.encode(encoding, "backslashreplace"))
        out.flush()

    def _page(self) -> Page:
        if self.path is not None:
            return Page()
        terminal = sys.stdout.isatty()
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Page(_width(terminal=terminal), colour)


def _width(*, terminal: bool) -> int:
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and len(named) <= _DIGITS and int(named) > 0:
        return int(named)
    if terminal:
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns or Page().width
        except OSError:
            pass  # a terminal that does not know its width
    return Page().width
