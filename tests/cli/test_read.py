"""``isnad read``: formats, order, streaming, what is refused, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

import isnad
from isnad.cli import cli
from isnad.cli.read import CSV_COLUMNS
from isnad.errors import KnowledgeError

from .conftest import TEXT

pytestmark = pytest.mark.usefixtures("faked")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    records = [{"text": TEXT, "id": "a", "published": "2021-05-24", "publisher": "وكالة"},
               {"text": "لا شيء", "id": "[bold]b[/red]"}, {"text": TEXT, "id": "c"}]  # fmt: skip
    path.write_text("\n".join(json.dumps(r) for r in records) + "\n{bad\n", encoding="utf-8")
    return path


def invoke(*arguments: object, **known: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], **known)  # type: ignore[arg-type]


def test_jsonl_is_the_contract_in_input_order(file: Path) -> None:
    got = invoke("read", file, "--format", "jsonl")
    assert got.exit_code == 1  # one line was refused
    records = [json.loads(line) for line in got.stdout.splitlines()]
    assert [r["id"] for r in records] == ["a", "[bold]b[/red]", "c"]
    assert [len(r["claims"]) for r in records] == [2, 0, 2]
    for record in records:
        for claim in record["claims"]:
            for slot in ("initiators", "targets", "casualties", "forces", "materiel", "sources"):
                for value in claim[slot]:
                    start, end = value["span"]
                    assert record["text"][start:end] == value["as_written"]
    assert re.search(r"^isnad: .*r\.jsonl:4: .* \[E107\]$", got.stderr, re.M)
    assert got.stderr.splitlines()[-1] == "isnad: 3 reports, 4 claims, 1 refused"


def test_json_is_one_array_even_when_nothing_was_read(file: Path, tmp_path: Path) -> None:
    readings = json.loads(invoke("read", file, "--format", "json").stdout)
    assert len(readings) == 3
    assert readings[0]["claims"][0]["place"]["rule"] == "test بلدة الأتارب"
    assert isnad.Reading.model_validate(readings[0]).report.id == "a"
    got = invoke("read", tmp_path / "none", "--format", "json")
    assert json.loads(got.stdout) == []
    assert got.exit_code == 1


def test_csv_has_a_row_a_claim(file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(invoke("read", file, "--format", "csv").stdout)))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [(r["report"], r["claim"]) for r in rows] == [
        ("a", "0"),
        ("a", "1"),
        ("c", "0"),
        ("c", "1"),
    ]
    assert rows[0]["targets"] == "civilians; المرصد"
    assert rows[0]["casualties"] == "killed 5 civilians"
    assert rows[0]["forces"] == "≥ 40"
    assert rows[1]["place"] == rows[1]["lat"] == ""


@pytest.mark.parametrize("width", [40, 80, 109, 110, 120, 160, 200, 300])
def test_the_table_fits_and_isolates(file: Path, width: int) -> None:
    out = invoke("read", file, env={"COLUMNS": str(width)}).stdout
    for line in out.splitlines():
        assert cell_len(line) <= width
        assert line.count("\u2068") == line.count("\u2069")
    assert "[bold]b[/red]" in out  # what a report says is never taken for markup
    assert "no claims" in out
    assert "weapons" in out
    assert "shelling" in out
    assert "unresolved" not in out
    assert ("╭" in out) == (width >= 110)


def test_long_lists_are_cut_aloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    who = tuple(isnad.model.Participant(as_written="ا", span=(i, i + 1)) for i in range(20))
    claim = isnad.Claim(type="losses", targets=who)
    monkeypatch.setattr(isnad, "read", lambda r: isnad.Reading(report=r, claims=(claim,)))
    (tmp_path / "a.txt").write_text("ا" * 20, encoding="utf-8")
    assert "+ 14 more" in invoke("read", tmp_path / "a.txt").stdout


def test_html_is_one_safe_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"<script>alert(1)</script>{TEXT}", encoding="utf-8")
    page = invoke("read", tmp_path / "a.txt", "--format", "html", "--publisher", "<b>x").stdout
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "<script" not in page
    assert "<b>x" not in page
    assert '<mark class="place" title="claim 0: place">بلدة الأتارب</mark>' in page
    assert not re.search(r'(src|href)="(?!https://www\.geonames\.org/)', page)


def test_a_report_that_cannot_be_coded_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", "boom"), ("c", TEXT)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    got = invoke("read", tmp_path, "--format", "jsonl")
    assert [json.loads(x)["id"] for x in got.stdout.splitlines()] == ["a", "c"]
    assert "isnad: b: coding failed (RuntimeError: boom)" in got.stderr
    assert got.exit_code == 1


def test_broken_knowledge_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise KnowledgeError("E301", "no", "x.csv:1")

    monkeypatch.setattr(isnad, "read", broken)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert isinstance(invoke("read", tmp_path / "a.txt").exception, KnowledgeError)


def test_published_fills_gaps(file: Path) -> None:
    got = invoke(
        "read", file, "--format", "jsonl", "--published", "2022-01-01", "--publisher", "ناشر"
    )
    records = [json.loads(line) for line in got.stdout.splitlines()]
    assert [r["published"] for r in records] == ["2021-05-24", "2022-01-01", "2022-01-01"]
    assert [r["publisher"] for r in records] == ["وكالة", "ناشر", "ناشر"]


def test_reports_are_coded_one_by_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each record is written before the next report is read: nothing is held back."""
    from isnad.cli import read as module
    from isnad.model import Reading, Report

    written: list[int] = []
    out = io.StringIO()

    def stream() -> object:
        for i in range(3):
            written.append(out.getvalue().count("\n"))
            yield Reading(report=Report(text="x", id=str(i)))

    module.WRITERS["jsonl"](stream(), out)  # type: ignore[arg-type]
    assert written == [0, 1, 2]
