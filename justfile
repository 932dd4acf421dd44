# The words that people type. https://just.systems reads this file; each line is also a command of its own.
# `just` alone lists them. All need the environment that CONTRIBUTING.md makes.

set windows-shell := ["powershell.exe", "-NoLogo", "-Command"]

python := if os_family() == "windows" { ".venv/Scripts/python.exe" } else { ".venv/bin/python" }

# List what there is
default:
    @just --list

# Make the environment
setup:
    python3 -m venv .venv
    {{python}} -m pip install --quiet --constraint constraints.txt --editable '.[test]'

# All tests, or those named
test *paths:
    {{python}} -m pytest {{paths}}

# What finds most faults in under a minute: the layers, parsers, values, answers and their formats
fast:
    {{python}} -m pytest -q tests/test_architecture.py tests/answers tests/rdf tests/text tests/sparql tests/files/test_atomic.py tests/files/test_cache.py tests/store/test_memory.py tests/receipt

# Style, and the form of every file
lint:
    {{python}} -m ruff check .
    {{python}} -m ruff format --check .

# Put files into their form
format:
    {{python}} -m ruff check --fix .
    {{python}} -m ruff format .

# Types, in tests too
types:
    {{python}} -m mypy

# A benchmark by its name: start, build, questions, growth, why, check, export
bench name *arguments:
    {{python}} benchmarks/{{name}}.py {{arguments}}

# Write the generated pages again, and run every example in prose
docs:
    {{python}} docs/make_commands.py
    {{python}} docs/make_exports.py
    {{python}} -m pytest -q tests/test_docs.py tests/test_commands_page.py tests/test_exports_page.py

# The laws with many more random examples than a test run has
fuzz *options="--minutes 3":
    {{python}} tests/fuzz.py {{options}}

# Everything a change has to pass, in a clean clone and environments of its own
ci:
    .ci/run

# The wheel and the source archive of a version, tried on their own
release: lint types test
    {{python}} -m pip wheel --no-deps --wheel-dir dist .
    {{python}} -c "import pathlib, zipfile; [print(path, len(zipfile.ZipFile(path).namelist()), 'files') for path in pathlib.Path('dist').glob('*.whl')]"
