"""Adding, versions, coding again, decisions, removal: the same on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from isnad.archive import Archive, Filter, Incoming, Raw, migrate
from isnad.archive import engine as engines
from isnad.archive.verify import verify
from isnad.archive.whole import wholes
from isnad.errors import InputError, IsnadError, UsageError
from isnad.incidents import tellings_of
from isnad.model import Decision, Reading, Report, Value

from .conftest import TEXT, NewUrl, code, report


def decide(archive: Archive, kind: str, *claims: str, **fields: Any) -> Decision:
    given = {"by": "me", "kind": kind, "claims": claims, **fields}
    return archive.decide(Decision.model_validate(given))


def only_claim(archive: Archive) -> str:
    (telling,) = archive.tellings()
    return telling.id


def test_what_is_added_comes_back_and_only_once(archive: Archive) -> None:
    one = report(title="عنوان", publisher="ناشر", url="https://a.example/1")
    first = archive.add(one, code, "coder 1")
    assert (first.status, first.version, first.claims) == ("added", 1, 1)
    never = archive.add(one, lambda _: pytest.fail("coded again"), "coder 1")
    assert never.status == "known"
    (kept,) = archive.reports()
    assert (kept.report, kept.coder) == (one, "coder 1")
    (telling,) = archive.tellings()
    assert telling.claim == code(one).claims[0]
    assert telling.report == "one" and telling.words == f"{TEXT}\nعنوان"
    assert (telling.published, telling.guessed) == (one.published, False)
    assert [e.action for e in archive.journal()] == ["add"]
    assert list(verify(archive)) == []


def test_all_that_a_report_says_of_itself_comes_back_and_is_known(archive: Archive) -> None:
    one = report(byline="كاتب", language="ar", published_at="2021-05-24T10:00:00+03:00",
                 published_basis="json-ld", canonical_url="https://a.example/one",
                 changed_at="2021-05-25T08:00:00+03:00", forwarded_from="قناة",
                 attachments=("صورة.jpg", "b.mp4"))  # fmt: skip
    archive.add(one, code, "c")
    assert [k.report for k in archive.reports()] == [one]
    assert archive.add(one, code, "c").status == "known"
    assert list(verify(archive)) == []


def test_another_moment_of_change_alone_is_no_new_version(archive: Archive) -> None:
    for at, status in (("2021-05-25T08:00:00Z", "added"), ("2021-05-26T08:00:00Z", "known")):
        assert archive.add(report(changed_at=at), code, "c").status == status
    assert archive.add(report(attachments=("a.jpg",)), code, "c").status == "version"


UNDATED: tuple[dict[str, Any], ...] = (
    {"text": "قصف على بلدة الأتارب أمس", "url": "https://a.example/2021/05/24/x", "id": "a"},
    {"text": "تحديث 24 أيار 2021: قصف على بلدة الأتارب", "id": "b", "title": "الأتارب"},
    {"text": "ليلا جاء قصف من الجنوب طال بلدة الأتارب", "id": "c", "forwarded_from": "قناة"},
)


def test_files_and_an_archive_of_them_give_the_same_tellings(archive: Archive) -> None:
    reports = [Report(**fields) for fields in UNDATED]
    for one in reports:
        archive.add(one, code, "c")
    kept = list(archive.tellings())
    assert kept == [t for one in reports for t in tellings_of(code(one))]
    assert [(str(t.published), t.guessed) for t in kept] == [
        ("2021-05-24", True), ("2021-05-24", True), ("None", False),
    ]  # fmt: skip
    assert kept[2].forwarded_from == "قناة"
    assert list(verify(archive)) == []
    assert [w.telling(c) for w in wholes(archive) for c in w.claims] == [
        t.model_copy(update={"report": w.id})
        for w in wholes(archive) for t in kept if t.id in {c.id for c in w.claims}
    ]  # fmt: skip


def test_an_older_archive_learns_the_days_of_its_reports(archive: Archive) -> None:
    for fields in UNDATED:
        archive.add(Report(**{**fields, "forwarded_from": None}), code, "c")
    with engines.writing(archive.engine) as c:
        migrate.down(c, "0006")
    archive.upgrade()
    assert [t.published is not None for t in archive.tellings()] == [True, True, False]
    assert [e.action for e in archive.journal()][-1] == "days"
    assert list(verify(archive)) == []


def together(archive: Archive, *reports: Report, at_once: int = 64) -> list[str]:
    def codes(some: Iterable[Report]) -> Iterator[Reading | InputError]:
        for one in some:
            yield InputError("E199", "no", one.id) if one.id == "bad" else code(one)

    done = archive.add_all(map(Incoming, reports), codes, "c", at_once=at_once)
    return [d.code if isinstance(d, InputError) else d.status for _, d in done]


@pytest.mark.parametrize("at_once", [1, 2, 64])
def test_many_at_a_time_are_as_one_by_one(
    archive: Archive, new_url: NewUrl, at_once: int
) -> None:  # fmt: skip
    all_of = [
        report(), report("قصف ثم قصف", "two"), report(), report(TEXT + " وقصف آخر."),
        report("x", "bad"), report("\0", "nul"), report("قصف ثم قصف", "two", title="عنوان"),
    ]  # fmt: skip
    got = together(archive, *all_of, at_once=at_once)
    assert sorted(got) == sorted(
        ["added", "added", "known", "version", "E199", "E511", "version"]
    )  # fmt: skip
    assert list(verify(archive)) == []
    with Archive.open(new_url(), create=True) as singly:
        for one in (all_of[0], all_of[1], all_of[3], all_of[6]):
            singly.add(one, code, "c")
        assert list(singly.reports(versions=True)) == list(archive.reports(versions=True))
        assert list(singly.tellings()) == list(archive.tellings())
    assert set(together(archive, *all_of)) == {"known", "E199", "E511"}


def test_what_was_told_of_is_kept_and_the_rest_can_be_added_again(archive: Archive) -> None:
    def codes(some: Iterable[Report]) -> Iterator[Reading]:
        for one in some:
            if one.id == "3":
                raise KeyboardInterrupt
            yield code(one)

    reports = [report(f"قصف {n}", str(n)) for n in range(5)]
    told = []
    with pytest.raises(KeyboardInterrupt):
        for one, _ in archive.add_all(map(Incoming, reports), codes, "c", at_once=2):
            told.append(one.id)
    assert told == ["0", "1"]
    assert [k.report.id for k in archive.reports()] == ["0", "1"]
    assert sorted(together(archive, *reports)) == ["added"] * 3 + ["known"] * 2
    assert list(verify(archive)) == []


def test_a_changed_text_is_a_new_version_and_both_are_kept(archive: Archive) -> None:
    old, new = report(), report(TEXT + " وقصف آخر.")
    archive.add(old, code, "c")
    before = archive.snapshot()
    assert archive.add(new, code, "c").status == "version"
    assert archive.add(old, code, "c").status == "known", "an older text does not come back as new"
    assert [k.report for k in archive.reports()] == [new]
    assert [k.version for k in archive.reports(versions=True)] == [1, 2]
    assert len(list(archive.tellings())) == 2
    assert [k.report for k in archive.reports(as_of=before.seq)] == [old]
    assert len(list(archive.tellings(as_of=before.seq))) == 1
    assert list(archive.reports(as_of=0)) == []
    assert list(verify(archive)) == []


def test_a_coder_that_fails_leaves_nothing(archive: Archive) -> None:
    def fails(_: Report) -> Reading:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        archive.add(report(), fails, "c")
    assert list(archive.reports()) == [] and list(archive.journal()) == []


def test_what_no_database_can_hold_is_refused(archive: Archive) -> None:
    for text in ("a\0b", "a\ud800b"):
        with pytest.raises(InputError, match="E511"):
            archive.add(report(text), code, "c")


def test_raw_copies_come_back(archive: Archive) -> None:
    raw = Raw(b"<html>\x00\xff", {"url": "https://a.example/1", "headers": {"x": "y"}})
    ident = archive.add(report(), code, "c", raw=[raw]).id
    assert list(archive.raw(ident)) == [raw]
    assert list(verify(archive)) == []


def test_coding_again_changes_what_differs_and_keeps_what_was(archive: Archive) -> None:
    archive.add(report(), code, "old")
    archive.add(report("لا شيء", "two"), code, "old")
    ident, before = only_claim(archive), archive.snapshot()

    def newer(one: Report) -> Reading:
        return code(one, status="denied")

    assert [f.changed for f in archive.recode(newer, "new", dry=True)] == [[ident], []]
    assert archive.snapshot() == before
    found = list(archive.recode(newer, "new"))
    assert [f.changed for f in found] == [[ident], []]
    assert found[0].before[ident].status == "happened"
    assert found[0].after[ident].status == "denied"
    (telling,) = archive.tellings()
    assert (telling.id, telling.claim.status) == (ident, "denied")
    (earlier,) = archive.tellings(as_of=before.seq)
    assert earlier.claim.status == "happened"
    assert list(archive.recode(newer, "new")) == [], "done already"
    assert {k.coder for k in archive.reports()} == {"new"}
    assert list(verify(archive)) == []


def test_coding_again_tells_of_failures_and_goes_on(archive: Archive) -> None:
    archive.add(report(), code, "old")
    archive.add(report("لا شيء", "two"), code, "old")
    failed: list[str] = []

    def newer(one: Report) -> Reading:
        if one.id == "one":
            raise ValueError("boom")
        return code(one)

    assert len(list(archive.recode(newer, "new", problem=lambda r, e: failed.append(r.id)))) == 1
    assert failed == ["one"]
    assert {k.report.id: k.coder for k in archive.reports()} == {"one": "old", "two": "new"}


@pytest.mark.parametrize("gone", [False, True])
def test_coding_again_never_touches_what_a_person_decided(archive: Archive, gone: bool) -> None:
    archive.add(report(), code, "old")
    ident = only_claim(archive)
    decide(archive, "accept", ident)

    def newer(one: Report) -> Reading:
        return Reading(report=one) if gone else code(one, status="denied")

    (found,) = archive.recode(newer, "new")
    assert found.held == {ident} and found.changed == [ident]
    (telling,) = archive.tellings()
    assert telling.claim.status == "happened"
    assert list(verify(archive)) == []


def test_a_decision_that_was_taken_back_holds_nothing(archive: Archive) -> None:
    archive.add(report(), code, "old")
    ident = only_claim(archive)
    accepted = decide(archive, "accept", ident)
    undone = decide(archive, "undo", undoes=accepted.id)
    assert list(archive.decisions()) == []
    assert [d.kind for d in archive.decisions(all_of=True)] == ["accept", "undo"]
    (found,) = archive.recode(lambda r: code(r, status="denied"), "new")
    assert found.held == frozenset()
    decide(archive, "undo", undoes=undone.id)
    assert [d.id for d in archive.decisions()] == [accepted.id]


def test_decisions_put_claims_right(archive: Archive) -> None:
    archive.add(report(TEXT + " ثم قصف."), code, "c")
    first, second = (t.id for t in archive.tellings())
    before = archive.snapshot()
    decide(archive, "reject", second)
    killed = {"outcome": "killed", "low": 7, "high": 7}
    made = decide(archive, "fix", first, slot="casualties", value=[killed], why="hospital's list")
    (telling,) = archive.tellings()
    (figure,) = telling.claim.casualties
    assert (figure.low, figure.rule) == (7, f"decision {made.id}")
    assert len(list(archive.tellings(decided=False))) == 2
    assert len(list(archive.tellings(as_of=before.seq))) == 2
    assert list(archive.decisions(as_of=before.seq)) == []
    assert list(verify(archive)) == []


def test_decisions_about_nothing_are_refused(archive: Archive) -> None:
    archive.add(report(), code, "c")
    ident = only_claim(archive)
    for kind, claims, fields in (
        ("accept", ("cNone",), {}),
        ("fix", (ident,), {"slot": "casualties", "value": [{"low": "many"}]}),
        ("fix", (ident,), {"slot": "casualties", "value": 5}),
        ("fix", (ident,), {"slot": "type", "value": "party"}),
        ("undo", (), {"undoes": "dNone"}),
    ):
        with pytest.raises(UsageError, match="E512"):
            decide(archive, kind, *claims, **fields)
    assert list(archive.decisions()) == []


def test_removal_leaves_a_tombstone_and_no_words(archive: Archive) -> None:
    archive.add(report(), code, "c", raw=[Raw(TEXT.encode(), {})])
    archive.add(report("قصف ثان", "two"), code, "c")
    first, second = (t.id for t in archive.tellings())
    decide(archive, "same", first, second, why="بحسب سكان الأتارب")
    assert archive.remove("one", why="asked for") == 1
    assert [k.report.id for k in archive.reports(versions=True)] == ["two"]
    assert list(archive.search("الأتارب")) == [] and list(archive.decisions()) == []
    assert list(verify(archive)) == []
    assert archive.add(report(), code, "c").status == "removed"
    with pytest.raises(UsageError, match="E512"):
        archive.remove("one", why="again")
    if archive.engine.dialect.name == "sqlite":
        content = Path(archive.name).read_bytes()
        assert "الأتارب".encode() not in content and "خمسة".encode() not in content


def test_removal_wants_a_reason_and_one_report(archive: Archive) -> None:
    archive.add(report(publisher="a"), code, "c")
    archive.add(report(publisher="b"), code, "c")
    with pytest.raises(UsageError, match="2 reports"):
        archive.remove("one", why="x")
    with pytest.raises(UsageError, match="say why"):
        archive.remove("one", why=" ")


def test_a_clock_that_goes_back_does_not_reorder_the_journal(new_url: NewUrl) -> None:
    hours = iter(range(23, 0, -1))

    def clock() -> dt.datetime:
        return dt.datetime(2024, 1, 1, next(hours), tzinfo=dt.UTC)

    with Archive.open(new_url(), create=True, clock=clock) as archive:
        for n in range(5):
            archive.add(report(f"قصف {n}", str(n)), code, "c")
        entries = list(archive.journal())
        assert [e.seq for e in entries] == [1, 2, 3, 4, 5]
        assert sorted((e.at for e in entries), reverse=True) == [e.at for e in entries]
        assert list(verify(archive)) == []


def test_huge_figures_and_long_texts_fit(archive: Archive) -> None:
    text = "قصف " + "كلمة " * 20_000 + "النهاية"
    trigger = Value(as_written="قصف", span=(0, 3))
    from isnad.model import Casualty

    figure = Casualty(outcome="killed", low=10**30, high=None, as_written="", span=(0, 0))
    archive.add(report(text), lambda r: code(r, casualties=(figure,), trigger=trigger), "c")
    (telling,) = archive.tellings(Filter(low=10**9))
    assert telling.claim.casualties[0].low == 10**30
    assert len(list(archive.search("قصف النهاية"))) == 1
    assert len(list(archive.search('"كلمة النهاية"'))) == 1
    assert list(verify(archive)) == []


def test_an_archive_that_is_not_there_is_not_made_by_reading(new_url: NewUrl) -> None:
    with pytest.raises(IsnadError, match="E503"):
        Archive.open(new_url())
