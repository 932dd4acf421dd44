"""The identity of the data that a receipt names: the origin of a store, with the digest of its content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from filmgraph.collection.folder import Collection
from filmgraph.errors import FileError
from filmgraph.store import manifest

if TYPE_CHECKING:
    from filmgraph.store.base import Store
    from filmgraph.store.origin import Origin


def identity(store: Store) -> Origin:
    """Return the identity of a store, with the digest of its content if one can be had.

    A collection and the store that was built from it have the same digest; an endpoint, and quads in memory, have none.

    Raises:
        FileError: A file of it cannot be read.
        StoreUnavailableError: It is there no longer.
    """
    origin = store.origin
    found = origin.digest or _digest(origin)
    # Where a machine keeps what filmgraph brings along tells another machine nothing.
    return origin._replace(digest=found, path="" if origin.kind == "bundled" else origin.path)


def _digest(origin: Origin) -> str:
    if origin.collection is not None:
        return f"blake2b-256:{Collection(origin.collection).digest()}"
    if origin.kind == "store":
        built = manifest.read(origin.path)
        return _digest_of_manifest(built) if built else ""
    return _digest_of_file(origin.path) if origin.kind == "file" else ""


def _digest_of_manifest(built: manifest.Manifest) -> str:
    """Compute `Collection.digest` of the files as they were when the store was built."""
    total = hashlib.blake2b(digest_size=32)
    for file in built.files:
        total.update(f"/{file.path}\0{file.digest}\n".encode(errors="surrogateescape"))
    return f"blake2b-256:{total.hexdigest()}"


def _digest_of_file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
