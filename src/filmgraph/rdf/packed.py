"""Files that may be packed: read through gzip (RFC 1952) or Zstandard (RFC 8878), whole or refused.

A packed file that is cut off, or that other bytes follow, is an error: what is missing would be missing in silence.
"""

from __future__ import annotations

import io
import os
import stat
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from filmgraph.errors import FileError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CUT_OFF = "The compressed file is cut off."
_AT_ONCE = 1 << 20
_PACKED_AT_ONCE = 8192
"""A few bytes may unpack to thousands of times as many."""
_UNPACKERS = {"zlib", "zstd", "zstandard", "zstandard.backend_c"}


@contextmanager
def opened(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to read, unpacked on the way where its name ends in ``.gz`` or ``.zst``.

    Raises:
        FileError: It is a pipe or a device; it cannot be read or unpacked; it is cut off, or something else follows.
        MissingDependencyError: It ends in ``.zst``, and the package zstandard is not installed.
    """
    name = os.fspath(path).lower()
    refuse_stream(path)
    try:
        with open(path, "rb") as file:
            if name.endswith(".gz"):
                import gzip  # noqa: PLC0415 -- few files are packed

                _refuse_empty(file)
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            elif name.endswith(".zst"):
                with io.BufferedReader(_Frames(file), _AT_ONCE) as frames:
                    yield cast("IO[bytes]", frames)
            else:
                yield file
    except EOFError as error:
        raise FileError(_CUT_OFF, path=path, hint="Copy or download it again.") from error
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
    except Exception as error:
        if type(error).__module__ in _UNPACKERS:
            raise FileError(f"The compressed file is damaged: {error}.", path=path) from error
        raise


def refuse_stream(path: str | Path) -> None:
    """Refuse what is no file: a pipe may be waited for without end, and a device may have no end.

    Raises:
        FileError: It is such.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return  # who opens it gets the error
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise FileError(
            "This is no file but a pipe, a socket or a device.", path=path, hint="Save what it gives in a file first."
        )


def _refuse_empty(file: IO[bytes]) -> None:
    """Refuse a file of no bytes, which gzip takes for one that holds none."""
    if not file.read(1):
        raise EOFError
    file.seek(0)


class _Frames(io.RawIOBase):
    """The decompressed content of a file's Zstandard frames, one after another.

    The package's own reader ends without a word where a frame does not, so each frame is unpacked by itself.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unpacker = _zstandard().ZstdDecompressor()
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")
        self._frames = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, target: Any, /) -> int:
        """Fill a buffer as far as what is unpacked goes.

        Raises:
            EOFError: The file ends within a frame, or holds none.
        """
        while not self._ready and self._unpack():
            pass
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _unpack(self) -> bool:
        """Unpack the next piece; False where the file has ended after a whole frame."""
        packed = self._packed or self._file.read(_PACKED_AT_ONCE)
        self._packed = b""
        if not packed:
            if self._frame is not None or not self._frames:
                raise EOFError
            return False
        if self._frame is None:
            self._frame = self._unpacker.decompressobj()
            self._frames += 1
        self._ready = memoryview(self._frame.decompress(packed))
        if self._frame.eof:
            self._packed, self._frame = self._frame.unused_data, None
        return True


def _zstandard() -> Any:
    try:
        import zstandard  # noqa: PLC0415 -- optional, and few files are packed so
    except ImportError as error:
        raise MissingDependencyError("zstandard", extra="zst", purpose="Reading .zst files") from error
    return zstandard
