"""Passages as Web Annotations, held against what the W3C's tests of the model say of any annotation.

FILMGRAPH_TEST_WEB_ANNOTATION names a clone of ``w3c/web-annotation-tests``: JSON schemas, each for one rule.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT4

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serving.conftest import Server

DOCUMENTS = ("imdb", "press-kit")
EVERY = 20
"""So many passages are passed over between two that are checked."""


class Rules:
    """The rules that a kind of object must keep."""

    def __init__(self, folder: Path, name: str) -> None:
        known = {path.name: json.loads(path.read_text("utf-8")) for path in (folder / "definitions").glob("*.json")}
        resources = [(name, DRAFT4.create_resource(contents)) for name, contents in known.items()]
        self.registry: Registry[Any] = Registry().with_resources(resources)
        listed = json.loads((folder / name).read_text("utf-8"))["assertions"]
        self.schemas = [json.loads((folder / one).read_text("utf-8")) for one in listed]

    def broken(self, said: object) -> Iterator[str]:
        for schema in self.schemas:
            checker = jsonschema.Draft4Validator(schema, registry=self.registry)
            if checker.is_valid(said) != (schema.get("expectedResult", "valid") == "valid"):
                yield schema["id"]


@pytest.fixture
def folder() -> Path:
    named = os.environ.get("FILMGRAPH_TEST_WEB_ANNOTATION")
    if named is None:
        pytest.skip("FILMGRAPH_TEST_WEB_ANNOTATION does not name a clone of w3c/web-annotation-tests")
    return Path(named)


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_passages_keep_every_rule_of_the_model(folder: Path, server: Server, slug: str) -> None:
    annotations = Rules(folder, "annotations/annotationMusts.test")
    collections = Rules(folder, "collections/collectionMusts.test")
    assert len(annotations.schemas) > 40
    assert list(annotations.broken({"type": "Annotation"})), "rules that nothing breaks check nothing"
    found = server.get(f"/sources/{slug}.jsonld").json
    assert list(collections.broken(found)) == []
    for item in found["first"]["items"][::EVERY]:
        passage = server.get("/" + item["id"].removeprefix(server.address)).json
        assert list(annotations.broken(passage)) == [], item["id"]
