"""Display names for IRIs without a label."""

from __future__ import annotations

import re

from filmgraph.rdf.namespaces import BASE


def local(iri: str) -> str:
    """Return a display name for an IRI, from its last segment.

    >>> local("https://w3id.org/filmgraph/ns#theatricalRelease"), local("http://example.org/")
    ('theatrical release', 'http://example.org/')
    """
    return property_name(iri) if iri.startswith(BASE) else iri


def property_name(iri: str) -> str:
    """Return a display name for a property without a label, whoever defined it: its last segment.

    >>> property_name("http://purl.org/dc/terms/publisher"), property_name("http://example.org/")
    ('publisher', 'example.org')
    """
    tail = re.split(r"[/#:]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tail).replace("-", " ").lower() or iri
