"""Coverage: the stretches of the sources that are cited, as a map, a page and JSON."""
