"""A query with places for values: terms go in, text never does.

This module is all that a bundled question needs at run time. It imports no parser: where the places are was found
before, by `filmgraph.sparql.parameters`, and can be kept as plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

_NEVER_IN_IRI = frozenset('<>"{}|^`\\').union(map(chr, range(0x21)))
_OPEN, _CLOSE = " \t\r\n({[", " \t\r\n)}],;"
_REFUSED = {
    "assigned": "the query computes ${name} itself, so it cannot be given a value",
    "values": "${name} stands in VALUES, so it cannot be given a value",
}


class Slot(NamedTuple):
    """A place in a query where a parameter stands.

    Attributes:
        start: Where the text to replace starts.
        end: Where it ends.
        name: The parameter, without its sign; for the role ``star``, all variables that ``*`` shows.
        role: What kind of place: ``term``, ``iri``, ``subject``, ``project``, ``alias``, ``bracket``, ``bound``,
            ``bind``, ``star``, ``assigned`` or ``values``.
        alias: A name that the query does not use, for a value that a sub-select shows.
    """

    start: int
    end: int
    name: str
    role: str
    alias: str = ""


class Template(NamedTuple):
    """A query text and its slots.

    >>> template = Template("SELECT ?p { $film ?p ?o }", (Slot(12, 17, "film", "subject"),))
    >>> template.bind({"film": NamedNode("http://example.org/a")})
    'SELECT ?p { <http://example.org/a> ?p ?o }'
    >>> Template.from_plain(template.to_plain()) == template
    True
    """

    text: str
    slots: tuple[Slot, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters, in order of first appearance."""
        return tuple(dict.fromkeys(slot.name for slot in self.slots if slot.role != "star"))

    def to_plain(self) -> tuple[str, tuple[tuple[int, int, str, str, str], ...]]:
        """The template as tuples, numbers and strings, for a cache."""
        return self.text, tuple((s.start, s.end, s.name, s.role, s.alias) for s in self.slots)

    @classmethod
    def from_plain(cls, plain: Sequence[object]) -> Template:
        """The template that `to_plain` gave; lists may stand for tuples, as JSON makes them."""
        text, slots = plain
        return cls(str(text), tuple(Slot(*slot) for slot in slots))  # type: ignore[attr-defined]  # what to_plain gave

    def bind(self, values: Mapping[str, NamedNode | BlankNode | Literal | Triple]) -> str:
        """The query with terms in the places of its parameters.

        A parameter without a value stays a variable. A parameter that the query shows keeps showing its value.

        Args:
            values: Parameter name, without its sign, to RDF term.

        Raises:
            QueryError: The query has no such parameter, or cannot take such a term there.
        """
        for name in values:
            if name not in self.names:
                raise QueryError(f"The query has no parameter ${name}.", hint=f"It has: {_listed(self.names)}.")
        if not values:
            return self.text
        terms = {name: serialized(term, name=name) for name, term in values.items()}
        parts: list[str] = []
        position = 0
        for slot in self.slots:
            if slot.name not in terms and slot.role != "star":
                continue
            parts += [self.text[position : slot.start], self._replacement(slot, terms)]
            position = slot.end
        return "".join([*parts, self.text[position:]])

    def _replacement(self, slot: Slot, terms: Mapping[str, str]) -> str:
        if slot.role == "star":
            return " ".join(
                f"?{name}" if name not in terms else _shown(terms[name], slot.alias + name if slot.alias else name)
                for name in slot.name.split()
            )
        if slot.role in _REFUSED:
            problem = _REFUSED[slot.role].replace("{name}", slot.name)
            raise QueryError(f"{problem[0].upper()}{problem[1:]}.", hint="Use another name for the parameter.")
        term = terms[slot.name]
        if slot.role in ("iri", "subject") and not term.startswith("<"):
            raise QueryError(f"${slot.name} must be an IRI where it stands in this query, not {term}.")
        if slot.role in ("project", "alias"):
            text = _shown(term, slot.alias or slot.name)
        elif slot.role == "bind":
            text = f"BIND {_shown(term, slot.alias)}"
        else:
            text = {"bracket": f"({term})", "bound": "true"}.get(slot.role, term)
        before, after = self.text[slot.start - 1 : slot.start], self.text[slot.end : slot.end + 1]
        return f"{'' if before in _OPEN else ' '}{text}{'' if after in _CLOSE else ' '}"


def _shown(term: str, name: str) -> str:
    return f"({term} AS ?{name})"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"${name}" for name in names) or "none"


def serialized(term: NamedNode | BlankNode | Literal | Triple, *, name: str = "value") -> str:
    r"""An RDF term as SPARQL writes it.

    Raises:
        QueryError: It is a blank node or a triple, or an IRI with characters that no IRI has.

    >>> print(serialized(Literal('x" } ; DROP ALL #')))
    "x\" } ; DROP ALL #"
    """
    if isinstance(term, NamedNode):
        if not _NEVER_IN_IRI.isdisjoint(term.value):
            raise QueryError(f"The value of ${name} is no IRI: {term.value!r}.")
        return f"<{term.value}>"
    if isinstance(term, Literal):
        return str(term)
    raise QueryError(f"${name} must be an IRI or a literal, not {term}.")
