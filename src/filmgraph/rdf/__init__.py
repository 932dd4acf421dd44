"""RDF as values and as files: terms, results, citations, dates, namespaces, and reading and writing every syntax."""
