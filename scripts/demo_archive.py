"""An archive to try the desk on: ``python scripts/demo_archive.py FILE``. All in it is invented.

It is made of the invented reports of ``examples/`` and ``tests/gold/``: some read by the coder, and
68 incidents told by 313 reports whose claims stand in the gold of incidents; one report is a
reprint, one has two versions, one has a raw copy, some hold what a hostile page would send.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import isnad
from isnad.archive import Archive, Raw
from isnad.knowledge.compiled import knowledge
from isnad.model import Claim, Reading, Report

ROOT = Path(__file__).parents[1]
CODER = "demo"
HOSTILE = (
    "<script>document.title='owned'</script> قتل ثلاثة مدنيين أمس بقصف مدفعي على بلدة سرمين، "
    "بحسب <img src=x onerror=alert(1)> الدفاع المدني. \u202eمقلوب\u202c 🕊 =1+1"
)


def lines(path: str) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    for line in (ROOT / path).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def read_ones() -> Iterator[Report]:
    """Reports that the coder reads."""
    fields = set(Report.model_fields)
    for path in (
        "examples/reports.jsonl",
        "tests/gold/ours.jsonl",
        "tests/gold/incidents/texts.jsonl",
    ):
        for record in lines(path):
            yield Report(**{k: v for k, v in record.items() if k in fields})


def told_ones() -> Iterator[Reading]:
    """Reports with the claims of the gold of incidents, and a text that holds their words."""
    reports: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in lines("tests/gold/incidents/claims.jsonl"):
        reports[record["telling"]["report"]].append(record["telling"])
    for ident, tellings in reports.items():
        text, claims = "", []
        for telling in tellings:
            start = len(text)
            text += telling["words"].strip() + "."
            claim = dict(telling["claim"])
            for slot, value in list(claim.items()):
                many = value if isinstance(value, list) else [value]
                some = [v for v in many if isinstance(v, dict) and "as_written" in v]
                for one in some:
                    text = _written(one, text, start, slot)
            claim["evidence"] = [(start, len(text))]
            claim["trigger"] = {
                "as_written": text[start : start + 4], "span": (start, start + 4), "rule": "demo",
            }  # fmt: skip
            claim["confidence"] = round(0.35 + (hash_of(telling["id"]) % 60) / 100, 3)
            claims.append(Claim.model_validate(claim))
            text += "\n"
        first = tellings[0]
        report = Report(
            text=text, id=ident, title=first["words"][:60].rsplit(" ", 1)[0],
            published=first.get("published"), publisher=first.get("publisher"),
            url=f"https://{ident}.example.org/news/{ident}",
        )  # fmt: skip
        yield Reading(report=report, claims=tuple(claims))


def hash_of(text: str) -> int:
    """A number of a text, the same in every run."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(text))


def _written(value: dict[str, Any], text: str, start: int, slot: str) -> str:
    """Give a value's words a place in the text, and write them there if they are not; the text."""
    words = value["as_written"]
    known = knowledge().actors.by_id.get(words)
    words = known.name_ar if known else words
    at = text.find(words, start)
    if at < 0:
        text += f" [{words}]"
        at = len(text) - len(words) - 1
    value |= {"as_written": words, "span": (at, at + len(words)), "rule": f"demo {slot}"}
    value["confidence"] = round(0.4 + (hash_of(words) % 55) / 100, 3)
    return text


def hostile() -> Iterator[Report]:
    """What must only ever be text."""
    yield Report(
        text=HOSTILE, id="hostile-1", title="\"><svg onload=alert(1)>", published="2024-03-05",
        publisher="<b>outlet</b>\u202e", url="javascript:alert(1)",
    )  # fmt: skip
    yield Report(
        text=HOSTILE.replace("ثلاثة", "أربعة"), id="../../etc/passwd", title="=HYPERLINK(\"x\")",
        published="2024-03-05", publisher="@SUM(1+1)", url="https://user@evil.example/%0aX",
    )  # fmt: skip


def build(path: str, most: int = 1000) -> Archive:
    """Make the archive; it is returned open. At most ``most`` reports are read by the coder."""
    archive = Archive.open(path, create=True, by="demo")
    version = isnad.__version__
    for report in (*islice(read_ones(), most), *hostile()):
        archive.add(report, isnad.read, version)
    ready = list(told_ones())
    for reading in ready:
        archive.add(reading.report, lambda _, r=reading: r, CODER)  # type: ignore[misc]
    first = ready[0].report
    reprint = first.model_copy(
        update={"id": "reprint", "publisher": "موقع الصدى", "url": "https://sada.example.org/1"}
    )
    archive.add(reprint, lambda r: Reading(report=r, claims=ready[0].claims), CODER)
    later = first.text.replace(".", " ثم أضيف سطر.", 1)
    about = {"url": first.url, "headers": {"content-type": "text/html"}}
    archive.add(
        first.model_copy(update={"text": later}), isnad.read, version,
        raw=[Raw(b"<html><script>alert(1)</script>", about)],
    )  # fmt: skip
    return archive


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python scripts/demo_archive.py FILE")
    with build(sys.argv[1]) as made:
        sys.stdout.write(f"{made.name}: {sum(1 for _ in made.reports())} reports\n")
