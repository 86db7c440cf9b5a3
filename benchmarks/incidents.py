"""What joining costs: ``python -m benchmarks.incidents [CLAIMS]`` (100,000 unless told).

Generated claims: towns drawn unevenly (the busiest has some 8 % of all), days over as many years as
keep the density of a war; one in ten tells no day, one in twenty no place. Printed: the time to build
all, half, and to add 1,000 more; doubling as a ratio within the same run.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time
from collections.abc import Iterator

from isnad.incidents import Index
from isnad.model import Casualty, Claim, Place, Telling, Time

TOWNS, PER_DAY, TELLINGS = 400, 60, 4
KINDS = ("shelling", "air_strike", "armed_attack", "explosive_device", "detention", "killing")
SYLLABLES = ("قا", "رم", "سو", "طل", "هن", "بي", "عم", "دو", "شر", "زك", "في", "لو")


def word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=4))


def generated(count: int, seed: int = 1) -> Iterator[Telling]:
    """``count`` tellings of about ``count / TELLINGS`` invented events, day after day."""
    rng = random.Random(seed)
    towns = [(rng.uniform(32.5, 37), rng.uniform(36, 42)) for _ in range(TOWNS)]
    weights = [1 / (n + 3) for n in range(TOWNS)]
    for number in range(count):
        if number % TELLINGS == 0:
            at = rng.choices(range(TOWNS), weights)[0]
            day = dt.date(2031, 1, 1) + dt.timedelta(number // PER_DAY)
            kind, killed, details = (
                rng.choice(KINDS),
                rng.randint(1, 12),
                [word(rng) for _ in range(6)],
            )
        claim = Claim(
            type=kind,
            place=Place(as_written=f"بلدة{at}", span=(0, 1), lat=towns[at][0], lon=towns[at][1], radius_km=4)
            if rng.random() > 0.05 else None,
            time=Time(as_written="ي", span=(0, 1), earliest=day, latest=day) if rng.random() > 0.1 else None,
            casualties=(Casualty(as_written="n", span=(0, 1), outcome="killed", low=killed, high=killed),),
        )  # fmt: skip
        words = " ".join([*rng.sample(details, 3), *(word(rng) for _ in range(6))])
        yield Telling(id=f"c{number:07}", report=f"r{number}", claim=claim, words=words)


def build(tellings: list[Telling]) -> tuple[Index, float]:
    begun = time.process_time()
    index = Index(tellings)
    index.settle()
    return index, time.process_time() - begun


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    tellings = list(generated(count + 1000))
    build(tellings[:500])
    _, half = build(tellings[: count // 2])
    index, whole = build(tellings[:count])
    begun = time.process_time()
    for telling in tellings[count:]:
        index.add(telling)
    touched = index.settle()
    more = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = (
        f"claims                        {count:9,}",
        f"incidents                     {len(index.groups()):9,}",
        f"build half                    {half:9.1f} s",
        f"build all                     {whole:9.1f} s",
        f"doubling costs                {whole / half:9.2f} times",
        f"add 1,000 more                {more:9.2f} s, {len(touched):,} claims judged anew",
        f"peak memory                   {peak:9.0f} MB",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
