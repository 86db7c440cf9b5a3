"""The watch over a site on loopback: what is new once, politely, whatever fails."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from isnad.errors import InputError, IsnadError
from isnad.gather.evidence import Evidence, RawCopy, stamps
from isnad.gather.watch import Config, Ears, Journal, Watch
from isnad.gather.watch.config import Settings, Source
from isnad.gather.watch.visit import Visitor
from isnad.model import Report, report_id

from ..evidence.authority import serving
from .site import Site, channel, page, served, text

FAST: dict[str, Any] = {
    "archive": "-", "delay": "0s", "retry": "10ms", "retry-most": "20ms", "wait": "5s",
    "whole": "5s", "local-hosts": ("localhost", "127.0.0.1"),
}  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


class Desk:
    """A watch with a dictionary for an archive."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.kept: dict[str, list[tuple[Report, RawCopy | None]]] = {}
        self.problems: list[InputError] = []
        self.notes: list[str] = []
        self.refuse: Callable[[Report], None] = lambda _: None

    def add(self, report: Report, raw: Callable[[], RawCopy | None]) -> str:
        self.refuse(report)
        versions = self.kept.setdefault(report_id(report), [])
        if any(old == report for old, _ in versions):
            return "known"
        versions.append((report, raw()))
        return "version" if len(versions) > 1 else "added"

    def run(
        self, *sources: dict[str, Any], looks: int = 12, most: int = 8, **settings: Any
    ) -> None:
        config = Config(
            watch=Settings(**{**FAST, **settings, "tries": most}),
            source=tuple(Source(**s) for s in sources),
        )
        with Journal(self.folder / "j.watch") as journal, Evidence(self.folder / "e") as evidence:
            ears = Ears(self.problems.append, self.notes.append)
            for _ in range(looks):
                watch = Watch(config, journal, evidence, self.add, ears)
                watch.run(once=True)
                rows = journal.status(0).values()
                if not any(row["waiting"] or row["failures"] for row in rows):
                    break
                time.sleep(0.03)
            self.status = journal.status(0)
            self.given_up = {s["name"]: journal.given_up(s["name"]) for s in self.status.values()}

    def source(self, path: str, kind: str = "feed", name: str = "a", **more: Any) -> dict[str, Any]:
        url = self.site.address + path
        return {"name": name, "kind": kind, "url": url, "every": "1h", **more}

    @property
    def reports(self) -> list[Report]:
        return [r for versions in self.kept.values() for r, _ in versions]

    @property
    def codes(self) -> list[str]:
        return [p.code for p in self.problems]


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Desk:
    for n in range(6):
        site.pages[f"/p/{n}"] = page(n)
    site.feed("/feed", [0, 1, 2])
    site.sitemap("/map", [1, 2, 3, 4])
    return Desk(tmp_path, site)


def again(desk: Desk) -> None:
    """Make every source due."""
    db = sqlite3.connect(desk.folder / "j.watch")
    db.execute("UPDATE source SET due = 0")
    db.execute("UPDATE page SET due = 0")
    db.commit()
    db.close()


def test_pages_that_a_feed_and_a_site_map_name_are_fetched_once(desk: Desk) -> None:
    desk.run(desk.source("/feed"), desk.source("/map", "sitemap", "b"))
    assert sorted(r.url or "" for r in desk.reports) == [
        f"{desk.site.address}/p/{n}" for n in range(5)
    ]
    assert all(
        text(n) in r.text
        for n, r in zip("01234", sorted(desk.reports, key=lambda r: r.id), strict=True)
    )
    counts = desk.site.counts()
    assert {counts[f"/p/{n}"] for n in range(5)} == {1} and not desk.problems
    assert desk.site.paths()[0] == "/robots.txt"


def test_what_a_page_does_not_say_comes_from_the_feed_and_the_configuration(desk: Desk) -> None:
    desk.site.pages["/p/0"] = page(0).replace(" - شبكة النور".encode(), b"")
    desk.site.sitemap("/map", [4])
    desk.site.pages["/p/4"] = page(4).replace(" - شبكة النور".encode(), b"")
    desk.run(desk.source("/feed"), desk.source("/map", "sitemap", "b", publisher="المرصد"))
    by_url = {r.url: r for r in desk.reports}
    first = by_url[f"{desk.site.address}/p/0"]
    assert (str(first.published), first.published_basis) == ("2026-03-03", "feed")
    assert (first.publisher, by_url[f"{desk.site.address}/p/4"].publisher) == (
        "شبكة النور",
        "المرصد",
    )


def test_a_second_look_asks_only_whether_something_changed(desk: Desk) -> None:
    desk.site.headers["/feed"]["ETag"] = '"1"'
    desk.run(desk.source("/feed"))
    again(desk)
    desk.run(desk.source("/feed"))
    assert desk.site.counts()["/feed"] == 2 and desk.site.counts()["/p/0"] == 1
    assert desk.site.asked[-1][2]["If-None-Match"] == '"1"'
    assert len(desk.reports) == 3


def test_a_page_whose_entry_changed_is_fetched_again_and_becomes_a_version(desk: Desk) -> None:
    desk.run(desk.source("/map", "sitemap"))
    desk.site.pages["/p/1"] = page(1, words="قتل 9 مدنيين")
    desk.site.sitemap("/map", [1, 2, 3, 4], day="2026-03-04")
    again(desk)
    desk.run(desk.source("/map", "sitemap"))
    assert sorted(len(v) for v in desk.kept.values()) == [1, 1, 1, 2]
    changed = next(v for v in desk.kept.values() if len(v) == 2)
    assert changed[1][1] is not None and changed[0][1] is not None
    assert changed[1][1].replaces == changed[0][1].sha256


def test_a_page_that_changed_in_silence_is_found_by_looking_again(desk: Desk) -> None:
    source = desk.source("/feed", revisit="60s")
    with Journal(desk.folder / "j.watch") as journal, Evidence(desk.folder / "e") as evidence:
        ears = Ears(desk.problems.append, desk.notes.append)
        config = Config(watch=Settings(**FAST), source=(Source(**source),))
        Watch(config, journal, evidence, desk.add, ears).run(once=True)
        desk.site.pages["/p/1"] = page(1, words="قتل 9 مدنيين")
        del desk.site.pages["/p/2"]
        again(desk)
        Watch(config, journal, evidence, desk.add, ears).run(once=True)
        again(desk)
        Watch(config, journal, evidence, desk.add, ears).run(once=True)
    assert sorted(len(v) for v in desk.kept.values()) == [1, 1, 2]
    assert desk.site.counts()["/p/0"] == 2, "once more, not for ever"
    assert "the copy of before is kept" in desk.problems[0].message


@pytest.mark.parametrize("fault", [500, 503, 429, "reset", "cut", "lie", 408])
def test_what_passes_is_tried_again_until_it_works(desk: Desk, fault: int | str) -> None:
    for path in ("/feed", "/p/0", "/p/1"):
        desk.site.faults[path] = [fault, fault]
    desk.run(desk.source("/feed"))
    assert len(desk.reports) == 3 and desk.site.counts()["/p/0"] == 3
    assert all(text(n) in " ".join(r.text for r in desk.reports) for n in range(3))
    assert all("again in" in p.message for p in desk.problems)


def test_a_slow_page_is_cut_off_and_tried_again(desk: Desk) -> None:
    desk.site.faults["/p/0"] = ["slow"]
    desk.run(desk.source("/feed"), whole="500ms")
    assert len(desk.reports) == 3 and "E158" in desk.codes


@pytest.mark.parametrize("kind", ["gone", "empty", "stubborn"])
def test_a_page_that_cannot_be_had_leaves_what_its_feed_says(desk: Desk, kind: str) -> None:
    if kind == "gone":
        del desk.site.pages["/p/0"]
    elif kind == "empty":
        desk.site.pages["/p/0"] = b"<html><body><ul><li><a href=/>x</a></ul></body></html>"
    else:
        desk.site.faults["/p/0"] = [500] * 9
    desk.run(desk.source("/feed"), most=3)
    (first,) = [r for r in desk.reports if r.url and "/p/0" in r.url]
    assert first.text == f"قصف رقم 0 على حلب\n\n{text(0)}"
    (raw,) = [c for v in desk.kept.values() for r, c in v if r is first]
    assert raw is not None and raw.url.endswith("/feed")
    assert "in its place" in desk.problems[-1].message
    assert [a for a, _ in desk.given_up["a"]] == [f"{desk.site.address}/p/0"]
    assert desk.site.counts()["/p/0"] == (3 if kind == "stubborn" else 1)


def test_one_sources_failure_is_never_anothers(desk: Desk) -> None:
    desk.site.pages["/bomb"] = b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>'
    desk.site.pages["/junk"] = b"\x00\xff" * 500
    bad = [
        desk.source("/none", name="none"), desk.source("/bomb", name="bomb"),
        desk.source("/junk", "sitemap", "junk"), desk.source("/junk", "page", "page"),
        {"name": "host", "kind": "feed", "url": "http://10.0.0.1/feed"},
        {"name": "nowhere", "kind": "feed", "url": "http://nowhere.invalid/feed"},
        {"name": "folder", "kind": "folder", "path": str(desk.folder / "none")},
    ]  # fmt: skip
    desk.run(desk.source("/feed"), *bad, looks=2)
    assert len(desk.reports) == 3
    assert {name: s["failures"] > 0 for name, s in desk.status.items()} == {
        "a": False, **{s["name"]: True for s in bad},
    }  # fmt: skip


def test_robots_are_heeded_and_heard_once(desk: Desk) -> None:
    desk.site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /p/1\nDisallow: /map\n"
    desk.run(desk.source("/feed"), desk.source("/map", "sitemap", "b"))
    counts = desk.site.counts()
    assert counts["/p/1"] == counts["/map"] == 0 and counts["/p/0"] == 1
    assert len([p for p in desk.problems if "/p/1" in str(p.where)]) == 1
    assert len(desk.reports) == 3, "the feed's own words of what is barred"


def test_robots_that_cannot_be_had_bar_all_until_they_can(desk: Desk) -> None:
    desk.site.faults["/robots.txt"] = [500]
    config = Config(watch=Settings(**FAST), source=(Source(**desk.source("/feed")),))
    with Journal(desk.folder / "j.watch") as journal, Evidence(desk.folder / "e") as evidence:
        Watch(config, journal, evidence, desk.add, Ears(desk.problems.append, print)).run(once=True)
    assert desk.site.paths() == ["/robots.txt"] and desk.codes[0] == "E174"
    desk.run(desk.source("/feed"))
    assert len(desk.reports) == 3


def test_a_site_may_be_asked_without_robots(desk: Desk) -> None:
    desk.site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    desk.run(desk.source("/feed", robots=False))
    assert len(desk.reports) == 3 and desk.site.counts()["/robots.txt"] == 0


def test_a_host_is_asked_one_thing_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        watched = [(n, f"http://{n[0]}.example/{n}", f"{n[0]}.example") for n in ("a1", "a2", "b1")]
        journal.watch(watched, 1.0)
        assert sorted(w.source for w in journal.due(2.0, [])) in (["a1", "b1"], ["a2", "b1"])
        assert [w.source for w in journal.due(2.0, ["a.example"])] == ["b1"]
        journal.leave("b.example", 9.0)
        assert journal.due(2.0, ["a.example"]) == [] and journal.due(10.0, ["a.example"]) != []


def test_a_host_is_not_asked_in_a_hurry_but_others_meanwhile() -> None:
    waits: list[float] = []

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            return False

    visitor = Visitor(Settings(**{**FAST, "delay": "100s"}), Clock())
    for url, asked in (("http://a.example/1", 0.0), ("http://a.example:81/2", 0.0),
                       ("http://A.example/3", 500.0), ("http://b.example/", 0.0)):  # fmt: skip
        visitor._pace(url, asked)
    assert [round(w, -2) for w in waits] == [0, 100, 600, 0]


def test_retry_after_is_kept_to_for_the_whole_host(desk: Desk) -> None:
    desk.site.faults["/feed"] = [503]
    real = desk.site

    class Asked(dict[str, str]):
        pass

    from .site import Handler

    send = Handler.send

    def later(self: Handler, status: int, body: bytes, headers: dict[str, str]) -> None:
        send(self, status, body, {"Retry-After": "3600"} if status == 503 else headers)

    Handler.send = later  # type: ignore[method-assign]
    try:
        config = Config(
            watch=Settings(**FAST),
            source=tuple(Source(**desk.source(p, name=p[1:])) for p in ("/feed", "/other")),
        )
        with Journal(desk.folder / "j.watch") as journal, Evidence(desk.folder / "e") as evidence:
            for _ in range(3):
                Watch(config, journal, evidence, desk.add, Ears(desk.problems.append, print)).run(
                    once=True
                )
            held = journal.status(0)["feed"]["held"]
            due = journal.status(0)["feed"]["due"]
            asked = journal.status(0)["feed"]["asked"]
    finally:
        Handler.send = send  # type: ignore[method-assign]
    assert real.paths() == ["/robots.txt", "/feed"], "nothing more of that host, not even another's"
    assert abs(held - asked - 3600) < 5 and due >= asked + 3595


def test_reports_that_stand_in_a_feed_are_added_as_they_are(desk: Desk) -> None:
    desk.run(desk.source("/feed", follow=False, match="/p/[12]$"))
    assert desk.site.paths() == ["/robots.txt", "/feed"]
    assert sorted(r.url or "" for r in desk.reports)[0].endswith("/p/1") and len(desk.reports) == 2


def test_only_addresses_that_match_are_followed(desk: Desk) -> None:
    desk.run(desk.source("/map", "sitemap", match="/p/[23]$"))
    assert len(desk.reports) == 2


def test_a_page_is_watched(desk: Desk) -> None:
    source = desk.source("/p/0", "page")
    desk.run(source)
    again(desk)
    desk.run(source)
    desk.site.pages["/p/0"] = page(0, words="قتل 9 مدنيين")
    again(desk)
    desk.run(source)
    assert [len(v) for v in desk.kept.values()] == [2]


def test_an_index_of_site_maps_is_followed(desk: Desk) -> None:
    desk.site.pages["/index"] = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>'
        f"{desk.site.address}/map</loc></sitemap></sitemapindex>"
    ).encode()
    desk.run(desk.source("/index", "sitemap"))
    assert len(desk.reports) == 4


def test_a_folder_is_read_file_by_file_and_a_changed_file_again(desk: Desk) -> None:
    folder = desk.folder / "in"
    folder.mkdir()
    source = {"name": "in", "kind": "folder", "path": str(folder), "every": "1h"}
    desk.run(source)
    assert desk.status["in"]["failures"] == 0, "an empty folder is no fault"
    (folder / "a.txt").write_text(text(1), encoding="utf-8")
    (folder / "b.jsonl").write_text('{"text": "x", "id": "x"}\n{"no": 1}\n', encoding="utf-8")
    again(desk)
    desk.run(source)
    assert len(desk.reports) == 2 and desk.codes == ["E108"]
    (folder / "a.txt").write_text(text(2), encoding="utf-8")
    again(desk)
    desk.run(source)
    assert len(desk.reports) == 3 and desk.codes == ["E108"], "what was refused is told once"


def test_one_report_that_is_refused_leaves_the_others_alone(desk: Desk) -> None:
    def poison(report: Report) -> None:
        if text(1) in report.text:
            raise InputError("E199", "coding failed", report.id)

    desk.refuse = poison
    desk.run(desk.source("/feed"))
    assert len(desk.reports) == 2 and "E199" in desk.codes


def test_a_fault_of_this_machine_ends_the_watch_and_loses_nothing(desk: Desk) -> None:
    def full(report: Report) -> None:
        if text(1) in report.text:
            raise IsnadError("E506", "the disk is full")

    desk.refuse = full
    with pytest.raises(IsnadError, match="E506"):
        desk.run(desk.source("/feed"))
    desk.refuse = lambda _: None
    desk.run(desk.source("/feed"))
    assert len(desk.reports) == 3 and desk.site.counts()["/p/0"] == 1


def test_a_journal_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="E173"):
        Journal(path)
    with sqlite3.connect(tmp_path / "y") as db:
        db.execute("CREATE TABLE a (b)")
    db.close()
    with pytest.raises(InputError, match="no journal"):
        Journal(tmp_path / "y")


def test_it_ends_when_it_is_told_to(desk: Desk) -> None:
    config = Config(watch=Settings(**FAST), source=(Source(**desk.source("/feed")),))
    with Journal(desk.folder / "j.watch") as journal, Evidence(desk.folder / "e") as evidence:
        watch = Watch(config, journal, evidence, desk.add, Ears(print, desk.notes.append))
        done = threading.Thread(target=watch.run)
        done.start()
        while len(desk.kept) < 3:
            done.join(0.01)
        watch.stop()
        done.join(10)
        assert not done.is_alive()


def test_raw_copies_are_stamped_when_it_is_due(desk: Desk) -> None:
    if which("openssl") is None:
        pytest.skip("no openssl for an authority")
    with serving(desk.folder / "tsa") as authority:
        settings: dict[str, Any] = {
            "timestamp": authority.url, "timestamp-roots": (authority.root,),
        }  # fmt: skip
        desk.run(desk.source("/feed"), looks=1, **settings)
        (one,) = stamps(desk.folder / "e", [authority.root])
        assert one.trusted and one.fault is None and one.copies == 4
        desk.run(desk.source("/p/5", "page", "b"), looks=1, **settings)
        assert authority.asked == 1, "not before its time"
    desk.run(desk.source("/p/4", "page", "c"), looks=1, timestamp="http://10.0.0.1/")
    assert len(desk.reports) == 5
    again(desk)
    with sqlite3.connect(desk.folder / "j.watch") as db:
        db.execute("DELETE FROM noted")
    db.close()
    desk.run(desk.source("/p/4", "page", "c"), looks=1, timestamp="http://10.0.0.1/")
    assert desk.codes == ["E152"], "told, and no report's fault"


def test_a_channels_public_page_gives_each_post_once(desk: Desk) -> None:
    source = desk.source("/s/nour_example", "telegram")
    for views, numbers in ((5, (1, 2, 3)), (9, (1, 2, 3)), (12, (2, 3, 4))):
        desk.site.pages["/s/nour_example"] = channel(views, *numbers)
        desk.run(source)
        again(desk)
    assert sorted(r.url or "" for r in desk.reports) == [
        f"https://t.me/nour_example/{n}" for n in (1, 2, 3, 4)
    ]
    assert all(len(v) == 1 for v in desk.kept.values()) and not desk.problems
    assert {(r.publisher, str(r.published)) for r in desk.reports} == {("شبكة النور", "2026-03-03")}
    copies = {c.sha256 for v in desk.kept.values() for _, c in v if c}
    kept = list((desk.folder / "e" / "objects").glob("*/*"))
    assert len(copies) == len(kept) == 2, "a page on which only the views changed is not kept"


def test_a_feed_that_says_nothing_new_is_not_kept_again(desk: Desk) -> None:
    desk.run(desk.source("/feed"))
    desk.site.pages["/feed"] += b"<!-- built later -->"
    again(desk)
    desk.run(desk.source("/feed"))
    assert len(list((desk.folder / "e" / "objects").glob("*/*"))) == 4
