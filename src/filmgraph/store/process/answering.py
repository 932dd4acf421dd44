"""The process that answers queries on an on-disk store: ``python -m filmgraph.store.process.answering``.

Its arguments are the folder of the store and the memory that it may take, in bytes, or 0. Each query comes on standard
input, after its length; each answer goes to standard output. It ends when its input does.
"""

from __future__ import annotations

import struct
import sys

import pyoxigraph as ox

from filmgraph.store.process.reply import Reply

LENGTH = struct.Struct("<Q")


def limit_memory(more: int) -> None:
    """Limit this process to so many bytes more than it has now, where the system supports that."""
    try:
        import resource  # noqa: PLC0415 -- of POSIX

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))


def main() -> None:
    """Answer queries until the input ends."""
    store = ox.Store.read_only(sys.argv[1])
    memory = int(sys.argv[2])
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if memory:
        limit_memory(memory)
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        (size,) = LENGTH.unpack(head)
        Reply.of(store, source.read(size).decode()).send(target)


if __name__ == "__main__":
    main()
