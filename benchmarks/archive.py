"""An archive of many claims on one SQLite file: what 1,000 more cost, and what doubling costs.

    python -m benchmarks.archive [--claims 100000]

Coding is left out (ready claims are added). The bound on doubling is 2.3 x; adding 1,000 claims to
the large archive is set against adding them to an empty one. The same for joining: all anew, half
of it, 1,000 more. Prints the time to verify, too. Seconds are the processor's: a busy machine
changes them little.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

from isnad.archive import Archive, Filter, Incoming, Wanted
from isnad.archive.verify import verify
from isnad.archive.view.state import clear
from isnad.model import Casualty, Claim, Participant, Place, Reading, Report, Source, Time, Value

EACH = 5  # claims of a report
BUSY = Wanted(types=("air_strike",), least=2)
SYLLABLES = ("قا", "رم", "سو", "طل", "هن", "بي", "عم", "دو", "شر", "زك", "في", "لو")
WORDS = ["قصف", "سوق", "حلب", *("".join(p) for p in product(SYLLABLES, repeat=3))]
KINDS = ("shelling", "air_strike", "armed_attack", "explosive_device", "detention", "killing")
_SHARES = [1 / (n + 5) for n in range(len(WORDS))]  # as words of a language are shared out
TOLD = 4  # reports that tell each event
TOWNS, A_DAY = 400, 15


def event(number: int) -> dict[str, object]:
    """What tellings of an invented event share; the busiest towns have most of them."""
    rng = random.Random(f"event {number}")
    town = min(int(rng.paretovariate(0.7)), TOWNS)
    at = random.Random(f"town {town}")
    day = dt.date(2015, 1, 1) + dt.timedelta(days=number // A_DAY % 20_000)
    return {
        "type": rng.choice(KINDS), "lat": at.uniform(33, 37), "lon": at.uniform(36, 42),
        "day": day, "killed": rng.randint(1, 12),
    }  # fmt: skip


def reading(n: int) -> Reading:
    """Report number ``n`` with its claims; the same for the same number."""
    rng = random.Random(n)
    text = " ".join(rng.choices(WORDS, weights=_SHARES, k=120))

    def at() -> dict[str, object]:
        start = rng.randrange(len(text) - 8)
        return {"as_written": text[start : start + 6], "span": (start, start + 6), "rule": "bench"}

    claims, last = [], dt.date(2015, 1, 1)
    for k in range(EACH):
        e = event(n // TOLD * EACH + k)
        day, killed = e["day"], e["killed"]
        assert isinstance(day, dt.date)
        last = max(last, day)
        start = 20 * k
        claims.append(Claim.model_validate({
            "type": e["type"], "initiators": [Participant(actor="syr-assad-forces", **at())],
            "place": Place(lat=e["lat"], lon=e["lon"], radius_km=3, **at())
            if rng.random() > 0.05 else None,
            "time": Time(earliest=day, latest=day, **at()) if rng.random() > 0.1 else None,
            "casualties": [Casualty(outcome="killed", low=killed, high=killed, **at())],
            "sources": [Source(kind="monitor", **at())], "evidence": [(start, start + 40)],
            "trigger": Value(as_written=text[k : k + 3], span=(k, k + 3)),
        }))  # fmt: skip
    report = Report(text=text, id=str(n), published=last, publisher=f"p{n % 40}")
    return Reading(report=report, claims=tuple(claims))


def add(archive: Archive, first: int, claims: int, *, singly: bool = False) -> float:
    """Seconds of the processor to add so many claims, of reports from number ``first`` on."""
    ready = {one.report.id: one for one in (reading(first + n) for n in range(claims // EACH))}
    start = time.process_time()
    if singly:
        for one in ready.values():
            archive.add(one.report, lambda r: ready[r.id], "bench")
    else:
        items = (Incoming(one.report) for one in ready.values())
        for _ in archive.add_all(items, lambda some: (ready[r.id] for r in some), "bench"):
            pass
    return time.process_time() - start


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Seconds of the processor that something takes, and what it gives."""
    start = time.process_time()
    out = work()
    return time.process_time() - start, out


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    total = parser.parse_args().claims
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.isnad"
        with Archive.open(str(path), create=True) as archive:
            measure(archive, total)
        size, use = path.stat().st_size / 1e6, resource.getrusage(resource.RUSAGE_SELF)
    say(f"{total} claims: {size:.0f} MB, {use.ru_maxrss / 1024:.0f} MB of memory at most")


def measure(archive: Archive, total: int) -> None:
    """All figures of an archive of ``total`` claims."""
    few = add(archive, 10_000_000, 1000)
    archive.settle()  # reads the knowledge, too
    half = add(archive, 0, total // 2)
    joined_half, _ = timed(archive.settle)
    whole = half + add(archive, total // 2 // EACH, total - total // 2)
    say(f"adding {whole:.1f} s, half {half:.1f} s: doubling {whole / half:.2f} x (2.3)")
    with archive.engine.begin() as c:
        clear(c)
    joined, _ = timed(archive.settle)
    doubled = joined / joined_half
    say(f"joining {joined:.1f} s, half {joined_half:.1f} s: doubling {doubled:.2f} x (2.3)")
    more = add(archive, total // EACH, 1000)
    say(f"1000 more: {more:.2f} s; into an empty archive {few:.2f} s: {more / few:.2f} x")
    brought, _ = timed(archive.settle)
    say(f"joining 1000 more: {brought:.2f} s, {joined / brought:.0f} times less than all")
    each = add(archive, total // EACH + 200, 1000, singly=True)
    say(f"1000 more, a transaction a report: {each:.2f} s")
    archive.settle()
    again, _ = timed(archive.settle)
    asked, count = timed(lambda: len(archive.incidents_page(BUSY, limit=50).rows))
    say(f"joining when nothing is new: {again * 1000:.0f} ms; {count} incidents: {asked:.2f} s")
    box = Filter(box=(36, 35, 37, 36), low=4)
    searched, found = timed(lambda: sum(1 for _ in archive.search("سوق حلب", box)))
    say(f"search with box and figure: {searched:.2f} s, {found} reports")
    verified, faults = timed(lambda: sum(1 for _ in verify(archive)))
    say(f"verify: {verified:.1f} s, {faults} faults")


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
