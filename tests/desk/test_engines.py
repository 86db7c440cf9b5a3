"""What people write is kept alike on both engines, and goes when a report has to go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from isnad.archive import Archive
from isnad.archive.backup import backup, restore
from isnad.archive.verify import verify
from isnad.desk.assigning import Assignments
from isnad.desk.auth.store import Accounts
from isnad.desk.comments import Comments
from isnad.desk.errors import DeskError
from isnad.desk.freezing import Snapshots
from isnad.desk.model.world import World
from isnad.desk.roles import Caller
from isnad.desk.searches import Searches
from isnad.desk.second import Coded, Codings
from isnad.desk.visits import Visits
from isnad.model import Decision, Reading, Report
from tests.archive.conftest import NewUrl, code, new_url, postgres, report

__all__ = ["new_url", "postgres"]
NOW = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
PASSWORD = "a long enough one"


def _held(one: Report) -> Reading:
    return code(one, type="detention", place=None, time=None)


@pytest.fixture
def archive(new_url: NewUrl) -> Iterator[Archive]:
    with Archive.open(new_url(), create=True, by="tester") as opened:
        opened.add(report(), code, "1")
        opened.add(report("قصف آخر على بلدة بنش.", "two"), _held, "1")
        yield opened


def test_people_and_their_work(archive: Archive, new_url: NewUrl, tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    people = Accounts(archive)
    boss = people.add("Boss", PASSWORD, "admin", by="t", now=NOW)
    assert people.any() and people.sign_in("boss", "wrong", now=NOW, origin="x") is None
    signed = people.sign_in("boss", PASSWORD, now=NOW, origin="x")
    assert signed is not None
    found = people.whose(signed[1], now=NOW)
    assert found is not None and found[0].name == "Boss"
    assert people.whose(signed[1], now=NOW + dt.timedelta(days=2)) is None
    secret, _ = people.invite("coder", "", by="Boss", now=NOW)
    coder, _ = people.accept(secret, "Omar", PASSWORD, now=NOW, origin="x")
    with pytest.raises(DeskError):
        people.accept(secret, "Eve", PASSWORD, now=NOW, origin="x")
    with pytest.raises(DeskError, match="does not fit"):
        people.change(boss.id, role="viewer", disabled=None, by="Boss", now=NOW)

    world = World(archive)
    world.build()
    view = world.refresh()
    one, two = (h.claims[0] for h in world.heads.values())
    who = Caller("coder", coder.name, coder.id)
    comments = Comments(archive)
    made = comments.add("claim", one, "نص", None, who, NOW)
    assert comments.edit(made["id"], "آخر", 1, who, NOW)["text"] == "آخر"
    with pytest.raises(DeskError, match="meanwhile"):
        comments.edit(made["id"], "ثالث", 1, who, NOW)
    assert comments.count([one]) == 1 and len(comments.about("claim", [one], None, 10)) == 1
    after = (made["at"], made["id"])
    assert comments.about("claim", [one], after, 10) == []

    kept = Searches(archive).add(coder.id, "x", "type=shelling", True, 0, NOW)
    assert Searches(archive).by_feed(kept.feed) == (kept, "coder")
    Assignments(archive).add("Omar", "first", [one, two], "", None, "Boss", NOW)
    assert set(Assignments(archive).by_claim("first")) == {one, two}
    codings = Codings(archive)
    codings.add(one, Coded("Omar", "2031", "accept", {}, ""))
    with pytest.raises(DeskError, match="already"):
        codings.add(one, Coded("Omar", "2031", "reject", {}, ""))
    codings.settle(one, "Boss", NOW)
    assert codings.of([one])[one][0].settled_by == "Boss"
    snapshots = Snapshots(archive)
    rows = [r for r in view.rows if r is not None]
    frozen = snapshots.add("t", "", "", rows, view.head, "Boss", NOW)
    assert (frozen.frozen, frozen.left) == (2, 2)
    visits = Visits(archive)
    for _ in range(2):
        visits.note("incident", one, NOW.date())
        visits.flush(NOW.date())
    assert Visits(archive).count(one) == 2
    assert list(verify(archive)) == []

    copy = tmp_path / "copy.isnad"
    backup(archive, copy)
    again = new_url()
    restore(copy, again)
    with Archive.open(again) as other:
        assert [a.name for a in Accounts(other).all_of()] == ["Boss", "Omar"]
        assert Accounts(other).whose(signed[1], now=NOW) is None, "sessions are no part of backups"
        Accounts(other).add("New", PASSWORD, "viewer", by="t", now=NOW)
        assert Snapshots(other).one(frozen.id) == frozen

    archive.remove("one", why="asked for")
    assert comments.about("claim", [one], None, 10) == [] and codings.of([one]) == {}
    assert snapshots.one(frozen.id).left == 1
    assert set(Assignments(archive).by_claim("first")) == {two}
    assert list(verify(archive)) == []
    assert [r.reports for r in world.refresh().rows if r is not None] == [
        r.reports for r in rows if two in r.claims
    ]


def test_the_audit_refuses_changes(archive: Archive) -> None:
    Accounts(archive).add("Boss", PASSWORD, "admin", by="t", now=NOW)
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="append-only"), archive.engine.begin() as c:
            c.exec_driver_sql(statement)


def test_following_the_journal_is_building_anew(archive: Archive) -> None:
    world = World(archive)
    world.build()
    first, second = (h.claims[0] for h in world.heads.values())

    def same_as_new() -> None:
        fresh = World(archive)
        fresh.build()
        here, there = world.refresh(), fresh.refresh()
        assert {r.id: (r.shown, r.keys) for r in here.rows if r} == {
            r.id: (r.shown, r.keys) for r in there.rows if r
        }
        assert {k: v.bit_count() for k, v in here.bits.items()} == {
            k: v.bit_count() for k, v in there.bits.items()
        }
        assert set(here.of_claim) == set(there.of_claim)

    for kind in ("same", "different", "same"):
        archive.decide(Decision(by="t", kind=kind, claims=(first, second)))
        same_as_new()
    last = list(archive.decisions())[-1]
    archive.decide(Decision(by="t", kind="undo", undoes=last.id))
    same_as_new()
    archive.decide(Decision(by="t", kind="reject", claims=(first,)))
    same_as_new()
    archive.decide(Decision(by="t", kind="fix", claims=(second,), slot="status", value="denied"))
    same_as_new()
    archive.add(report("قصف ثالث على بلدة سرمين.", "three"), code, "1")
    same_as_new()
    archive.add(report("قصف رابع على بلدة تفتناز.", "three"), code, "1")
    same_as_new()
    list(archive.recode(lambda r: code(r, status="ongoing"), "2"))
    same_as_new()
    archive.remove("two", why="asked for")
    same_as_new()
