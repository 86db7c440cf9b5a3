"""``isnad watch`` as a process: one at a time, told to stop, killed at any moment, always once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from isnad.archive import Archive
from isnad.archive.verify import verify
from isnad.cli import cli
from isnad.errors import IsnadError, UsageError
from isnad.gather.evidence import verify_evidence
from tests.conftest import Run
from tests.gather.watch.site import Site, channel, page, served, text

CONFIG = """
[watch]
archive = "news.isnad"
delay = "10ms"
retry = "50ms"
retry-most = "200ms"
tries = 100
wait = "5s"
whole = "4s"
local-hosts = ["localhost"]
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


def config(folder: Path, site: Site, *sources: tuple[str, str]) -> str:
    path = folder / "news.toml"
    tables = [
        f'[[source]]\nname = "{name}"\nkind = "{kind}"\nevery = "1s"\n'
        + (f'path = "{name}"\n' if kind == "folder" else f'url = "{site.address}/{name}"\n')
        for name, kind in sources
    ]
    path.write_text(CONFIG + "".join(tables), encoding="utf-8")
    return str(path)


def kept(folder: Path) -> dict[str, list[str]]:
    """Texts of the archive by address or id, all versions; all of it verified."""
    out: dict[str, list[str]] = {}
    with Archive.open(str(folder / "news.isnad")) as archive:
        assert list(verify(archive)) == []
        assert list(verify_evidence(folder / "news.evidence", archive.raw_elsewhere())) == []
        for one in archive.reports(versions=True):
            out.setdefault(one.report.url or one.report.id, []).append(one.report.text)
    return out


def held(folder: Path) -> int:
    """How many reports the archive has."""
    time.sleep(0.3)
    with Archive.open(str(folder / "news.isnad")) as archive:
        return sum(1 for _ in archive.reports())


def begun(path: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "isnad", "watch", path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def until(done: Any, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def invoke(*arguments: str) -> Result:
    """Run it in this process."""
    return CliRunner().invoke(cli, ["watch", *arguments])


def test_once_status_and_check(tmp_path: Path, site: Site) -> None:
    site.feed("/feed", [0, 1])
    site.pages |= {f"/p/{n}": page(n) for n in range(2)}
    path = config(tmp_path, site, ("feed", "feed"), ("none", "page"))

    def status() -> list[dict[str, Any]]:
        lines = invoke(path, "--status", "--format", "jsonl").stdout.splitlines()
        return [json.loads(line) for line in lines]

    assert invoke(path, "--check").stdout.endswith(": right, 2 sources\n")
    assert status()[0]["last_success"] is None and not (tmp_path / "news.watch").exists()
    done = invoke(path, "--once")
    assert done.exit_code == 1, "one source failed"
    assert "2 added, 2 claims, 1 looks failed" in done.stdout
    feed, none = status()
    assert (feed["reports"], feed["waiting"], feed["last_error"]) == (2, 0, None)
    assert feed["last_success"] and none["last_success"] is None and none["next_due"]
    assert "404" in none["last_error"] and none["lag_s"] >= 0
    table = invoke(path, "--status").stdout
    assert "success" in table and "feed" in table and "404" in table
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [("[watch]\n", [], "'archive' is missing"), ("[", ["--check"], "no TOML"),
     (None, [], "cannot be read"), (None, ["--once", "--status"], "exclude each other"),
     ('[watch]\narchive = "a"\nx = 1\n', ["--check"], "'x' is no setting")],
)  # fmt: skip
def test_what_is_wrong_is_told_by_file_and_key(
    tmp_path: Path, text: str | None, arguments: list[str], words: str
) -> None:
    path = tmp_path / "news.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = invoke(str(path), *arguments)
    assert isinstance(done.exception, UsageError)
    assert words in done.stderr + done.exception.message


def test_two_watches_of_one_configuration_refuse_each_other_and_a_signal_ends_one(
    tmp_path: Path, site: Site
) -> None:
    site.feed("/feed", [0])
    site.pages["/p/0"] = page(0)
    path = config(tmp_path, site, ("feed", "feed"))
    for number in (signal.SIGTERM, signal.SIGINT):
        process = begun(path)
        try:
            asked = len(site.asked)
            until(lambda n=asked: len(site.asked) > n + 1)
            other = invoke(path, "--once")
            assert isinstance(other.exception, IsnadError) and other.exception.code == "E172"
            assert invoke(path, "--status").exit_code == 0, "a running watch can be asked"
            process.send_signal(number)
            out, said = process.communicate(timeout=60)
        finally:
            process.kill()
        assert process.returncode == 0 and b"Traceback" not in said
        assert b"added" in out
    assert invoke(path, "--once").exit_code == 0


def test_killed_at_any_moment_with_every_fault_it_ends_with_everything_once(
    run: Run, tmp_path: Path, site: Site
) -> None:
    chance = random.Random(7)
    site.feed("/feed", list(range(8)))
    site.sitemap("/map", list(range(4, 12)))
    site.pages |= {f"/p/{n}": page(n) for n in range(12)}
    site.pages["/page"] = page("ألف")
    site.pages["/channel"] = channel(7, 1, 2, 3)
    for path in ("/feed", "/map", "/page", "/channel", *(f"/p/{n}" for n in range(12))):
        site.faults[path] = chance.choices([500, 503, 429, "reset", "cut", "lie", "slow"], k=2)
    (tmp_path / "in").mkdir()
    for n in range(6):
        (tmp_path / "in" / f"{n}.txt").write_text(text(f"1{n}"), encoding="utf-8")
    path = config(
        tmp_path, site, ("feed", "feed"), ("map", "sitemap"), ("page", "page"), ("in", "folder"),
        ("channel", "telegram"),
    )  # fmt: skip
    for _ in range(4):
        process, asked = begun(path), len(site.asked)
        until(lambda n=asked: len(site.asked) > n)
        time.sleep(chance.uniform(0, 0.7))
        process.kill()
        process.communicate()
        if (tmp_path / "news.isnad").exists():
            assert all(len(versions) == 1 for versions in kept(tmp_path).values())
    process = begun(path)
    try:
        until(lambda: held(tmp_path) == 22)
        assert len(kept(tmp_path)) == 22, "an archive that is written to can be verified"
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()
    found = kept(tmp_path)
    assert sorted(found) == sorted(
        [f"{site.address}/p/{n}" for n in range(12)]
        + [f"https://t.me/nour_example/{n}" for n in (1, 2, 3)]
        + [f"{site.address}/page", *"012345"]
    )
    assert all(len(versions) == 1 for versions in found.values()), "once, and no half of any"
    added = run("add", *(f"{site.address}/p/{n}" for n in (0, 5)), "--local-host", "localhost",
                "--archive", str(tmp_path / "news.isnad"))  # fmt: skip
    assert "0 added, 2 known" in added.stdout.decode(), "the same by hand is known"
    for n in range(12):
        assert "مستشفيات المدينة" in found[f"{site.address}/p/{n}"][0], "the page, not the feed"
