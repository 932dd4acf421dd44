"""The tokens of TriG, as far as IRIs must be told from comments and strings."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<string>\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
  | (?P<base>@base|\bBASE\b)
  | <(?P<iri>[^<>\n]*)>
  | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
  | (?P<brace>[{}])
  | (?P<other>\w+|[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
"""An IRI is anything between angle brackets on one line: drafts may have spaces and quotes there."""
