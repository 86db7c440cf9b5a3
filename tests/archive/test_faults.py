"""What goes wrong: processes killed, disks full, files read-only, bits flipped, many writers."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from isnad.archive import Archive
from isnad.archive import engine as engines
from isnad.archive.verify import verify
from isnad.errors import IsnadError

from .conftest import TEXT, NewUrl, code, report

ROOT = Path(__file__).parents[2]

# A process that is killed, as if by `kill -9`, before its Nth statement or commit.
PROGRAM = """
import os, signal, sys
import alembic.command, psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from isnad.archive import Archive
from isnad.archive import engine as engines
from tests.archive.conftest import code, report
for argument in sys.argv[1:]:  # a child for each: importing is what takes time
    url, _, last = argument.rpartition("#")
    last, done, child = int(last), 0, os.fork()
    if child == 0:
        break
    print("left", os.waitpid(child, 0)[1], flush=True)
if child:
    sys.exit()
def step(*_):
    global done
    done += 1
    if done == last:
        os.kill(os.getpid(), signal.SIGKILL)
with Archive.open(url, create=True) as archive:
    for n in range(2):
        archive.add(report(f"قصف {n}", str(n)), code, "c")
        print(n, flush=True)
    sa.event.listen(archive.engine, "before_cursor_execute", step)
    sa.event.listen(archive.engine, "after_cursor_execute", step)
    sa.event.listen(archive.engine, "commit", step)
    archive.add(report("قصف 0 ثم قصف", "0"), code, "c")
    print("version", flush=True)
    list(archive.recode(lambda r: code(r, status="denied"), "d"))
    print("end", flush=True)
"""


def run(*children: str) -> list[str]:
    """What each child said before it was killed."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *children],
        env=env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    said = re.split(r"left \d+\n", done.stdout)
    return said[:-1]


STEPS = [1, 9, 14, 16, 18, 22, 30, 44]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_killed_anywhere_leaves_all_or_nothing(new_url: NewUrl) -> None:
    urls = [new_url() for _ in STEPS]
    told = run(*(f"{url}#{last}" for url, last in zip(urls, STEPS, strict=True)))
    for url, last, said in zip(urls, STEPS, told, strict=True):
        with Archive.open(url) as archive:
            assert list(verify(archive)) == [], f"killed at step {last}"
            texts = {(k.report.id, k.version) for k in archive.reports(versions=True)}
            assert {("0", 1), ("1", 1)} <= texts, "what was told as kept is there"
            if "version" in said:
                assert ("0", 2) in texts
            # the same run again completes what was cut off
            archive.add(report("قصف 0 ثم قصف", "0"), code, "c")
            list(archive.recode(lambda r: code(r, status="denied"), "d"))
            assert [t.claim.status for t in archive.tellings()] == ["denied"] * 3
            assert list(verify(archive)) == []
    ends = [said.endswith("end\n") for said in told]
    assert ends == sorted(ends) and not any(ends[:5]), "steps fall before, in and after the changes"


def test_a_process_killed_while_it_makes_the_file_leaves_no_half_of_it(tmp_path: Path) -> None:
    url = str(tmp_path / "a.isnad")
    program = PROGRAM.replace(
        "with Archive", 'sa.event.listen(Engine, "after_cursor_execute", step)\nwith Archive', 1
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    for last in (3, 20):
        command = [sys.executable, "-c", program, f"{url}#{last}"]
        done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
        assert done.stdout == b"left 9\n", done.stderr
        assert not Path(url).exists()


def test_a_full_disk_is_told_and_nothing_is_half(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "a.isnad"), create=True) as archive:
        archive.add(report(), code, "c")

        @sa.event.listens_for(archive.engine, "connect")
        def _full(raw: object, _: object) -> None:
            raw.execute("PRAGMA max_page_count = 1").close()  # type: ignore[attr-defined]

        archive.engine.dispose()  # the next connection is a new one
        with pytest.raises(IsnadError, match="E506"):
            archive.add(report(TEXT * 2000, "two"), code, "c")
        assert list(verify(archive)) == []
        assert [k.report.id for k in archive.reports()] == ["one"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "a.isnad"), create=True) as archive:
        archive.add(report(), code, "c")

        @sa.event.listens_for(archive.engine, "connect")
        def _read_only(raw: object, _: object) -> None:
            raw.execute("PRAGMA query_only = ON").close()  # type: ignore[attr-defined]

        archive.engine.dispose()
        with pytest.raises(IsnadError, match="E507"):
            archive.add(report("قصف", "two"), code, "c")
        assert [k.report.id for k in archive.reports()] == ["one"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.isnad"
    with Archive.open(str(path), create=True) as archive:
        archive.add(report(), code, "c")
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(IsnadError, match=r"E50[37]"), Archive.open(str(path)) as archive:
            archive.add(report("قصف", "two"), code, "c")
    finally:
        tmp_path.chmod(0o755)


def test_a_flipped_bit_in_a_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.isnad"
    with Archive.open(str(path), create=True) as archive:
        ident = archive.add(report("Zqx " + TEXT), code, "c").id
        archive.add(report(id="two"), code, "c")
    content = bytearray(path.read_bytes())
    content[content.index(b"Zqx")] ^= 1
    path.write_bytes(content)
    with Archive.open(str(path)) as archive:
        assert f"report {ident} version 1" in {f.what for f in verify(archive)}


def test_a_file_damaged_in_its_structure_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.isnad"
    with Archive.open(str(path), create=True) as archive:
        for n in range(50):
            archive.add(report(f"{TEXT} {n}", str(n)), code, "c")
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(IsnadError, match=r"E50[48]"), Archive.open(str(path)) as archive:
        faults = list(verify(archive))
        assert faults
        raise IsnadError("E504", "named by verify")


def test_a_second_writer_on_one_file_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_WAIT", 0.05)
    url = str(tmp_path / "a.isnad")
    with Archive.open(url, create=True) as one, Archive.open(url) as other:
        with engines.writing(one.engine):
            assert list(other.reports()) == [], "readers do not wait"
            with pytest.raises(IsnadError, match=r"another process.*E505"):
                other.add(report(), code, "c")
        assert other.add(report(), code, "c").status == "added"


def _write(url: str, worker: int) -> None:
    with Archive.open(url, create=True, by=f"worker {worker}") as archive:
        for n in range(12):  # the same reports, each in another order
            which = (n * 5 + worker) % 12
            archive.add(report(f"قصف {which} ثم قصف", str(which)), code, "c")
        archive.add(report(f"قصف من {worker}", f"own {worker}"), code, "c")


def _together(work: Callable[[str, int], None], url: str, count: int) -> None:
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, "alembic.command", "psycopg"])
    workers = [context.Process(target=work, args=(url, n)) for n in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    codes = [worker.exitcode for worker in workers]
    for worker in workers:
        with contextlib.suppress(ValueError):
            worker.kill()
    assert codes == [0] * count


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork server")
def test_eight_writers_at_a_time_lose_and_double_nothing(new_url: NewUrl) -> None:
    url = new_url()
    _together(_write, url, 8)
    with Archive.open(url) as archive:
        got = sorted(k.report.id for k in archive.reports(versions=True))
        assert got == sorted([*map(str, range(12)), *(f"own {n}" for n in range(8))])
        assert len(list(archive.tellings())) == 12 * 2 + 8
        assert [e.seq for e in archive.journal()] == list(range(1, 21))
        assert list(verify(archive)) == []
