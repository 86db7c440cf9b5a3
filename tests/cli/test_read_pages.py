"""``isnad read`` on saved pages, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run

PAGES = Path(__file__).parent.parent / "gather" / "pages"


def test_a_page_gives_the_contract_s_record(run: Run) -> None:
    done = run("read", str(PAGES / "wordpress-convoy.html"), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert list(record) == ["id", "text", "title", "published", "publisher", "claims"]
    assert (record["published"], record["publisher"]) == ("2021-05-24", "صحيفة الميزان")
    assert record["claims"]
    for claim in record["claims"]:
        for start, end in claim["evidence"]:
            assert 0 <= start < end <= len(record["text"])


def test_a_page_on_standard_input(run: Run) -> None:
    data = (PAGES / "drupal-market.html").read_bytes()
    done = run("read", "-", "--format", "json", input=data)
    assert done.returncode == 0, done.stderr
    (reading,) = json.loads(done.stdout)
    assert reading["report"]["published_basis"] == "open-graph"


def test_a_page_without_a_report_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div id='__next'></div>", encoding="utf-8")
    done = run("read", str(tmp_path / "a.html"))
    assert done.returncode == 1
    assert b"[E142]" in done.stderr
    assert b"Traceback" not in done.stderr
