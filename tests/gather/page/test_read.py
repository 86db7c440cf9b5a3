"""Pages to reports: text, metadata, encodings, the map to the bytes, and what is refused."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.page import MAX_BYTES, Page, read_page

LEAD = "قتل ثلاثة أشخاص في قصف مدفعي استهدف بلدة النورية صباح اليوم، بحسب مصادر محلية تحدثت إلى مراسلنا."
MORE = "وقالت المصادر إن القصف تجدد مساء على أطراف البلدة الشرقية دون أن ترد معلومات عن خسائر أخرى."
TITLE = "ثلاثة قتلى بقصف على بلدة النورية"


def page(
    body: str = f"<p>{LEAD}</p><p>{MORE}</p>", head: str = "", title: str = TITLE, before: str = ""
) -> str:
    return (
        f"<!DOCTYPE html><html lang='ar'><head><title>{title}</title>{head}</head>"
        f"<body>{before}<article><h1>{title}</h1><div class='entry'>{body}</div></article></body></html>"
    )


def code_of(data: bytes | str) -> str:
    with pytest.raises(InputError) as caught:
        read_page(data.encode() if isinstance(data, str) else data)
    return caught.value.code


def codes(got: Page) -> list[str]:
    return [r.code for r in got.remarks]


def check_map(got: Page, data: bytes) -> None:
    """Each block's bytes, decoded, unescaped and joined, are its text."""
    at = 0
    for block in got.blocks:
        start, end = block.span
        assert got.report.text[at:start].strip("\n") == ""
        at = end
        raw = "".join(html.unescape(data[a:b].decode(got.encoding)) for a, b in block.raw)
        assert squeezed(raw) == squeezed(got.report.text[start:end])
    assert at == len(got.report.text)


def squeezed(text: str) -> str:
    return "".join(c for c in text if c not in " \t\r\n\f")


def test_title_and_paragraphs() -> None:
    got = read_page(page().encode(), url="https://nur.example/a", ident="a")
    assert got.report.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"
    assert (got.report.title, got.report.id, got.report.language) == (TITLE, "a", "ar")
    assert got.report.url == "https://nur.example/a"
    assert got.report.published is None
    assert got.report.published_basis is None
    assert got.remarks == ()


def test_repeats_bidi_marks_and_spelling_stay() -> None:
    odd = "\u200fوصل 15 مقاتـلاً\u00a0إلى \u2067«السخنة»\u2069 قبل يومين، بحسب ما قاله مصدر محلي في المنطقة لمراسلنا."
    got = read_page(page(f"<p>{LEAD}</p><p>{odd}</p><p>{LEAD}</p><p>{MORE}</p>").encode())
    assert got.report.text.count(LEAD) == 2
    assert odd in got.report.text


DATES = [
    ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-05-24T23:30:00Z"}</script>',
     "json-ld", "2021-05-24", "2021-05-24T23:30:00+00:00"),
    ('<script type="application/ld+json">{"@graph":[{"@type":"Comment","datePublished":"2020-01-01"}, {"@type":["Report","NewsArticle"],"datePublished":"2021-05-24"}]}</script>',
     "json-ld", "2021-05-24", None),
    ('<meta property="article:published_time" content="2021-05-24T10:00+0300">', "open-graph", "2021-05-24",
     "2021-05-24T10:00:00+03:00"),
    ('<meta name="pubdate" content="Mon, 24 May 2021 10:00:00 +0300">', "meta", "2021-05-24", "2021-05-24T10:00:00+03:00"),
    ('<meta property="article:modified_time" content="2021-05-25">', "changed", "2021-05-25", None),
    ('<meta property="article:published_time" content="2021-02-30"><meta name="date" content="2021-02-28">',
     "meta", "2021-02-28", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "basis", "day", "at"), DATES)
def test_dates_of_the_head(head: str, basis: str, day: str, at: str | None) -> None:
    got = read_page(page(head=head).encode())
    assert (got.report.published_basis, str(got.report.published)) == (basis, day)
    assert got.report.published_at == at
    assert ("W146" in codes(got)) == (basis == "changed")


VISIBLE = [
    (f"<p><time datetime='2021-05-24'>أمس</time></p><p>{LEAD}</p><p>{MORE}</p>", "time", "2021-05-24"),
    (f"<div>الاثنين 24 أيار 2021</div><p>{LEAD}</p><p>{MORE}</p>", "stamp", "2021-05-24"),
    (f"<p>دمشق - 24 أيار 2021 - {LEAD}</p><p>{MORE}</p>", "dateline", "2021-05-24"),
    (f"<p>{LEAD}</p><p>{MORE}</p><div class='comments'><time datetime='2022-01-01'>1/1/2022</time></div>", None, None),
    (f"<p>{LEAD}</p><p>{MORE}</p><aside>الاثنين 24 أيار 2021</aside>", None, None),
    (f"<p>{LEAD}</p><p>{MORE}</p><h3>التعليقات</h3><p>أحمد</p><time datetime='2022-01-01'>x</time>", None, None),
    (f"<div>30 شباط 2021</div><p>{LEAD}</p><p>{MORE}</p>", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "basis", "day"), VISIBLE)
def test_dates_that_the_page_shows(body: str, basis: str | None, day: str | None) -> None:
    got = read_page(page(body).encode())
    assert got.report.published_basis == basis
    assert (str(got.report.published) if got.report.published else None) == day


def test_the_address_is_a_guess() -> None:
    got = read_page(page().encode(), url="https://nur.example/2021/05/24/a.html")
    assert (str(got.report.published), got.report.published_basis) == ("2021-05-24", "url")
    assert codes(got) == ["W146"]


OUTLETS = [
    ("<meta property='og:site_name' content='شبكة النور'>", "", "شبكة النور"),
    ("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"شبكة النور\"}}</script>", "",
     "شبكة النور"),
    ("", "<div id='logo'><a href='/'><img src='l.png' alt='شبكة النور'></a></div>", "شبكة النور"),
    ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "before", "outlet"), OUTLETS)
def test_outlets(head: str, before: str, outlet: str | None) -> None:
    assert read_page(page(head=head, before=before).encode()).report.publisher == outlet


def test_the_outlet_in_the_title_is_no_part_of_the_title() -> None:
    source = page().replace(f"<title>{TITLE}", f"<title>{TITLE} | شبكة النور")
    got = read_page(source.encode())
    assert (got.report.title, got.report.publisher) == (TITLE, "شبكة النور")


@pytest.mark.parametrize(
    ("body", "byline"),
    [("<div>بقلم: سالم الحمد</div>", "سالم الحمد"), ("<span class='author'>admin</span>", None),
     ("<a rel='author' href='/x'>ليلى ناصر</a>", "ليلى ناصر"), ("", None)],
)  # fmt: skip
def test_bylines(body: str, byline: str | None) -> None:
    got = read_page(page(f"{body}<p>{LEAD}</p><p>{MORE}</p>").encode())
    assert got.report.byline == byline
    assert got.report.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    ("link", "address"),
    [("/a/1", "https://nur.example/a/1"), ("https://x.example/b", "https://x.example/b"),
     ("javascript:alert(1)", None), ("http://[", None)],
)  # fmt: skip
def test_canonical_addresses(link: str, address: str | None) -> None:
    got = read_page(
        page(head=f"<link rel='canonical' href='{link}'>").encode(), url="https://nur.example/x"
    )
    assert got.report.canonical_url == address


LYING = [
    ("utf-8", "windows-1256", "W141"), ("windows-1256", "utf-8", "W141"), ("windows-1256", "iso-8859-6", "W141"),
    ("iso8859_6", "utf-8", "W141"), ("utf-16-le", "utf-8", "W141"), ("utf-16-be", "", None),
    ("windows-1256", "windows-1256", None), ("iso8859_6", "iso-8859-6", None), ("windows-1256", "", None),
    ("utf-8", "nonsense-7", None),
]  # fmt: skip


@pytest.mark.parametrize(("used", "said", "code"), LYING)
def test_encodings_true_and_lying(used: str, said: str, code: str | None) -> None:
    data = page(head=f"<meta charset='{said}'>" if said else "").encode(used)
    got = read_page(data)
    assert got.report.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"
    assert codes(got) == ([code] if code else [])
    check_map(got, data)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(mark: str) -> None:
    data = page(head="<meta charset='windows-1256'>").encode(mark)
    got = read_page(data)
    assert got.report.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"
    check_map(got, data)


def test_the_header_names_the_encoding() -> None:
    got = read_page(page().encode("cp1256"), content_type="text/html; charset=windows-1256")
    assert LEAD in got.report.text
    assert got.encoding == "cp1256"


def test_damaged_bytes_stand_as_such_and_move_nothing() -> None:
    data = page().encode().replace(" في ".encode(), b" \xd9 ", 1)
    got = read_page(data.replace(MORE.encode(), MORE.encode() + b"\xff."))
    assert got.report.text.count("\ufffd") >= 1
    assert codes(got) == ["W142"]
    end = got.blocks[-1].raw[-1][1]
    assert data.replace(MORE.encode(), MORE.encode() + b"\xff.")[end:].startswith(b"</p>")


@pytest.mark.parametrize("wrong", ["cp1256", "latin-1"])
def test_mojibake_is_flagged(wrong: str) -> None:
    spoiled = [t.encode().decode(wrong, "replace") for t in (LEAD, MORE, TITLE)]
    got = read_page(page(f"<p>{spoiled[0]}</p><p>{spoiled[1]}</p>", title=spoiled[2]).encode())
    assert "W143" in codes(got)
    assert "W143" not in codes(read_page(page().encode()))


NOTHING = [
    (b"", "E140"), (b"  \n\0\0", "E140"), ("<html><body></body></html>", "E140"),
    ("<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "E141"),
    ('{"a": 1}', "E141"), (b"\x01\x02\x03\x04" * 500, "E141"), ("نص من دون وسوم", "E141"),
    ("<html><body><div id='root'></div><script src='a.js'></script><noscript>Please enable JavaScript</noscript></body></html>", "E142"),
    ("<html><body><div id='__next'></div><p>جار التحميل</p></body></html>", "E142"),
    (f"<html><body><h1>{TITLE}</h1><div class='wall'>هذا المحتوى للمشتركين فقط</div></body></html>", "E143"),
    ("<html><body><div>نستخدم ملفات تعريف الارتباط</div><button>موافق</button></body></html>", "E144"),
    ("<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1></body></html>", "E145"),
    ("<html><body><h1>404</h1><p>الصفحة غير موجودة</p></body></html>", "E146"),
    ("<html><body><nav><a href='/a'>أخبار</a></nav><ul><li><a href='/1'>خبر أول طويل</a></li></ul></body></html>", "E147"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), NOTHING)
def test_a_page_that_yields_nothing_says_why(data: bytes | str, code: str) -> None:
    assert code_of(data) == code


def test_the_free_beginning_of_a_paid_report_is_read_and_noted() -> None:
    got = read_page(
        page(f"<p>{LEAD}</p><p>{MORE}</p><div class='wall'>بقية المقال للمشتركين</div>").encode()
    )
    assert LEAD in got.report.text
    assert codes(got) == ["W144"]


def test_a_lead_between_title_and_text_is_text() -> None:
    lead = "مصادر محلية: القصف لم يتوقف منذ الفجر"
    source = page().replace(
        "</h1>", f"</h1><h2 class='lead'>{lead}</h2><p>سالم، دمشق، 24 أيار 2021</p>"
    )
    assert read_page(source.encode()).report.text == f"{TITLE}\n\n{lead}\n\n{LEAD}\n\n{MORE}"


def test_days_that_head_parts_of_the_text_stay() -> None:
    got = read_page(page(f"<p>{LEAD}</p><h3>الثلاثاء 25 أيار 2021</h3><p>{MORE}</p>").encode())
    assert "الثلاثاء 25 أيار 2021" in got.report.text.split("\n")


def test_a_sidebar_before_the_text_goes_without_any_class() -> None:
    teaser = "خبر آخر طويل عن أحوال الطقس وأسعار الصرف ومواعيد المباريات في المدينة خلال الأيام القليلة القادمة"
    side = f"<div><h4>الأكثر قراءة</h4><p>{teaser}</p><p>{teaser} أيضا</p></div>"
    assert read_page(page(before=side).encode()).report.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"


def test_comments_longer_than_the_report_go_without_any_class() -> None:
    said = (
        "تعليق قارئ يطول كثيرا ويحكي عن كل شيء إلا الخبر نفسه، ثم يعود فيكرر ما قاله الآخرون من قبل"
    )
    source = page(f"<p>{LEAD}</p>").replace(
        "</article>", f"</article><h3>التعليقات (6)</h3>{f'<div><p>{said}</p></div>' * 6}"
    )
    assert read_page(source.encode()).report.text == f"{TITLE}\n\n{LEAD}"


def test_twenty_thousand_tags_deep() -> None:
    for tag in ("div", "b", "table><tr><td"):
        names = tag.split("><")
        deep = "".join(f"<{n}>" for n in names) * (20_000 // len(names))
        up = "".join(f"</{n}>" for n in reversed(names)) * (20_000 // len(names))
        got = read_page(page(f"<p>{LEAD}</p>{deep}{MORE}{up}<p>{MORE}</p>").encode())
        assert LEAD in got.report.text
        assert MORE in got.report.text
        assert "W145" in codes(got)


def test_a_word_of_two_million_letters() -> None:
    got = read_page(page(f"<p>{LEAD}</p><p>{'م' * 2_000_000}</p><p>{MORE}</p>").encode())
    assert LEAD in got.report.text
    assert MORE in got.report.text


ENTITIES = """<!DOCTYPE html [<!ENTITY a "قصف قصف"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>"""


def test_entities_are_never_expanded_nor_fetched() -> None:
    source = page(f"<p>{LEAD}</p><p>{MORE} &c; &x;</p>").replace("<!DOCTYPE html>", ENTITIES)
    got = read_page(source.encode())
    assert "root:" not in got.report.text
    assert "قصف قصف" not in got.report.text
    assert len(got.report.text) < 400


def test_bidi_controls_in_a_title_are_kept() -> None:
    controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    title = f"ثلاثة قتلى{controls} بقصف على بلدة النورية"
    got = read_page(page(title=title).encode())
    assert got.report.title == title
    assert got.report.text.startswith(title)


def test_nul_and_controls_are_no_text() -> None:
    data = (
        page(f"<p>{LEAD}</p><p>{MORE}</p>").encode().replace("صباح".encode(), "صب\0ا\x01ح".encode())
    )
    got = read_page(data)
    assert LEAD in got.report.text


def test_huge_pages() -> None:
    with pytest.raises(InputError) as caught:
        read_page(b"<p>" + b"x" * MAX_BYTES)
    assert caught.value.code == "E105"


@pytest.mark.parametrize(
    "junk", ["<a b=\"", "<a ", "<!--", "<script>", "<![CDATA[", "</", "<!doctype [", "&#x", "<a b='", "<" * 5]
)  # fmt: skip
def test_markup_that_never_ends_takes_no_time(junk: str) -> None:
    got = read_page((page() + junk * 40_000).encode())
    assert LEAD in got.report.text


WORDS = st.sampled_from(
    [
        LEAD,
        MORE,
        "قال\u200f مصدر",
        "&amp; &nbsp;",
        "&#x202b;نص&#8236;",
        " ",
        "\u00a0",
        "﷽",
        "a<b",
        "١٢",
    ]
)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class=x>", "</div>", "<br>", "<b>", "</b>", "<td>", "<table><tr>", "</table>", "<!-- x -->",
     "<ul><li>", "</ul>", "<script>1<2</script>", "<span title='a>b'>", "</span>", "<h2>", "</h2>", "<a href=x>", "</a>",
     "</body>", "<i/>", "<p", "<!x>", "<title>z</title>", "<form>", "<nav>", "</nav>", "\0", "<pre>", "</article>"]
)  # fmt: skip


@settings(deadline=None)  # the first call loads the parser
@given(
    st.lists(st.one_of(WORDS, TAGS), max_size=30).map("".join),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
def test_every_block_leads_to_its_bytes(body: str, encoding: str) -> None:
    data = page(f"<p>{LEAD}</p>{body}<p>{MORE}</p>").encode(encoding)
    try:
        got = read_page(data)
    except InputError as error:
        assert error.code.startswith("E14")
        return
    at = 0
    for block in got.blocks:
        start, end = block.span
        assert got.report.text[at:start].strip("\n") == ""
        at = end
        codec = got.encoding
        raw = "".join(
            html.unescape(data[a:b].decode(codec)).replace("\0", "") for a, b in block.raw
        )
        assert squeezed(raw) == squeezed(got.report.text[start:end])
    assert at == len(got.report.text)


@settings(deadline=None)  # the first call loads the parser
@given(st.binary(max_size=300))
def test_any_bytes_give_a_report_or_a_refusal(data: bytes) -> None:
    try:
        got = read_page(b"<html><p>" + data)
    except InputError as error:
        assert error.code.startswith("E1")
    else:
        assert got.report.text.strip()


def test_a_page_that_writes_neither_head_nor_body_is_read() -> None:
    told = "وقال سكان إن فرق الإسعاف نقلت الجرحى إلى المدينة. " * 3
    page = f"<!doctype html><html lang=ar><title>قصف</title><article><h1>قصف على حلب</h1><p>{told}</article>"
    report = read_page(page.encode()).report
    assert report.text.startswith("قصف على حلب") and told.strip() in report.text
