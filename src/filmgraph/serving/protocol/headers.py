"""Security headers that every reply has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script and no style but the server's own files; nothing from elsewhere
(`CSP 3 <https://www.w3.org/TR/CSP3/>`_)."""

SAFE: tuple[tuple[str, str], ...] = (
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    ("cross-origin-opener-policy", "same-origin"),
)

ANY_ORIGIN: tuple[tuple[str, str], ...] = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Link, Content-Location, Retry-After"),
)
"""All that is served is public and nothing depends on who asks, so any page may read it
(`Fetch, 3.2 <https://fetch.spec.whatwg.org/#http-cors-protocol>`_)."""

PREFLIGHT: tuple[tuple[str, str], ...] = (
    *ANY_ORIGIN,
    ("access-control-allow-methods", "GET, HEAD, POST, OPTIONS"),
    ("access-control-allow-headers", "Accept, Content-Type, If-None-Match"),
    ("access-control-max-age", "86400"),
)

_SAFE = [(name.encode(), value.encode()) for name, value in (*SAFE, *ANY_ORIGIN)]


def with_safe(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add the security headers; a reply with its own Content-Security-Policy keeps it."""
    own = list(headers)
    says = {name.lower() for name, _ in own}
    left_out = {b"content-security-policy", b"x-frame-options"} if b"content-security-policy" in says else set()
    return [*own, *(pair for pair in _SAFE if pair[0] not in left_out)]
