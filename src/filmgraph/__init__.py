"""A film knowledge graph in which every fact names the passage that states it."""

__version__ = "0.1.0"
