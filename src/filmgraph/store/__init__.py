"""Stores: a collection in memory, an on-disk store, an RDF file, or an endpoint."""

MANIFEST = "filmgraph.manifest"
"""The file in the folder of an on-disk store that tells what it was built from."""

TABLES = "filmgraph.tables"
"""The file beside it with the digests of the engine's tables, by which a store is known to be whole."""

NAMES = "filmgraph.lookup.names"
"""The file beside it by which names are suggested."""

CITED = "filmgraph.cited"
"""The file beside it that tells how much of each source is cited."""
