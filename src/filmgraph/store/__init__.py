"""What is queried: a collection in memory, a store on disk, an RDF file, or an endpoint."""
