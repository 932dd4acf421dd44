"""Search for the parameter of a question that makes its answer empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from filmgraph.empty.absence import is_empty
from filmgraph.lookup.glossary import StoreGlossary
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.rdf.results import Solutions

if TYPE_CHECKING:
    from filmgraph.answers.rows import Asked
    from filmgraph.store.base import Store


def sentences(store: Store, asked: Asked) -> str:
    """Describe which parameters make a question's answer empty; empty where none does alone.

    Args:
        store: What answered.
        asked: The question.

    Raises:
        StoreError: The store could not answer.
    """
    if asked.without is None:
        return ""
    counts = {name: count for name in asked.values if (count := _rows(store, asked.without(name)))}
    # A value that leaves rows out is what was narrowed down; of whom else it is said matters less.
    telling = [name for name in counts if not _is_thing(asked, name)] or counts
    found = [_one(store, asked, name, counts[name]) for name in telling]
    if not found and len(asked.values) > 1 and (count := _rows(store, asked.without(*asked.values))):
        given = " and ".join(f"{_typed(store, asked, name)} as {_word(name)}" for name in asked.values)
        found = [f"The documents do not say this of {given} together; of others they do, in {_of(count)}."]
    return " ".join(found)


def _one(store: Store, asked: Asked, name: str, count: int) -> str:
    typed, word = _typed(store, asked, name), _word(name)
    if _is_thing(asked, name):
        return (
            f"The documents do not say this of {typed}, given as {word}; of others they do, in {_of(count)}."
            f' What they do say of it: filmgraph show "{typed[1:-1]}"'
        )
    left = "the only row" if count == 1 else f"all {count} rows"
    return f"{typed}, given as {word}, leaves out {left} that the question has without it."


def _is_thing(asked: Asked, name: str) -> bool:
    """Whether a parameter's value is a thing such as a film or a person, and not a vocabulary concept."""
    term = asked.terms[name]
    return isinstance(term, NamedNode) and not term.value.startswith(PREFIXES["fgv"])


def _typed(store: Store, asked: Asked, name: str) -> str:
    """Return a parameter's value in quotes: as typed, or the label of an IRI."""
    term, typed = asked.terms[name], asked.values[name]
    if isinstance(term, NamedNode) and ":" in typed:
        typed = StoreGlossary(store).labels([term.value]).get(term.value, typed)
    return f"“{typed}”"


def _word(name: str) -> str:
    return name.replace("_", " ")


def _of(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _rows(store: Store, text: str) -> int:
    found = store.query(text)
    return 0 if is_empty(found) else len(found.rows) if isinstance(found, Solutions) else 1
