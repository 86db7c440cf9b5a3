"""Write the saved pages and what is expected of them: ``python -m tests.gather.pages.make``.

Twelve families of sites × five invented stories, and ``expected.jsonl`` with a record a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.gather.pages.families import FAMILIES, Family
from tests.gather.pages.stories import STORIES, Story

HERE = Path(__file__).parent


def expected(family: Family, story: Story) -> dict[str, Any]:
    """What a page holds: title, paragraphs, outlet, day and what states it, byline."""
    paragraphs = [p.removeprefix("## ").removeprefix("- ") for p in story.paragraphs]
    title: str | None = story.title
    if family.name == "old":
        paragraphs = [p.replace("\u2067", "").replace("\u2069", "") for p in paragraphs]
        paragraphs[0] = f"{story.place} - {story.words} - {paragraphs[0]}"
    if family.name == "agency":
        paragraphs[0] = f"{story.place}، {story.words} ({family.outlet}) - {paragraphs[0]}"
    if family.name == "telegram":
        title, paragraphs = None, [story.title, *paragraphs]
    return {
        "file": f"{family.name}-{story.slug}.html", "title": title, "publisher": family.outlet,
        "published": story.day, "basis": family.basis,
        "byline": story.byline if family.byline else None, "paragraphs": paragraphs,
    }  # fmt: skip


def pages() -> Iterator[tuple[dict[str, Any], bytes]]:
    """Every page: what is expected of it, and its bytes."""
    for family in FAMILIES:
        for story in STORIES:
            source = family.make(story, family.outlet)
            yield expected(family, story), source.encode(family.encoding, "xmlcharrefreplace")


def main() -> None:
    """Write all files."""
    records = []
    for record, data in pages():
        (HERE / record["file"]).write_bytes(data)
        records.append(json.dumps(record, ensure_ascii=False))
    (HERE / "expected.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
