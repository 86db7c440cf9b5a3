"""What goes wrong: processes killed, disks full, files read-only, bits flipped, many writers."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from isnad.archive import Archive, Filter, Incoming, Raw
from isnad.archive import engine as engines
from isnad.archive.backup import backup
from isnad.archive.verify import verify
from isnad.errors import IsnadError
from isnad.model import Decision

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
from tests.archive.test_faults import changes
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
    archive.settle()
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(archive.engine, name, step)
    changes(archive, lambda done: print(done, flush=True))
"""


def changes(archive: Archive, tell: Callable[[str], object]) -> None:
    """Every kind of change; done again it completes what was cut off."""
    some = [report("قصف 0 ثم قصف", "0"), report("قصف 2 ثم قصف", "2"), report("قصف 2 ثم قصف", "3")]
    for one, _ in archive.add_all(map(Incoming, some), lambda rs: map(code, rs), "c"):
        tell(f"added {one.id}")
    archive.settle()
    list(archive.recode(lambda r: code(r, status="denied"), "d"))
    tell("recoded")
    claims = sorted(t.id for t in archive.tellings())
    if not list(archive.decisions()):
        archive.decide(Decision(by="me", kind="same", claims=(claims[0], claims[1])))
    tell("decided")
    if archive.report("1"):
        archive.remove("1", why="asked for")
    archive.settle()
    tell("end")


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


STEPS = {"sqlite": range(1, 150, 4), "postgresql": range(2, 150, 16)}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_killed_anywhere_leaves_all_or_nothing(new_url: NewUrl) -> None:
    first = new_url()
    steps = STEPS["postgresql" if "://" in first else "sqlite"]
    urls = [first, *(new_url() for _ in steps[1:])]
    told = run(*(f"{url}#{last}" for url, last in zip(urls, steps, strict=True)))
    for url, last, said in zip(urls, steps, told, strict=True):
        with Archive.open(url) as archive:
            assert list(verify(archive)) == [], f"killed at step {last}"
            ids = {(k.report.id, k.version) for k in archive.reports(versions=True)}
            assert ("0", 1) in ids and ("1" not in said or ("1", 1) in ids or "decided" in said)
            for n, version in (("0", 2), ("2", 1), ("3", 1)):
                if f"added {n}" in said:
                    assert (n, version) in ids, "what was told as kept is there"
            changes(archive, lambda done: None)
            assert [k.report.id for k in archive.reports()] == ["0", "2", "3"]
            assert {t.claim.status for t in archive.tellings()} == {"denied"}
            assert len(list(archive.decisions())) <= 1
            assert [bool(k.copies.of) for k in archive.reports()] == [False, False, True]
            assert list(verify(archive)) == []
            told_now = sorted(t.id for i in archive.incidents() for t in i.tellings)
            assert told_now == sorted(t.id for t in archive.tellings())
    ends = [said.endswith("end\n") for said in told]
    assert not any(ends[:5]), "steps fall into the changes"


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


def test_a_full_disk_is_told_and_nothing_is_half(disk: Callable[[int], Path]) -> None:
    folder = disk(3_000_000)
    with Archive.open(str(folder / "a.isnad"), create=True) as archive:
        archive.add(report(), code, "c")
        stuffing = folder / "stuffing"
        with contextlib.suppress(OSError), stuffing.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(IsnadError, match="E506"):
            archive.add(report(TEXT * 2000, "two"), code, "c")
        assert list(verify(archive)) == []
        assert [k.report.id for k in archive.reports()] == ["one"]
        stuffing.unlink()
        assert archive.add(report(TEXT * 20, "two"), code, "c").status == "added"
        assert list(verify(archive)) == []


@pytest.mark.parametrize("size", [60, 100, 110, 120, 130])  # pages: of some the log fits alone
def test_no_archive_is_made_half_on_a_full_disk(disk: Callable[[int], Path], size: int) -> None:
    folder = disk(size * 4096)
    with pytest.raises(IsnadError, match="E506"):
        Archive.open(str(folder / "a.isnad"), create=True)
    assert list(folder.iterdir()) == []


def test_no_backup_is_left_half_on_a_full_disk(disk: Callable[[int], Path], tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "a.isnad"), create=True) as archive:
        archive.add(report(TEXT * 2000), code, "c")
        folder = disk(800_000)
        with pytest.raises(IsnadError, match="E506"):
            backup(archive, folder / "b.isnad")
        assert list(folder.iterdir()) == []


LIMITED = """
import os, resource, signal, sys
from isnad.archive import Archive
from tests.archive.conftest import TEXT, code, report
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Archive.open(sys.argv[1]) as archive:
    resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(sys.argv[1]) + 9000,) * 2)
    archive.add(report(TEXT * 3000, "two"), code, "c")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits on files")
def test_a_limit_on_the_size_of_files_is_told(tmp_path: Path) -> None:
    url = str(tmp_path / "a.isnad")
    with Archive.open(url, create=True) as archive:
        archive.add(report(), code, "c")
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", LIMITED, url]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "[E506]" in done.stderr, done.stderr
    with Archive.open(url) as archive:
        assert list(verify(archive)) == []
        assert [k.report.id for k in archive.reports()] == ["one"]


@pytest.mark.usefixtures("postgres")
def test_a_full_disk_of_a_server_is_told(disk: Callable[[int], Path]) -> None:
    folder = disk(24_000_000) / "tables"
    folder.mkdir()
    shutil.chown(folder, "postgres")
    script = runpy.run_path(str(ROOT / "scripts" / "postgres.py"))
    with script["server"]() as address:  # one of its own: it may not survive a disk that is full
        admin = sa.create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as c:
            c.exec_driver_sql(f"CREATE TABLESPACE small LOCATION '{folder}'")
            c.exec_driver_sql("CREATE DATABASE small TABLESPACE small")
        admin.dispose()
        with Archive.open(address.format("small"), create=True) as archive:
            archive.add(report(), code, "c")
            kept = 1
            with pytest.raises(IsnadError, match="E506"):
                for n in range(40):
                    raw = [Raw(os.urandom(1_000_000), {})]
                    archive.add(report(f"قصف {n}", str(n)), code, "c", raw=raw)
                    kept += 1
            more = ["mount", "-o", "remount,size=90000000", str(folder.parent)]
            subprocess.run(more, check=True)  # room is made: sorting wants some, too
            assert list(verify(archive)) == []
            assert len(list(archive.reports())) == kept


def test_a_read_only_disk_can_be_read_and_says_that_it_cannot_be_written(
    disk: Callable[[int], Path],
) -> None:
    folder = disk(4_000_000)
    url = str(folder / "a # archive?.isnad")
    with Archive.open(url, create=True) as archive:
        archive.add(report(), code, "c")
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    with Archive.open(url) as archive:
        assert [k.report.id for k in archive.reports()] == ["one"]
        assert len(list(archive.search("الأتارب"))) == 1
        assert len(list(archive.incidents())) == 1 and list(verify(archive)) == []
        with pytest.raises(IsnadError, match="E507"):
            archive.add(report("قصف", "two"), code, "c")
    with pytest.raises(IsnadError, match="E503"):
        Archive.open(str(folder / "new.isnad"), create=True)


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Files are opened as by a user without rights, where this one has them all."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others")
@pytest.mark.parametrize("locked", ["file", "folder", "both"])
def test_a_read_only_file_or_folder_is_told(folder: Path, locked: str) -> None:
    path = folder / "in" / "a.isnad"
    with Archive.open(str(path), create=True) as archive:
        archive.add(report(), code, "c")
    path.chmod(0o444 if locked in ("file", "both") else 0o666)
    path.parent.chmod(0o555 if locked in ("folder", "both") else 0o777)
    with nobody(), pytest.raises(IsnadError, match=r"E50[37]"), Archive.open(str(path)) as archive:
        archive.add(report("قصف", "two"), code, "c")
    path.parent.chmod(0o755)
    with Archive.open(str(path)) as archive:
        assert [k.report.id for k in archive.reports()] == ["one"]
        assert list(verify(archive)) == []


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
        which = [(n * 5 + worker) % 12 for n in range(12)]  # the same reports, in other orders
        some = [Incoming(report(f"قصف {n} ثم قصف", str(n))) for n in which]
        own = [Incoming(report(f"قصف من {worker}", f"own {worker}"))]
        for _ in archive.add_all([*some, *own], lambda rs: map(code, rs), "c", at_once=1 + worker):
            pass
        (claim, *_) = [t.id for t in archive.tellings(Filter(report=f"own {worker}"))]
        archive.decide(Decision(by="me", kind="accept", claims=(claim,)))
        assert sum(len(i.tellings) for i in archive.incidents()) >= 25


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
        assert [e.seq for e in archive.journal()] == list(range(1, 29))
        assert len(list(archive.decisions())) == 8
        assert sorted(t.id for i in archive.incidents() for t in i.tellings) == sorted(
            t.id for t in archive.tellings()
        )
        assert list(verify(archive)) == []
