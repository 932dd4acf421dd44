"""Comparison of what an import states of films with what its file states, fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import filmgraph

if TYPE_CHECKING:
    from pathlib import Path

Facts = dict[str, set[tuple[str, str]]]

_FACTS = """PREFIX fg: <https://w3id.org/filmgraph/ns#> PREFIX fgv: <https://w3id.org/filmgraph/vocab/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?film ?key ?value {
  ?film a fg:Film .
  {
    ?film fg:title ?title . ?title fg:titleText ?text
    OPTIONAL { ?title fg:titleType ?type }
    BIND(IF(BOUND(?type) && ?type = fgv:original, "orig", "title") AS ?key) BIND(STR(?text) AS ?value)
  } UNION { ?film fg:date ?date BIND("date" AS ?key) BIND(STR(?date) AS ?value) }
  UNION { ?film fg:runtimeMinutes ?minutes BIND("min" AS ?key) BIND(STR(?minutes) AS ?value) }
  UNION {
    ?film fg:runtime ?length FILTER(CONTAINS(STR(?length), "S")) BIND("length" AS ?key) BIND(STR(?length) AS ?value)
  }
  UNION { ?film skos:exactMatch ?same BIND("same" AS ?key) BIND(STR(?same) AS ?value) }
  UNION {
    VALUES (?property ?key) {
      (fg:productionCountry "country") (fg:language "lang") (fg:genre "genre") (fg:colour "colour")
      (fg:subtitleLanguage "sub")
    }
    ?film ?property ?term . ?term rdfs:label ?label FILTER(LANG(?label) = "en") BIND(STR(?label) AS ?value)
  } UNION {
    ?credit a fg:Credit ; fg:film ?film ; fg:role ?role ; fg:agent/fg:name ?name
    BIND(STRAFTER(STR(?role), "relators/") AS ?key) BIND(STR(?name) AS ?value)
  } UNION {
    VALUES (?variable ?key) {
      (fgv:budget "budget") (fgv:boxOfficeGross "gross") (fgv:ratingScore "rating") (fgv:voteCount "votes")
    }
    ?figure fg:describes ?film ; fg:variable ?variable ; fg:value ?number ; fg:unit ?unit
    BIND(STRAFTER(STR(?unit), "vocab/") AS ?of)
    BIND(IF(?of IN ("point", "vote"), STR(?number), CONCAT(STR(?number), " ", ?of)) AS ?value)
  }
}"""


class Comparison(NamedTuple):
    """Which facts are right, wrong, and not taken; each as *film · property: value*."""

    right: list[str]
    wrong: list[str]
    missing: list[str]


def said(text: str) -> Facts:
    """What a file states, by the title of each film; a line that begins with a bar goes on with the line before."""
    found: Facts = {}
    for line in " ".join(text.replace("\n        ", "\n").split("\n  ")).strip().split("\n"):
        title, *parts = (part.strip() for part in line.split(" | "))
        facts = found.setdefault(title, {("title", title)})
        for part in parts:
            name, _, values = part.partition(": ")
            facts |= {("title" if name == "other" else name, value.strip()) for value in values.split("; ")}
    return _with_titles(found)


def _with_titles(found: Facts) -> Facts:
    """Add each original title as a title, which it is too."""
    for facts in found.values():
        facts |= {("title", value) for name, value in facts if name == "orig"}
    return found


def stated(folder: Path) -> Facts:
    """What a collection states, by the IRI of each film."""
    found: Facts = {}
    with filmgraph.open(folder) as graph:
        rows = graph.query(_FACTS).to_rows().to_dict()
    for film, name, value in zip(rows["film"], rows["key"], rows["value"], strict=True):
        found.setdefault(str(film), set()).add((str(name), str(value)))
    return _with_titles(found)


def compare(wanted: Facts, found: Facts) -> Comparison:
    """Compare what a file states with what a collection does; films are those of a title."""
    right, wrong, missing = [], [], []
    left = dict(found)
    for title, facts in wanted.items():
        film = next((iri for iri, others in left.items() if ("title", title) in others), "")
        has = left.pop(film, set())
        right += [f"{title} · {name}: {value}" for name, value in sorted(facts & has)]
        wrong += [f"{title} · {name}: {value}" for name, value in sorted(has - facts)]
        missing += [f"{title} · {name}: {value}" for name, value in sorted(facts - has)]
    wrong += [f"{film} · {name}: {value}" for film, facts in left.items() for name, value in sorted(facts)]
    return Comparison(right, wrong, missing)
