"""Which stretches of the sources are cited, as a map, a page and JSON."""
