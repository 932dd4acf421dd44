"""BLAKE2b without ``hashlib``: that loads OpenSSL, which takes longer than most digests here."""

from __future__ import annotations

try:
    from _blake2 import blake2b as blake2b  # noqa: PLC0414 -- other modules import it from here
except ImportError:
    from hashlib import blake2b as blake2b  # noqa: PLC0414

__all__ = ["blake2b"]
