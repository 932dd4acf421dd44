"""The invented collection of ``tests/sample.py``."""

from tests.sample import sample, shared_reference

__all__ = ["sample", "shared_reference"]
