"""The same text again, in an archive: joined as it comes in, kept, and judged anew where it must be."""

from __future__ import annotations

import random

import pytest

from isnad.archive import Archive, Incoming, migrate
from isnad.archive import engine as engines
from isnad.archive.verify import verify
from isnad.gather.copies import copies
from isnad.model import Report
from tests.gather.copies.invented import invented

from .conftest import NewUrl, code, report, tampering

TEXT = (
    "قتل خمسة مدنيين بقصف على سوق في مدينة حلب صباح الأحد، وقال الدفاع المدني إن بين القتلى طفلين"
    " من عائلة واحدة وإن فرق الإنقاذ انتشلت الجثث من تحت الأنقاض بعد ساعات."
)


def joins(archive: Archive) -> dict[str, tuple[str | None, str | None]]:
    """By id: the nearest and the first, by the ids that they came with."""
    name = {k.id: k.report.id for k in archive.reports(versions=True)}
    return {
        k.report.id: (name.get(k.copies.of or ""), name.get(k.copies.first or ""))
        for k in archive.reports()
    }


def add(archive: Archive, id: str, text: str) -> None:
    archive.add(report(text, id), code, "c")


def test_a_copy_is_joined_to_the_first_that_told_it(archive: Archive) -> None:
    add(archive, "a", TEXT)
    add(archive, "other", "قصف على ريف إدلب الجنوبي أوقع جرحى بحسب مصادر محلية في المنطقة")
    done = archive.add(report(TEXT + " وأضاف أن القصف مستمر.", "b"), code, "c")
    (first, *_) = archive.reports()
    assert done.copy_of == first.id
    add(archive, "c", TEXT + " وأضاف أن القصف مستمر منذ ساعات.")
    assert joins(archive) == {
        "a": (None, None), "other": (None, None), "b": ("a", "a"), "c": ("b", "a")
    }  # fmt: skip
    assert {t.report: t.copy_of for t in archive.tellings()} == {
        "a": None, "other": None, "b": "a", "c": "a"
    }  # fmt: skip
    assert list(verify(archive)) == []


def test_what_is_kept_is_what_the_index_of_all_texts_gives(archive: Archive) -> None:
    made = random.Random(3).sample(list(invented(seed=3)), 260)
    wanted = {c.id: (c.copies, c.first) for c in copies((m.id, m.text) for m in made)}
    assert len(wanted) > 20
    items = [Incoming(Report(text=m.text, id=m.id)) for m in made]
    url = archive.engine.url.render_as_string(hide_password=False)
    with Archive.open(url) as another:  # two processes, turn by turn
        for at, size in ((0, 100), (100, 60), (160, 100)):
            writer = another if at == 100 else archive
            for _ in writer.add_all(
                items[at : at + size], lambda some: map(code, some), "c", at_once=32
            ):
                pass
    got = {k: v for k, v in joins(archive).items() if v[0]}
    assert got == wanted
    assert list(verify(archive)) == []


def test_when_the_first_is_removed_its_copies_are_judged_as_if_it_had_never_come(
    archive: Archive, new_url: NewUrl
) -> None:
    texts = {"a": TEXT, "b": TEXT + " وأضاف.", "c": TEXT + " وأضاف أن القصف.", "d": "قصف آخر تماما"}
    for id, text in texts.items():
        add(archive, id, text)
    archive.remove("a", why="asked for")
    assert joins(archive) == {"b": (None, None), "c": ("b", "b"), "d": (None, None)}
    assert list(verify(archive)) == []
    add(archive, "e", TEXT)
    with Archive.open(new_url(), create=True) as never:
        for id in "bcd":
            add(never, id, texts[id])
        add(never, "e", TEXT)
        assert joins(never) == joins(archive)


def test_a_new_version_copies_neither_its_earlier_text_nor_what_copies_it(archive: Archive) -> None:
    add(archive, "a", TEXT)
    add(archive, "b", TEXT + " وأضاف.")
    add(archive, "a", TEXT + " وأضاف أن القصف مستمر.")
    assert joins(archive) == {"a": (None, None), "b": ("a", "a")}
    assert {t.report: t.copy_of for t in archive.tellings()} == {"a": None, "b": "a"}


def test_ids_of_two_publishers_stay_apart(archive: Archive) -> None:
    for name in ("أ", "ب"):
        archive.add(report(TEXT, "1", publisher=name), code, "c")
    assert [(t.report, t.copy_of) for t in archive.tellings()] == [("1", None), ("1~2", "1")]


def test_a_join_that_was_altered_is_named(archive: Archive) -> None:
    add(archive, "a", TEXT)
    add(archive, "b", TEXT)
    with tampering(archive) as c:
        c.exec_driver_sql("UPDATE report SET copy_first = NULL WHERE given = 'b'")
    assert [f.says for f in verify(archive)] == ["what it copies was altered"]


@pytest.mark.parametrize("at", ["0003", "0002"])
def test_reports_of_an_older_archive_are_joined_when_it_is_upgraded(
    archive: Archive, at: str
) -> None:  # fmt: skip
    for id in "abc":
        add(archive, id, TEXT)
    before = joins(archive)
    with engines.writing(archive.engine) as c:
        migrate.down(c, at)
    url = archive.engine.url.render_as_string(hide_password=False)
    with Archive.open(url, any_version=True) as older:
        older.upgrade()
        assert joins(older) == before
        add(older, "d", TEXT)
        assert joins(older)["d"] == ("a", "a")


def test_a_transaction_that_came_to_nothing_leaves_no_trace(archive: Archive) -> None:
    add(archive, "a", TEXT)
    surrogate = report("قصف", "bad").model_copy(update={"byline": "\ud800"})
    bad = [(Incoming(report(TEXT, "b")), ()), (Incoming(surrogate), ())]
    with pytest.raises(Exception):  # noqa: B017
        archive._add(bad, "c", "")
    assert list(joins(archive)) == ["a"]
    add(archive, "c", TEXT)
    assert joins(archive)["c"] == ("a", "a")
    assert list(verify(archive)) == []
