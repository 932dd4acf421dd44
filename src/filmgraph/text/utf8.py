"""Bytes of a file as text; everything filmgraph reads is UTF-8."""

from __future__ import annotations

from filmgraph.errors import FileError


def decoded(data: bytes, path: str) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        FileError: The bytes are not UTF-8; it names the line and the column.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        raise FileError(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} cannot stand here.",
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
            column=len(data[start : error.start].decode(errors="replace")) + 1,
            hint="Save the file as UTF-8.",
        ) from error
