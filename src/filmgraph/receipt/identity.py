"""Which data a store holds: its kind, its place, and a digest where one can be had."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from filmgraph.collection.folder import Collection
from filmgraph.collection.resources import root
from filmgraph.errors import FileError
from filmgraph.store import disk, manifest

if TYPE_CHECKING:
    from filmgraph.store.base import Store

BUNDLED = "the bundled collection"


class Identity(NamedTuple):
    """What a store is.

    Attributes:
        kind: ``collection``, ``store`` (on disk), ``file`` or ``endpoint``.
        location: Where it is, as the user named it.
        digest: Of its content, with the name of the algorithm; empty where nobody can know it. A collection and the
            store that was built from it have the same one.
    """

    kind: str
    location: str
    digest: str = ""


def identity(store: Store) -> Identity:
    """What a store is.

    Raises:
        FileError: A file of it cannot be read.
        StoreUnavailableError: It is there no longer.
    """
    location = store.location
    if location == BUNDLED:
        return Identity("collection", location, _digest_of(Collection(root())))
    if "://" in location:
        return Identity("endpoint", location)
    if not os.path.isdir(location):  # noqa: PTH112  as the rest of what opens stores
        return Identity("file", location, _digest_of_file(location))
    if disk.is_store(location):
        built = manifest.read(location)
        return Identity("store", location, _digest_of_manifest(built) if built else "")
    return Identity("collection", location, _digest_of(Collection(location)))


def _digest_of(collection: Collection) -> str:
    return f"blake2b-256:{collection.digest()}"


def _digest_of_manifest(built: manifest.Manifest) -> str:
    """The same digest that `Collection.digest` gives, of the files as they were when the store was built."""
    total = hashlib.blake2b(digest_size=32)
    for file in built.files:
        total.update(f"/{file.path}\0{file.digest}\n".encode(errors="surrogateescape"))
    return f"blake2b-256:{total.hexdigest()}"


def _digest_of_file(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  as above
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise FileError(f"The file cannot be read: {error.strerror or error}.", path=path) from error
