"""Copies among invented reports: precision, recall by kind, and time beside comparing all pairs.

``python -m benchmarks.copies [SEED]``
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from isnad.gather.copies import copies, judge, shingles
from tests.gather.copies.invented import invented


def main() -> None:
    made = list(invented(seed=int(sys.argv[1]) if len(sys.argv) > 1 else 11))
    telling = {m.id: m.telling for m in made}
    how = {m.id: m.how for m in made}
    start = time.perf_counter()
    found = list(copies((m.id, m.text) for m in made))
    ours = time.perf_counter() - start
    right = [c for c in found if telling[c.first] == telling[c.id]]
    print(f"{len(made)} reports, precision {len(right) / len(found):.4f} of {len(found)} copies")
    hits = Counter(how[c.id] for c in right)
    for kind, number in Counter(how.values()).items():
        if kind != "original":
            print(f"  {kind:12} recall {hits[kind] / number:.4f} of {number}")
    start = time.perf_counter()
    kept = [shingles(m.text) for m in made]
    for at, one in enumerate(kept):
        for other in kept[:at]:
            judge(one, other)
    pairs = time.perf_counter() - start
    print(f"time: {ours / pairs:.2f} of comparing all pairs")


if __name__ == "__main__":
    main()
