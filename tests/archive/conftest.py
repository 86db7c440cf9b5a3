"""Every test of the archive runs on both engines; PostgreSQL is started here."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from isnad.archive import Archive
from isnad.model import Casualty, Claim, Participant, Place, Reading, Report, Time, Value

ROOT = Path(__file__).parents[2]
NewUrl = Callable[[], str]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """An address with ``{}`` for the database."""
    script = runpy.run_path(str(ROOT / "scripts" / "postgres.py"))
    missing = script["install"]()
    if missing:
        pytest.skip(missing)
    with script["server"]() as address:
        yield address


def new_database(address: str) -> str:
    name = f"a{next(_numbers)}"
    engine = sa.create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as c:
        c.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return address.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Makes addresses of archives that are not there yet, on each engine."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"a{next(_numbers)}.isnad")
    address = request.getfixturevalue("postgres")
    return lambda: new_database(address)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder into which every user of the machine may look, as a server's user must."""
    path = Path(tempfile.mkdtemp(prefix="isnad-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def disk(folder: Path) -> Iterator[Callable[[int], Path]]:
    """Makes small disks: folders that hold so many bytes and no more."""
    mounted: list[Path] = []

    def make(size: int) -> Path:
        if sys.platform != "linux" or os.geteuid() != 0:
            pytest.skip("only root on Linux can mount a small disk")
        path = folder / f"disk{next(_numbers)}"
        path.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        mounted.append(path)
        return path

    yield make
    for path in mounted:
        subprocess.run(["umount", "-l", path], check=True)


@pytest.fixture
def archive(new_url: NewUrl) -> Iterator[Archive]:
    with Archive.open(new_url(), create=True, by="tester") as opened:
        yield opened


@contextmanager
def tampering(archive: Archive) -> Iterator[sa.Connection]:
    """A connection of somebody who knows SQL and takes the journal's triggers away."""
    with archive.engine.begin() as c:
        if archive.engine.dialect.name == "sqlite":
            for name in ("update", "delete"):
                c.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_keeps_{name}")
        else:
            c.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
        yield c


TEXT = "قتل خمسة مدنيين في قصف للجيش على بلدة الأتارب أمس، بحسب سكان."
DAY = dt.date(2021, 5, 23)


def report(text: str = TEXT, id: str = "one", **fields: Any) -> Report:
    return Report(text=text, id=id, **{"published": dt.date(2021, 5, 24), **fields})


def code(one: Report, **fields: Any) -> Reading:
    """One claim for each «قصف» of a text, the same for the same text."""
    claims = []
    for match in re.finditer("قصف", one.text):

        def at(words: str) -> dict[str, Any]:
            found = re.search(re.escape(words), one.text)
            where = found.span() if found else (0, 0)
            return {"as_written": one.quote(where), "span": where, "rule": "test"}

        place: dict[str, Any] = {"lat": 36.139, "lon": 36.83, "radius_km": 4.0}
        claims.append(
            Claim(
                **{
                    "type": "shelling",
                    "initiators": (Participant(actor="syr-assad-forces", **at("للجيش")),),
                    "place": Place(**place, **at("بلدة الأتارب")),
                    "time": Time(earliest=DAY, latest=DAY, **at("أمس")),
                    "casualties": (Casualty(outcome="killed", low=5, high=5, **at("خمسة مدنيين")),),
                    "evidence": ((0, len(one.text)),),
                    "trigger": Value(as_written="قصف", span=match.span(), rule="test قصف"),
                    **fields,
                }
            )
        )
    return Reading(report=one, claims=tuple(claims))
