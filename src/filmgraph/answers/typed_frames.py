"""An answer as a pandas data frame whose columns have types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from pyoxigraph import NamedNode

from filmgraph.answers.frames import columns

if TYPE_CHECKING:
    from filmgraph.answers.rows import AnsweredRows

_TYPES: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "Int64"), (float, "Float64"))


def pandas_frame(answer: AnsweredRows, *, labels: bool, why: bool) -> pd.DataFrame:
    """Return the data frame of an answer; see `RowsAnswer.to_pandas`."""
    found = columns(answer, labels=labels)
    if not why:
        found.pop("why", None)
    things = {
        name for name in answer.variables if all(isinstance(row[name], NamedNode) for row in answer) and len(answer)
    }
    return pd.DataFrame({name: _series(values, category=name in things) for name, values in found.items()})


def _series(values: list[object], *, category: bool) -> pd.Series[object]:
    if category:
        return pd.Series(values, dtype="category")
    known = [value for value in values if value is not None]
    for kind, dtype in _TYPES:
        if known and all(type(value) is kind for value in known):
            return pd.Series(values, dtype=dtype)
    # A day is a date and no moment; pandas has one type for both, in seconds as far as any film reaches.
    if known and all(isinstance(value, date) for value in known):
        return pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]")
    if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return pd.Series(values, dtype="Float64")
    return pd.Series(values, dtype=object)
