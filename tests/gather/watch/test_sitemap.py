"""Site maps in every form, and those that are none."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest

from isnad.errors import InputError
from isnad.gather.watch.journal import Seen
from isnad.gather.watch.sitemap import read_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
URLS = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE} {NEWS}>
<!-- a remark --><url><loc> https://nour.example/1 </loc><lastmod>2026-03-03T10:00:00Z</lastmod>
<news:news><news:publication><news:name>شبكة النور</news:name></news:publication>
<news:publication_date>2026-03-02</news:publication_date><news:title>قصف</news:title></news:news>
</url><url><loc>https://nour.example/2</loc></url><url><loc>file:///etc/passwd</loc></url>
<url><loc>http://[::1</loc></url><url><lastmod>2026-03-03</lastmod></url></urlset>""".encode()
INDEX = f"""<sitemapindex {SPACE}><sitemap><loc>https://nour.example/a.xml.gz</loc>
<lastmod>2026-03-03</lastmod></sitemap></sitemapindex>""".encode()


@pytest.mark.parametrize("data", [URLS, gzip.compress(URLS), b"\xef\xbb\xbf" + URLS])
def test_addresses_with_their_days_and_what_news_say_of_them(data: bytes) -> None:
    (one, said), (two, nothing) = read_sitemap(data, "map")
    assert one == Seen("https://nour.example/1", "2026-03-03T10:00:00Z")
    assert said is not None and nothing is None and two == Seen("https://nour.example/2")
    assert (said.title, said.publisher, said.published) == (
        "قصف", "شبكة النور", dt.date(2026, 3, 2),
    )  # fmt: skip
    assert (said.text, said.published_basis) == ("", "feed")


def test_an_index_names_further_maps() -> None:
    ((seen, _),) = read_sitemap(INDEX, "map")
    assert (seen.role, seen.mark) == ("sitemap", "2026-03-03")


def test_a_list_of_addresses() -> None:
    found = read_sitemap(b"https://nour.example/1\nhttps://nour.example/2\n", "map")
    assert [s.address[-1] for s, _ in found] == ["1", "2"]


BOMB = b"""<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>"""


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "E123"), (b"<html></html>", "E123"), (URLS[:200], "E123"), (BOMB, "E122"),
     (b"words, no addresses", "E123"), (gzip.compress(URLS)[:-9], "E155"),
     (gzip.compress(bytes(70_000_000)), "E153"), (BOMB.decode().encode("utf-16"), "E122")],
)  # fmt: skip
def test_what_is_no_site_map_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        list(read_sitemap(data, "map"))
    assert error.value.code == code
