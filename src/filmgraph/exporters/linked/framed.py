"""One film as a tree: what is about it stands in it, and what it names stands where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from filmgraph.errors import FilmgraphError, MissingDependencyError
from filmgraph.exporters.linked.context import reverse_keys

if TYPE_CHECKING:
    from types import ModuleType

_ROOM = 20
"""How many places in the tree there may be for each node."""

_FIRST = ("@context", "id", "type", "label", "name", "titleText", "title")


def tree(nodes: list[dict[str, Any]], root: str, context: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """A thing with all that points to it and all that it names, and the IRIs of the nodes that are in it.

    Args:
        nodes: Expanded node objects of one graph.
        root: The IRI of the thing.
        context: The context.

    Raises:
        MissingDependencyError: PyLD is not installed.
    """
    pointing = {name for node in nodes for name, values in node.items() if _points(name, values, root)}
    # PyLD 2.0.4 cannot reverse a property that has literals as well; what has it stands beside the tree.
    pointing -= {name for node in nodes for name in pointing & node.keys() if any("@value" in v for v in node[name])}
    embed = "@once" if _is_tangled(nodes, root, pointing) else "@always"
    frame: dict[str, Any] = {"@context": context, "@id": root, "@embed": embed}
    if pointing:
        frame["@reverse"] = {name: {"@embed": embed} for name in sorted(pointing)}
    options = {"omitGraph": True, "documentLoader": _refuse, "processingMode": "json-ld-1.1"}
    found: dict[str, Any] = _compacting().frame(nodes, frame, options)
    found.pop("@context", None)
    _sort_by_class(found, context)
    written: set[str] = set()
    _collect(found, context, written)
    return found, written


def compacted(nodes: list[dict[str, Any]], context: dict[str, Any]) -> list[dict[str, Any]]:
    """Expanded nodes in the words of a context, one beside the other.

    Raises:
        MissingDependencyError: PyLD is not installed.
    """
    options = {"graph": True, "documentLoader": _refuse, "processingMode": "json-ld-1.1"}
    found = _compacting().compact(nodes, context, options)
    members: list[dict[str, Any]] = found.get("@graph", found.get("states", []))
    return members


def ordered(value: Any) -> Any:
    """Return the JSON object with names first and evidence last."""
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: ordered(value[key]) for key in sorted(value, key=_place)}


def processor() -> ModuleType:
    """PyLD, which is imported only here.

    Raises:
        MissingDependencyError: It is not installed.
    """
    try:
        from pyld import jsonld  # noqa: PLC0415 -- optional, and slow to import
    except ImportError as error:
        raise MissingDependencyError("PyLD", extra="export", purpose="Compact JSON-LD") from error
    found: ModuleType = jsonld
    return found


def _compacting() -> Any:
    """PyLD's processor, which remembers how it wrote each IRI: it goes through all terms of the context for one."""
    made = processor().JsonLdProcessor()
    plain = made._compact_iri  # noqa: SLF001 -- two thirds of the time; where PyLD has another name, nothing is saved
    known: dict[int, tuple[Any, dict[tuple[Any, ...], Any]]] = {}  # with the contexts, so that no other has their id

    def remembered(active: Any, iri: Any, value: Any = None, *others: Any, **named: Any) -> Any:
        if value is not None:
            return plain(active, iri, value, *others, **named)
        written = known.setdefault(id(active), (active, {}))[1]
        key = (iri, others, *named.items())
        if key not in written:
            written[key] = plain(active, iri, value, *others, **named)
        return written[key]

    made._compact_iri = remembered  # noqa: SLF001
    return made


def _place(key: str) -> tuple[int, bool, str]:
    return (_FIRST.index(key) if key in _FIRST else len(_FIRST)), key in {"evidence", "states"}, key


def _points(name: str, values: Any, root: str) -> bool:
    return name[0] != "@" and any(value.get("@id") == root for value in values)


def _is_tangled(nodes: list[dict[str, Any]], root: str, pointing: set[str]) -> bool:
    """Whether the tree would be far bigger than what is in it, if each node stood wherever it is named."""
    links: dict[str, list[str]] = {}
    for node in nodes:
        for name, values in node.items():
            if name[0] != "@":
                targets = [value["@id"] for value in values if "@id" in value]
                links.setdefault(node["@id"], []).extend(targets)
                if name in pointing and root in targets:
                    links.setdefault(root, []).append(node["@id"])
    left = _ROOM * (100 + len(nodes))
    path: list[str] = []
    waiting = [(root, 0)]
    while waiting and left:
        name, depth = waiting.pop()
        del path[depth:]
        left -= 1
        if name not in path:
            path.append(name)
            waiting.extend((target, depth + 1) for target in links.get(name, ()))
    return not left


def _sort_by_class(film: dict[str, Any], context: dict[str, Any]) -> None:
    """Give each class of what is about the film a key of its own; PyLD puts all under one."""
    keys = reverse_keys()
    here = [key for key in film if isinstance(context.get(key), dict) and context[key].get("@reverse") == "fg:film"]
    items = [item for key in here for item in film.pop(key)]
    seen = {item["id"] for item in items}
    for item in items:
        known = sorted(name for name in _listed(item.get("type", [])) if name in keys)
        film.setdefault(keys[known[0] if known else ""], []).append(item)
        if item.get("film") in ([film["id"]], [{"id": film["id"]}]):
            del item["film"]
    # What is about the film and points to it in another way, too, says so itself.
    named = {key for key, term in context.items() if isinstance(term, dict) and "@reverse" in term} - set(keys.values())
    for holder in (film, film.get("@reverse", {})):
        for key in list(holder) if holder is not film else named & film.keys():
            left = [item for item in _listed(holder[key]) if _identifier(item) not in seen]
            holder.pop(key)
            if left:
                holder[key] = left
    if not film.get("@reverse", True):
        del film["@reverse"]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _identifier(item: Any) -> str:
    return item if isinstance(item, str) else item["id"]


def _collect(value: Any, context: dict[str, Any], found: set[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _collect(item, context, found)
    elif isinstance(value, dict):
        if "id" in value and len(value) > 1:
            found.add(_whole(value["id"], context))
        for item in value.values():
            _collect(item, context, found)


def _whole(name: str, context: dict[str, Any]) -> str:
    prefix, colon, rest = name.partition(":")
    space = context.get(prefix)
    return f"{space}{rest}" if colon and isinstance(space, str) and not rest.startswith("//") else name


def _refuse(url: str, _options: object) -> NoReturn:
    raise FilmgraphError(f"The JSON-LD names a context at {url}, and filmgraph fetches nothing.")
