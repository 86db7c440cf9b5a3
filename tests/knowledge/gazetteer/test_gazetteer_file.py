"""The built file: reproducible, small, attributed; merging; names; finding."""

from pathlib import Path

import pytest

from isnad.errors import KnowledgeError
from isnad.knowledge.gazetteer.build import own_rows
from isnad.knowledge.gazetteer.geonames import arabic_names
from isnad.knowledge.gazetteer.kinds import known
from isnad.knowledge.gazetteer.merge import merge
from isnad.knowledge.gazetteer.rows import Row, bare, key, spellings
from isnad.knowledge.gazetteer.store import BUILT, Gazetteer, open_gazetteer
from isnad.knowledge.gazetteer.weakness import is_weak
from isnad.knowledge.gazetteer.write import write


def row(id: str, name: str, lat: float = 36.0, lon: float = 37.0, kind: str = "village") -> Row:
    return Row(id, name, "", kind, "SYR", lat, lon, source="isnad")


def test_shipped_file() -> None:
    gaz = open_gazetteer()
    assert BUILT.stat().st_size <= 30_000_000
    assert len(gaz) > 10_000 and len(gaz.hash) == 64
    assert "CC BY 4.0" in gaz.meta["attribution"] and "GeoNames" in gaz.meta["attribution"]


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    def make(name: str) -> bytes:
        rows = merge([row("a", "تل تمر"), row("b", "السلام"), row("c", "رأس العين", 36.8, 40.0)])
        write(rows, tmp_path / name, is_weak, {"name": "t"})
        return (tmp_path / name).read_bytes()

    assert make("one") == make("two")


def test_same_place_from_two_files_is_one() -> None:
    first, later = row("ours", "تل رفعت"), row("gn", "تلرفعت", 36.02, 37.01)
    later.variants_ar, later.population = ["تل رفعت", "تل ارفعت"], 9000
    (one,) = merge([first, later])
    assert (one.id, one.lat, one.population) == ("ours", 36.0, 9000)
    assert "تل ارفعت" in one.variants_ar


def test_namesakes_apart_stay_two() -> None:
    assert len(merge([row("a", "الطيبة"), row("b", "الطيبة", 36.3, 37.0)])) == 2
    assert len(merge([row("a", "حلب"), row("b", "حلب", kind="governorate")])) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("في تل تمر", "تل تمر"), ("وتل تمر", "تل تمر"), ("بتل_تمر", "تل تمر"), ("#تل_تمر", "تل تمر"),
        ("ديرالزور", "دير الزور"), ("للرقة", "الرقة"), ("وبالرقة", "الرقة"), ("كفر نبل", "كفرنبل"),
    ],
)  # fmt: skip
def test_find(text: str, name: str) -> None:
    gaz = open_gazetteer()
    folded = key(text) if "_" not in text else text
    want = {e.id for e in gaz.lookup(name)}
    hits = gaz.find(folded)
    assert any(want & {s.entry.id for s in gaz.senses(h.pattern)} for h in hits)


@pytest.mark.parametrize("text", ["مقاتلي", "تل، تمر", "تل. تمر", "تل\nتمر", "الحلبي", "سحلب"])
def test_no_name_across_or_inside_words(text: str) -> None:
    gaz = open_gazetteer()
    names = {text[h.start : h.end] for h in gaz.find(text)}
    assert not names & {"تل تمر", text, "حلب"}


def test_spellings_and_bare_names() -> None:
    assert "ديرالزور" in spellings(key("دير الزور"))
    assert key("كباني") != key("كبانة")
    assert bare(key("محافظة حلب"), "governorate") == "حلب"
    assert bare(key("حي السلام"), "city") is None


def test_weak_names() -> None:
    assert is_weak(key("السلام"), row("a", "السلام")) == 2
    assert is_weak(key("تل تمر"), row("a", "تل تمر")) == 0
    gn = row("gn-1", "مقاتل")
    gn.source = "geonames"
    assert is_weak(key("مقاتل"), gn) == 2


def test_other_languages_names_are_left_out() -> None:
    assert arabic_names(["حلب", "حەلەب", "حلب‌شهر", "Aleppo", "حلبٹ"], persian=False) == ["حلب"]
    assert arabic_names(["گرگان"], persian=True) == ["كركان"]
    assert arabic_names(["گرگان"], persian=False) == []


def test_lookup_in_any_spelling() -> None:
    gaz = open_gazetteer()
    assert gaz.lookup("إِدلِـب") and gaz.lookup("Idlib") == gaz.lookup("idlib")
    assert gaz.lookup("لا مكان كهذا") == []
    entry = gaz.lookup("تل تمر")[0]
    assert gaz.by_id(entry.id) == entry and gaz.by_id("nowhere") is None


def test_damaged_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="not built"):
        Gazetteer(tmp_path / "none")
    (tmp_path / "bad").write_bytes(b"not a database" * 100)
    with pytest.raises(KnowledgeError, match="not a gazetteer"):
        Gazetteer(tmp_path / "bad")


def test_own_rows_hold_together() -> None:
    rows = list(own_rows())
    assert len(rows) > 2500
    assert len({r.id for r in rows}) == len(rows)
    ids = {r.id for r in rows}
    for r in rows:
        assert known(r.kind) and (r.name_ar or r.name_en), r.id
        assert r.lat == 999.0 or (-90 <= r.lat <= 90 and -180 <= r.lon <= 180), r.id
        assert not r.ends or set(r.ends) <= ids, f"{r.id}: {set(r.ends) - ids}"


def test_pickles_to_workers() -> None:
    import pickle

    gaz = pickle.loads(pickle.dumps(open_gazetteer()))
    assert gaz.find("حلب")
