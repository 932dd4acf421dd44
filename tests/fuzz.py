"""Look for examples that break a property: every property test again and again, each round with a fresh seed.

    python tests/fuzz.py [--minutes 3] [--seed 12345] [PATH...]

A round that has begun is ended. The exit code is that of the first round that finds something; its seed is printed.
What is found is mended, and becomes an ``@example`` of its test.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run rounds until the time is up or one finds something."""
    parser = argparse.ArgumentParser(description="Try property tests with examples that are new each time.")
    parser.add_argument("--minutes", type=float, default=3, help="Begin no round after so many; the first always runs.")
    parser.add_argument("--seed", type=int, help="Run one round, with this seed.")
    parser.add_argument("paths", nargs="*", help="Where to look for property tests; by default everywhere.")
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    code, rounds = 0, 0
    while code == 0 and (rounds == 0 or (options.seed is None and time.monotonic() < end)):
        seed = secrets.randbits(32) if options.seed is None else options.seed
        sys.stdout.write(f"fuzz: seed {seed}\n")
        sys.stdout.flush()
        code = _round(seed, options.paths)
        rounds += 1
    if code:
        sys.stdout.write(f"fuzz: something was found; again with: python tests/fuzz.py --seed {seed}\n")
    return code


def _round(seed: int, paths: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "hypothesis"]
    command += [f"--hypothesis-seed={seed}", *paths]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"FILMGRAPH_FUZZ": "1"}, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
