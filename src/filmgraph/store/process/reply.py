"""Serialized query results, sent between processes.

The engine writes and reads them itself, which costs a fraction of pickling its terms.
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from filmgraph.rdf.patterns import PatternWatch, UncompilablePatternError
from filmgraph.rdf.results import Solutions, Triples, Truth

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = struct.Struct("<cQ")
_ROWS, _TRIPLES, _TRUTH, _ERROR = b"R", b"T", b"B", b"E"
_ERRORS: dict[str, Callable[[str], Exception]] = {
    "SyntaxError": SyntaxError,
    "OSError": OSError,
    "Memory": MemoryError,
    "Pattern": UncompilablePatternError,
}


class Reply(NamedTuple):
    """A serialized result: its kind and its bytes."""

    kind: bytes
    data: bytes

    @classmethod
    def of(cls, store: ox.Store, text: str) -> Reply:
        """Run a query and serialize its result or error."""
        try:
            watch = PatternWatch()
            found = store.query(text, custom_functions=watch.functions)
            reply = cls._serialized(found)
            watch.check()
        except MemoryError:
            return cls(_ERROR, b"Memory\n")
        except BaseException as error:  # noqa: BLE001 -- also a panic of the engine; it is raised where it was asked
            name = next((name for name, kind in _ERRORS.items() if isinstance(error, kind)), "")  # type: ignore[arg-type]
            said = error.msg if isinstance(error, SyntaxError) else str(error)
            return cls(_ERROR, f"{name}\n{said}".encode())
        return reply

    @classmethod
    def _serialized(cls, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Reply:
        if isinstance(found, ox.QueryBoolean):
            return cls(_TRUTH, b"1" if found else b"0")
        if isinstance(found, ox.QueryTriples):
            return cls(_TRIPLES, found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
        return cls(_ROWS, found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def result(self) -> Solutions | Triples | Truth:
        """Deserialize the result.

        Raises:
            Exception: What the engine raised.
        """
        if self.kind == _TRUTH:
            return Truth(self.data == b"1")
        if self.kind == _TRIPLES:
            return Triples([quad.triple for quad in ox.parse(self.data, ox.RdfFormat.N_TRIPLES, lenient=True)])
        if self.kind == _ROWS:
            found = ox.parse_query_results(self.data, ox.QueryResultsFormat.JSON)
            assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- a truth is sent otherwise
            return Solutions(tuple(one.value for one in found.variables), [tuple(row) for row in found])
        name, _, said = self.data.decode().partition("\n")
        raise _ERRORS.get(name, RuntimeError)(said)

    def send(self, file: IO[bytes]) -> None:
        """Write the reply to a file."""
        file.write(HEAD.pack(self.kind, len(self.data)))
        file.write(self.data)
        file.flush()


def received(file: IO[bytes]) -> Reply | None:
    """Read a reply; None where the sender has ended."""
    head = file.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, size = HEAD.unpack(head)
    data = file.read(size)
    return Reply(kind, data) if len(data) == size else None
