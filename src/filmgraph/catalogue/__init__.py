"""The catalogue: questions that people can ask by name."""

from __future__ import annotations

from filmgraph.catalogue.folder import Catalogue
from filmgraph.catalogue.question import Question

__all__ = ["Catalogue", "Question"]
