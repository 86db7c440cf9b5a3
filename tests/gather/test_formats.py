"""Feeds, tables and mail: what they give, and what hostile ones are told."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from isnad.errors import InputError, UsageError
from isnad.gather import read_inputs
from isnad.model import Report

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب."  # invented, as all texts here
RSS = """<?xml version="1.0" encoding="{encoding}"?>
{doctype}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>وكالة الاختبار</title>
<item><title>قصف على حلب</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>{date}</pubDate><description>موجز</description>
<content:encoded><![CDATA[<p>قتل <b>خمسة</b> مدنيين.</p><p>وأصيب آخرون.</p>]]></content:encoded>
</item><item><title>خبر ثان</title><guid>g2</guid></item></channel></rss>"""
GOOD = "Thu, 02 Jan 2020 23:30:00 -0500"


def rss(date: str = GOOD, doctype: str = "", encoding: str = "utf-8") -> bytes:
    return RSS.format(date=date, doctype=doctype, encoding=encoding).encode(encoding)


def read(path: Path, data: bytes, **known: object) -> tuple[list[Report], list[str], list[str]]:
    problems: list[InputError] = []
    notes: list[InputError] = []
    path.write_bytes(data)
    got = list(
        read_inputs([str(path)], on_problem=problems.append, on_note=notes.append, **known)  # type: ignore[arg-type]
    )
    assert all("\n" not in str(e) for e in problems + notes)
    return got, [e.code for e in problems], [e.code for e in notes]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_a_feed_gives_its_entries_whole(tmp_path: Path, encoding: str) -> None:
    (one, two), problems, notes = read(tmp_path / "a.rss", rss(encoding=encoding))
    assert one.text == "قصف على حلب\n\nقتل خمسة مدنيين.\n\nوأصيب آخرون."
    assert (one.id, one.url, one.publisher) == ("g1", "https://example.org/1", "وكالة الاختبار")
    assert str(one.published) == "2020-01-02"  # as written, in its own zone
    assert (two.text, two.published) == ("خبر ثان", None)
    assert not problems
    assert not notes


@pytest.mark.parametrize("date", ["Sun, 30 Feb 2020 10:00:00 GMT", "2020-02-30T10:00:00Z", "أمس"])
def test_a_date_that_is_none_is_unknown(tmp_path: Path, date: str) -> None:
    (one, _), problems, notes = read(tmp_path / "a.xml", rss(date))
    assert (one.published, problems, notes) == (None, [], ["W120"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
)  # fmt: skip
def test_entities_are_refused(tmp_path: Path, doctype: str, encoding: str) -> None:
    data = rss(doctype=doctype, encoding=encoding)
    assert read(tmp_path / "a.rss", data) == ([], ["E122"], [])


def test_a_feed_cut_off_or_none(tmp_path: Path) -> None:
    got, problems, notes = read(tmp_path / "a.rss", rss()[:-60])
    assert ([r.id for r in got], problems, notes) == (["g1"], ["E123"], ["W121"])
    assert read(tmp_path / "b.rss", b"<a/>") == ([], ["E123"], [])
    half = b'{"version": "https://jsonfeed.org/version/1", "items": ['
    assert read(tmp_path / "c.json", half * 9) == ([], ["E123"], [])
    assert read(tmp_path / "d.json", b'{"items": []}', kind="feed") == ([], ["E123"], [])
    assert read(tmp_path / "d.json", b'{"items": []}') == ([], ["E108"], [])


def test_json_feed(tmp_path: Path) -> None:
    items = [
        {
            "id": 7,
            "title": "ع",
            "content_html": "<p>أ</p><p>ب</p>",
            "date_published": "2020-01-02T03:04:05Z",
        },
        5,
        {"id": "8", "content_text": "1 < 2 و 3 > 2"},
        {"id": "9"},
    ]
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "ناشر", "items": items}
    got, problems, _ = read(tmp_path / "a.json", json.dumps(data).encode())
    assert [(r.id, r.text) for r in got] == [("7", "ع\n\nأ\n\nب"), ("8", "1 < 2 و 3 > 2")]
    assert str(got[0].published) == "2020-01-02"
    assert problems == ["E110", "E110"]


def test_tables_by_headings_of_either_language_and_by_mapping(tmp_path: Path) -> None:
    data = f'التاريخ;النص;المصدر\n2020-01-02;"{TEXT}\n""ثم"" صمت";قناة\n'.encode("utf-8-sig")
    (one,), problems, notes = read(tmp_path / "a.csv", data)
    assert (one.text, one.publisher, str(one.published), one.id) == (
        f'{TEXT}\n"ثم" صمت', "قناة", "2020-01-02", "a#1",
    )  # fmt: skip
    assert not problems + notes
    data = f"words\twhen\n{TEXT}\t30/2/2020\n".encode()
    (two,), problems, notes = read(
        tmp_path / "b.tsv", data, settings={"columns": "text=Words,published=when"}
    )
    assert (two.text, two.published, problems, notes) == (TEXT, None, [], ["W120"])


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-16-le"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    (one,), problems, _ = read(tmp_path / "a.csv", f"id,text\n7,{TEXT}\n".encode(encoding))
    assert (one.text, one.id, problems) == (TEXT, "7", [])


def test_blank_lines_above_the_headings(tmp_path: Path) -> None:
    got, problems, _ = read(tmp_path / "a.csv", f"\n \nid,text\n7,{TEXT}\n8,\n".encode())
    assert ([r.id for r in got], problems) == (["7"], ["E110"])


def test_tables_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert read(path, b"a,b\n1,2\n") == ([], ["E125"], [])
    assert read(path, b"a,b\n1,2\n", settings={"columns": "text=c"}) == ([], ["E125"], [])
    assert read(path, b"") == ([], ["E110"], [])
    for wrong in ("text", "texts=a"):
        with pytest.raises(UsageError, match="FIELD=COLUMN"):
            read(path, b"a,b\n1,2\n", settings={"columns": wrong})


def test_one_poisoned_row_among_ten_thousand(tmp_path: Path) -> None:
    poisons = {
        b"a\0b": "E111",
        b"\xff\xfe\xd9": "E112",
        b"": "E110",
        b"x" * (9 << 20): "E105",
        b'"a"b': "E126",
    }
    for poison, code in poisons.items():
        lines = [b"%d,%s" % (i, TEXT.encode()) for i in range(10_000)]
        lines[5000] = b"5000," + poison
        got, problems, _ = read(tmp_path / "a.csv", b"id,text\n" + b"\n".join(lines) + b"\n")
        assert (len(got), problems) == (9_999, [code])


def test_a_quote_never_closed_swallows_nothing_in_silence(tmp_path: Path) -> None:
    got, problems, _ = read(tmp_path / "a.csv", b'id,text\n1,x\n2,"y\n3,z\n')
    assert ([r.id for r in got], problems) == (["1"], ["E126"])


def mail(html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "قصف على حلب",
        "مكتب <a@example.org>",
        GOOD,
    )
    message["Message-ID"] = "<1@example.org>"
    if html:
        message.set_content(f"<p>{TEXT}</p>", subtype="html")
    else:
        message.set_content(TEXT + "\n", charset="windows-1256", cte="8bit")
    return message


@pytest.mark.parametrize("html", [True, False])
def test_mail(tmp_path: Path, html: bool) -> None:
    (one,), problems, _ = read(tmp_path / "a.eml", mail(html).as_bytes())
    assert one.text.strip() == f"قصف على حلب\n\n{TEXT}"
    assert (one.id, one.title, str(one.published)) == ("1@example.org", "قصف على حلب", "2020-01-02")
    assert one.publisher == "مكتب <a@example.org>"
    assert not problems


def test_mail_with_attachments_or_without_text(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="\u202efdp.exe")
    got, problems, notes = read(tmp_path / "a.eml", message.as_bytes())
    assert (len(got), problems, "W122" in notes) == (1, [], True)
    assert read(tmp_path / "b.eml", b"Subject: x\n\n")[1] == ["E110"]
    assert read(tmp_path / "c.eml", b"")[1] == ["E127"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"<urlset><url><loc>https://e.org/1</loc></url></urlset>", "1 addresses"),
     (b'<?xml version="1.0"?><sitemapindex><sitemap><loc>https://e.org/m.xml</loc></sitemap></sitemapindex>', "1 other site maps")],
)  # fmt: skip
def test_a_site_map_is_told(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_bytes(data)
    problems: list[InputError] = []
    assert list(read_inputs([str(path)], on_problem=problems.append)) == []
    assert [p.code for p in problems] == ["E119"]
    assert says in problems[0].message
    assert read(path, b'<!DOCTYPE u [<!ENTITY a "b">]><urlset></urlset>')[1] == ["E122"]
