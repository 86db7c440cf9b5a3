"""DOCX: the text as a reader would see it; what is hostile is refused."""

from __future__ import annotations

from pathlib import Path

from tests.gather.archives.invented import zipped
from tests.gather.reading import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب."
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}{''.join(runs)}</w:p>"


def docx(body: str, title: str = "", doctype: str = "") -> bytes:
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>'.encode(),
    }
    if title:
        members["docProps/core.xml"] = CORE.format(title).encode()
    return zipped(members)


BODY = (
    paragraph(run("تقرير شهر أيار"), style="Title")
    + paragraph(run("قتل خمسة"), f"<w:ins>{run(' مدنيين')}</w:ins>", "<w:del><w:r><w:delText> جنود</w:delText></w:r></w:del>",
                "<w:r><w:br/><w:t>سطر</w:t><w:tab/></w:r>", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + paragraph()
    + "<w:tbl><w:tr><w:tc>" + paragraph(run("حلب")) + "</w:tc><w:tc>" + paragraph(run("5")) + paragraph(run("قتلى")) + "</w:tc></w:tr></w:tbl>"
    + "<w:sdt><w:sdtContent>" + paragraph(run("في إطار")) + "</w:sdtContent></w:sdt>"
    + paragraph(run("حول"), f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph(run('مربع'))}</w:txbxContent></mc:Choice>"
                f"<mc:Fallback><w:txbxContent>{paragraph(run('مربع'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>")
    + "<w:sectPr/>"
)  # fmt: skip


def test_a_document(tmp_path: Path) -> None:
    got = read(tmp_path / "تقرير.docx", docx(BODY))
    (report,) = got.reports
    assert (
        report.text
        == "تقرير شهر أيار\n\nقتل خمسة مدنيين\nسطر\t\n\nحلب\t5 قتلى\n\nفي إطار\n\nحول\n\nمربع"
    )
    assert (report.id, report.title) == ("تقرير", "تقرير شهر أيار")
    assert (got.problems, got.notes) == ([], ["W123"])
    assert "notes at the foot (1)" in got.said[0]


def test_the_title_is_one_that_the_text_shows(tmp_path: Path) -> None:
    body = paragraph(run(TEXT))
    assert read(tmp_path / "a.docx", docx(body, "Microsoft Word - x.doc")).reports[0].title is None
    assert (
        read(tmp_path / "a.docx", docx(body, "قتل خمسة مدنيين")).reports[0].title
        == "قتل خمسة مدنيين"
    )
    assert read(tmp_path / "a.zip", docx(body)).texts == [TEXT]


def test_hostile_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    for doctype in ('<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'):
        assert read(path, docx(paragraph(run("&a;")), doctype=doctype)).problems == ["E122"]
    assert read(path, docx(paragraph())).problems == ["E138"]
    assert read(path, docx("<w:p>")).problems == ["E137"]
    assert read(path, docx("<w:p>" * 20_000 + "</w:p>" * 20_000)).problems == ["E137"]
    assert read(path, zipped({"a.txt": b"x"})).problems == ["E137"]
    assert read(path, zipped({"word/document.xml": b" " * (100 << 20)})).problems == ["E133"]
    assert read(path, b"PK\x03\x04").problems == ["E130"]
    long = read(path, docx(paragraph(run("ق" * 2_000_000))))
    assert [len(t) for t in long.texts] == [2_000_000]
    marks = "\u202e\u2066\u2067\u2068\u202a\u202b" * 2
    assert read(tmp_path / "b\u202e.docx", docx(paragraph(run(marks + TEXT)))).notes == ["W102"]
