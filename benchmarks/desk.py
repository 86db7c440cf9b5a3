"""The desk under load: ``python -m benchmarks.desk [--claims 100000] [--readers 50] [--seconds 60]``.

An archive of invented claims is made, `isnad desk` is started on it, and readers ask for a minute: each
looks at something, reads for a second on average, and looks at the next. p95 of search, map and list is
set against the health route's in the same run (none above 25); any answer that is an error fails it.
Filters, words, boxes and zooms are drawn anew for each request. ``--keep FILE`` keeps the archive.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from isnad.archive import Archive
from isnad.archive.adding import Incoming
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.model import Casualty, Claim, Participant, Place, Reading, Report, Source, Time, Value

EACH, TELLINGS, BOUND = 5, 4, 25
KINDS = ("shelling", "air_strike", "armed_attack", "explosive_device", "detention", "killing")
ACTORS = ("syr-assad-forces", "syr-sdf", "isis", "rus-air-force", "tur-forces")
NOUNS = ("مدنيين", "سوق", "منزل", "مشفى", "طريق", "قرية", "حاجز", "سيارة", "طائرة", "مدفعية")
SYLLABLES = ("قا", "رم", "سو", "طل", "هن", "بي", "عم", "دو", "شر", "زك", "في", "لو")
TOWNS = [
    "سرمين", "بنش", "تفتناز", "أريحا", "كفرنبل", "الأتارب", "مارع", "الباب", "جرابلس", "منبج", "الشحيل",
    "البصيرة", "هجين", "نوى", "طفس", "إنخل", "الحراك", "السخنة", "القريتين", "تدمر", "الرقة", "حلب",
]  # fmt: skip
PARTS = {"health": 4, "list": 4, "map": 3, "search": 3, "timeline": 1, "facets": 1, "incident": 2}


def readings(count: int) -> Iterator[Reading]:
    """Invented reports with ``count`` claims in all; each event is told by some of them."""
    rng = random.Random(9)
    places = [e for name in TOWNS for e in gazetteer().lookup(name)[:1]]
    for number in range(count // EACH):
        lines, claims = [], []
        day = dt.date(2012, 1, 1) + dt.timedelta(number * EACH // 25)
        at = 0
        for _ in range(EACH):
            event = random.Random((number // TELLINGS) * EACH + len(claims))
            place, kind, killed = event.choice(places), event.choice(KINDS), event.randint(1, 12)
            words = [
                event.choice(NOUNS),
                *("".join(event.choices(SYLLABLES, k=4)) for _ in range(3)),
            ]
            line = f"{killed} قتلى في {place.name_ar} {' '.join(words)} {rng.choice(NOUNS)}."

            def value(text: str, start: int = at, line: str = line) -> dict[str, object]:
                first = start + line.index(text)
                sure = round(rng.uniform(0.3, 0.95), 3)
                return {"as_written": text, "span": (first, first + len(text)), "rule": "bench",
                        "confidence": sure}  # fmt: skip

            claims.append(Claim.model_validate({
                "type": kind, "confidence": round(rng.uniform(0.2, 0.95), 3),
                "initiators": [Participant(actor=event.choice(ACTORS), **value("قتلى"))],
                "place": Place(lat=place.lat, lon=place.lon, radius_km=4, anchors=(place.id,),
                               **value(place.name_ar)),
                "time": Time(earliest=day, latest=day, **value("في")),
                "casualties": [Casualty(outcome="killed", low=killed, high=killed, **value(str(killed)))],
                "sources": [Source(kind="monitor", **value(words[0]))] if rng.random() < 0.5 else [],
                "trigger": Value(**value("قتلى")), "evidence": [(at, at + len(line))],
            }))  # fmt: skip
            lines.append(line)
            at += len(line) + 1
        report = Report(
            text="\n".join(lines), id=f"b{number}", title=lines[0][:60], published=day,
            publisher=f"وكالة {rng.choice(SYLLABLES)}{rng.choice(SYLLABLES)}",
            url=f"https://b{number}.example.org/",
        )  # fmt: skip
        yield Reading(report=report, claims=tuple(claims))


def made(path: Path, claims: int) -> None:
    """Make the archive."""
    ready: dict[str, Reading] = {}
    with Archive.open(str(path), create=True, by="benchmark") as archive:

        def coming() -> Iterator[Incoming]:
            for reading in readings(claims):
                ready[reading.report.id] = reading
                yield Incoming(reading.report)

        for _ in archive.add_all(coming(), lambda some: (ready.pop(r.id) for r in some), "bench"):
            pass


class Reader:
    """One reader on a connection of its own."""

    def __init__(self, port: int, token: str, seed: int, took: dict[str, list[float]]) -> None:
        self.port, self.token, self.took = port, token, took
        self.rng = random.Random(seed)
        self.ids: list[str] = []
        self.errors: list[str] = []

    async def read(self, until: float) -> None:
        """Ask until a moment."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(self.rng.uniform(0, 1))
        while time.monotonic() < until:
            what = self.rng.choices(list(PARTS), list(PARTS.values()))[0]
            begun = time.perf_counter()
            status, body = await self._ask(reader, writer, self._path(what))
            self.took[what].append(time.perf_counter() - begun)
            if status != 200:
                self.errors.append(f"{what}: {status} {body[:200]!r}")
            elif what == "list":
                self.ids = [row["id"] for row in json.loads(body)["items"]] or self.ids
            await asyncio.sleep(self.rng.expovariate(1.0))
        writer.close()

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str
    ) -> tuple[int, bytes]:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        return int(head.split()[1]), await reader.readexactly(length)

    def _path(self, what: str) -> str:
        rng = self.rng
        if what == "health":
            return "/api/v1/health"
        if what == "incident" and self.ids:
            return f"/api/v1/incidents/{rng.choice(self.ids)}"
        if what == "search":
            words = " ".join(rng.sample([*NOUNS, *TOWNS], rng.choice((1, 1, 2))))
            return f"/api/v1/search?q={quote(words)}"
        first = dt.date(2012, 1, 1) + dt.timedelta(rng.randrange(700))
        asked = {
            "from": first.isoformat(),
            "to": (first + dt.timedelta(rng.choice((7, 30, 365)))).isoformat(),
        }
        for name, values in (("type", KINDS), ("actor", ACTORS), ("low", range(1, 12))):
            if rng.random() < 0.4:
                asked[name] = str(rng.choice(values))
        if what == "map":
            asked["zoom"] = str(rng.randrange(4, 12))
        path = {"map": "map", "timeline": "timeline", "facets": "facets"}.get(what, "incidents")
        return f"/api/v1/{path}?{urlencode(asked)}"


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)] if times else float("nan")


async def load(
    port: int, token: str, readers: int, seconds: float
) -> tuple[dict[str, list[float]], list[str]]:
    """Times by part, and errors."""
    took: dict[str, list[float]] = defaultdict(list)
    people = [Reader(port, token, n, took) for n in range(readers)]
    until = time.monotonic() + seconds
    await asyncio.gather(*(p.read(until) for p in people))
    return took, [e for p in people for e in p.errors]


async def ready(port: int, token: str) -> None:
    """Wait until the desk has read the archive."""
    asking = Reader(port, token, 0, {})
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        _, body = await asking._ask(reader, writer, "/api/v1/state")
        writer.close()
        if json.loads(body)["building"] is None:
            return
        await asyncio.sleep(0.5)


def memory(pid: int) -> str:
    """The most memory that a process had, where the system tells it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(f"{int(x.split()[1]) // 1024} MB" for x in lines if x.startswith("VmHWM"))
    except (OSError, StopIteration):
        return "not known"


def main() -> None:
    """Run it; exit status 1 if an answer was an error or a bound is not held."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=100_000)
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "load.isnad"
        if not path.exists():
            begun = time.perf_counter()
            made(path, given.claims)
            print(f"{given.claims:,} claims kept in {time.perf_counter() - begun:.0f} s")
        command = [sys.executable, "-m", "isnad", "desk", "--archive", str(path), "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
            try:
                assert desk.stdout is not None
                address = desk.stdout.readline().strip()
                port = int(address.split(":")[2].split("/")[0])
                token = address.partition("token=")[2]
                begun = time.perf_counter()
                asyncio.run(ready(port, token))
                print(f"ready after {time.perf_counter() - begun:.0f} s, {memory(desk.pid)}")
                took, errors = asyncio.run(load(port, token, given.readers, given.seconds))
                print(f"most memory {memory(desk.pid)}")
            finally:
                desk.terminate()
                desk.wait(timeout=60)
    base, failed = p95(took["health"]), bool(errors)
    print(f"{given.readers} readers, {given.seconds:.0f} s, {sum(map(len, took.values())):,} answers, "
          f"{len(errors)} errors; load of the machine {os.getloadavg()[0]:.1f}")  # fmt: skip
    for part in PARTS:
        times = sorted(took[part])
        ratio = p95(times) / base
        bound = part in ("search", "map", "list")
        failed |= bound and not ratio <= BOUND
        print(f"{part:10} {len(times):6,}  median {times[len(times) // 2] * 1000:8.1f} ms  "
              f"p95 {p95(times) * 1000:8.1f} ms  {ratio:6.1f} x health{' (bound 25)' if bound else ''}")  # fmt: skip
    for error in errors[:5]:
        print(error)
    sys.exit(failed)


if __name__ == "__main__":
    main()
