"""A disk that is full while reports come in: a small file system of the test's own is filled."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

TEXT = "قتل {0} مدنيين بقصف على مدينة حلب، بحسب مصادر محلية. " * 20
ISNAD = f"{shlex.quote(sys.executable)} -m isnad"


def on_a_small_disk(folder: Path, size: str, *commands: str) -> list[tuple[int, str]]:
    """Exit status and words of each command; ``!SIZE`` makes the disk another size."""
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    lines = [f"mount -t tmpfs -o size={size} tmpfs {disk} || exit 77", f"cd {disk}"]
    for command in commands:
        if command.startswith("!"):
            lines.append(f"mount -o remount,size={command[1:]} {disk}")
        else:
            lines.append(f"{command} 2>&1; s=$?; echo; echo status $s")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", "\n".join(lines)],
        capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    if "status" not in done.stdout:
        pytest.skip(f"no file system of its own can be had here: {done.stderr.strip()}")
    parts = done.stdout.split("status ")
    return [
        (int(after.split()[0]), before.partition("\n")[2] if n else before)
        for n, (before, after) in enumerate(pairwise(parts))
    ]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    lines = [json.dumps({"id": str(n), "text": TEXT.format(n)}) for n in range(120)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a file system of its own")
def test_adding_leaves_nothing_half_and_is_completed_when_there_is_room(
    tmp_path: Path, reports: Path
) -> None:
    add = f"{ISNAD} add --workers 1 {reports} --archive a.isnad"
    verify = f"{ISNAD} verify --archive a.isnad"
    look = "ls a.evidence/incoming | wc -l"
    full, left, again, whole = on_a_small_disk(tmp_path, "2200k", add, look, "!60m", add, verify)
    assert full[0] == 1 and "E506" in full[1] and "Traceback" not in full[1]
    assert left[1].split() == ["0"], "nothing half-written"
    assert again[0] == 0 and " refused" not in again[1]
    counts = {what: int(n) for n, what in re.findall(r"(\d+) (added|known)", again[1])}
    assert counts["added"] + counts["known"] == 120 and counts["added"] > 0
    assert whole[0] == 0 and "every raw copy is whole" in whole[1]


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a file system of its own")
def test_a_watch_ends_with_its_reason_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.txt").write_text(TEXT.format(n), encoding="utf-8")
    config = tmp_path / "w.toml"
    config.write_text(
        f'[watch]\narchive = "{tmp_path}/disk/a.isnad"\njournal = "{tmp_path}/disk/w"\n'
        f'[[source]]\nname = "in"\nkind = "folder"\npath = "in"\nevery = "1s"\n',
        encoding="utf-8",
    )
    watch, verify = f"{ISNAD} watch --once {config}", f"{ISNAD} verify --archive a.isnad"
    full, again, whole = on_a_small_disk(tmp_path, "1300k", watch, "!60m", watch, verify)
    assert full[0] == 1 and "Traceback" not in full[1]
    assert any(code in full[1] for code in ("E160", "E173", "E506")), full[1]
    assert again[0] == 0 and whole[0] == 0
    first = full[1].count("in: added")
    assert first + again[1].count("in: added") in (60, 61), "one may have been told of twice"
