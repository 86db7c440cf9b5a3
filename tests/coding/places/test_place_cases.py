"""A table of place phrases and where they lie, in all the countries: ``cases.tsv``."""

import csv
from pathlib import Path

import pytest

from isnad.coding.document import Document
from isnad.coding.places import find_places
from isnad.geodesy import distance
from isnad.knowledge.gazetteer.store import open_gazetteer
from isnad.model import Report

CASES = Path(__file__).with_name("cases.tsv")


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_there_are_enough_in_enough_countries() -> None:
    cases = _cases()
    assert len(cases) >= 200
    assert len({c["country"] for c in cases}) >= 15


@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["text"])
def test_case(case: dict[str, str]) -> None:
    doc = Document.of(Report(text=case["text"]))
    mentions = find_places(doc, gazetteer=open_gazetteer())
    assert mentions, "nothing found"
    m = mentions[0]
    assert doc.report.quote(doc.span(m.start, m.end)) == case["phrase"]
    assert m.relation == case["relation"]
    assert m.country == case["country"]
    assert m.lat is not None and m.lon is not None and m.radius_km is not None
    assert distance(m.lat, m.lon, float(case["lat"]), float(case["lon"])) <= float(
        case["within_km"]
    )
    want = float(case["radius_km"])
    assert 0.5 * want <= m.radius_km <= 2 * want
