"""``isnad inputs`` lists every kind and setting; options of commands come from the same manifests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isnad.cli import cli
from isnad.errors import UsageError
from isnad.gather.kinds import KINDS, settings


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_every_kind_and_setting_is_listed_once() -> None:
    out = run("inputs").stdout
    names = [line.split(" ")[0] for line in out.splitlines() if line[0] != " "]
    assert [n for n in names if n != "all"] == [kind.name for kind in KINDS]
    for kind in KINDS:
        assert all(ending in out for ending in (*kind.endings, *kind.shares))
    assert out.count("--published DATE") == 1
    assert all(f"--{one.name} {one.form}" in out for one in settings())


@pytest.mark.parametrize("command", ["read", "explain", "add", "framing", "incidents", "incident"])
def test_commands_that_read_have_the_options_of_the_manifests(command: str) -> None:
    out = run(command, "--help").stdout
    assert all(f"--{one.name}" in out for one in settings())
    assert "--as KIND" in out


def test_settings_reach_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("a,b\n7,صمت\n", encoding="utf-8")
    done = run("read", str(path), "--as", "csv", "--columns", "text=b,id=a", "--format", "jsonl")
    record = json.loads(done.stdout)
    assert (record["id"], record["text"]) == ("7", "صمت")
    assert "no claims" in run("explain", str(path), "--as", "csv", "--columns", "text=b").stdout


def test_a_setting_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    done = run("read", str(tmp_path), "--set", "x")
    assert isinstance(done.exception, UsageError)
    assert done.exception.code == "E124"
