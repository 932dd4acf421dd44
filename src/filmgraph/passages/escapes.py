r"""Characters and parts that JSON, XML and CSV write in other ways: ``\u00e9``, ``&amp;``, ``""``, ``</a><b>``."""

from __future__ import annotations

import json
import re
from html import unescape

_BETWEEN = re.compile(r"</[^<>]*>\s*<[^<>/][^<>]*>")
"""What stands between the parts of one value, such as a family name and a given name, in two elements of XML."""
_JSON = re.compile(r'(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+')


def as_meant(passage: str) -> str:
    r"""Return a passage as it stands and, where it has escapes, also decoded.

    >>> as_meant("Fog"), as_meant(r"\u00c9t\u00e9"), as_meant("Salt &amp; Clock")
    ('Fog', '\\u00c9t\\u00e9\nÉté', 'Salt &amp; Clock\nSalt & Clock')
    >>> as_meant("Maran</family> <given>Ilse").splitlines()[1]
    'Maran, Ilse'
    """
    plain = unescape(_JSON.sub(_decoded, _BETWEEN.sub(", ", passage))).replace('""', '"')
    return passage if plain == passage else f"{passage}\n{plain}"


def _decoded(found: re.Match[str]) -> str:
    # Half of a surrogate pair alone is no character.
    return str(json.loads(f'"{found[0]}"')).encode("utf-8", "replace").decode()
