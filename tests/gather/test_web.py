"""Addresses as inputs, over real HTTP on loopback: kinds, redirects, refusals, raw copies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from isnad.errors import InputError
from isnad.gather import Gathered, gather
from isnad.gather.evidence import Evidence, RawCopy
from isnad.gather.fetch import Limits
from isnad.gather.kinds import kind_sent, named
from isnad.gather.web import bare, is_address

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب، بحسب مصادر محلية."
PAGE = f"""<html lang="ar"><head><title>قصف على حلب - شبكة النور</title></head><body><article>
<h1>قصف على حلب</h1><p>{TEXT}</p><p>وقالت مصادر طبية إن بين القتلى طفلين، وإن فرق الإسعاف نقلت
عشرين جريحا إلى مستشفيات المدينة مساء اليوم نفسه.</p></article></body></html>"""
FEED = f"""<rss version="2.0"><channel><title>شبكة النور</title><item><title>قصف</title>
<link>https://news.example/1</link><description>{TEXT}</description></item>
<item><title>ثان</title><description>{TEXT} ثان</description></item></channel></rss>"""
SENT: dict[str, tuple[int, str | None, bytes]] = {
    "/page": (200, "text/html; charset=windows-1256", PAGE.encode("cp1256")),
    "/feed": (200, "text/html", FEED.encode()),
    "/plain": (200, "text/plain; charset=utf-8", TEXT.encode()),
    "/r.txt": (200, "application/octet-stream", TEXT.encode()),
    "/bare": (200, None, TEXT.encode()),
    "/lines": (200, "application/x-ndjson", b'{"text": "one"}\n{"text": "two"}\n'),
    "/picture": (200, "text/html", b"\x89PNG\r\n\x1a\n0000"),
    "/video": (200, "video/mp4", b"0000"),
    "/none": (404, "text/html", PAGE.encode()),
    "/odd": (599, "text/html", PAGE.encode()),
    "/empty": (200, "text/html", b""),
}


class Site(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page?utm_source=x&id=7#top")
            self.end_headers()
            return
        status, kind, body = SENT[self.path.partition("?")[0]]
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


LOCAL = Limits(wait=5, whole=5, local=frozenset({"localhost"}))


def read(url: str, **more: object) -> tuple[list[Gathered], list[InputError]]:
    problems: list[InputError] = []
    got = gather([url], limits=LOCAL, on_problem=problems.append, **more)  # type: ignore[arg-type]
    return list(got), problems


def test_a_page_is_read_in_the_encoding_that_its_header_names(site: str) -> None:
    [(report, raw)], problems = read(f"{site}/page")
    assert TEXT in report.text and report.url == report.id == f"{site}/page"
    assert (report.publisher, raw, problems) == ("شبكة النور", None, [])


@pytest.mark.parametrize(
    ("path", "texts"),
    [("plain", [TEXT]), ("r.txt", [TEXT]), ("bare", [TEXT]), ("lines", ["one", "two"]),
     ("feed", [f"قصف\n\n{TEXT}", f"ثان\n\n{TEXT} ثان"])],
)  # fmt: skip
def test_other_kinds_by_what_was_sent(site: str, path: str, texts: list[str]) -> None:
    got, problems = read(f"{site}/{path}")
    assert [g.report.text for g in got] == texts and not problems


def test_the_address_of_many_reports_is_none_of_theirs(site: str) -> None:
    assert [g.report.url for g in read(f"{site}/feed")[0]] == ["https://news.example/1", None]
    assert [g.report.url for g in read(f"{site}/lines")[0]] == [None, None]
    assert [g.report.url for g in read(f"{site}/plain")[0]] == [f"{site}/plain"]


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [("/none", "E164", "404 Not Found"), ("/odd", "E164", "599"), ("/picture", "E115", "picture"),
     ("/video", "E115", "video/mp4"), ("/empty", "E140", "empty")],
)  # fmt: skip
def test_what_is_no_report_is_refused(site: str, url: str, code: str, words: str) -> None:
    got, [problem] = read(site + url)
    assert not got and (problem.code, problem.where) == (code, site + url)
    assert words in problem.message


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/", "HTTP://127.1/"])
def test_an_address_that_is_not_fetched_is_refused_and_the_next_one_read(
    tmp_path: Path, url: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    problems: list[InputError] = []
    (got,) = gather([url, str(file)], on_problem=problems.append)
    assert got.report.text == TEXT and problems[0].code in ("E150", "E152")


def test_raw_copies_are_kept_with_redirects_and_name_what_was_read(
    site: str, tmp_path: Path
) -> None:
    file = tmp_path / "أ.txt"
    file.write_text(TEXT, encoding="utf-8")
    with Evidence(tmp_path / "e") as evidence:
        [(page, raw)], _ = read(f"{site}/moved", evidence=evidence)
        (plain_file,) = gather([str(file)], evidence=evidence)
        assert isinstance(raw, RawCopy) and isinstance(plain_file.raw, RawCopy)
        assert evidence.read(raw) == PAGE.encode("cp1256")
        assert evidence.read(plain_file.raw) == TEXT.encode()
    assert raw.redirects == (f"{site}/moved",) and raw.url == f"{site}/moved"
    assert raw.final_url == f"{site}/page?utm_source=x&id=7"
    assert page.url == f"{site}/page?id=7", "known by its address, not by who followed it"
    assert ("content-type", "text/html; charset=windows-1256") in raw.headers
    assert (plain_file.raw.url, plain_file.report.id) == (str(file), "أ")


def test_a_file_is_read_from_where_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "one"}\n{"text": "two"}\n', encoding="utf-8")
    with Evidence(tmp_path / "e") as evidence:
        got = gather([str(file)], evidence=evidence)
        first = next(got)
        file.write_text("{}\n", encoding="utf-8")
        both = [first, *got]
    assert [g.report.text for g in both] == ["one", "two"]
    assert {g.raw.sha256 for g in both if g.raw} == {
        hashlib.sha256(b'{"text": "one"}\n{"text": "two"}\n').hexdigest()
    }


def test_what_cannot_be_kept_is_refused_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with Evidence(tmp_path / "e") as evidence:
        real = Evidence.keep_file

        def full(self: Evidence, file: Path) -> RawCopy:
            if file.name == "a.txt":
                raise InputError("E160", "the evidence cannot be written", str(self.folder))
            return real(self, file)

        monkeypatch.setattr(Evidence, "keep_file", full)
        problems: list[InputError] = []
        (got,) = gather([str(tmp_path / n) for n in ("a.txt", "b.txt")], evidence=evidence,
                        on_problem=problems.append)  # fmt: skip
    assert got.report.id == "b" and [p.code for p in problems] == ["E160"]


@pytest.mark.parametrize(
    ("said", "ending", "head", "name"),
    [("text/html", "", b"abc", "page"), ("text/plain", "", b"<!DOCTYPE html>", "page"),
     ("application/xml", "", b"<rss ", "feed"), ("text/csv; header=present", "", b"a,b", "csv"),
     (None, ".jsonl", b"{", "jsonl"), ("application/json", "", b'{"a": 1}', "feed"),
     ("message/rfc822", "", b"From: a", "mail"), ("image/png", "", b"x", None),
     ("video/mp4", ".txt", b"x", "text"), (None, "", b"x", "text")],
)  # fmt: skip
def test_the_kind_of_what_was_sent(
    said: str | None, ending: str, head: bytes, name: str | None
) -> None:
    assert kind_sent(said, ending, head) is (named(name) if name else None)


def test_addresses() -> None:
    assert is_address("https://x.example/") and is_address("file:///x") and not is_address("a/b")
    assert not is_address("C:\\x") and not is_address("://x") and not is_address("-")
    assert bare("https://x.example/a?id=1&utm_source=f&fbclid=2#c") == "https://x.example/a?id=1"
    assert bare("https://x.example/a?b&c=") == "https://x.example/a?b&c="
