"""The credits of a film as catalogues list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from filmgraph.exporters.film.resolver import Resolved
from filmgraph.exporters.library.agents import Agent, agents
from filmgraph.exporters.library.words import capital, clean, listed
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from filmgraph.exporters.film.record import DescribedNode, Record

_ORDER = ("fmd", "fmk", "fmp", "aus", "scr", "cng", "flm", "cmp", "rcd", "prn", "fds", "brd")
"""Relators in the order of a credit list; the rest follow by their names, those who appear come last."""

_CAST = frozenset({"act", "onp", "nrt", "voc", "fgv:star"})
_LAST = 10**6
_THEMSELVES = frozenset({"herself", "himself", "self", "themselves"})
_NOBODY = Agent("", "person", "")


class Credit(NamedTuple):
    """A credit: an agent and a role.

    ``code`` is the MARC relator, or that of the nearest wider role. ``remark`` says as whom, ``part`` for which part of
    the film where the credit is for a part alone.
    """

    agent: Agent
    role: str
    code: str
    role_iri: str
    remark: str
    part: str
    cast: bool
    citations: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name, and as whom or for what part of the film."""
        return f"{self.agent.name} ({self.remark})" if self.remark else self.agent.name


def credited(record: Record) -> list[Credit]:
    """The credits in order, also those of people whom no source names."""
    nodes = record.nodes("Credit")
    people = agents(record, {node.text("agent") or "" for node in nodes})
    codes = _codes(record, {iri for node in nodes for iri in _iris(node, "role")})
    found: list[tuple[tuple[object, ...], Credit]] = []
    for node in nodes:
        agent = people.get(node.text("agent") or "", _NOBODY)
        for role in _roles(node):
            iri = role.value.value if isinstance(role.value, NamedNode) else ""
            code = codes.get(iri, "")
            label = clean(record.label(role.value))
            part = _part(record, node)
            cast = not part and (code in _CAST or iri == PREFIXES["fgv"] + "star")
            remark = listed([*_remarks(record, node, agent.iri), *([part] if part else [])])
            credit = Credit(
                agent=agent,
                role=label,
                code=code,
                role_iri=iri,
                remark=remark,
                part=part,
                cast=cast,
                citations=role.citations,
            )
            rank = _ORDER.index(code) if code in _ORDER else len(_ORDER)
            found.append(((cast, bool(part), rank, label, _order(node), agent.heading, node.iri, iri), credit))
    return [credit for _, credit in sorted(found, key=lambda pair: pair[0])]


def _roles(node: DescribedNode) -> list[Resolved]:
    """The roles of a credit; one without a role contributed in some way."""
    return node.all("role") or [Resolved(Literal("contributor"), node.citations(), ())]


def by_role(credits_: list[Credit]) -> list[tuple[str, list[Credit]]]:
    """Named credits by the name of their role, in order."""
    roles: dict[str, list[Credit]] = {}
    for credit in credits_:
        if credit.agent.name:
            roles.setdefault(credit.role, []).append(credit)
    return list(roles.items())


_PREPOSITIONS = frozenset({"by", "of", "with"})


def sentence(role: str, of_role: list[Credit]) -> str:
    """One role and who had it: ``Film editor, Lixin Fan``; a role that is half a phrase goes on with the name."""
    names = listed(credit.name for credit in of_role)
    return f"{capital(role)}{' ' if role.rpartition(' ')[2] in _PREPOSITIONS else ', '}{names}"


def _remarks(record: Record, node: DescribedNode, agent: str) -> list[str]:
    remarks = [f"as {_text(value.value)}" for value in node.all("characterName") if _text(value.value)]
    remarks += [f"as {clean(record.label(iri))}" for iri in _iris(node, "portrays") if iri != agent]
    named = [_text(value.value) for value in node.all("creditedAs")]
    # Who appears as themselves needs no remark.
    remarks += [f"credited as {name}" for name in named if name and name.casefold() not in _THEMSELVES]
    return remarks


def _part(record: Record, node: DescribedNode) -> str:
    """The part of the film that a credit is for: ``song Xiaotu Guaiguai``."""
    found: list[str] = []
    for part in record.things(_iris(node, "part")).values():
        kind = clean(record.label(part.value("partType"))) if part.value("partType") else "part"
        label = clean(record.known_label(part.iri))
        found.append(f"{kind} {label}" if label and kind not in label else label or kind)
    return listed(found)


def _codes(record: Record, roles: set[str]) -> dict[str, str]:
    """The MARC relators of roles: their own, or that of the wider role that the reference data names."""
    relators = PREFIXES["rel"]
    codes = {iri: iri.removeprefix(relators) for iri in roles if iri.startswith(relators)}
    others = " ".join(f"<{iri}>" for iri in sorted(roles - codes.keys()))
    if others:
        rows = record.select(f"SELECT ?s ?wider WHERE {{ VALUES ?s {{ {others} }} ?s skos:broadMatch ?wider }}")
        for role, wider in sorted(rows, key=str):
            if isinstance(role, NamedNode) and isinstance(wider, NamedNode) and wider.value.startswith(relators):
                codes.setdefault(role.value, wider.value.removeprefix(relators))
    return codes


def _order(node: DescribedNode) -> int:
    order = node.text("creditOrder") or ""
    return int(order) if order.isdecimal() else _LAST


def _iris(node: DescribedNode, name: str) -> list[str]:
    return [value.value.value for value in node.all(name) if isinstance(value.value, NamedNode)]


def _text(term: object) -> str:
    return clean(term.value) if isinstance(term, Literal) else ""
