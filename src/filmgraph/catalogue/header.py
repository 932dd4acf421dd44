"""The ``#+`` header of a query file as YAML, with the place of every value.

It is read with strings only: ``no`` is Norway, not false.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.errors import FrontMatterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

_MARK = "#+"


class Header:
    """The header of one file.

    Args:
        text: The text of the file.
        path: The file, for messages.
        whole: The whole file is YAML, as that of a question's examples is, and no line has a mark.

    Raises:
        FrontMatterError: There is none, it stands elsewhere than at the top, or it is no YAML mapping.
    """

    def __init__(self, text: str, path: str, *, whole: bool = False) -> None:
        self.path = path
        if whole:
            self._first = self._indent = 0
            self.root = self._composed(text)
            return
        lines = text.split("\n")
        self._first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        end = self._first
        while end < len(lines) and lines[end].startswith(_MARK):
            end += 1
        if end == self._first:
            raise self.error("The file has no front matter.", hint="Start it with #+ summary: …", line=1)
        for number, line in enumerate(lines[end:], end + 1):
            if line.startswith(_MARK):
                raise self.error("Front matter has no gaps.", line=number, hint="Write it at the top, in one piece.")
        body = [line[len(_MARK) :].rstrip("\r") for line in lines[self._first : end]]
        # One space after the mark belongs to it; a line without is an empty line.
        self._indent = len(_MARK) + 1
        self.root = self._composed("\n".join(line.removeprefix(" ") for line in body))

    def error(
        self, message: str, at: yaml.Node | None = None, *, line: int | None = None, hint: str | None = None
    ) -> FrontMatterError:
        """The error for a value, or a line."""
        column = None
        if at is not None:
            line, column = self._place(at.start_mark)
        return FrontMatterError(message, path=self.path, line=line, column=column, hint=hint)

    def _place(self, mark: yaml.Mark) -> tuple[int, int]:
        return mark.line + self._first + 1, mark.column + self._indent + 1

    def _composed(self, text: str) -> Entries:
        import yaml  # noqa: PLC0415 -- slow to import, and what is read is cached

        try:
            root = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            line, column = self._place(error.problem_mark) if error.problem_mark else (None, None)
            problem = _sentence(error.problem or "this is no YAML")
            raise FrontMatterError(problem, path=self.path, line=line, column=column, hint=_hint(error)) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise self.error(_sentence(str(error).partition("\n")[0]), line=self._first + 1) from error
        if root is None:
            raise self.error("The front matter is empty.", line=self._first + 1)
        return self.entries(root)

    def entries(self, node: yaml.Node, *, of: str = "The front matter") -> Entries:
        """A mapping's keys and values, each key once.

        Raises:
            FrontMatterError: The value is no mapping, or has a key twice.
        """
        if kind_of(node) != "mapping":
            raise self.error(f"{of} is no mapping.", node, hint="Write it as key: value.")
        found: dict[str, Entry] = {}
        for key, value in node.value:
            name = self.text(key, of="A key")
            if name in found:
                raise self.error(f"The key '{name}' stands twice.", key)
            found[name] = Entry(key, value)
        return Entries(found, node)

    def items(self, node: yaml.Node, *, of: str) -> Iterator[yaml.Node]:
        """The items of a list.

        Raises:
            FrontMatterError: The value is no list.
        """
        if kind_of(node) != "sequence":
            raise self.error(f"{of} is no list.", node, hint="Write each item on a line of its own, after a dash.")
        yield from node.value

    def text(self, node: yaml.Node, *, of: str) -> str:
        """A value that is plain text.

        Raises:
            FrontMatterError: The value is a list or a mapping, or empty.
        """
        if kind_of(node) != "scalar":
            raise self.error(f"{of} is no text.", node, hint="Put quotes around it.")
        value: str = node.value
        if not value.strip():
            raise self.error(f"{of} is empty.", node)
        return value.strip()


class Entry(NamedTuple):
    """A key and its value."""

    key: yaml.Node
    value: yaml.Node


class Entries(NamedTuple):
    """The entries of a mapping by key, and where it stands."""

    by_key: dict[str, Entry]
    node: yaml.Node


def kind_of(node: yaml.Node) -> str:
    """Return the kind of a YAML node: scalar, sequence or mapping."""
    return type(node).__name__.removesuffix("Node").lower()


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"The front matter is no YAML: {text}."


def _hint(error: yaml.MarkedYAMLError) -> str | None:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "Put quotes around a text that has a colon in it."
    if re.search(r"'\\t'", problem):
        return "Indent with spaces, not tabs."
    if "cannot start any token" in problem or "alias" in problem:
        return "Put quotes around a text that starts with a sign."
    return None
