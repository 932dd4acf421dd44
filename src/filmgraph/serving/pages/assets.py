"""Static assets (style sheets, scripts, images), each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

ASSETS = "/static"
_FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


@lru_cache(None)
def address(name: str) -> str:
    """Return the address of an asset, with a digest of its content; empty where there is no such file.

    >>> address("site.css").startswith("/static/site.css?v="), address("nothing.js")
    (True, '')
    """
    path = _FOLDER / name
    if not path.is_file():
        return ""
    return f"{ASSETS}/{name}?v={hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()}"


@lru_cache(64)
def asset(name: str) -> tuple[bytes, str, bool] | None:
    """Return an asset's content, media type and True for "immutable"; None where there is no such file."""
    path = (_FOLDER / name).resolve()
    if path.suffix not in _TYPES or not path.is_relative_to(_FOLDER.resolve()) or not path.is_file():
        return None
    return path.read_bytes(), _TYPES[path.suffix], True
