"""Write docs/commands.md from the commands themselves: python docs/make_commands.py."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# The page has one width, and knows only the bundled questions.
os.environ["COLUMNS"] = "80"
ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "commands.md"

HEAD = """# The commands

This page is made from the code by `python docs/make_commands.py`; a test fails when it is stale.
How results look, formats and files is the same for all commands: see *Formats* below.

"""
FORMATS = """## Formats

`-f` takes a name, a media type or a file ending; `-o FILE` takes the format from the file's ending.

| name | for | media type | ending | evidence |
| --- | --- | --- | --- | --- |
"""
TAIL = """
- Rows go as `table`, `csv`, `tsv`, `json`, `xml`, `markdown` or `html`; triples as RDF, or as rows of subject,
  predicate and object.
- A table is as wide as the terminal, 80 columns where there is none, or `COLUMNS`. `NO_COLOR` switches colours off.
- With `--why`, `csv` and `tsv` get a last column `why`: citations joined by a space, witnesses by ` | `.
  `json` gets a third key `provenance`: for each row its witnesses, for each witness its citations.
- `csv` holds values exactly as they are. A spreadsheet may take one that starts with `=`, `+`, `-` or `@` for a
  formula: import such a file as text.
- A file is written beside its place and then renamed, so it is there whole or not at all.

## Exit codes

| code | means |
| --- | --- |
| 0 | fine, also when the reader of a pipe went away |
| 1 | `check` has findings |
| 2 | the command could not do its work; standard error says what, where, and what to do next |
| 130 | interrupted with Ctrl-C |

## Shell completion

Names of commands and questions, their parameters and formats complete with the Tab key.
So do values: films, people, places, festivals, documents, roles, outcomes.

```sh
eval "$(_FILMGRAPH_COMPLETE=bash_source filmgraph)"           # in ~/.bashrc
eval "$(_FILMGRAPH_COMPLETE=zsh_source filmgraph)"            # in ~/.zshrc
_FILMGRAPH_COMPLETE=fish_source filmgraph | source            # in ~/.config/fish/config.fish
```
"""


def page() -> str:
    """The whole page."""
    import click  # noqa: PLC0415  COLUMNS is set before

    from filmgraph.answers import formats  # noqa: PLC0415  as above
    from filmgraph.cli import _group  # noqa: PLC0415  as above

    root = click.Context(_group.root, info_name="filmgraph", obj=_group.Settings(), terminal_width=80)
    parts = [HEAD, _section("filmgraph", _group.root.get_help(root), level=2)]
    for name in _group.root.list_commands(root):
        command = _group.root.get_command(root, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=root, terminal_width=80)
        parts.append(_section(f"filmgraph {name}", command.get_help(context), level=2))
        if isinstance(command, click.Group):
            example = command.get_command(context, "credits")
            if example is not None:
                inner = click.Context(example, info_name="credits", parent=context, terminal_width=80)
                parts.append(_section(f"filmgraph {name} credits", example.get_help(inner), level=3))
    rows = (
        f"| `{one.name}` | {one.summary} | {', '.join(f'`{media}`' for media in one.media_types)} "
        f"| {', '.join(f'`.{ending}`' for ending in one.endings)} | {'yes' if one.evidence else 'no'} |\n"
        for one in map(formats.find, formats.names())
    )
    return "".join([*parts, FORMATS, *rows, TAIL])


def _section(title: str, text: str, *, level: int) -> str:
    return f"{'#' * level} `{title}`\n\n```text\n{text.rstrip()}\n```\n\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    PAGE.write_text(page(), encoding="utf-8")
