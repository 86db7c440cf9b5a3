"""An archive of many claims on one SQLite file: what 1,000 more cost, and what doubling costs.

    python -m benchmarks.archive [--claims 100000]

Coding is left out (ready claims are added). The bound on doubling is 2.3 x; adding 1,000 claims to
the large archive is set against adding them to an empty one. Prints the time to verify, too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from pathlib import Path

from isnad.archive import Archive, Filter, Incoming
from isnad.archive.verify import verify
from isnad.model import Casualty, Claim, Participant, Place, Reading, Report, Source, Time, Value

EACH = 5  # claims of a report
WORDS = [
    "قصف",
    "سوق",
    "مدينة",
    "حلب",
    "قتل",
    "مدنيين",
    "جيش",
    "طائرات",
    "بلدة",
    "ريف",
    "شرقي",
    "غربي",
    "سكان",
    "مصادر",
    "محلية",
    "أمس",
]


def reading(n: int) -> Reading:
    """Report number ``n`` with its claims; the same for the same number."""
    rng = random.Random(n)
    text = " ".join(rng.choices(WORDS, k=120))
    day = dt.date(2015, 1, 1) + dt.timedelta(days=rng.randrange(3000))

    def at() -> dict[str, object]:
        start = rng.randrange(len(text) - 8)
        return {"as_written": text[start : start + 6], "span": (start, start + 6), "rule": "bench"}

    claims = tuple(
        Claim.model_validate({
            "type": "shelling", "initiators": [Participant(actor="syr-assad-forces", **at())],
            "place": Place(lat=rng.uniform(33, 37), lon=rng.uniform(36, 42), radius_km=3, **at()),
            "time": Time(earliest=day, latest=day, **at()),
            "casualties": [Casualty(outcome="killed", low=k, high=k, **at())],
            "sources": [Source(kind="monitor", **at())], "evidence": [(0, 40)],
            "trigger": Value(as_written=text[k : k + 3], span=(k, k + 3)),
        })
        for k in range(EACH)
    )  # fmt: skip
    return Reading(report=Report(text=text, id=str(n), published=day), claims=claims)


def add(archive: Archive, first: int, claims: int, *, singly: bool = False) -> float:
    """Seconds to add so many claims, of reports from number ``first`` on."""
    ready = {one.report.id: one for one in (reading(first + n) for n in range(claims // EACH))}
    start = time.perf_counter()
    if singly:
        for one in ready.values():
            archive.add(one.report, lambda r: ready[r.id], "bench")
    else:
        items = (Incoming(one.report) for one in ready.values())
        for _ in archive.add_all(items, lambda some: (ready[r.id] for r in some), "bench"):
            pass
    return time.perf_counter() - start


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    total = parser.parse_args().claims
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.isnad"
        with Archive.open(str(path), create=True) as archive:
            few = add(archive, 10_000_000, 1000)
            half = add(archive, 0, total // 2)
            rest = add(archive, total // 2 // EACH, total - total // 2)
            more = add(archive, 20_000_000, 1000)
            each = add(archive, 30_000_000, 1000, singly=True)
            start = time.perf_counter()
            found = sum(1 for _ in archive.search("سوق حلب", Filter(box=(36, 35, 37, 36), low=4)))
            searched = time.perf_counter() - start
            start = time.perf_counter()
            faults = sum(1 for _ in verify(archive))
            verified = time.perf_counter() - start
        size = path.stat().st_size / 1e6
    print(f"{total} claims, {size:.0f} MB")
    print(
        f"first half {half:.1f} s, second {rest:.1f} s: doubling {(half + rest) / half:.2f} x (2.3)"
    )
    print(f"1000 more: {more:.2f} s; into an empty archive {few:.2f} s: {more / few:.2f} x")
    print(f"1000 more, a transaction a report: {each:.2f} s")
    print(f"search with box and figure: {searched:.2f} s, {found} reports")
    print(f"verify: {verified:.1f} s, {faults} faults")


if __name__ == "__main__":
    main()
