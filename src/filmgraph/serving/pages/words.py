"""Display names for IRIs without a label."""

from __future__ import annotations

import re

from filmgraph.rdf.namespaces import BASE


def local(iri: str) -> str:
    """Return a display name for an IRI, from its last segment.

    >>> local("https://w3id.org/filmgraph/ns#theatricalRelease"), local("http://example.org/")
    ('theatrical release', 'http://example.org/')
    """
    tail = re.split(r"[/#:]", iri.rstrip("/#"))[-1] if iri.startswith(BASE) else ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tail).replace("-", " ").lower() or iri
