"""Versions of a report, and what changed between them, in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from isnad.archive import Archive, Raw
from isnad.archive.verify import verify
from isnad.archive.versions import changes, text_changes, versions
from isnad.errors import UsageError
from isnad.model import Report

from .conftest import NewUrl, code

OLD = "قتل خمسة مدنيين بقصف على مدينة حلب.\nوأصيب عشرة."
NEW = "قتل سبعة مدنيين بقصف على مدينة حلب.\nوأصيب عشرة بينهم طفل.\nوأدان المجلس القصف."


def test_words_that_went_and_came_stand_with_those_around_them() -> None:
    found = list(text_changes(OLD, NEW))
    assert [(c.before, c.after) for c in found] == [
        ("خمسة", "سبعة"), ("عشرة.", "عشرة بينهم طفل. وأدان المجلس القصف."),
    ]  # fmt: skip
    assert (found[0].left, found[0].right) == ("قتل", "مدنيين بقصف على مدينة")
    assert all(NEW[c.at :].startswith(c.after.split()[0]) for c in found if c.at is not None)


def test_white_space_alone_is_no_change() -> None:
    assert list(text_changes("قتل  خمسة\n في حلب", "قتل خمسة\r\nفي حلب\n")) == []


@example("a a\n ", "\na a")
@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_what_went_and_came_makes_one_text_of_the_other(old: str, new: str) -> None:
    found = list(text_changes(old, new))
    assert bool(found) == (old.split() != new.split())
    for c in found:
        assert c.before != c.after and c.at is not None
        assert c.before in " ".join(old.split()) and c.after in " ".join(new.split())
        assert new[c.at :].split()[: len(c.after.split())] == c.after.split()


def test_long_texts_that_have_nothing_in_common_are_told_as_replaced() -> None:
    old, new = " ".join(map(str, range(9000))), " ".join(f"x{n}" for n in range(9000))
    (change,) = text_changes(old, new)
    assert (change.before, change.after) == (old, new)


def test_fields_are_compared_too() -> None:
    a = Report(text=OLD, title="خمسة قتلى", published=dt.date(2026, 3, 1))
    b = Report(text=OLD, title="سبعة قتلى", byline="سلمى")
    assert [(c.field, c.before, c.after) for c in changes(a, b)] == [
        ("title", "خمسة قتلى", "سبعة قتلى"), ("published", "2026-03-01", ""), ("byline", "", "سلمى"),
    ]  # fmt: skip


def test_versions_name_their_raw_copies(new_url: NewUrl) -> None:
    url = "https://news.example/1"
    with Archive.open(new_url(), create=True, by="سلمى") as archive:
        for text, digest in ((OLD, "a" * 64), (NEW, "b" * 64)):
            raw = Raw(None, {"sha256": digest, "url": url})
            archive.add(Report(text=text, url=url, id="1"), code, "c", raw=[raw])
        archive.add(Report(text="other", id="1", publisher="x"), code, "c", raw=[Raw(b"", {})])
        for name in (url, "r" + versions(archive, url)[0].kept.id[1:]):
            found = versions(archive, name)
            assert [v.kept.version for v in found] == [1, 2] and found[0].by == "سلمى"
            assert [r.sha256 for v in found for r in v.raw] == ["a" * 64, "b" * 64]
        assert sorted(d for d, _ in archive.raw_elsewhere()) == ["a" * 64, "b" * 64]
        assert list(verify(archive)) == []
        with pytest.raises(UsageError, match="2 reports are"):
            versions(archive, "1")
        with pytest.raises(UsageError, match="no report is"):
            versions(archive, "none")


def test_what_is_not_stated_this_time_makes_no_version(new_url: NewUrl) -> None:
    url = "https://news.example/1"
    with Archive.open(new_url(), create=True) as archive:
        full = Report(text=OLD, url=url, id="1", published=dt.date(2026, 3, 1), byline="سلمى")
        less = Report(text=OLD, url=url, id="1")
        assert archive.add(full, code, "c").status == "added"
        assert archive.add(less, code, "c").status == "known"
        more = full.model_copy(update={"title": "قصف"})
        assert archive.add(more, code, "c").status == "version"
        assert archive.add(less, code, "c").status == "known"
