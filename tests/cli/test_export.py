"""``isnad export``: from an archive as of a snapshot, and straight from reports."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from isnad.cli.add import add
from isnad.cli.export import export
from isnad.cli.search import decide, search
from isnad.errors import UsageError

from .conftest import TEXT

pytestmark = pytest.mark.usefixtures("faked")


def run(command: Any, *args: object, status: int = 0) -> Any:
    got = CliRunner().invoke(command, [str(a) for a in args], catch_exceptions=False)
    assert got.exit_code == status, got.output
    return got


def write(path: Path, *ids: str) -> Path:
    rows = [{"id": i, "text": f"{TEXT} {i}", "published": "2021-05-24"} for i in ids]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def manifest(path: Path) -> dict[str, Any]:
    found = json.loads(Path(f"{path}.manifest.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_straight_from_reports(tmp_path: Path) -> None:
    reports, out = write(tmp_path / "r.jsonl", "a", "b"), tmp_path / "o.csv"
    got = run(export, "--as", "acled", reports, "-o", out)
    (event,) = rows(out)
    assert event["sub_event_type"] == "Shelling/artillery/missile attack"
    assert event["fatalities"] == "5"
    m = manifest(out)
    assert (m["rows"], m["selected"], m["snapshot"]) == (1, 3, None)  # the denials are two events
    assert list(m["inputs"]) == ["r.jsonl"] and len(m["inputs"]["r.jsonl"]) == 64
    assert "left out" in got.stderr and "denied" in got.stderr
    run(export, "--as", "csv", "--each", "claim", "--outcome", "killed", reports, "-o", out)
    assert [r["report_ids"] for r in rows(out)] == ["a", "b"]


def test_what_is_refused_shows_in_the_status(tmp_path: Path) -> None:
    reports = write(tmp_path / "r.jsonl", "a", "boom")
    run(export, "--as", "csv", reports, "-o", tmp_path / "o.csv", status=1)
    assert len(rows(tmp_path / "o.csv")) == 2


def test_for_the_public(tmp_path: Path) -> None:
    reports, out = write(tmp_path / "r.jsonl", "a"), tmp_path / "o.csv"
    run(export, "--as", "csv", "--public", "--km", "25", reports, "-o", out)
    (shelling,) = [r for r in rows(out) if r["type"] == "shelling"]
    assert shelling["place"] == "" and float(shelling["radius_km"]) > 17
    assert manifest(out)["public"]["km"] == 25
    assert "الأتارب" not in out.read_text(encoding="utf-8")


def test_a_snapshot_gives_the_same_bytes_whatever_came_after(tmp_path: Path) -> None:
    at, out = tmp_path / "a.isnad", tmp_path / "o.jsonl"
    run(add, write(tmp_path / "r.jsonl", "a", "b"), "--archive", at)
    run(export, "--as", "jsonl", "--archive", at, "-o", out)
    first, snapshot = out.read_bytes(), manifest(out)["snapshot"]
    run(add, write(tmp_path / "s.jsonl", "c"), "--archive", at)
    one = json.loads(first.splitlines()[0])["claims"]
    run(decide, "reject", one[0]["claim"], "--archive", at)
    run(export, "--as", "jsonl", "--archive", at, "-o", out)
    assert out.read_bytes() != first
    name = f"{snapshot['seq']}:{snapshot['hash'][:12]}"
    run(export, "--as", "jsonl", "--archive", at, "--as-of", name, "-o", out)
    assert out.read_bytes() == first
    assert manifest(out)["snapshot"] == snapshot


def test_the_filter_is_that_of_search(tmp_path: Path) -> None:
    at, out = tmp_path / "a.isnad", tmp_path / "o.csv"
    run(add, write(tmp_path / "r.jsonl", "a", "b"), "--archive", at)
    for asked in (["--item", "tank"], ["--status", "denied"], ["--place", "nowhere"]):
        run(export, "--as", "csv", "--each", "claim", "--archive", at, *asked, "-o", out)
        found = run(search, "--archive", at, *asked, "--format", "jsonl").stdout
        want = {c["id"] for line in found.splitlines() for c in json.loads(line)["claims"]}
        assert {r["claim_ids"] for r in rows(out)} == want
        assert manifest(out)["filter"] == {asked[0][2:]: asked[1]}


@pytest.mark.parametrize(("args", "code"), [
    (["--as", "nonesuch", "x.jsonl"], "E601"), (["--as", "csv", "--km", "5", "x.jsonl"], "E602"),
    (["--as", "csv", "--coder", "1", "x.jsonl"], "E602"),
    (["--as", "csv", "--as-of", "3", "x.jsonl"], "E009"),
    (["--as", "csv", "--published", "2021-01-01"], "E009"),
    (["--as", "csv", "--archive", "A", "--as-of", "99"], "E606"),
    (["--as", "csv", "--archive", "A", "--as-of", "1:ffff"], "E606"),
    (["--as", "csv", "--archive", "A", "--as-of", "now"], "E606"),
])  # fmt: skip
def test_wrong_use(tmp_path: Path, args: list[str], code: str) -> None:
    run(add, write(tmp_path / "x.jsonl", "a"), "--archive", tmp_path / "A")
    args = [str(tmp_path / a) if a in ("A", "x.jsonl") else a for a in args]
    with pytest.raises(UsageError, match=code):
        CliRunner().invoke(export, [*args, "-o", str(tmp_path / "o")], catch_exceptions=False)
    assert not (tmp_path / "o").exists()
