"""``isnad incidents`` and ``isnad incident`` over coded reports, with the stand-in for the coder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from isnad.cli.incidents import incident, incidents
from isnad.errors import UsageError
from tests.cli.conftest import TEXT

pytestmark = pytest.mark.usefixtures("faked")


@pytest.fixture
def reports(tmp_path: Path) -> str:
    path = tmp_path / "r.jsonl"
    rows = [
        {"id": "a", "text": TEXT, "published": "2021-05-24", "publisher": "موقع\x1b[31m"},
        {"id": "b", "text": "عاجل " + TEXT, "published": "2021-05-24", "publisher": "ب"},
        {"id": "c", "text": "لا شيء", "publisher": "ج"},
    ]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return str(path)


def run(command: Any, *args: str) -> str:
    got = CliRunner().invoke(command, args, catch_exceptions=False)
    assert got.exit_code == 0, got.output
    return got.output


def lines(*args: str) -> list[dict[str, Any]]:
    return [json.loads(x) for x in run(incidents, *args, "--format", "jsonl").splitlines()]


def test_two_reports_of_one_event_are_one_incident(reports: str) -> None:
    (found,) = lines(reports, "--type", "shelling")
    assert [c["report"] for c in found["claims"]] == ["a", "b"]
    assert found["claims"][0]["why"]["with"] == found["claims"][1]["claim"]
    assert {"id", "type", "place", "time", "figures", "claims", "grade"} <= found.keys()
    assert [(r["outcome"], r["best"]) for r in found["figures"]] == [("killed", 5)]
    assert len(found["origins"]) == 1  # both quote one monitor
    assert [c["copy_of"] for c in found["claims"]] == [None, "a"]


@pytest.mark.parametrize(
    ("args", "left"),
    [
        (("--from", "2021-05-24"), 0), (("--to", "2021-05-23"), 1), (("--from", "2021-05-23"), 1),
        (("--box", "36,36,37,37"), 1), (("--box", "0,0,1,1"), 0), (("--box", "170,36,37,37"), 1),
        (("--actor", "syr-assad-forces"), 1), (("--actor", "usa-forces"), 0),
        (("--least", "2", "--type", "shelling"), 1), (("--least", "3"), 0),
    ],
)  # fmt: skip
def test_filters(reports: str, args: tuple[str, ...], left: int) -> None:
    assert len(lines(reports, *args)) == left


def test_the_same_report_given_twice_is_one(reports: str) -> None:
    assert lines(reports, reports) == lines(reports)


def test_two_texts_of_one_id_are_two_reports(reports: str, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "a", "text": "وردنا: " + TEXT, "published": "2021-05-24"}))
    (found,) = lines(reports, str(other), "--type", "shelling")
    assert [c["report"] for c in found["claims"]] == ["a", "a~2", "b"]


def test_the_list_is_for_people(reports: str) -> None:
    out = run(incidents, reports)
    assert "shelling" in out and "1 report and 1 copy, 1 origin" in out


def test_one_incident_side_by_side(reports: str) -> None:
    (found,) = lines(reports, "--type", "shelling")
    out = run(incident, found["id"], reports)
    assert "بلدة الأتارب" in out and "killed 5" in out and "\x1b[31m" not in out
    assert json.loads(run(incident, found["id"], reports, "--format", "json"))["id"] == found["id"]


def test_an_unknown_incident_is_refused(reports: str) -> None:
    with pytest.raises(UsageError, match="no incident"):
        run(incident, "inc-none", reports)


def test_an_ambiguous_beginning_is_refused(reports: str) -> None:
    with pytest.raises(UsageError, match="incidents of the id"):
        run(incident, "inc-", reports)
