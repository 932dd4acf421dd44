"""What is queried: a collection in memory, a store on disk, an RDF file, or an endpoint."""

MANIFEST = "filmgraph.manifest"
"""The file in the folder of an on-disk store that tells what it was built from."""

NAMES = "filmgraph.lookup.names"
"""The file beside it by which names are suggested."""
