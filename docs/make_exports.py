"""Write docs/exports.md from the formats themselves: python docs/make_exports.py."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from filmgraph.exporters import Options, Request, all_exporters
from filmgraph.opening import open_store
from filmgraph.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from filmgraph.exporters import Exporter
    from filmgraph.store.base import Store

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "exports.md"
FILM = PREFIXES["film"] + "night-ferry"
LINES, WIDTH = 14, 110

HEAD = """# Export formats

The table and the examples of this page are made from the code by `python docs/make_exports.py`.

```sh
filmgraph export "Last Train Home" -f jsonld -o film.jsonld   # one film
filmgraph export -o graph.nq                                  # everything; the ending names the format
filmgraph export -f site -o site                              # web pages, see serving.md
filmgraph export --list                                       # the table below
```

In Python: `graph.export("jsonld", "film.jsonld", "Last Train Home")`; it gives back what the format has no place for.
The command says it on standard error, once.
Every literal and every label of a film is in the file or in that count.
What stands nowhere in the file is counted there by its property, whatever its kind.

"""
MIDDLE = """
## Who says so

- TriG, N-Quads and JSON-LD hold the citations as named graphs.
- Turtle, N-Triples and RDF/XML hold each fact once, and a claim (`rdf:Statement`) that names the citations that state
  it (`fg:statedIn`). `--citations rdf12` writes RDF 1.2 reifiers instead, `--citations none` leaves them out.
- Reading a file back gives the same quads.

## JSON-LD

- A film is a tree: what it names stands where it is named, and what is about it stands under a key for each class
  (`credits`, `awards`, `screenings` …). Under `evidence`, each citation has what it `states`.
- The terms are those of the ontology. The context lies in `ontology/context.jsonld`; it is written into the file, or
  linked with `--context link`. filmgraph itself fetches no context.
- `--form expanded` and `--form flattened` are the forms of JSON-LD 1.1.
- The whole graph is always written in expanded form, graph by graph, so that memory does not grow with its size.

## When sources differ

Turtle, TriG, N-Quads and JSON-LD keep every value. A format that holds one value takes

1. the value that most sources give,
2. of dates the most exact one,
3. the value of the source that ranks first: the film's own press kit, then interviews, broadcasters, databases, others,
4. the first in the order of the texts.

The others stand in a note where the format has notes, and are counted among the losses where it has none.

## Library formats

- The film is entered under the title that most sources give; every other title is an added title with its kind before
  it. A film without a title gets a devised one in brackets.
- Names are turned round for sorting: *Lake, Ada*. A name tagged as Chinese, Japanese, Korean, Vietnamese or Hungarian
  has its surname first. A name that begins with a small letter (*country boy*) is a description and becomes no
  heading.
- Headings that are no authority's are marked `local` and carry the IRI of the thing.
- Notes are sentences made of facts, never words of a document: *Running time also given as 87 minutes (Tide Weekly)*.
- MODS has the citations of each element in `extension`. In MARC each citation has a link number: the fields that it
  states bear `$8` with that number, and an 883 with the same number holds its IRI in `$u`.
- 005 and 008/00-05 of MARC bear the first day that the date of the youngest document allows, so that every run gives
  the same bytes; without a dated document it is 2000-01-01. There is no 006: the leader says that the film is a
  projected medium. Nothing is said of a copy: carriers are *unspecified*, and screenings stand in 518, not in 585.
- 003 and 040 say `filmgraph`: replace them with the code of your library.
- ISO 2709 has room for 9,999 bytes in a field and 99,999 in a record. Longer notes are split and longer values cut; a
  longer record does without its 883s, then without the notes and names that do not fit. Each is counted; MARCXML has
  them all.
- QuickStatements link what has a known item: `owl:sameAs` or `skos:exactMatch` to Wikidata in the graph, or a
  country, language or genre of a short table. The rest is counted, never guessed.
- The archive of `csv` is stored without compression and with one fixed date, because compression differs between
  machines.

## Of a whole collection

Exports of RDF, the tables of `csv`, and the formats that describe film after film (`marc`, `marcxml`, `mods`, `dc`,
`quickstatements`) do not hold the export in memory: what is sorted goes to temporary files, for which `TMPDIR` names
another place. `csv` keeps all labels. The crosswalks in Turtle (`bibframe`, `ebucoreplus`, `fiafcore`) are
made film by film, too.
Two hold everything: `schemaorg`, in which what two films share stands in the first of them, and `graphml`, in which any
two films may be joined.
[Performance](performance.md#exports) has the figures.

## A format of your own

A format that a SPARQL CONSTRUCT can express is one file, `queries/export/NAME.rq`, in the collection that `-C` names.
Its front matter has `summary`, `media_type`, `endings`, `keeps`, `loses` and `syntax` (`turtle` or `json`).
`$film` is the film, one after another when all are exported. The query sees each fact once in the default graph, one
value of each property that is single-valued, one `rdfs:label` for each thing, and the classes above each class. What is
about the film and does not come up in the result is counted as lost; `carries` names classes that the query writes as
text, and `lost` has patterns for what else to count.
"""


def table() -> str:
    """The formats, what each keeps and what it loses."""
    rows = []
    for one in all_exporters():
        endings = " ".join(f"`.{ending}`" for ending in one.endings)
        rows.append(f"| `{one.name}` | {one.media_type} | {endings} | {one.keeps} | {one.loses} |\n")
    return f"| name | media type | endings | keeps | loses |\n| --- | --- | --- | --- | --- |\n{''.join(rows)}"


def page() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "night-ferry.trig"
        prologue = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        film = (ROOT / "tests" / "exporters" / "night-ferry.trig").read_text("utf-8")
        path.write_text(prologue + film, encoding="utf-8")
        store = open_store(str(path))
    examples = "".join(example(one, store) for one in all_exporters())
    return f"{HEAD}{table()}{MIDDLE}\n## Examples\n\nAll show the start of the same invented film.\n{examples}"


def example(exporter: Exporter, store: Store) -> str:
    """The start of a film in one format, and what it had no place for."""
    out = io.BytesIO()
    losses = exporter.write(Request(store, FILM, Options(context="link")), out)
    lost = "; ".join(str(loss).replace("; ", ", ") for loss in losses) or "nothing"
    lines = _text(out.getvalue()).splitlines()
    lines = [line for line in lines if not line.startswith("@prefix")]
    shown = ["".join(c if c.isprintable() or c == "\t" else "·" for c in line) for line in lines[:LINES]]
    body = "\n".join(f"{line[:WIDTH]}…" if len(line) > WIDTH else line for line in shown)
    return f"\n### {exporter.name}\n\n{exporter.summary} Lost of this film: {lost}.\n\n```\n{body}\n```\n"


def _text(data: bytes) -> str:
    """What is shown of a file: of an archive the names of its tables, and one of them."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.read("credit.csv").decode("utf-8").replace("\r\n", "\n")
        return f"{' '.join(archive.namelist())}\n\ncredit.csv\n{first}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
