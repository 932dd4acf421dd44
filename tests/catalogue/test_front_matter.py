from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from filmgraph.errors import FileError, FrontMatterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from filmgraph.catalogue import Catalogue

BODY = "SELECT ?film { ?film a $class }\n"
PARAMETER = "#+ params:\n#+   - name: class\n#+     type: iri\n"
HEAD = f"#+ summary: A?\n{PARAMETER}"

WRONG = {
    "no front matter": ("SELECT * {}", "1: The file has no front matter."),
    "an empty one": ("#+\nSELECT * {}", "1: The front matter is empty."),
    "a list": ("#+ - a\nSELECT * {}", "1:4: The front matter is no mapping."),
    "no summary": ("#+ tags: [a]\nSELECT * {}", "1:4: The front matter has no summary."),
    "an empty summary": ("#+ summary:\nSELECT * {}", "1:12: 'summary' is empty."),
    "a summary that is a list": ("#+ summary: [a]\nSELECT * {}", "1:13: 'summary' is no text."),
    "an unknown key": ("#+ summary: A?\n#+ sumary: B\nSELECT * {}", "2:4: Unknown key 'sumary'."),
    "a key twice": ("#+ summary: A?\n#+ summary: B?\nSELECT * {}", "2:4: The key 'summary' stands twice."),
    "a colon": (
        "#+ summary: who: what\nSELECT * {}",
        "1:16: The front matter is no YAML: mapping values are not allowed here.",
    ),
    "a tab": (
        "#+ summary:\n#+ \tA\nSELECT * {}",
        "2:4: The front matter is no YAML: found character '\\t' that cannot start any token.",
    ),
    "an open bracket": (
        "#+ summary: [a\nSELECT * {}",
        "1:15: The front matter is no YAML: expected ',' or ']', but got '<stream end>'.",
    ),
    "a gap": (
        "#+ summary: A?\nSELECT * {}\n#+ tags: [a]\n",
        "3: Front matter has no gaps.",
    ),
    "an unknown type": (
        HEAD.replace("type: iri", "type: interger") + BODY,
        "4:14: There is no type 'interger'.",
    ),
    "a reserved name": (
        HEAD.replace("class", "why") + BODY,
        "3:14: A parameter cannot be called 'why'.",
    ),
    "a name of two words": (
        HEAD.replace("class", "a b") + BODY,
        "3:14: 'a b' is no name of a parameter.",
    ),
    "no example of what is required": (
        f"#+ summary: A?\n{PARAMETER}#+     required: true\n" + BODY,
        "2:4: The required parameter 'class' has no example.",
    ),
    "neither true nor false": (
        f"#+ summary: A?\n{PARAMETER}#+     required: yes\n" + BODY,
        "5:18: 'required' is either true or false, not 'yes'.",
    ),
    "an undeclared parameter": (
        "#+ summary: A?\n" + BODY,
        "2:24: The query has $class, which params does not declare.",
    ),
    "a parameter that is not used": (
        f"#+ summary: A?\n{PARAMETER}SELECT ?a {{ ?a ?b ?c }}",
        " The front matter declares the parameter 'class', and the query has no $class.",
    ),
    "an expected column that is none": (
        f"#+ summary: A?\n{PARAMETER}#+ expect:\n#+   contains:\n#+     - flim: A\n" + BODY,
        " A row is expected with a column 'flim', and the query has no ?flim.",
    ),
    "a wrong number of rows": (
        f"#+ summary: A?\n{PARAMETER}#+ expect:\n#+   rows: some\n" + BODY,
        "6:12: 'rows' is neither rows nor their number.",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_header_is_an_error_with_its_place(
    catalogue: Callable[..., Catalogue], text: str, message: str
) -> None:
    made = catalogue(wrong=text)
    with pytest.raises(FrontMatterError) as caught:
        made.question("wrong")
    assert str(caught.value) == f"{made.folder}/wrong.rq:{message}"


def test_a_query_that_is_no_sparql_names_its_file_and_line(catalogue: Callable[..., Catalogue]) -> None:
    made = catalogue(wrong="#+ summary: A?\n\nSELECT * { ?s ?p }\n")
    with pytest.raises(FileError, match=r"wrong\.rq:3:18: expected a variable"):
        made.question("wrong")


def test_a_file_that_is_not_utf8_names_the_byte(catalogue: Callable[..., Catalogue]) -> None:
    made = catalogue()
    with open(f"{made.folder}/latin.rq", "wb") as file:
        file.write("#+ summary: caf\xe9?\nASK {}".encode("latin-1"))
    with pytest.raises(FileError, match=r"latin\.rq:1:16: The file is not UTF-8: byte 0xE9"):
        made.question("latin")


def test_strings_stay_strings(catalogue: Callable[..., Catalogue]) -> None:
    text = f"#+ summary: Which?\n{PARAMETER}#+     example: no\n#+ tags: [no, 2009, 1.0]\n" + BODY
    question = catalogue(norway=text).question("norway")
    assert question.tags == ("no", "2009", "1.0")
    assert question.parameters[0].example == "no"


def test_the_text_that_runs_has_no_header(catalogue: Callable[..., Catalogue]) -> None:
    question = catalogue(a=HEAD + BODY).question("a")
    assert question.sparql == BODY
    assert question.template.names == ("class",)


def test_a_question_from_the_cache_is_the_same(catalogue: Callable[..., Catalogue]) -> None:
    text = (
        f"#+ summary: A?\n#+ description: B.\n{PARAMETER}#+     values: {{film: fg:Film}}\n"
        '#+ expect:\n#+   rows: ">=1"\n#+   contains:\n#+     - film: A\n#+       why: [a, "b#1,2"]\n' + BODY
    )
    made = catalogue(a=text)
    first = made.question("a")
    assert first.expect.contains[0].citations == ("a", "b#1,2")
    assert made.question("a") == first
    assert list(made) == [first]


def test_one_wrong_file_leaves_the_others_alone(catalogue: Callable[..., Catalogue]) -> None:
    made = catalogue(good="#+ summary: A?\nASK {}", wrong="#+ summary: [\nASK {}")
    for _ in range(2):
        assert made.question("good").summary == "A?"
        with pytest.raises(FrontMatterError):
            made.question("wrong")
