"""Page reading beside other readers, on the saved pages of ``tests/gather/pages``.

    python -m benchmarks.pages

For each reader: F1 of the text's words (mean, and of the worst page), pages with a line of furniture
in them, paragraphs lost, days and outlets right of those stated, and time against trafilatura's
plain call in the same run. The pages are ours and invented; Isnad was built on them, the others were not.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.gather.pages.furniture import ALL  # noqa: E402

PAGES = ROOT / "tests" / "gather" / "pages"


class Got(NamedTuple):
    """What a reader made of a page; ``None`` where it does not say."""

    text: str
    day: str | None = None
    outlet: str | None = None


def isnad_page(data: bytes) -> Got:
    """Ours."""
    from isnad.gather.page import read_page

    report = read_page(data).report
    return Got(report.text, str(report.published or ""), report.publisher)


def trafilatura_plain(data: bytes) -> Got:
    """trafilatura as called without options."""
    from trafilatura import bare_extraction

    found = bare_extraction(data, with_metadata=True)
    return Got(found.text or "", found.date, found.sitename) if found else Got("")


def readability(data: bytes) -> Got:
    """readability-lxml; it reads neither date nor outlet."""
    from lxml.html import fromstring
    from readability import Document

    text = data.decode("cp1256" if b"windows-1256" in data else "utf-8")
    tree = fromstring(Document(text).summary())
    return Got("\n".join(t.strip() for t in tree.itertext() if t.strip()))


def newspaper(data: bytes) -> Got:
    """newspaper4k, told that the language is Arabic."""
    from newspaper import Article

    article = Article("https://page.example/", language="ar", fetch_images=False)
    article.download(
        input_html=data.decode("cp1256" if b"windows-1256" in data else "utf-8"),
    )
    article.parse()
    day = article.publish_date
    return Got(article.text, str(day)[:10] if day else None, article.meta_site_name or None)


READERS: dict[str, Callable[[bytes], Got]] = {
    "Isnad": isnad_page,
    "trafilatura, plain": trafilatura_plain,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def key(text: str) -> str:
    """Letters and digits."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def f1(got: str, wanted: str) -> float:
    """Of words, as many times as they stand."""
    a, b = Counter(got.split()), Counter(wanted.split())
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def measure(read: Callable[[bytes], Got], records: list[dict[str, Any]]) -> dict[str, Any]:
    """One reader on all pages."""
    scores, furnished, lost, days, outlets, failed = [], 0, 0, 0, 0, 0
    furniture = {key(line) for line in ALL}
    start = time.process_time()
    answers = []
    for record in records:
        try:
            answers.append(read((PAGES / record["file"]).read_bytes()))
        except Exception:
            failed += 1
            answers.append(Got(""))
    took = time.process_time() - start
    for record, got in zip(records, answers, strict=True):
        wanted = "\n".join(record["paragraphs"])
        text = got.text
        if record["title"]:  # some give the title with the text: no one gains or loses by it
            text = text.replace(record["title"], "", 1) if record["title"] in text[:300] else text
        scores.append(f1(text, wanted))
        lines = {key(line.lstrip("-# ")) for line in text.splitlines()}
        furnished += bool(lines & furniture)
        whole = key(text)
        lost += sum(key(p) not in whole for p in set(record["paragraphs"]))
        lost += sum(
            max(0, min(n, 2) - whole.count(key(p)))
            for p, n in Counter(record["paragraphs"]).items()
            if n > 1 and key(p) in whole
        )
        days += got.day == record["published"]
        outlets += got.outlet == record["publisher"]
    return {
        "mean": sum(scores) / len(scores), "worst": min(scores), "furnished": furnished,
        "lost": lost, "days": days, "outlets": outlets, "failed": failed, "took": took,
    }  # fmt: skip


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    records = [
        json.loads(line)
        for line in (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    first = (PAGES / records[0]["file"]).read_bytes()
    for read in READERS.values():
        read(first)  # imports, caches
    found = {name: measure(read, records) for name, read in READERS.items()}
    base = found["trafilatura, plain"]["took"]
    n, paragraphs = len(records), sum(len(r["paragraphs"]) for r in records)
    print(f"| {n} pages | F1 mean | F1 worst | with furniture | of {paragraphs} paragraphs lost "
          "| day right | outlet right | time |")  # fmt: skip
    print("| --- " * 8 + "|")
    for name, m in found.items():
        print(f"| {name} | {m['mean']:.3f} | {m['worst']:.3f} | {m['furnished']} | {m['lost']} "
              f"| {m['days']} | {m['outlets']} | {m['took'] / base:.1f} × |")  # fmt: skip
        if m["failed"]:
            print(f"({name}: {m['failed']} pages failed)")


if __name__ == "__main__":
    main()
