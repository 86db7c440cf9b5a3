"""The view of incidents: the same as joining everything anew, whatever came, went and was decided."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from isnad.archive import Archive, Wanted, joining
from isnad.archive import engine as engines
from isnad.archive.tables import VIEW
from isnad.archive.view import change, state, update
from isnad.archive.view.ask import fits
from isnad.incidents import Index
from isnad.incidents import index as joined_index
from isnad.model import Casualty, Claim, Decision, Place, Reading, Report, Telling, Time, Value

from .conftest import NewUrl, code, report, tampering

DAY = dt.date(2031, 5, 1)
KINDS = ("shelling", "air_strike", "protest")


def told(one: Report, shift: int = 0) -> Reading:
    """Claims of an invented report whose text is numbers: town, day, killed, kind, for each claim."""
    claims = []
    for n, word in enumerate(one.text.split()):
        town, day, killed, kind = (int(x) for x in word)
        at: dict[str, Any] = {
            "as_written": word,
            "span": (one.text.index(word), one.text.index(word) + 4),
        }
        when = DAY + dt.timedelta(day + shift)
        claims.append(Claim(
            type=KINDS[kind % 3],  # type: ignore[arg-type]
            place=Place(lat=35 + town / 10, lon=37, radius_km=4, **at) if town < 8 else None,
            time=Time(earliest=when, latest=when, **at) if day < 8 else None,
            casualties=(Casualty(outcome="killed", low=killed, high=killed, **at),),
            evidence=((0, len(one.text)),), trigger=Value(**at), confidence=n / 10,
        ))  # fmt: skip
    return Reading(report=one, claims=tuple(claims))


def anew(archive: Archive) -> list[Any]:
    index = Index(archive.tellings())
    for one in archive.decisions():
        if one.kind in ("same", "different"):
            getattr(index, one.kind)(*one.claims)
    return list(index.incidents())


def text(rng: random.Random) -> str:
    words = {f"{rng.choice('0123489')}{rng.choice('01239')}{rng.choice('257')}{rng.choice('012')}"
             for _ in range(rng.randint(1, 3))}  # fmt: skip
    return " ".join(sorted(words))


def step(archive: Archive, rng: random.Random, undoable: list[str]) -> None:
    """Something that happens to an archive."""
    claims = [t.id for t in archive.tellings(decided=False)]
    what = rng.choice(["add"] * 6 + ["version", "recode", "remove", "same", "same", "different",
                                     "reject", "fix", "undo"])  # fmt: skip
    if what in ("add", "version") or len(claims) < 4:
        number = rng.randrange(40) if what == "add" else rng.randrange(5)
        archive.add(Report(text=text(rng), id=str(number)), told, "a")
    elif what == "recode":
        list(archive.recode(lambda r: told(r, 1), f"b{rng.random()}"))
    elif what == "remove":
        archive.remove(rng.choice([k.id for k in archive.reports()]), why="asked for")
        undoable.clear()
    elif what == "undo":
        if undoable:
            ident = undoable.pop(rng.randrange(len(undoable)))
            undoable.append(archive.decide(Decision(by="me", kind="undo", undoes=ident)).id)
    else:
        about = tuple(rng.sample(claims, 2 if what in ("same", "different") else 1))
        fix = {"slot": "time", "value": None} if what == "fix" else {}
        made = Decision.model_validate({"by": "me", "kind": what, "claims": about, **fix})
        undoable.append(archive.decide(made).id)


@pytest.mark.parametrize("seed", range(4))
def test_the_view_is_what_joining_anew_gives(
    archive: Archive, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    made: list[object] = []
    whole = update.make

    def counted(c: sa.Connection) -> update.Made:
        made.append(c)
        return whole(c)

    monkeypatch.setattr(update, "make", counted)
    monkeypatch.setattr(joining, "make", counted)
    rng, undoable = random.Random(seed), list[str]()
    for n in range(45):
        step(archive, rng, undoable)
        if n % 3 == 0:
            assert list(archive.incidents()) == anew(archive), f"after step {n}"
    assert len(made) < 10, "most of it was brought up, not made anew"


def test_what_changes_touches_its_neighbourhood_alone(archive: Archive) -> None:
    for n in range(60):
        archive.add(Report(text=f"{n % 6}{n % 8}20", id=str(n)), told, "a")
    archive.settle()
    with archive.engine.connect() as c:
        before = {r.id: r for r in c.execute(sa.select(VIEW[3]))}
        seq = state.state(c).seq  # type: ignore[union-attr]
    archive.add(Report(text="0020", id="new"), told, "a")
    with archive.engine.connect() as c:
        found = change.since(c, seq)
        assert found is not None and (len(found.come), found.gone) == (1, set())
    assert list(archive.incidents()) == anew(archive)
    with archive.engine.connect() as c:
        after = {r.id: r for r in c.execute(sa.select(VIEW[3]))}
    assert sum(before.get(i) != r for i, r in after.items()) == 1


def filled(archive: Archive) -> list[Any]:
    for n, words in enumerate(["0020", "0020", "1520", "2021 9921"]):
        archive.add(Report(text=words, id=str(n), publisher=f"p{n}"), told, "a")
    return anew(archive)


def test_what_is_asked_for(archive: Archive) -> None:
    every = filled(archive)
    asked = [
        Wanted(), Wanted(types=("air_strike",)), Wanted(least=2), Wanted(first=DAY + dt.timedelta(1)),
        Wanted(last=DAY), Wanted(box=(36, 34.95, 38, 35.05)), Wanted(box=(38, 34, 36, 36)),
        Wanted(actor="civilians"), Wanted(grade="fair"), Wanted(id=every[0].id[:7]), Wanted(id="%"),
        Wanted(claim=every[0].tellings[0].id), Wanted(claim="none"),
    ]  # fmt: skip
    sizes = set()
    for wanted in asked:
        found = list(archive.incidents(wanted))
        assert found == [i for i in every if fits(i, wanted)], wanted
        sizes.add(len(found))
    assert len(sizes) > 2
    assert archive.incident(every[0].id) == every[0] and archive.incident("inc-x") is None
    got: list[Any] = []
    start = None
    while True:
        rows, start = archive.incidents_page(limit=2, start=start, links=True)
        got += rows
        if start is None:
            break
    assert got == every


def test_an_earlier_state_is_joined_as_it_stood(archive: Archive) -> None:
    before = filled(archive)
    at = archive.snapshot().seq
    archive.add(Report(text="0020", id="new"), told, "a")
    assert list(archive.incidents(as_of=at)) == before != list(archive.incidents())


def test_other_rules_or_a_foreign_journal_throw_the_view_away(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    every = filled(archive)
    archive.settle()
    with tampering(archive) as c:
        c.execute(VIEW[3].delete())
    assert list(archive.incidents()) == [], "it is trusted while nothing changes"
    monkeypatch.setattr(state, "rules", lambda: "others")
    assert list(archive.incidents()) == every


def test_nothing_of_a_removed_report_stays_in_the_view(archive: Archive) -> None:
    filled(archive)
    archive.settle()
    archive.remove("3", why="asked for")
    with archive.engine.connect() as c:
        assert [c.scalar(sa.select(sa.func.count()).select_from(t)) for t in VIEW] == [0] * 4


def test_where_it_cannot_be_written_incidents_are_joined_in_memory(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = filled(archive)
    monkeypatch.setattr(engines, "_WAIT", 0.05)
    url = archive.engine.url.render_as_string(hide_password=False)
    if archive.engine.dialect.name == "postgresql":
        url += "&options=-c%20default_transaction_read_only%3Don"
        with Archive.open(url) as reader:
            assert list(reader.incidents()) == every
        return
    with Archive.open(url) as reader, engines.writing(archive.engine):
        assert list(reader.incidents()) == every


def test_reports_of_one_id_of_two_publishers_may_tell_one_event(new_url: NewUrl) -> None:
    with Archive.open(new_url(), create=True) as archive:
        for name in ("أ", "ب"):
            archive.add(report(publisher=name), code, "c")
        (one,) = archive.incidents()
        assert [t.report for t in one.tellings] == ["one", "one~2"]


def test_an_index_is_restored_from_the_view(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    rng, undoable = random.Random(7), list[str]()
    for _ in range(40):
        step(archive, rng, undoable)
    archive.settle()
    wanted, compared = anew_groups(archive), list[object]()
    monkeypatch.setattr(joined_index, "compare", lambda *two: compared.append(two))
    at, index = archive.index(archive.tellings())
    assert (at, list(index.groups())) == (archive.snapshot(), wanted)
    assert not compared


@pytest.mark.parametrize("seed", range(3))
def test_what_others_change_while_an_index_is_restored_is_taken_in(
    archive: Archive, seed: int
) -> None:  # fmt: skip
    rng, undoable = random.Random(seed), list[str]()
    for _ in range(30):
        step(archive, rng, undoable)

    def read_while_others_write() -> Iterator[Telling]:
        for _ in range(3):
            step(archive, rng, undoable)
        some = list(archive.tellings())
        for _ in range(3):
            step(archive, rng, undoable)
        yield from some

    before = archive.snapshot()
    at, index = archive.index(read_while_others_write())
    assert at == before
    now = {t.id: t for t in archive.tellings()}
    for ident in [t.id for i in index.incidents() for t in i.tellings if t.id not in now]:
        index.remove(ident)
    for telling in now.values():
        index.add(telling)
    for kind in ("same", "different"):
        for one in archive.decisions():
            if one.kind == kind:
                getattr(index, kind)(*one.claims)
    assert index.groups() == anew_groups(archive)


def anew_groups(archive: Archive) -> list[Any]:
    return sorted(tuple(sorted(t.id for t in one.tellings)) for one in anew(archive))
