"""Raw copies: kept once, whole or not at all, and told when they are no longer what they were."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import filelock
import pytest

from isnad.errors import InputError
from isnad.gather.evidence import Evidence, verify_evidence
from isnad.gather.evidence.store import object_path, records
from isnad.gather.fetch import Fetched

URL = "https://news.example/1"
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def got(body: bytes, url: str = URL) -> Fetched:
    return Fetched(url, url, (), 200, (("etag", '"1"'),), body, NOW)


def test_a_copy_is_kept_with_how_it_was_come_by(tmp_path: Path) -> None:
    with Evidence(tmp_path / "e") as store:
        copy = store.keep(got(b"one"))
        assert store.read(copy) == b"one"
    assert list(records(tmp_path / "e")) == [copy]
    assert copy.tool.startswith("isnad ") and copy.headers == (("etag", '"1"'),)


def test_the_same_again_is_kept_once_and_a_change_is_a_new_version(tmp_path: Path) -> None:
    with Evidence(tmp_path) as store:
        first = store.keep(got("قتل خمسة\nفي حلب".encode()))
        assert store.keep(got("قتل خمسة\nفي حلب".encode())) == first
        second = store.keep(got("قتل ستة\nفي حلب".encode()))
        assert second.replaces == first.sha256
        third = store.keep(got("قتل خمسة\nفي حلب".encode()))
    with Evidence(tmp_path) as store:
        assert store.last(URL) == third
    assert [c.sha256 for c in records(tmp_path)] == [first.sha256, second.sha256, first.sha256]


def test_half_a_record_is_cut_off(tmp_path: Path) -> None:
    with Evidence(tmp_path) as store:
        copy = store.keep(got(b"one"))
    with (tmp_path / "copies.jsonl").open("ab") as file:
        file.write(b'{"url": "https://ne')
    assert list(records(tmp_path)) == [copy]
    with Evidence(tmp_path) as store:
        two = store.keep(got(b"two", URL + "2"))
    assert list(records(tmp_path)) == [copy, two]


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    with Evidence(tmp_path) as store:
        store.keep(got(b"one"))
    with (tmp_path / "copies.jsonl").open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(InputError) as error:
        list(verify_evidence(tmp_path))
    assert error.value.code == "E161" and str(error.value.where).endswith(":2")


def test_every_file_missing_or_altered_is_named(tmp_path: Path) -> None:
    with Evidence(tmp_path) as store:
        copies = [store.keep(got(bytes([n]), f"{URL}/{n}")) for n in range(5)]
        assert list(verify_evidence(tmp_path)) == []
        object_path(tmp_path, copies[1].sha256).unlink()
        object_path(tmp_path, copies[3].sha256).write_bytes(b"another")
        for copy in (copies[1], copies[3]):
            with pytest.raises(InputError, match="E163"):
                store.read(copy)
    faults = {(f.kind, f.urls, f.path.name) for f in verify_evidence(tmp_path)}
    assert faults == {
        ("missing", (f"{URL}/1",), copies[1].sha256),
        ("altered", (f"{URL}/3",), copies[3].sha256),
    }


def test_no_evidence_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E161"):
        list(verify_evidence(tmp_path / "none"))


def test_several_keep_copies_in_one_folder(tmp_path: Path) -> None:
    with Evidence(tmp_path) as one, Evidence(tmp_path) as other:
        first = one.keep(got(b"one"))
        assert other.keep(got(b"one")) == first, "what another kept meanwhile is known"
        second = other.keep(got(b"two"))
        assert second.replaces == first.sha256
        assert one.keep(got(b"two")) == second
        assert one.last(URL) == other.last(URL) == second
    assert list(records(tmp_path)) == [first, second]


def test_a_folder_that_is_held_too_long_is_told(tmp_path: Path) -> None:
    with Evidence(tmp_path, wait=0.01) as store, filelock.FileLock(tmp_path / "lock"):
        with pytest.raises(InputError, match="E162"):
            store.keep(got(b"one"))
        with pytest.raises(InputError, match="E162"):
            Evidence(tmp_path, wait=0.01)


def test_a_file_is_kept_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "تقرير.txt"
    file.write_bytes(b"x" * 3_000_000)
    with Evidence(tmp_path / "e") as store:
        copy = store.keep_file(file)
        assert (copy.url, copy.size, copy.status) == (str(file), 3_000_000, None)
        assert store.keep_file(file) == copy and store.read(copy) == file.read_bytes()
        file.write_bytes(b"y")
        assert store.keep_file(file).replaces is None, "a file is no address"
        with pytest.raises(FileNotFoundError):
            store.keep_file(tmp_path / "none")
        with pytest.raises(IsADirectoryError):
            store.keep_file(tmp_path)
    assert list((tmp_path / "e" / "incoming").iterdir()) == []


def test_what_a_killed_writer_left_is_swept_when_it_is_nobodys(tmp_path: Path) -> None:
    with Evidence(tmp_path):
        pass
    old, new = tmp_path / "incoming" / "old", tmp_path / "incoming" / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    with Evidence(tmp_path):
        assert not old.exists() and new.exists(), "another may be writing it"


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Evidence(tmp_path) as store:
        one = store.keep(got(b"one"))
        real = os.fsync

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="No space left"):
            store.keep(got(b"two"))
        monkeypatch.setattr(os, "fsync", real)
        assert list(records(tmp_path)) == [one] and store.last(URL) == one
        assert len([p for p in (tmp_path / "objects").rglob("*") if p.is_file()]) == 1
        assert store.keep(got(b"two")).replaces == one.sha256
    assert list(verify_evidence(tmp_path)) == []


_WRITER = """
import datetime, sys
from pathlib import Path
from isnad.gather.evidence import Evidence
from isnad.gather.fetch import Fetched
with Evidence(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    for n in range(100000):
        url = f"https://news.example/{n}"
        now = datetime.datetime.now(datetime.timezone.utc)
        store.keep(Fetched(url, url, (), 200, (), str(n).encode() * 2000, now))
"""


def test_killed_at_any_moment_it_holds_only_what_is_whole(tmp_path: Path) -> None:
    kept = 0
    for moment in (0.01, 0.05, 0.13):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE
        )  # fmt: skip
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        time.sleep(moment)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert list(verify_evidence(tmp_path)) == []
        urls = [c.url for c in records(tmp_path)]
        assert len(urls) == len(set(urls)) >= kept
        kept = len(urls)
    assert kept


def test_what_is_removed_is_gone_for_good_and_not_missing(tmp_path: Path) -> None:
    with Evidence(tmp_path) as store:
        one, two = store.keep(got(b"one")), store.keep(got(b"two", URL + "2"))
        with Evidence(tmp_path) as other:
            store.remove([one.sha256])
            for keeper in (store, other):
                with pytest.raises(InputError, match="E166"):
                    keeper.keep(got(b"one", URL + "3"))
        store.remove([one.sha256])
        assert store.read(two) == b"two"
    assert not object_path(tmp_path, one.sha256).exists()
    assert len([r for r in records(tmp_path) if r.removed_at]) == 1
    assert list(verify_evidence(tmp_path)) == []
    (fault,) = verify_evidence(tmp_path, [(one.sha256, "r1")])
    assert fault.kind == "missing", "a report is still made of it"
    with Evidence(tmp_path) as store, pytest.raises(InputError, match="E166"):
        store.keep(got(b"one"))
