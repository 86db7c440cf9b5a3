"""Verifying, backups, migrations, refusals."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from isnad.archive import Archive, Raw, migrate
from isnad.archive import engine as engines
from isnad.archive.backup import backup, restore
from isnad.archive.tables import metadata
from isnad.archive.verify import verify
from isnad.errors import IsnadError, UsageError
from isnad.model import Decision

from .conftest import TEXT, NewUrl, code, report, tampering


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add(report(title="عنوان"), code, "c", raw=[Raw(b"raw", {"url": "x"})])
    archive.add(report(TEXT + "."), code, "c")
    archive.add(report("قصف ثم قصف", "two"), code, "c")
    claims = [t.id for t in archive.tellings()]
    archive.decide(Decision(by="me", kind="accept", claims=(claims[0],), why="seen"))
    list(archive.recode(lambda r: code(r, status="denied"), "d"))
    archive.add(report("قصف ثالث", "three"), code, "d")
    archive.remove("three", why="asked for")
    assert list(verify(archive)) == []
    return archive


ALTERED = [
    ("UPDATE report SET text = 'x' WHERE version = 1 AND given = 'one'", "report r"),
    ("UPDATE report SET published = NULL WHERE given = 'two'", "report r"),
    ("UPDATE report SET coder = 'x' WHERE given = 'two'", "coder was altered"),
    ("UPDATE report SET superseded_seq = NULL", "superseded_seq was altered"),
    ("UPDATE claim SET json = replace(json, 'denied', 'happened')", "claim c"),
    ("UPDATE claim SET type = 'riot' WHERE superseded_seq IS NULL", "its columns"),
    ("UPDATE claim SET lat = 1 WHERE superseded_seq IS NULL", "its columns"),
    ("UPDATE claim SET superseded_seq = 99 WHERE superseded_seq IS NULL", "superseded_seq"),
    ("UPDATE claim SET coder = 'x'", "coder was altered"),
    ("DELETE FROM mention", "its mentions"),
    ("UPDATE mention SET low = 6 WHERE slot = 'casualties'", "its mentions"),
    ("UPDATE decision SET json = replace(json, 'seen', 'unseen')", "decision d"),
    ("DELETE FROM decision_claim", "its claims are not"),
    ("DELETE FROM tombstone", "tombstone"),
    ("UPDATE passage SET stems = 'x'", "words for search"),
    ("UPDATE raw_copy SET sha256 = 'x'", "raw copy"),
    ("DELETE FROM raw_copy", "raw copy"),
    ("UPDATE journal SET why = 'x' WHERE seq = 2", "journal entry 2: was altered"),
    ("DELETE FROM journal WHERE seq = 2", "entries 2 to 2 are missing"),
]


@pytest.mark.parametrize(("statement", "named"), ALTERED)
def test_whatever_is_altered_is_named(filled: Archive, statement: str, named: str) -> None:
    with tampering(filled) as c:
        assert c.exec_driver_sql(statement).rowcount
    faults = [f"{f.what}: {f.says}" for f in verify(filled)]
    assert any(named in fault for fault in faults), faults


def test_rows_that_the_journal_does_not_know_are_named(filled: Archive) -> None:
    with tampering(filled) as c:
        c.exec_driver_sql(
            "INSERT INTO report (nr, id, version, given, text, coder, added_seq) "
            "VALUES (999, 'rX', 1, '', 'x', 'c', 1)"
        )
        c.exec_driver_sql("INSERT INTO decision (id, json, added_seq) VALUES ('dX', '{}', 1)")
    faults = {f.what for f in verify(filled)}
    assert {"report rX version 1", "decision dX"} <= faults


def test_a_journal_cut_at_its_end_is_found_by_a_position_noted_before(archive: Archive) -> None:
    archive.add(report(), code, "c")
    noted = archive.snapshot()
    head = f"{noted.seq}:{noted.hash}"
    assert list(verify(archive, head)) == []
    assert [f.what for f in verify(archive, "1:" + "0" * 64)] == ["journal"]


def test_the_journal_refuses_changes(filled: Archive) -> None:
    for statement in ("UPDATE journal SET why = ''", "DELETE FROM journal"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), filled.engine.begin() as c:
            c.exec_driver_sql(statement)


def test_backup_and_restore_are_drilled(filled: Archive, new_url: NewUrl, tmp_path: Path) -> None:
    file = tmp_path / "b.isnad"
    at = backup(filled, file)
    assert at == filled.snapshot()
    assert [p.name for p in tmp_path.glob(".*")] == []
    with pytest.raises(IsnadError, match="E513"):
        backup(filled, file)
    target = new_url()
    assert restore(file, target) == at
    with Archive.open(target) as copy:
        assert list(verify(copy, f"{at.seq}:{at.hash}")) == []
        assert list(copy.tellings()) == list(filled.tellings())
        assert list(copy.reports(versions=True)) == list(filled.reports(versions=True))
        assert list(copy.decisions()) == list(filled.decisions())
        assert list(copy.journal()) == list(filled.journal())
        assert copy.add(report("قصف جديد", "new"), code, "d").status == "added"
        assert list(verify(copy)) == []
    with pytest.raises(IsnadError, match="E513"):
        restore(file, target)


def test_a_damaged_archive_makes_no_backup(filled: Archive, tmp_path: Path) -> None:
    with tampering(filled) as c:
        c.exec_driver_sql("UPDATE report SET text = 'x'")
    with pytest.raises(IsnadError, match=r"was altered.*E513"):
        backup(filled, tmp_path / "b.isnad")
    assert not (tmp_path / "b.isnad").exists()


def test_migrations_make_the_tables_and_go_both_ways(filled: Archive) -> None:
    with engines.writing(filled.engine) as c:
        context = MigrationContext.configure(c)
        found = [
            d for d in compare_metadata(context, metadata)
            if not (d[0] == "remove_table" and d[1].name.startswith(("passage_fts", "spatial_")))
            and not (d[0] == "remove_index" and d[1].name in ("passage_words", "passage_stems"))
        ]  # fmt: skip
        assert found == []
    before = [f.kept.id for f in filled.search("قصف")]
    assert before
    with engines.writing(filled.engine) as c:
        migrate.down(c, "0001")
        assert not sa.inspect(c).has_table("passage")
    with pytest.raises(IsnadError, match="E509"):
        Archive.open(_url(filled))
    with Archive.open(_url(filled), any_version=True) as older:
        assert older.upgrade() == ("0001", migrate.HEAD)
        assert older.upgrade() == (migrate.HEAD, migrate.HEAD)
    assert [f.kept.id for f in filled.search("قصف")] == before
    assert list(verify(filled)) == []
    with engines.writing(filled.engine) as c:
        migrate.down(c)
        assert set(sa.inspect(c).get_table_names()) <= {"alembic_version"}
        migrate.up(c)


def _url(archive: Archive) -> str:
    return archive.engine.url.render_as_string(hide_password=False)


def test_a_newer_archive_is_refused(archive: Archive) -> None:
    with engines.writing(archive.engine) as c:
        c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(IsnadError, match=r"newer isnad.*E510"):
        Archive.open(_url(archive))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("no database", encoding="utf-8")
    other = tmp_path / "b.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    cut = tmp_path / "c.isnad"
    cut.write_bytes(b"SQLite format 3\0")
    empty = tmp_path / "d.isnad"
    empty.touch()
    for path, wanted in (
        (text, "E502"),
        (other, "E502"),
        (cut, "E504"),
        (empty, "E502"),
        (tmp_path, "E50"),
    ):
        before = path.read_bytes() if path.is_file() else b""
        for create in (False, True):
            with pytest.raises(IsnadError, match=wanted):
                Archive.open(str(path), create=create)
        assert not path.is_file() or path.read_bytes() == before
    for name in ("mysql://x/y", "http://[", "postgresql://"):
        with pytest.raises(UsageError, match="E501"):
            Archive.open(name)
    with pytest.raises(IsnadError, match="E503"):
        Archive.open("postgresql://nobody@127.0.0.1:1/none")
