"""Who tells a sentence: the table of invented sentences, and how far a source reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.coding import coder
from isnad.coding.attribution import Attribution, Voice
from isnad.coding.document import Document
from isnad.coding.sentence import Sentence
from isnad.language.arabic.normal import fold
from isnad.model import Report

_TABLE = Path(__file__).with_name("attribution_table.txt")
_MISSED = 0
"""How many rows of the table may still be wrong: lower it when a rule serves more of them."""


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    out = []
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, chain = line.rpartition("|")
        links = [] if chain.strip() == "-" else [c.strip() for c in chain.split(" ; ")]
        out.append((text.strip(), [(c.rpartition("=")[0], c.rpartition("=")[2]) for c in links]))
    return out


def voices(
    text: str, monkeypatch: pytest.MonkeyPatch, publisher: str | None = None
) -> list[tuple[Document, Sentence, Attribution]]:
    """The attribution of every sentence of ``text``, on the coder's own road."""
    seen: list[tuple[Document, Sentence, Attribution]] = []
    plain = Voice.attribute

    def watched(self: Voice, sentence: Sentence) -> Attribution:
        found = plain(self, sentence)
        seen.append((self.doc, sentence, found))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Voice, "attribute", watched)
        coder.read(Report(id="t", text=text, publisher=publisher))
    return seen


def chain(text: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for doc, _, found in voices(text, monkeypatch):
        out += [(doc.normal.text[r.start : r.end], r.kind) for r in found.chain]
    return out


def agree(want: list[tuple[str, str]], got: list[tuple[str, str]]) -> bool:
    """Same length, order and kinds, and each pair of phrases begins with a common word."""
    if len(want) != len(got):
        return False
    return all(
        k == kind and (fold(words) in found or found in fold(words))
        for (words, kind), (found, k) in zip(want, got, strict=True)
    )


def test_the_table_is_large_enough() -> None:
    assert len(rows()) >= 120


def test_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [
        f"{text}\n  want {want}\n  got  {got}"
        for text, want in rows()
        if not agree(want, got := chain(text, monkeypatch))
    ]
    print(f"{len(wrong)} wrong of {len(rows())}", *wrong, sep="\n")  # noqa: T201
    assert len(wrong) <= _MISSED, "\n".join(wrong)


def told(
    text: str, word: str, monkeypatch: pytest.MonkeyPatch, publisher: str | None = None
) -> list[str]:
    """Who tells what stands at ``word`` (first words of each link)."""
    for doc, sentence, found in voices(text, monkeypatch, publisher):
        at = doc.normal.text.find(fold(word), sentence.start, sentence.end)
        if at >= 0:
            return [doc.normal.text[r.start : r.end] for r in found.over(at)]
    raise AssertionError(word)


def test_a_verb_without_a_subject_goes_on_with_the_source_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "قالت مصادر محلية إن قصفاً أصاب سوق الحصبة. وأضافت أن القذائف قتلت أربعة باعة."
    assert told(text, "قتلت", monkeypatch) == ["مصادر محليه"]


def test_a_plain_sentence_is_the_reports_own(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "قالت مصادر محلية إن قصفاً أصاب سوق الحصبة. وقتل أربعة جنود بعبوة ناسفة في مدينة الضالع."
    assert told(text, "بعبوة", monkeypatch) == []


def test_an_anaphor_means_the_source_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "نقلت وكالة المدار عن مصدر طبي أن قذيفة قتلت طفلين في تعز. وذكر المصدر أن ثلاثة آخرين جرحوا."
    first, second = (a.chain for _, _, a in voices(text, monkeypatch))
    assert [r.kind for r in second] == ["outlet", "medical"]
    assert first == second, "references to one teller are equal, however worded"


def test_a_quotation_is_its_speakers_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "وقال قائد الشرطة: «هاجم مسلحون المخفر فجراً. قتلوا ثلاثة من رجالنا ثم أحرقوا الآليات». وهدأت المدينة."
    assert told(text, "قتلوا", monkeypatch) == ["قايد الشرطه"]


def test_two_halves_have_each_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "أعلن الجيش الليبي مقتل ستة مسلحين في سرت، فيما قالت مصادر طبية إن القصف قتل مدنيين اثنين."
    )
    assert told(text, "مقتل", monkeypatch) == ["الجيش الليبي"]
    assert told(text, "القصف", monkeypatch) == ["مصادر طبيه"]


def test_what_trails_covers_the_whole_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "قتل جندي في كمين بأبين، وأصيب آخران بانفجار لغم، بحسب مصدر عسكري."
    assert told(text, "كمين", monkeypatch) == told(text, "لغم", monkeypatch) == ["مصدر عسكري"]


def test_a_communique_is_its_authors(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "بيان صادر عن وزارة الدفاع العراقية\nقصفت طائراتنا وكراً للإرهابيين في جبال قره جوغ وقتلت سبعة منهم.\n"
    assert told(text, "قصفت", monkeypatch) == ["وزاره الدفاع العراقيه"]


def test_an_announcement_opens_the_lines_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "وزارة الداخلية تعلن:\n- اعتقال ستة مطلوبين في الزاوية.\n- تفكيك عبوة ناسفة قرب صبراتة.\n- إحباط هجوم على بوابة الشويرف."
    assert told(text, "تفكيك", monkeypatch) == ["وزاره الداخليه"]


def test_the_day_of_a_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "أفاد الدفاع المدني اليوم الأحد أن قصفاً قتل ثلاثة مدنيين مساء الجمعة."
    ((doc, _, found),) = voices(text, monkeypatch)
    normal = doc.normal.text
    assert found.dates_a_statement(normal.find("الاحد"))
    assert not found.dates_a_statement(normal.find("الجمعه"))


@pytest.mark.parametrize(
    "text", ["", "وقال", ":", "بحسب", "نقلت عن", "«قال «", "لـ«", "قال إن", "بيان\nعن\n", "و5"]
)
def test_scraps_tell_nothing_and_break_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chain(text, monkeypatch) == []
