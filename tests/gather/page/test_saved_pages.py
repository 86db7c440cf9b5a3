"""Sixty saved pages of twelve families of sites: text, furniture, date, outlet, and the map.

The pages are invented (``tests/gather/pages``). Others' figures on them: ``benchmarks/pages.py``.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from isnad.gather.page import read_page
from isnad.gather.page.blocks import key
from tests.gather.pages.furniture import ALL
from tests.gather.pages.make import HERE, pages

RECORDS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
FURNITURE = {key(line) for line in ALL}


def f1(got: str, wanted: str) -> float:
    """Of words, as many times as they stand."""
    a, b = Counter(got.split()), Counter(wanted.split())
    both = (a & b).total()
    return 2 * both / (a.total() + b.total())


def test_the_pages_are_what_the_generator_writes() -> None:
    assert len(RECORDS) == 60
    for record, data in pages():
        assert (HERE / record["file"]).read_bytes() == data, "run python -m tests.gather.pages.make"
    assert [r for r, _ in pages()] == RECORDS


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r["file"])
def test_a_saved_page(record: dict[str, Any]) -> None:
    data = (HERE / record["file"]).read_bytes()
    got = read_page(data)
    report = got.report
    wanted = [p for p in (record["title"], *record["paragraphs"]) if p]
    assert f1(report.text, "\n".join(wanted)) >= 0.97
    lines = [line for line in report.text.split("\n") if line]
    assert [line for line in lines if key(line) in FURNITURE] == []
    assert [p for p in wanted if p not in lines] == []
    assert (report.title, report.publisher) == (record["title"], record["publisher"])
    assert (str(report.published), report.published_basis) == (record["published"], record["basis"])
    assert (report.byline, report.language) == (record["byline"], "ar")
    assert got.remarks == ()
    for block in got.blocks:
        raw = b"".join(data[a:b] for a, b in block.raw).decode(got.encoding)
        if "__NEXT_DATA__" not in data.decode("utf-8", "replace"):
            words = html.unescape(raw)
            assert key(words) == key(report.text[block.span[0] : block.span[1]])


@pytest.mark.shared
def test_of_the_seed_and_its_furniture_nothing_but_the_article_is_coded(shared: Path) -> None:
    import isnad
    from isnad.gather import read_inputs
    from isnad.language.arabic.normal import fold

    (path,) = sorted((shared / "seeds").glob("000_*.txt"))
    (report,) = read_inputs([str(path)])
    reading = isnad.read(report)
    start = report.text.index("التعليقات (0)")
    assert reading.claims
    spans = [v.span for c in reading.claims for _, v in c.values()]
    spans += [s for c in reading.claims for s in c.evidence]
    assert [s for s in spans if s[1] > start] == []
    words = [fold(v.as_written) for c in reading.claims for _, v in c.values()]
    names = ("التعليقات", "الأكثر قراءة", "أهم المواضيع", "أهم التصنيفات")
    assert [w for w in words if any(fold(n) in w for n in names)] == []


@pytest.mark.shared
def test_the_seed_as_a_page_gives_the_article_alone(shared: Path) -> None:
    (path,) = sorted((shared / "seeds").glob("000_*.txt"))
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    cut = next(i for i, line in enumerate(lines) if line.startswith("التعليقات"))
    body = "".join(f"<p>{html.escape(p)}</p>" for p in lines[2:cut])
    rest = "".join(f"<div>{html.escape(p)}</div>" for p in lines[cut:])
    source = f"<html><title>{lines[0]}</title><body><h1>{lines[0]}</h1><div>{body}</div><div>{rest}</div></body></html>"
    got = read_page(source.encode()).report.text
    assert [" ".join(line.split()) for line in got.split("\n") if line] == [
        " ".join(line.split()) for line in [lines[0], *lines[2:cut]]
    ]
