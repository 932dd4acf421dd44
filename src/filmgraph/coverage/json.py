"""Coverage as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from filmgraph.coverage.leaning import leaning_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filmgraph.coverage.agreement import FilmAgreement
    from filmgraph.coverage.coverage import SourceCoverage
    from filmgraph.passages.support import Explained


def coverage_json(
    covered: Sequence[SourceCoverage], films: Sequence[FilmAgreement], explained: Sequence[Explained] = ()
) -> str:
    """An object with ``sources``, ``films`` and ``only_explained``; no words of any text are in it.

    A stretch is ``{"start", "end", "kind", "citations", "reason"?}``, a property ``{"name", "standing", "values"}``
    with the values of each source by its slug.
    """
    return json.dumps(
        {
            "sources": [_source(source) for source in covered],
            "films": [
                {
                    "film": film.film,
                    "label": film.label,
                    "properties": [found._asdict() for found in film.properties],
                }
                for film in films
            ],
            "only_explained": leaning_json(explained),
        },
        ensure_ascii=False,
        indent=2,
    )


def _source(source: SourceCoverage) -> dict[str, Any]:
    return {
        "source": source.source.iri,
        "slug": source.source.slug,
        "characters": source.length,
        "citations": source.citations,
        "triples": source.facts,
        "text_at_hand": source.has_text,
        "shares": {kind: round(source.share(kind), 4) for kind in ("cited", "left out", "open")},
        "stretches": [
            {
                "start": stretch.start,
                "end": stretch.end,
                "kind": stretch.kind,
                "citations": [str(citation) for citation in stretch.citations],
                **({"reason": stretch.reasons[0]} if stretch.reasons else {}),
            }
            for stretch in source.stretches
        ],
    }
