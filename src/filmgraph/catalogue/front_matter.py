"""The front matter of a query file, checked and typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filmgraph.catalogue.charting import chart_of
from filmgraph.catalogue.expected import Expectation, ExpectedRow
from filmgraph.catalogue.header import Header, kind_of
from filmgraph.catalogue.parameter import TYPES, Parameter
from filmgraph.catalogue.question import Question
from filmgraph.rdf.namespaces import PREFIXES
from filmgraph.text.nearest import nearest

if TYPE_CHECKING:
    import yaml

    from filmgraph.catalogue.header import Entries

RESERVED = frozenset(
    {
        "allow_service",
        "collection",
        "f",
        "format",
        "help",
        "name",
        "o",
        "output",
        "show_query",
        "store",
        "timeout",
        "why",
    }
)
"""Names that no parameter may have: options of the command line, and arguments of ``Graph.ask``."""

_KEYS = (
    *("summary", "description", "asks", "tags", "params", "example", "table", "chart", "expect"),
    "seconds_per_million",
)
_TABLE_KEYS = ("group", "join", "hide", "sides", "amounts", "amount", "pair")
_EXAMPLES_KEYS = ("note", "params", "example", "expect")
_PARAMETER_KEYS = ("name", "type", "class", "scheme", "values", "required", "default", "example", "description")
_EXAMPLE_PARAMETER_KEYS = ("name", "default", "example")
_EXPECT_KEYS = ("rows", "contains")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_COUNT = re.compile(r"(?P<least>>=\s*)?(?P<number>[0-9]{1,9})")


def read(name: str, path: str, text: str) -> Question:
    """Read the header of a query file.

    Args:
        name: The name of the question.
        path: The file, for messages.
        text: The text of the file.

    Raises:
        FrontMatterError: The header is missing, is no YAML, has an unknown key, or a value of the wrong kind.
    """
    return _Reader(Header(text, path)).question(name, text)


def with_examples(question: Question, path: str, text: str) -> Question:
    """A question as a collection asks it: with its defaults, its examples, and the rows that it expects.

    Args:
        question: The question.
        path: The file of its examples, for messages.
        text: The text of that file: YAML with the keys ``note``, ``params``, ``example`` and ``expect``.

    Raises:
        FrontMatterError: It is no YAML, has an unknown key, or names a parameter that the question lacks.
    """
    return _Reader(Header(text, path, whole=True)).examples(question)


class _Reader:
    """Reads one header."""

    def __init__(self, header: Header) -> None:
        self._header = header

    def question(self, name: str, text: str) -> Question:
        header, root = self._header, self._header.root
        self._known(root, _KEYS)
        if "summary" not in root.by_key:
            raise header.error("The front matter has no summary.", root.node, hint="Add the line #+ summary: …")
        parameters = self._parameters(root)
        example = self._example(root, parameters)
        return Question(
            name=name,
            path=header.path,
            text=text,
            summary=self._text(root, "summary") or "",
            description=self._text(root, "description") or "",
            tags=tuple(header.text(item, of="A tag") for item in header.items(root.by_key["tags"].value, of="'tags'"))
            if "tags" in root.by_key
            else (),
            asks=self._asks(root, parameters),
            parameters=parameters,
            example=example,
            expected=_plain(self._expectation(root)),
            layout=self._layout(root),
            chart=chart_of(header, root.by_key["chart"].value, self._text(root, "summary") or "")
            if "chart" in root.by_key
            else (),
            seconds_per_million=self._number(root, "seconds_per_million"),
        )

    def examples(self, question: Question) -> Question:
        root = self._header.root
        self._known(root, _EXAMPLES_KEYS)
        parameters = self._as_here(root, question.parameters)
        note = self._text(root, "note")
        return question._replace(
            description=" ".join(filter(None, [question.description, note])),
            parameters=parameters,
            example=self._example(root, parameters) or question.example,
            expected=_plain(self._expectation(root)) if "expect" in root.by_key else question.expected,
        )

    def _as_here(self, root: Entries, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        """Parameters with a collection's own defaults and examples."""
        if "params" not in root.by_key:
            return parameters
        found = {parameter.name: parameter for parameter in parameters}
        for item in self._header.items(root.by_key["params"].value, of="'params'"):
            entries = self._header.entries(item, of="A parameter")
            self._known(entries, _EXAMPLE_PARAMETER_KEYS)
            name = self._text(entries, "name")
            if name is None or name not in found:
                raise self._header.error(
                    "A parameter has no name." if name is None else f"The question has no parameter '{name}'.",
                    entries.node,
                    hint=f"Its parameters are {', '.join(found)}." if found else None,
                )
            one = found[name]
            default = self._text(entries, "default")
            found[name] = one._replace(
                required=one.required and default is None,
                default=one.default if default is None else default,
                example=self._text(entries, "example") or one.example,
            )
        return tuple(found.values())

    def _known(self, entries: Entries, keys: tuple[str, ...]) -> None:
        for name, entry in entries.by_key.items():
            if name not in keys:
                near = nearest(name, keys, count=1)
                hint = f"Did you mean '{near[0]}'?" if near else f"Known keys: {', '.join(keys)}."
                raise self._header.error(f"Unknown key '{name}'.", entry.key, hint=hint)

    def _text(self, entries: Entries, key: str) -> str | None:
        entry = entries.by_key.get(key)
        return None if entry is None else self._header.text(entry.value, of=f"'{key}'")

    def _asks(self, root: Entries, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
        """The example phrasings, in which ``$name`` stands for a value of a parameter."""
        if "asks" not in root.by_key:
            return ()
        names = {parameter.name for parameter in parameters}
        found = []
        for item in self._header.items(root.by_key["asks"].value, of="'asks'"):
            phrasing = self._header.text(item, of="An example phrasing")
            for name in re.findall(r"\$(\w+)", phrasing):
                if name not in names:
                    raise self._header.error(f"There is no parameter '{name}'.", item)
            found.append(phrasing)
        return tuple(found)

    def _parameters(self, root: Entries) -> tuple[Parameter, ...]:
        if "params" not in root.by_key:
            return ()
        found: dict[str, Parameter] = {}
        for item in self._header.items(root.by_key["params"].value, of="'params'"):
            entries = self._header.entries(item, of="A parameter")
            parameter = self._parameter(entries)
            if parameter.name in found:
                raise self._header.error(f"The parameter '{parameter.name}' is declared twice.", entries.node)
            found[parameter.name] = parameter
        return tuple(found.values())

    def _parameter(self, entries: Entries) -> Parameter:
        self._known(entries, _PARAMETER_KEYS)
        name = self._text(entries, "name")
        if name is None:
            raise self._header.error("A parameter has no name.", entries.node)
        at = entries.by_key["name"].value
        if not _NAME.fullmatch(name):
            raise self._header.error(
                f"'{name}' is no name of a parameter.", at, hint="Use lower-case letters, digits and underscores."
            )
        if name in RESERVED:
            raise self._header.error(
                f"A parameter cannot be called '{name}'.", at, hint="Every question has an option of that name."
            )
        default = self._text(entries, "default")
        required = self._truth(entries, "required")
        if required and default is not None:
            raise self._header.error(
                f"The parameter '{name}' is required and has a default.", entries.by_key["default"].key
            )
        kind = self._type(entries)
        return Parameter(
            name=name,
            type=kind,
            class_iri=self._class(entries),
            scheme_iri=self._scheme(entries),
            values=self._values(entries, kind),
            required=required,
            default=default,
            example=self._text(entries, "example"),
            description=self._text(entries, "description") or "",
        )

    def _type(self, entries: Entries) -> str:
        kind = self._text(entries, "type")
        if kind is None:
            return "iri" if {"class", "scheme"} & entries.by_key.keys() else "string"
        if kind not in TYPES:
            near = nearest(kind, TYPES, count=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Types: {', '.join(TYPES)}."
            raise self._header.error(f"There is no type '{kind}'.", entries.by_key["type"].value, hint=hint)
        return kind

    def _class(self, entries: Entries) -> str:
        name = self._text(entries, "class")
        if name is None:
            return ""
        at = entries.by_key["class"].value
        if self._text(entries, "type") not in {None, "iri"}:
            raise self._header.error("Only a parameter of type iri has a class.", at)
        if ":" not in name:
            return PREFIXES["fg"] + name[:1].upper() + name[1:]
        return self._iri(name, at)

    def _scheme(self, entries: Entries) -> str:
        name = self._text(entries, "scheme")
        if name is None:
            return ""
        at = entries.by_key["scheme"].value
        if self._text(entries, "type") not in {None, "iri"} or "class" in entries.by_key:
            raise self._header.error("Only a parameter of type iri without a class has a scheme.", at)
        return self._iri(name, at)

    def _values(self, entries: Entries, kind: str) -> tuple[tuple[str, str], ...]:
        entry = entries.by_key.get("values")
        if entry is None:
            return ()
        if kind_of(entry.value) == "mapping":
            pairs = [
                (typed, one.value) for typed, one in self._header.entries(entry.value, of="'values'").by_key.items()
            ]
        else:
            items = self._header.items(entry.value, of="'values'")
            pairs = [(re.split(r"[:/#]", self._header.text(item, of="A value"))[-1], item) for item in items]
        if not pairs:
            raise self._header.error("'values' is empty.", entry.value)
        values = []
        for typed, node in pairs:
            meant = self._header.text(node, of="A value")
            values.append((typed, self._iri(meant, node)) if kind == "iri" else (typed, meant))
        return tuple(values)

    def _iri(self, name: str, at: yaml.Node) -> str:
        prefix, colon, local = name.partition(":")
        if not colon or prefix not in PREFIXES:
            if re.match(r"https?://[^\s<>\"{}|\\^`]+$", name):
                return name
            raise self._header.error(f"'{name}' is neither an IRI nor a prefixed name.", at)
        return PREFIXES[prefix] + local

    def _number(self, entries: Entries, key: str) -> float:
        text = self._text(entries, key)
        if text is not None and not _NUMBER.fullmatch(text):
            raise self._header.error(f"'{key}' is a number, not '{text}'.", entries.by_key[key].value)
        return float(text or 0)

    def _truth(self, entries: Entries, key: str) -> bool:
        text = self._text(entries, key)
        if text is None:
            return False
        if text not in {"true", "false"}:
            raise self._header.error(f"'{key}' is either true or false, not '{text}'.", entries.by_key[key].value)
        return text == "true"

    def _example(self, root: Entries, parameters: tuple[Parameter, ...]) -> tuple[tuple[str, str], ...]:
        given: dict[str, str] = {}
        names = [parameter.name for parameter in parameters]
        if "example" in root.by_key:
            entries = self._header.entries(root.by_key["example"].value, of="'example'")
            self._known(entries, tuple(names))
            given = {name: self._header.text(one.value, of=f"'{name}'") for name, one in entries.by_key.items()}
        for parameter in parameters:
            if parameter.required and parameter.name not in given:
                if parameter.class_iri and parameter.example is None:
                    continue  # what there is of a class tells the collection
                if parameter.example is None:
                    raise self._header.error(
                        f"The required parameter '{parameter.name}' has no example.", root.by_key["params"].key
                    )
                given[parameter.name] = parameter.example
        return tuple((name, given[name]) for name in names if name in given)

    def _layout(self, root: Entries) -> tuple[tuple[str, ...], ...]:
        """The columns that head blocks, that are joined, and that are hidden, in tables for people."""
        if "table" not in root.by_key:
            return ()
        entries = self._header.entries(root.by_key["table"].value, of="'table'")
        self._known(entries, _TABLE_KEYS)
        return tuple(
            tuple(
                self._header.text(item, of="A column")
                for item in self._header.items(entries.by_key[key].value, of=f"'{key}'")
            )
            if key in entries.by_key
            else ()
            for key in _TABLE_KEYS
        )

    def _expectation(self, root: Entries) -> Expectation:
        if "expect" not in root.by_key:
            return Expectation()
        entries = self._header.entries(root.by_key["expect"].value, of="'expect'")
        self._known(entries, _EXPECT_KEYS)
        contains = self._rows(entries.by_key["contains"].value) if "contains" in entries.by_key else ()
        rows = entries.by_key.get("rows")
        if rows is None:
            return Expectation(least=len(contains), contains=contains)
        if kind_of(rows.value) == "sequence":
            listed = self._rows(rows.value)
            return Expectation(len(listed), len(listed), listed, contains)
        match = _COUNT.fullmatch(self._header.text(rows.value, of="'rows'"))
        if match is None:
            raise self._header.error(
                "'rows' is neither rows nor their number.", rows.value, hint='For instance: 3, or ">=3".'
            )
        number = int(match["number"])
        return Expectation(number, None if match["least"] else number, None, contains)

    def _rows(self, node: yaml.Node) -> tuple[ExpectedRow, ...]:
        return tuple(self._row(item) for item in self._header.items(node, of="A list of rows"))

    def _row(self, node: yaml.Node) -> ExpectedRow:
        entries = self._header.entries(node, of="A row")
        citations: tuple[str, ...] = ()
        cells = []
        for name, entry in entries.by_key.items():
            if name == "why":
                items = self._header.items(entry.value, of="'why'")
                citations = tuple(self._header.text(item, of="A citation") for item in items)
            elif kind_of(entry.value) == "scalar":
                cells.append((name, str(entry.value.value)))  # an empty text: the variable is not bound
            else:
                raise self._header.error(f"'{name}' is no text.", entry.value)
        if not cells:
            raise self._header.error("A row has no cells.", node)
        return ExpectedRow(tuple(cells), citations)


def _plain(expectation: Expectation) -> tuple[object, ...]:
    least, most, rows, contains = expectation
    return least, most, None if rows is None else tuple(map(tuple, rows)), tuple(map(tuple, contains))
