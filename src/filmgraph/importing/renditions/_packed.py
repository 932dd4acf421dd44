"""Archive-based documents (ZIP): decompression bombs are refused before they expand."""

from __future__ import annotations

import io
import zipfile

from filmgraph.errors import NotOfFormatError

_MOST = 1024**3
_SUSPICIOUS, _RATIO = 100 * 1024**2, 200
_ENCRYPTED = b"\xd0\xcf\x11\xe0"


def refuse_bombs(data: bytes, what: str) -> None:
    """Refuse data that are not an archive of the expected kind, or that would expand too far.

    Args:
        data: The bytes of the file.
        what: The kind, for the message.

    Raises:
        NotOfFormatError: It is refused.
    """
    if data.startswith(_ENCRYPTED):
        raise NotOfFormatError(
            "The document is protected by a password, or of an old version.",
            hint="Open it, save a copy without a password in today's format, and add that.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise NotOfFormatError(f"This is no {what}, or it is cut off.", hint="Open it, and save it again.") from error
    if size > _MOST or (size > _SUSPICIOUS and size > _RATIO * len(data)):
        raise NotOfFormatError(
            f"The document would unpack from {len(data):,} bytes to {size:,}.", hint="Save its text, and add that."
        )
