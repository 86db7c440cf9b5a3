"""PDF: the text in the order in which it is read, or a refusal; never words in the wrong order."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.dispatch import read_source
from isnad.gather.kinds import Source
from isnad.gather.pdf import lines, order
from isnad.gather.pdf import read as module
from isnad.model import Report
from tests.gather.pdf.invented import bomb, glyphs, pdf
from tests.gather.reading import read

HERE = Path(__file__).parent
FIRST = "قُتل 12 مدنيا وأصيب 25 آخرون، اليوم الإثنين 24 أيار 2021، بقصف مدفعي استهدف سوقا شعبيا في بلدة النورية بريف حماة الشمالي، بحسب ما أفاد به «مرصد الوادي» لحقوق الإنسان (غير حكومي)."
SECOND = "وقال مدير المستشفى لوكالة الأنباء إن الحصيلة مرشحة للارتفاع لوجود إصابات خطرة، وأضاف أن 3 أطفال بين القتلى. The Valley Post reported 14 dead."
PLAIN = ["قصف على سوق النورية يوقع قتلى", FIRST, SECOND, "لا إله إلا الله، الآن والأولاد."]
LINE = "قتل 12 مدنيا وأصيب 25 آخرون في المدينة، لا الله."


def test_what_a_browser_writes(tmp_path: Path) -> None:
    got = read(HERE / "chromium.pdf", None)
    (report,) = got.reports
    assert report.text.split("\n\n") == PLAIN
    assert (report.title, report.id, report.published) == (PLAIN[0], "chromium", None)
    assert (got.problems, got.notes) == ([], [])


def test_pages_with_heads_and_numbers() -> None:
    got = read(HERE / "weasyprint.pdf", None)
    (report,) = got.reports
    paragraphs = [" ".join(p.split()) for p in report.text.split("\n\n")]
    assert paragraphs[:4] == PLAIN
    assert "مرصد الوادي – التقرير" not in report.text
    for n in (2, 3, 4):
        assert (
            f"الفصل {n}: قصف على المدينة في اليوم {n} من الشهر أوقع {n + 3} قتلى، ولم تعلن"
            in report.text
        )
    assert (got.problems, got.notes) == ([], ["W123"])


def test_the_library_s_own_text_would_be_wrong() -> None:
    """Why the lines are rebuilt: if this fails, the library's text has become usable."""
    page = pypdf.PdfReader(HERE / "weasyprint.pdf").pages[0]
    assert "قُتل 12 مدنيا وأصيب 25" not in page.extract_text()


@pytest.mark.parametrize("ligatures", [(), ("لا",), ("لا", "لله")])
def test_glyphs_of_several_letters(tmp_path: Path, ligatures: tuple[str, ...]) -> None:
    data = pdf([[glyphs(LINE, *ligatures), glyphs("والمدينة خالية", *ligatures)]])
    assert read(tmp_path / "a.pdf", data).texts == [f"{LINE}\nوالمدينة خالية"]


def test_letters_written_in_the_order_of_reading(tmp_path: Path) -> None:
    data = pdf([[list("قتل مدنيون في المدينة القديمة والقرية، بحسب الوكالة.")]])
    assert read(tmp_path / "a.pdf", data).texts == [
        "قتل مدنيون في المدينة القديمة والقرية، بحسب الوكالة."
    ]


def test_words_in_no_order_are_refused(tmp_path: Path) -> None:
    words = LINE.split()
    mixed = " ".join(f"،{w}" for w in words)
    got = read(tmp_path / "a.pdf", pdf([[glyphs(mixed)]]))
    assert (got.reports, got.problems) == ([], ["E139"])


def test_joined_forms_become_letters(tmp_path: Path) -> None:
    forms = "ﻗﺘﻞ ﻣﺪﻧﻴﻮﻥ ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ ﻭﺍﻷﻭﻻﺩ ﺑﺴﻼﻡ"
    assert read(tmp_path / "a.pdf", pdf([[glyphs(forms)]])).texts == [
        "قتل مدنيون في المدينة والأولاد بسلام"
    ]


def test_english_pages(tmp_path: Path) -> None:
    line = "Shells hit a market; the rescue service (Ugarit) said 12 died in المدينة today"
    data = pdf(
        [
            [
                list(line[: line.index("المدينة")]) + glyphs("المدينة") + list(" today"),
                list("and 3 more later."),
            ]
        ]
    )
    assert read(tmp_path / "a.pdf", data).texts == [f"{line} and 3 more later."]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert read(path, pdf([[[]]])).problems == ["E138"]
    assert read(path, pdf([[list("12")]])).problems == ["E138"]
    strange = [chr(0x4E00 + i) for i in range(60)]
    assert read(path, pdf([[strange]])).problems == ["E139"]
    assert read(path, b"%PDF-1.7 nothing").problems == ["E137"]
    assert read(path, b"%PDF-").problems == ["E137"]
    assert read(path, b"no pdf").problems == ["E137"]


def test_encrypted(tmp_path: Path) -> None:
    for algorithm in ("RC4-128", "AES-256"):
        for password, problems in (("secret", ["E117"]), ("", [])):
            writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([[glyphs(LINE)]])))
            writer.encrypt(password, "owner", algorithm=algorithm)
            out = io.BytesIO()
            writer.write(out)
            got = read(tmp_path / "a.pdf", out.getvalue())
            assert (got.problems, len(got.reports)) == (problems, not problems)


def test_bombs_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([[]], packed=bomb()))
    tracemalloc.start()
    got = read(path, None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (got.reports, got.problems) == ([], ["E137"])
    assert peak < 300 << 20
    monkeypatch.setattr(module, "_PAGES", 2)
    assert read(path, pdf([[glyphs(LINE)]] * 3)).problems == ["E105"]
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    assert read(path, pdf([[glyphs(LINE)]])).problems == ["E105"]


def test_a_page_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_MOST", 1000)
    long = [[glyphs(LINE)] * 1, [glyphs(LINE)] * 40]
    got = read(tmp_path / "a.pdf", pdf(long))
    assert (got.texts, got.notes) == ([LINE], ["W124"])
    assert "pages 2;" in got.said[0]


def test_text_inside_forms(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", pdf([[glyphs(LINE)]], form=1)).texts == [LINE]


def test_forms_that_never_end(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", pdf([[glyphs(LINE)]], form=9)).problems == ["E137"]


def test_pages_in_a_circle_and_deep_objects(tmp_path: Path) -> None:
    data = pdf([[glyphs(LINE)]])
    circle = data.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    deep = data.replace(b"/Type /Catalog", b"/Type /Catalog /A " + b"[" * 20_000)
    for bad in (circle, deep, data[:-300], data[: len(data) // 2]):
        got = read(tmp_path / "a.pdf", bad)
        assert set(got.problems) <= {"E137", "E138"}


def test_marks_of_direction_in_a_title(tmp_path: Path) -> None:
    got = read(tmp_path / "a\u202e.pdf", pdf([[glyphs(LINE)]], title="\u202e\u2066" * 6 + "x"))
    assert got.reports[0].title is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_any_damage_is_told_or_harmless(where: int, bad: bytes) -> None:
    data = bytearray(pdf([[glyphs(LINE)]]))
    at = where % len(data)
    data[at : at + len(bad)] = bad
    got = list(read_source(Source(io.BytesIO(bytes(data)), "x", "x"), "x.pdf"))
    assert all(isinstance(one, Report | InputError) for one in got)


@given(st.text(alphabet="ابة لا 12.,()«»ABc/", max_size=60), st.booleans())
def test_no_character_is_lost(line: str, rtl: bool) -> None:
    assert sorted(order.read_order(line, rtl)) == sorted(line)


@pytest.mark.parametrize(
    ("visual", "read_as"),
    [("2021/5/24 يف لتق", "قتل في 2021/5/24"), ("BBC News لاق", "قال BBC News"),
     ("%50 ةبسنب 3.5 ىلإ", "إلى 3.5 بنسبة 50%"), (".12 died", "12 died."), ("12 died.", "12 died.")],
)  # fmt: skip
def test_lines_of_both_directions(visual: str, read_as: str) -> None:
    assert order.read_order(visual, True) == read_as
