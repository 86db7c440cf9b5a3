"""Map boxes: the same answers on SQLite, on PostgreSQL, and on PostgreSQL with PostGIS."""

from __future__ import annotations

import random
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from isnad.archive import Archive, Filter, Incoming, Wanted, migrate
from isnad.archive import engine as engines
from isnad.archive.backup import backup, restore
from isnad.archive.verify import verify
from isnad.model import Claim, Place, Reading, Report

from .conftest import ROOT, new_database

POINTS = [
    (0.0, 0.0), (36.2, 37.15), (36.2, 37.15), (90.0, 180.0), (-90.0, -180.0), (10.0, 180.0),
    (10.0, -180.0), (-33.9, 179.999), (36.20000000001, 37.15), (1e-12, -1e-12),
]  # fmt: skip
BOXES = [
    (37.15, 36.2, 37.15, 36.2), (-180, -90, 180, 90), (170, -90, -170, 90), (0, 0, 0, 0),
    (37, 36, 38, 37), (-180, 0, -180, 20), (180, -90, 180, 90), (38, 36, 37, 37),
]  # fmt: skip


@pytest.fixture(scope="module")
def spatial(postgres: str) -> str:
    """The address of a database with PostGIS."""
    if not runpy.run_path(str(ROOT / "scripts" / "postgres.py"))["postgis"]():
        pytest.skip("PostGIS is not installed (Debian: apt install postgresql-15-postgis-3)")
    url = new_database(postgres)
    engine = sa.create_engine(url)
    with engine.begin() as c:
        c.exec_driver_sql("CREATE EXTENSION postgis")
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def archives(
    spatial: str, postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Archive]]:
    rng = random.Random(5)
    points = [*POINTS, *((rng.uniform(-90, 90), rng.uniform(-180, 180)) for _ in range(80))]

    def code(one: Report) -> Reading:
        claims = [Claim(type="shelling")]
        for lat, lon in points[int(one.id) :: 9]:
            place = Place(as_written="", span=(0, 0), lat=lat, lon=lon, radius_km=1)
            claims.append(Claim(type="shelling", place=place, evidence=((0, len(claims)),)))
        return Reading(report=one, claims=tuple(claims))

    file: Path = tmp_path_factory.mktemp("map") / "a.isnad"
    opened = [Archive.open(u, create=True) for u in (str(file), new_database(postgres), spatial)]
    for archive in opened:
        items = (Incoming(Report(text=f"نص {n} من تسعة نصوص", id=str(n))) for n in range(9))
        for _ in archive.add_all(items, lambda some: map(code, some), "c"):
            pass
    yield opened
    for archive in opened:
        archive.close()


def test_postgis_is_used_where_it_is(archives: list[Archive]) -> None:
    assert [a.postgis for a in archives] == [False, False, True]
    with archives[2].engine.connect() as c:
        c.exec_driver_sql("SET enable_seqscan = off")
        asked = "EXPLAIN SELECT 1 FROM claim WHERE ST_SetSRID(ST_MakePoint(lon, lat), 4326) && "
        plan = c.exec_driver_sql(asked + "ST_MakeEnvelope(36, 35, 38, 37, 4326)").scalars().all()
    assert any("claim_points" in line for line in plan), plan


def test_boxes_find_the_same_on_all(archives: list[Archive]) -> None:
    rng = random.Random(6)
    boxes = [*BOXES]
    for _ in range(10):
        south, north = sorted(rng.uniform(-90, 90) for _ in range(2))
        boxes.append((rng.uniform(-180, 180), south, rng.uniform(-180, 180), north))
    sizes, every = set(), list(archives[0].tellings())
    for box in boxes:
        got = [sorted(t.id for t in a.tellings(Filter(box=box))) for a in archives]
        west, south, east, north = box
        wanted = sorted(
            t.id
            for t in every
            if (p := t.claim.place) and p.lat is not None and p.lon is not None
            and south <= p.lat <= north
            and (west <= p.lon <= east if west <= east else p.lon >= west or p.lon <= east)
        )  # fmt: skip
        assert got == [wanted] * 3, box
        found = [[f.kept.id for f in a.search("", Filter(box=box))] for a in archives]
        assert found[0] == found[1] == found[2]
        events = [[i.id for i in a.incidents(Wanted(box=box))] for a in archives]
        assert events[0] == events[1] == events[2]
        sizes.add(len(wanted))
    assert len(sizes) > 5


def test_an_archive_with_postgis_migrates_and_moves(
    archives: list[Archive], spatial: str, tmp_path: Path
) -> None:
    archive = archives[2]
    with engines.writing(archive.engine) as c:
        migrate.down(c, "0001")
        migrate.up(c)
    with engines.reading(archive.engine) as c:
        names = c.exec_driver_sql("SELECT indexname FROM pg_indexes WHERE tablename = 'claim'")
        assert "claim_points" in names.scalars().all()
    archive.upgrade()
    assert list(verify(archive)) == []
    backup(archive, tmp_path / "b.isnad")
    restore(tmp_path / "b.isnad", str(tmp_path / "c.isnad"))
    with Archive.open(str(tmp_path / "c.isnad")) as copy:
        assert list(copy.tellings()) == list(archive.tellings())
