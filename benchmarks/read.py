"""How fast reports are read on one core: ``python -m benchmarks.read [GOLD.jsonl]``.

Reports per second, megabytes per second and the peak memory of the process, over the repository's
own gold, read five times; the first reading also loads the knowledge and is told apart.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import isnad
from isnad.gather import read_inputs

DEFAULT = Path(__file__).parent.parent / "tests" / "gold" / "ours.jsonl"
ROUNDS = 5


def main() -> None:
    """Print the figures."""
    reports = list(read_inputs([sys.argv[1] if len(sys.argv) > 1 else str(DEFAULT)]))
    begun = time.perf_counter()
    isnad.read(reports[0])
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    claims = sum(len(isnad.code(report)) for _ in range(ROUNDS) for report in reports)
    took = time.perf_counter() - begun
    size = ROUNDS * sum(len(report.text.encode()) for report in reports)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = (
        f"first report, with loading   {first * 1000:8.0f} ms",
        f"reports                      {ROUNDS * len(reports) / took:8.0f} /s",
        f"text                         {size / took / 1e6:8.2f} MB/s",
        f"claims                       {claims / took:8.0f} /s",
        f"peak memory                  {peak:8.0f} MB",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
