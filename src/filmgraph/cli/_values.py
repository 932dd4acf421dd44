"""Types of option values: non-empty text, file names, and numbers within bounds.

An empty value is one that a script forgot to fill in, and a number without bounds is none that anybody can wait for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    Type = click.ParamType[Any]
else:
    Type = click.ParamType  # which older versions give no parameter

_SHOWN = 40
LONGEST = 10_000_000
"""Seconds: some hundred days, and what every clock of a system can wait for."""
MOST = 1_000_000_000
"""Of rows, witnesses, megabytes."""


def shortened(value: str) -> str:
    """A value as messages show it: thousands of digits help nobody.

    >>> shortened("9" * 5000)
    '9999999999999999999999999999999999999999… (5,000 characters)'
    """
    return value if len(value) <= _SHOWN + 20 else f"{value[:_SHOWN]}… ({len(value):,} characters)"


class Text(Type):
    """Text that is not empty; where it names no file, it is UTF-8."""

    name = "text"

    def __init__(self, *, file: bool = False) -> None:
        self._file = file

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text as it was typed."""
        text = str(value)
        if not text.strip():
            self.fail("It is empty.", param, ctx)
        if "\0" in text:
            self.fail("It holds a NUL character.", param, ctx)
        if not self._file and any("\ud800" <= character <= "\udfff" for character in text):
            self.fail(f"{shortened(text)!r} is not UTF-8 text.", param, ctx)
        return text


class FilePath(click.Path):
    """A path, as `pathlib.Path`, that is not empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        FILE.convert(value, param, ctx)
        return super().convert(value, param, ctx)


class Seconds(Type):
    """A number of seconds that can be waited for."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 < number <= LONGEST:
            self.fail(f"{shortened(str(value))!r} is no number of seconds above 0, up to {LONGEST:,}.", param, ctx)
        return number


class Count(Type):
    """A whole number within bounds."""

    name = "number"

    def __init__(self, least: int = 1, most: int = MOST) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value)
        if not text.isascii() or not text.lstrip("+-").isdigit() or len(text) > _SHOWN:
            number = self._least - 1
        else:
            number = int(text)
        if not self._least <= number <= self._most:
            self.fail(
                f"{shortened(text)!r} is no whole number from {self._least:,} to {self._most:,}.",
                param,
                ctx,
            )
        return number


TEXT = Text()
FILE = Text(file=True)
