"""Time stamps by an authority on loopback: what they vouch for, and what they find out."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from isnad.errors import InputError
from isnad.gather.evidence import Evidence, stamp, stamps
from isnad.gather.fetch import Fetched, Limits

from .authority import Authority, made, serving

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="no openssl for an authority")
LOCAL = Limits(wait=20, whole=20, local=frozenset({"localhost"}))
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with serving(tmp_path_factory.mktemp("tsa") / "a") as one:
        yield one


@pytest.fixture(autouse=True)
def right(authority: Authority) -> None:
    authority.wrong = None


def keep(folder: Path, *bodies: bytes) -> None:
    with Evidence(folder) as store:
        for body in bodies:
            url = f"https://nour.example/{body.decode()}"
            store.keep(Fetched(url, url, (), 200, (), body, NOW))


def test_one_stamp_vouches_for_all_copies_so_far(tmp_path: Path, authority: Authority) -> None:
    keep(tmp_path, b"1", b"2")
    first = stamp(tmp_path, authority.url, roots=[authority.root], limits=LOCAL)
    assert first is not None and (first.copies, first.trusted, first.fault) == (2, True, None)
    assert first.at is not None and abs((dt.datetime.now(dt.UTC) - first.at).total_seconds()) < 300
    assert first.authority == "CN=Invented Time Stamps"
    asked = authority.asked
    assert stamp(tmp_path, authority.url, limits=LOCAL) is None and authority.asked == asked
    keep(tmp_path, b"3")
    second = stamp(tmp_path, authority.url, limits=LOCAL)
    assert second is not None and (second.copies, second.trusted) == (3, False)
    found = list(stamps(tmp_path, [authority.root]))
    assert [(s.copies, s.fault, s.trusted) for s in found] == [(2, None, True), (3, None, True)]
    # anyone can check it without this program
    records = (tmp_path / "copies.jsonl").read_bytes()[: found[0].size]
    (tmp_path / "first").write_bytes(records)
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-in", found[0].path, "-data", tmp_path / "first",
         "-CAfile", authority.root],
        capture_output=True, check=False,
    )  # fmt: skip
    assert b"Verification: OK" in done.stdout + done.stderr


def test_records_altered_or_cut_off_since_are_found_out(
    tmp_path: Path, authority: Authority
) -> None:
    keep(tmp_path, b"1", b"2")
    stamp(tmp_path, authority.url, limits=LOCAL)
    path = tmp_path / "copies.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"2026-03-01", b"2026-02-01"))
    assert [s.fault for s in stamps(tmp_path)] == ["it is about other records: these were altered"]
    path.write_bytes(whole[: whole.index(b"\n") + 1])
    assert [s.fault for s in stamps(tmp_path)] == ["the records that it is about were cut off"]
    path.write_bytes(whole)
    (one,) = stamps(tmp_path)
    assert one.fault is None
    one.path.write_bytes(b"none")
    (tmp_path / "stamps" / "x.tsr").write_bytes(b"")
    assert all(s.fault for s in stamps(tmp_path))


def test_another_root_does_not_vouch_for_it(tmp_path: Path, authority: Authority) -> None:
    keep(tmp_path, b"1")
    other = made(tmp_path / "other")
    with pytest.raises(InputError, match="signature does not hold") as error:
        stamp(tmp_path, authority.url, roots=[other], limits=LOCAL)
    assert error.value.code == "E165" and not (tmp_path / "stamps").exists()
    with pytest.raises(InputError, match="no certificates"):
        stamp(tmp_path, authority.url, roots=[tmp_path / "none"], limits=LOCAL)


def test_an_answer_to_another_request_is_none(tmp_path: Path, authority: Authority) -> None:
    keep(tmp_path / "a", b"1")
    keep(tmp_path / "b", b"2")
    one = stamp(tmp_path / "a", authority.url, limits=LOCAL)
    assert one is not None
    authority.wrong = (200, one.path.read_bytes())
    with pytest.raises(InputError, match="about other records"):
        stamp(tmp_path / "b", authority.url, limits=LOCAL)
    one.path.unlink()
    with pytest.raises(InputError, match="answers another request"):
        stamp(tmp_path / "a", authority.url, limits=LOCAL)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [((500, b""), "E165"), ((200, b"junk"), "E165"), ((200, b""), "E165"), ((307, b""), "E157"),
     ((200, bytes.fromhex("30053003020102")), "E165")],
)  # fmt: skip
def test_what_is_no_stamp_is_refused(
    tmp_path: Path, authority: Authority, wrong: tuple[int, bytes], code: str
) -> None:
    keep(tmp_path, b"1")
    authority.wrong = wrong
    with pytest.raises(InputError) as error:
        stamp(tmp_path, authority.url, limits=LOCAL)
    assert error.value.code == code and not list(tmp_path.glob("stamps/*"))


def test_an_authority_inside_is_not_asked(tmp_path: Path, authority: Authority) -> None:
    keep(tmp_path, b"1")
    with pytest.raises(InputError, match="E152"):
        stamp(tmp_path, authority.url)


def test_nothing_to_stamp(tmp_path: Path, authority: Authority) -> None:
    keep(tmp_path)
    assert stamp(tmp_path, authority.url, limits=LOCAL) is None
    assert list(stamps(tmp_path)) == []
