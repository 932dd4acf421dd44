"""Evidence from an endpoint that answers a query and refuses what has to be asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filmgraph.errors import QueryFailedError
from filmgraph.rdf.results import Explanation, Solutions, Triples
from filmgraph.why.explain import explain

if TYPE_CHECKING:
    from filmgraph.rdf.results import Truth
    from filmgraph.store.base import Store


def explained(
    store: Store, text: str, answer: Solutions | Triples | Truth, *, max_witnesses: int = 10
) -> list[Explanation]:
    """The same as `explain`; where the endpoint refuses, the answer stands and nothing of it is explained.

    Raises:
        QuerySyntaxError: The text is not SPARQL 1.1.
        StoreError: The store could not do its work.
    """
    try:
        return explain(store, text, answer, max_witnesses=max_witnesses)
    except QueryFailedError as error:
        if error.status is None:  # it was no endpoint
            raise
        several = (
            answer.rows
            if isinstance(answer, Solutions)
            else answer.triples
            if isinstance(answer, Triples)
            else [answer]
        )
        reason = f"{error.store} refused a question about it: {error.body}"
        return [Explanation([], reason)] * len(several)
