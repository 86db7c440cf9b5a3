"""From reports to incidents by way of an archive, people's judgements included; invented reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from isnad.cli.add import add
from isnad.cli.incidents import incident, incidents
from isnad.cli.search import decide
from isnad.errors import UsageError

ROWS = [
    {
        "id": "a", "publisher": "موقع الضفاف", "published": "2019-05-24",
        "text": "قصفت قوات النظام بلدة كفرنبل بريف إدلب اليوم، ما أدى إلى مقتل ثلاثة مدنيين.",
    },
    {
        "id": "b", "publisher": "صحيفة المثال", "published": "2019-05-24",
        "text": "مقتل ثلاثة مدنيين بقصف لقوات النظام على بلدة كفرنبل اليوم الجمعة.",
    },
]  # fmt: skip


def run(command: Any, *args: str) -> str:
    got = CliRunner().invoke(command, args, catch_exceptions=False)
    assert got.exit_code == 0, got.output
    return got.stdout


@pytest.fixture
def archive(tmp_path: Path) -> str:
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS), "utf-8")
    run(add, str(reports), "--archive", str(tmp_path / "a.isnad"))
    return str(tmp_path / "a.isnad")


def found(archive: str) -> list[dict[str, Any]]:
    told = run(incidents, "--archive", archive, "--format", "jsonl")
    return [json.loads(line) for line in told.splitlines()]


def test_an_archive_is_joined_and_a_person_parts(archive: str) -> None:
    (one,) = found(archive)
    assert {c["report"] for c in one["claims"]} == {"a", "b"}
    assert one["id"] in run(incident, one["id"], "--archive", archive, "--format", "json")
    first, second = (c["claim"] for c in one["claims"])
    args = ("different", first, second, "--archive", archive, "--why", "two strikes")
    run(decide, *args)
    assert len(found(archive)) == 2


def test_reports_or_an_archive_not_both(archive: str) -> None:
    for args in (["r.jsonl", "--archive", archive], ["--archive", archive, "--publisher", "x"]):
        with pytest.raises(UsageError, match="archive"):
            CliRunner().invoke(incidents, args, catch_exceptions=False)
