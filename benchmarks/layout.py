"""How fast a page is parted into report and furniture, and that hostile pages do not slow it.

    python benchmarks/layout.py

Invented pages (no report is quoted): a menu, a title, paragraphs, related headlines. Processor
time, best of three, for 2,000 characters; then hostile texts at one and two times 500,000
characters: a ratio near 2 is linear.
"""

from __future__ import annotations

import random
import sys
import time

from isnad.coding.layout import blocks

WORDS = [
    "قصفت",
    "الطائرات",
    "بلده",
    "قرب",
    "المدينه",
    "مساء",
    "امس",
    "وقال",
    "مصدر",
    "طبي",
    "ان",
    "مدنيين",
    "اصيبوا",
    "بجروح",
    "نقلوا",
    "الي",
]
HOSTILE = {
    "equal lines": "قصفت الطائرات قريه كفرعمه\n",
    "one line": "قصفت الطائرات قريه كفرعمه، ",
    "headings": "ريف حلب:\n",
    "markers": "اقرا ايضا\n",
    "bullets": "- (",
    "handles": "@a ",
    "dashes": "ا - ",
    "emoji": "🔴",
}


def page(rng: random.Random) -> str:
    def words(n: int) -> str:
        return " ".join(rng.choices(WORDS, k=n))

    paragraphs = [words(rng.randint(20, 45)) + "." for _ in range(7)]
    related = [words(rng.randint(6, 12)) for _ in range(6)]
    return "\n".join(["الرئيسيه", "سياسه", words(9), *paragraphs, "مقالات ذات صله", *related])


def seconds(texts: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            blocks(text)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    rng = random.Random(1)
    pages = [page(rng) for _ in range(500)]
    per_page = seconds(pages) / sum(map(len, pages)) * 2000
    out = sys.stdout.write
    out(f"{per_page * 1000:.3f} ms for 2,000 characters\n")
    for name, piece in HOSTILE.items():
        n = 500_000 // len(piece)
        once, twice = seconds([piece * n]), seconds([piece * 2 * n])
        out(f"{name:12} {once:.3f} s, twice as long {twice / once:.2f}×\n")


if __name__ == "__main__":
    main()
