"""What is hostile in the same way for many kinds of input: one test a danger, over all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isnad.errors import InputError
from isnad.gather import read_inputs
from isnad.gather.kinds import KINDS
from tests.gather.archives.invented import page, zipped
from tests.gather.reading import read
from tests.gather.tables.test_xlsx_parquet import book
from tests.gather.telegram.invented import MESSAGES, export
from tests.gather.test_documents import docx, paragraph, run

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب، وأصيب آخرون بجروح، بحسب مصادر محلية في المدينة."
MARKS = "\u202e\u2066\u2067\u2068\u202a\u202b" * 2
LONG = "ق" * 2_000_000


def written(text: str, title: str = "عنوان") -> dict[str, bytes]:
    """One report with this text, in every kind that this test can write."""
    record = {"text": text, "title": title, "id": "1"}
    rss = f"<rss version='2.0'><channel><title>x</title><item><title>{title}</title><guid>1</guid><description>&lt;p&gt;{text}&lt;/p&gt;</description></item></channel></rss>"
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "1", "title": title, "content_text": text}],
    }
    mail = f"Subject: =?utf-8?q?x?=\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    post = {**MESSAGES[1], "text": text}
    return {
        "a.txt": text.encode(),
        "b.jsonl": json.dumps(record, ensure_ascii=False).encode(),
        "c.html": f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode(),
        "d.rss": rss.encode(),
        "e.json": json.dumps(feed).encode(),
        "f.csv": f"id,title,text\n1,{title},{text}\n".encode(),
        "g.eml": mail.encode(),
        "h.json": export([post]),
        "i.docx": docx(paragraph(run(text))),
        "k.zip": zipped({"a.txt": text.encode()}),
    }


@pytest.mark.parametrize("name", list(written("")))
def test_words_of_two_million_letters(tmp_path: Path, name: str) -> None:
    got = read(tmp_path / name, written(f"{TEXT} {LONG}")[name])
    assert (got.problems, len(got.reports)) == ([], 1)
    assert LONG in got.texts[0]


@pytest.mark.parametrize("name", list(written("")))
def test_twelve_marks_of_direction_in_text_title_and_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / MARKS
    folder.mkdir()
    got = read(folder / f"{MARKS}{name}", written(MARKS + TEXT, f"{MARKS}عنوان")[name])
    assert (got.problems, len(got.reports)) == ([], 1)
    assert MARKS in got.texts[0]
    assert "W102" in got.notes
    assert all(mark not in line for line in got.said for mark in MARKS)


@pytest.mark.parametrize("name", [n for n in written("") if n not in ("c.html", "i.docx")])
def test_text_once_read_in_the_wrong_encoding_is_flagged(tmp_path: Path, name: str) -> None:
    spoiled = TEXT.encode().decode("cp1256", "replace").replace("\ufffd", "")
    got = read(tmp_path / name, written(spoiled)[name])
    assert (len(got.reports), "W143" in got.notes) == (1, True)


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("true", ["windows-1256", "iso-8859-6"])
def test_encodings_that_pages_and_feeds_lie_about(tmp_path: Path, said: str, true: str) -> None:
    text = TEXT.replace("،", ",")
    head = f"<html><head><meta charset='{said}'><title>عنوان</title></head>"
    html = f"{head}<body><article><h1>عنوان</h1><p>{text}</p></article></body></html>"
    assert text in read(tmp_path / "a.html", html.encode(true)).texts[0]
    for rows in (f"id,text\n1,{text.replace(',', ';')}\n", f"{text}\n"):
        name = "b.csv" if rows.startswith("id") else "c.txt"
        assert text.replace(",", "")[:20] in read(tmp_path / name, rows.encode(true)).texts[
            0
        ].replace(";", "").replace(",", "")


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_characters(tmp_path: Path, wide: str) -> None:
    for name in ("a.txt", "c.html", "f.csv"):
        data = written(TEXT)[name].decode().encode(wide)
        got = read(tmp_path / name, data)
        assert TEXT in got.texts[0], name


def test_twenty_thousand_nested_tags(tmp_path: Path) -> None:
    deep = "<b>" * 20_000 + TEXT + "</b>" * 20_000
    html = page(1).replace(b"</article>", f"<p>{deep}</p></article>".encode())
    assert TEXT in read(tmp_path / "a.html", html).texts[0]
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "1", "content_html": deep}],
    }
    assert TEXT in read(tmp_path / "b.json", json.dumps(feed).encode()).texts[0]
    mail = f"Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{deep}\r\n"
    assert TEXT in read(tmp_path / "c.eml", mail.encode()).texts[0]
    xml = b"<rss>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</rss>"
    assert read(tmp_path / "d.rss", xml).problems == ["E123"]
    sitemap = b"<urlset>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</urlset>"
    assert read(tmp_path / "e.xml", sitemap).problems == ["E123"]


@pytest.mark.parametrize(
    "magic",
    [b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"BZh9", b"\xfd7zXZ\0", b"Rar!\x1a\x07", b"{\\rtf1"],
)
def test_packed_files_are_named_whatever_they_are_called(tmp_path: Path, magic: bytes) -> None:
    for name in ("a.txt", "a.jsonl", "a.html", "a.csv", "a.docx", "a"):
        assert read(tmp_path / name, magic + b"x" * 50).problems == ["E115"]


def test_one_poisoned_line_among_ten_thousand(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": TEXT}) for i in range(10_000)]
    for poison, code in (("{", "E107"), ('{"text": "a\\u0000"}', "E111"), ('{"text": 5}', "E108")):
        lines[5000] = poison
        got = read(tmp_path / "a.jsonl", "\n".join(lines).encode())
        assert (len(got.reports), got.problems) == (9_999, [code])


def test_one_poisoned_file_among_a_thousand(tmp_path: Path) -> None:
    for i in range(1000):
        (tmp_path / f"{i:04}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "0500.txt").write_bytes(b"\0")
    problems: list[InputError] = []
    assert sum(1 for _ in read_inputs([str(tmp_path)], on_problem=problems.append)) == 999
    assert [(p.code, Path(p.where or "").name) for p in problems] == [("E111", "0500.txt:1")]


def test_a_folder_of_every_kind(tmp_path: Path) -> None:
    files = {**written(TEXT), "m.xlsx": book({"1": [["text"], [TEXT]]})}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    got = read(tmp_path / "a.txt", None)
    every = list(read_inputs([str(tmp_path)]))
    assert len(every) == len(files)
    assert all(TEXT in report.text for report in [*every, *got.reports])


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 9, b"<", b"{", b"\xff\xfe", b"PK\x03\x04", b"%PDF-", b"\x1f\x8b"]
)
def test_no_kind_breaks_on_next_to_nothing(tmp_path: Path, kind: str, data: bytes) -> None:
    got = read(tmp_path / "x", data, kind=kind)
    assert bool(got.problems) != bool(got.reports)
