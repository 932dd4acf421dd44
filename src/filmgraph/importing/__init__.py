"""Import of tables and records as facts, each cited to the cell, field or line that states it.

A reader turns a source's text into records whose values know where they stand. A mapping, a SPARQL CONSTRUCT, turns
records into triples. Which cells a triple comes from follows from the mapping, so nobody writes provenance.
"""
