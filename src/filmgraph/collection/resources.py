"""Location of the bundled collection: in the installed package, or the checkout around it."""

from __future__ import annotations

import os

from filmgraph.errors import StoreUnavailableError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def root() -> str:
    """Return the folder of the bundled collection: in the installed package, else the checkout around it.

    Raises:
        StoreUnavailableError: Neither place has it.
    """
    packaged = f"{_PACKAGE}/_resources"
    if os.path.isdir(f"{packaged}/ontology"):
        return packaged
    checkout = os.path.dirname(os.path.dirname(_PACKAGE))
    if os.path.isdir(f"{checkout}/ontology"):
        return checkout
    raise StoreUnavailableError(
        f"The bundled collection is neither in {packaged} nor in {checkout}.",
        store="the bundled collection",
        hint="Install filmgraph again, or name a collection with -C.",
    )
