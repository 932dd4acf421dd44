"""Words for IRIs that have no label."""

from __future__ import annotations

import re

from filmgraph.rdf.namespaces import BASE


def local(iri: str) -> str:
    """What an IRI is called where it has no label.

    >>> local("https://w3id.org/filmgraph/ns#theatricalRelease"), local("http://example.org/")
    ('theatrical release', 'http://example.org/')
    """
    tail = re.split(r"[/#:]", iri.rstrip("/#"))[-1] if iri.startswith(BASE) else ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tail).replace("-", " ").lower() or iri
