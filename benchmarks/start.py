"""How long one bundled question takes, as a whole process, beside a Python that only imports click and pyoxigraph.

    python benchmarks/start.py [RUNS] [QUESTION]

The two run in turn, so that a machine whose speed drifts slows both. The ratio of the medians is to stay under 1.6, and
the peak memory under 80 MB. On a machine where others work, the time of processors says more than the clock.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

LIMIT_RATIO, LIMIT_MB = 1.6, 80
BASELINE = [sys.executable, "-c", "import click, pyoxigraph"]


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds by the clock and of processors, and peak megabytes, of one whole process, its output thrown away."""
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0], command, environment, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    question = sys.argv[2] if len(sys.argv) > 2 else "overview"  # noqa: PLR2004 -- the second argument
    command = [sys.executable, "-m", "filmgraph", "ask", question]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "FILMGRAPH_CACHE": f"{folder}/cache",
            "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src"),
            "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        first, _, _ = run(command, environment)
        run(BASELINE, environment)
        pairs = [(run(command, environment), run(BASELINE, environment)) for _ in range(runs)]
    ours, worked = (statistics.median(ask[kind] for ask, _ in pairs) for kind in (0, 1))
    base, work = (statistics.median(baseline[kind] for _, baseline in pairs) for kind in (0, 1))
    peak = max(ask[2] for ask, _ in pairs)
    print(f"Python {platform.python_version()}, {platform.system()}, {runs} runs in turn, medians: clock, processors")
    print(f"  import click, pyoxigraph        {base * 1000:7.1f} ms {work * 1000:7.1f} ms")
    print(
        f"  filmgraph ask {question:<17} {ours * 1000:7.1f} ms {worked * 1000:7.1f} ms"
        f"   peak {peak:.0f} MB (limit {LIMIT_MB})"
    )
    print(f"  the first run, without a cache  {first * 1000:7.1f} ms")
    print(f"  ratio {ours / base:.2f} (limit {LIMIT_RATIO}), of processors {worked / work:.2f}")
    sys.exit(0 if ours / base <= LIMIT_RATIO and peak < LIMIT_MB else 1)


if __name__ == "__main__":
    main()
