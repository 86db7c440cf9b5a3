"""``isnad add`` keeps raw copies, ``verify`` names the bad ones, ``versions`` tells what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isnad.cli import cli
from isnad.errors import IsnadError
from isnad.gather.evidence.store import object_path, records

from .conftest import TEXT

pytestmark = pytest.mark.usefixtures("faked")


class Desk:
    def __init__(self, folder: Path) -> None:
        self.archive = str(folder / "a.isnad")
        self.evidence = folder / "a.evidence"
        self.file = folder / "r.txt"

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--archive", self.archive])

    def add(self, text: str, *more: str) -> Result:
        self.file.write_text(text, encoding="utf-8")
        return self.run("add", str(self.file), *more)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def code_of(done: Result) -> str:
    assert isinstance(done.exception, IsnadError)
    return done.exception.code


def test_a_report_names_its_raw_copy_and_verify_finds_what_is_wrong_with_it(desk: Desk) -> None:
    assert "1 added" in desk.add(TEXT).stdout
    assert "1 known" in desk.add(TEXT).stdout
    (copy,) = records(desk.evidence)
    assert copy.url == str(desk.file) and object_path(desk.evidence, copy.sha256).exists()
    assert copy.sha256 in desk.run("versions", "r").stdout
    done = desk.run("verify")
    assert done.exit_code == 0 and "every raw copy is whole" in done.stdout
    path = object_path(desk.evidence, copy.sha256)
    path.write_bytes(b"other")
    done = desk.run("verify")
    assert f"{path}: altered: " in done.stdout and code_of(done) == "E163"
    path.unlink()
    assert f"{path}: missing: " in desk.run("verify").stdout


def test_raw_copies_that_only_the_archive_knows_of_are_named_when_all_are_gone(desk: Desk) -> None:
    desk.add(TEXT)
    (copy,) = records(desk.evidence)
    desk.evidence.rename(desk.evidence.with_name("elsewhere"))
    done = desk.run("verify")
    assert f"{copy.sha256}: missing: r" in done.stdout and code_of(done) == "E163"
    done = desk.run("verify", "--evidence", str(desk.evidence.with_name("elsewhere")))
    assert done.exit_code == 0


def test_no_raw_copy_where_none_is_wanted(desk: Desk) -> None:
    assert desk.add(TEXT, "--no-evidence").exit_code == 0
    assert not desk.evidence.exists()
    assert desk.run("verify").exit_code == 0


def test_versions_tell_what_changed_in_words(desk: Desk) -> None:
    desk.add(TEXT)
    assert "1 new versions" in desk.add(TEXT.replace("خمسة مدنيين", "سبعة مدنيين")).stdout
    told = desk.run("versions", "r").stdout
    assert "from version 1 to 2" in told
    minus, plus = (x.split() for x in told.splitlines() if x.strip()[0] in "-+")
    assert "خمسة" in minus and "سبعة" in plus and "سبعة" not in minus
    records_of = [
        json.loads(x)
        for x in desk.run("versions", "r", "--format", "jsonl").stdout.split("\n")
        if x
    ]
    assert [len(r["raw"]) for r in records_of] == [1, 1]
    assert [r["changes"] != [] for r in records_of] == [False, True]
    assert records_of[1]["changes"][0]["after"] == "سبعة"
    assert code_of(desk.run("versions", "r", "--between", "1", "3")) == "E512"
    assert "from version 2 to 1" in desk.run("versions", "r", "--between", "2", "1").stdout


def test_a_page_added_twice_is_known(desk: Desk) -> None:
    page = desk.file.with_suffix(".html")
    page.write_text(
        f"<html lang=ar><title>قصف</title><body><article><h1>قصف على الأتارب</h1><p>بقلم سلمى</p><p>{TEXT}"
        f"<p>{'وقال سكان إن فرق الإسعاف نقلت الجرحى إلى المدينة. ' * 3}</article></html>",
        encoding="utf-8",
    )
    assert "1 added" in desk.run("add", str(page)).stdout
    assert "1 known" in desk.run("add", str(page)).stdout


def test_a_time_stamp_is_checked_with_the_copies(desk: Desk, tmp_path: Path) -> None:
    from shutil import which

    if which("openssl") is None:
        pytest.skip("no openssl for an authority")
    from tests.gather.evidence.authority import serving

    desk.add(TEXT)
    with serving(tmp_path / "tsa") as authority:
        made = desk.run(
            "stamp", "--tsa", authority.url, "--tsa-roots", str(authority.root),
            "--local-host", "localhost",
        )  # fmt: skip
        again = desk.run("stamp", "--tsa", authority.url, "--local-host", "localhost")
    assert "1 raw copies" in made.stdout and "signature checked" in made.stdout
    assert "no raw copy since" in again.stdout
    assert "signature not checked" in desk.run("verify").stdout
    done = desk.run("verify", "--tsa-roots", str(authority.root))
    assert done.exit_code == 0 and "CN=Invented Time Stamps, signature checked" in done.stdout
    path = desk.evidence / "copies.jsonl"
    path.write_text(path.read_text().replace('"status":null', '"status":200 '))
    done = desk.run("verify")
    assert "these were altered" in done.stdout and code_of(done) == "E163"


def test_removing_a_report_removes_its_raw_copies(desk: Desk) -> None:
    desk.add(TEXT)
    desk.add(TEXT.replace("خمسة مدنيين", "سبعة مدنيين"))
    lines = desk.file.with_suffix(".jsonl")
    lines.write_text('{"id": "a", "text": "أ"}\n{"id": "b", "text": "ب"}\n', encoding="utf-8")
    desk.run("add", str(lines))
    assert desk.run("remove", "r", "--why", " ").exit_code == 1
    assert len(list(desk.evidence.glob("objects/*/*"))) == 3
    assert "2 versions" in desk.run("remove", "r", "--why", "asked for").stdout
    assert len(list(desk.evidence.glob("objects/*/*"))) == 1
    assert "stays: other reports" in desk.run("remove", "a", "--why", "asked for").stdout
    assert "stays" not in desk.run("remove", "b", "--why", "asked for").stdout
    assert list(desk.evidence.glob("objects/*/*")) == []
    assert desk.run("verify").exit_code == 0
    done = desk.add(TEXT)
    assert "E166" in done.stderr and "0 added" in done.stdout
