"""Coding beside extracting the page: ``python -m benchmarks.coder [GOLD.jsonl]``.

The same articles, in the same run: trafilatura takes their main text out of an invented news page
around each, and the coder reads that text into claims. The figure is reports coded a page
extracted; and how the time grows when a report is ten times as long.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import trafilatura

from isnad.coding.coder import read
from isnad.model import Report

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "ours.jsonl"
ROUNDS = 5
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="صحيفة المثال"><meta property="article:published_time"
content="2024-03-03T10:00:00Z"></head><body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><time datetime="2024-03-03">3 آذار 2024</time>{body}</article>
<aside><h2>الأكثر قراءة</h2><ul>{menu}</ul></aside></main>
<section id="comments"><h3>التعليقات</h3><p>شكراً على الخبر.</p></section>
<footer>جميع الحقوق محفوظة</footer></body></html>"""
MENU = "".join(f'<li><a href="/{n}">قسم رقم {n} من أقسام الصحيفة</a></li>' for n in range(12))


def page(text: str) -> str:
    """An invented news page around a text."""
    lines = [escape(line) for line in text.split("\n") if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in lines)
    return PAGE.format(title=lines[0][:90], menu=MENU, body=body)


def seconds(work: Callable[[], object]) -> float:
    """The best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Print the figures."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    pages = [page(text) for text in texts]
    read(Report(text=texts[0]))  # loads the knowledge
    coded = seconds(lambda: [read(Report(text=text)) for text in texts])
    extracted = seconds(lambda: [trafilatura.extract(p, favor_precision=True) for p in pages])
    short = "\n\n".join(texts[:8])
    long = "\n\n".join([short] * 10)
    growth = seconds(lambda: read(Report(text=long))) / seconds(lambda: read(Report(text=short)))
    lines = (
        f"reports coded           {len(texts) / coded:8.0f} /s",
        f"pages extracted         {len(texts) / extracted:8.0f} /s",
        f"reports to a page       {extracted / coded:8.2f}",
        f"ten times the length    {growth:8.2f} times the time",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
