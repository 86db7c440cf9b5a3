"""The archive's commands as people use them, with the stand-in for the coder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import isnad.archive
from isnad.archive import Archive, migrate
from isnad.archive import engine as engines
from isnad.cli.add import add, recode
from isnad.cli.keep import backup, remove, restore, upgrade, verify
from isnad.cli.search import decide, search
from isnad.errors import IsnadError, UsageError
from isnad.model import Reading, Report
from tests.cli.conftest import TEXT, fake

pytestmark = pytest.mark.usefixtures("faked")

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": TEXT, "published": "2021-05-24", "publisher": "موقع\x1b[31m الضفاف",
     "title": "خمسة قتلى", "url": "https://dhifaf.example/a"},
    {"id": "b", "text": "أفاد مراسلنا بما يلي: " + TEXT, "published": "2021-05-25", "publisher": "صحيفة"},
    {"id": "c", "text": "لا شيء عن حلب", "published": "2021-05-20"},
]  # fmt: skip


def run(command: Any, *args: str, status: int = 0) -> Result:
    got = CliRunner().invoke(command, args, catch_exceptions=False)
    assert got.exit_code == status, got.output
    return got


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS), "utf-8")
    return path


@pytest.fixture
def archive(tmp_path: Path, inputs: Path) -> str:
    url = str(tmp_path / "a.isnad")
    run(add, str(inputs), "--archive", url, "--no-evidence", "--by", "نور")
    return url


def found(archive: str, *args: str) -> list[dict[str, Any]]:
    got = run(search, *args, "--archive", archive, "--format", "jsonl").stdout
    return [json.loads(line) for line in got.splitlines()]


def claims(archive: str) -> list[str]:
    return [c["id"] for r in found(archive) for c in r["claims"]]


def test_adding_says_what_became_of_each_report(tmp_path: Path, inputs: Path) -> None:
    url = str(tmp_path / "a.isnad")
    args = (str(inputs), "--archive", url, "--no-evidence")
    assert "3 added, 4 claims, 1 repeat an earlier report" in run(add, *args).stdout
    assert "0 added, 3 known, 0 claims" in run(add, *args).stdout
    changed = [{**ROWS[0], "text": TEXT + " وأضاف."}, {"id": "boom", "text": "boom"}]
    inputs.write_text("\n".join(json.dumps(r) for r in changed), "utf-8")
    got = run(add, *args, status=1)
    assert "0 added, 1 new versions, 2 claims, 1 refused" in got.stdout
    assert "W501" in got.stderr and "E199" in got.stderr and "Traceback" not in got.output


def test_without_an_archive_the_default_is_named(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    got = run(add, str(inputs), "--no-evidence")
    assert "archive.isnad" in got.stderr and "3 added" in got.stdout
    assert "3 reports" in run(search).stdout


FILTERS: list[tuple[tuple[str, ...], str]] = [
    ((), "ba c"), (("حلب",), "c"), (("Aleppo",), "c"), (('"قصف للجيش"',), "ba"),
    (("بلده الاتارب",), "ba"), (("بلده الاتارب", "--exact"), ""), (("بلدة الأتارب", "--exact"), "ba"),
    (("Atareb",), "ba"), (("--report", "a"), "a"), (("--publisher", "صحيفة"), "b"),
    (("--url", "https://dhifaf.example/a"), "a"), (("--published-from", "2021-05-25"), "b"),
    (("--published-to", "2021-05-20"), "c"), (("--type", "shelling"), "ba"), (("--type", "riot"), ""),
    (("--status", "denied"), "ba"), (("--status", "planned"), ""),
    (("--actor", "syr-assad-forces"), "ba"), (("--initiator", "syr-assad-forces"), "ba"),
    (("--target", "syr-assad-forces"), ""), (("--target", "civilians"), "ba"),
    (("--time-from", "2021-05-23"), "ba"), (("--time-from", "2021-05-24"), ""),
    (("--time-to", "2021-05-23"), "ba"), (("--time-to", "2021-05-22"), ""),
    (("--box", "36,36,37,37"), "ba"), (("--box", "0,0,1,1"), ""), (("--box", "170,-90,37,90"), "ba"),
    (("--outcome", "killed"), "ba"), (("--outcome", "killed", "--low", "5"), "ba"),
    (("--outcome", "killed", "--low", "6"), ""), (("--outcome", "killed", "--high", "4"), ""),
    (("--item", "tank"), "ba"), (("--item", "tank", "--low", "4"), ""), (("--low", "40"), "ba"),
    (("--source", "monitor"), "ba"), (("--source", "medical"), ""), (("--hit", "market"), ""),
    (("--place", "الأتارب"), "ba"), (("--place", "سرمين"), ""), (("--rule", "test أمس"), "ba"),
    (("--rule", "x"), ""), (("--coder", "x"), ""), (("--as-of", "1"), "a"), (("--limit", "1"), "b"),
    (("حلب", "--type", "shelling"), ""), (("الأتارب", "--outcome", "killed", "--low", "5"), "ba"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "wanted"), FILTERS, ids=lambda v: " ".join(v) or "none")
def test_every_filter(archive: str, args: tuple[str, ...], wanted: str) -> None:
    assert "".join(r["report"] for r in found(archive, *args)) == wanted.replace(" ", "")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--box", "1,2,3"), "E514"), (("--box", "a,b,c,d"), "E514"), (("--box", "0,9,1,1"), "E514"),
        (("--time-from", "yesterday"), "E001"), (("--published-to", "2021-02-30"), "E001"),
    ],
)  # fmt: skip
def test_filters_that_make_no_sense_are_refused(
    archive: str, args: tuple[str, ...], code: str
) -> None:  # fmt: skip
    with pytest.raises(UsageError, match=code):
        run(search, *args, "--archive", archive)


@pytest.mark.parametrize("columns", ["60", "120"])
def test_what_is_found_is_for_people(
    archive: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", columns)
    out = run(search, "الأتارب", "--archive", archive).stdout
    for words in ("2021-05-24", "خمسة قتلى", "shelling ongoing", "syr-assad-forces", "→ civilians",
                  "killed 5", "tank 3", "بلدة الأتارب", "day not told", "repeats r", "2 reports, 4 claims"):  # fmt: skip
        assert words in out, words
    assert "\x1b[31m" not in out and all(c in out for c in claims(archive))
    assert max(len(line.rstrip()) for line in out.splitlines()) <= int(columns) + 2


def test_a_newer_coder_is_shown_then_taken(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = claims(archive)[0]
    run(decide, "accept", first, "--archive", archive, "--by", "me")

    def newer(one: Report) -> Reading:
        made = fake(one)
        return made.model_copy(
            update={"claims": tuple(c.model_copy(update={"status": "denied"}) for c in made.claims)}
        )

    monkeypatch.setattr(isnad, "read", newer)
    monkeypatch.setattr(isnad.archive, "coder_version", lambda: "newer")
    dry = run(recode, "--archive", archive, "--dry-run").stdout
    assert "3 reports would be coded again, 2 with changes, 1 held" in dry
    assert "- ongoing" in dry and "+ denied" in dry and "held: decided by a person" in dry
    assert len(found(archive, "--status", "ongoing")) == 2
    assert "3 reports coded again" in run(recode, "--archive", archive).stdout
    assert [r["claims"][0]["id"] for r in found(archive, "--status", "ongoing")] == [first]
    assert "0 reports coded again" in run(recode, "--archive", archive).stdout


def test_a_report_that_cannot_be_coded_again_is_named(
    archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(one: Report) -> Reading:
        raise RuntimeError("boom")

    monkeypatch.setattr(isnad, "read", broken)
    monkeypatch.setattr(isnad.archive, "coder_version", lambda: "newer")
    got = run(recode, "--archive", archive, status=1)
    assert got.stderr.count("E199") == 3 and "0 reports coded again" in got.stdout


def test_decisions_are_recorded_taken_back_and_refused(archive: str) -> None:
    one, two, *_ = claims(archive)

    def decided(*args: str) -> str:
        return run(decide, *args, "--archive", archive, "--by", "me", "--why", "x").stdout.strip()

    made = decided("fix", one, "--slot", "status", "--value", '"denied"')
    assert made.startswith("d") and decided("same", one, two).startswith("d")
    assert decided("undo", made).startswith("d")
    for args, code in (
        (("fix", one, "--slot", "status", "--value", "{"), "E512"),
        (("fix", one), "E512"),
        (("same", one), "E512"),
        (("accept", "cNone"), "E512"),
        (("undo", "dNone"), "E512"),
    ):
        with pytest.raises(UsageError, match=code):
            run(decide, *args, "--archive", archive)


def test_keeping_backing_up_and_bringing_back(archive: str, tmp_path: Path) -> None:
    at = run(verify, "--archive", archive).stdout
    head = at.split()[-1]
    assert "whole, at 3:" in at and run(verify, "--archive", archive, "--head", head)
    file, again = str(tmp_path / "b.isnad"), str(tmp_path / "again.isnad")
    assert head in run(backup, file, "--archive", archive).stdout
    assert head in run(restore, file, "--archive", again).stdout
    assert found(again) == found(archive)
    for command in (lambda: run(backup, file, "--archive", archive),
                    lambda: run(restore, file, "--archive", again)):  # fmt: skip
        _refused(command, "E513")
    _refused(lambda: run(verify, "--archive", archive, "--head", "3:0"), "E515")
    assert "is of this version" in run(upgrade, "--archive", archive).stdout


def _refused(command: Callable[[], object], code: str) -> None:
    with pytest.raises(IsnadError, match=code):
        command()


def test_what_was_altered_is_named_and_makes_no_backup(archive: str, tmp_path: Path) -> None:
    with Archive.open(archive) as opened, opened.engine.begin() as c:
        c.exec_driver_sql("UPDATE report SET text = 'x' WHERE given = 'a'")
    got = CliRunner().invoke(verify, ["--archive", archive])
    assert "was altered" in got.stdout and isinstance(got.exception, IsnadError)
    _refused(lambda: run(backup, str(tmp_path / "b.isnad"), "--archive", archive), "E513")


def test_an_older_archive_is_refused_and_brought_up(archive: str) -> None:
    with Archive.open(archive) as opened, engines.writing(opened.engine) as c:
        migrate.down(c, "0001")
    _refused(lambda: run(search, "--archive", archive), "E509")
    assert f"from 0001 to {migrate.HEAD}" in run(upgrade, "--archive", archive).stdout
    assert len(found(archive, "الأتارب")) == 2
    assert "whole" in run(verify, "--archive", archive).stdout


def test_removing_for_somebody_s_safety(archive: str, inputs: Path) -> None:
    got = run(remove, "a", "--why", "asked for", "--archive", archive, "--by", "me")
    assert "a: removed (1 version)" in got.stdout
    assert [r["report"] for r in found(archive, "الأتارب")] == ["b"]
    assert found(archive, "--report", "b")[0]["copy_of"] is None, "it is the first of it now"
    assert "whole" in run(verify, "--archive", archive).stdout
    again = run(add, str(inputs), "--archive", archive, "--no-evidence")
    assert "W502" in again.stderr and "1 removed" in again.stdout
    for why, ident in ((" ", "b"), ("x", "none")):
        with pytest.raises(UsageError, match="E512"):
            run(remove, ident, "--why", why, "--archive", archive)
