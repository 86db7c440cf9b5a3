"""Files of others: read as they are met, matched one to one, and agreed with as far as is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from isnad.errors import InputError
from isnad.incidents.merge import incident_of
from isnad.model import Incident
from isnad.publish.compare.agree import lines
from isnad.publish.compare.match import Matched, match
from isnad.publish.compare.names import ids
from isnad.publish.compare.outside import Outside, day, inter, read
from isnad.publish.forms.acled import COLUMNS as ACLED
from isnad.publish.forms.ucdp import COLUMNS as UCDP

from .conftest import DAY, killed, on, one, party, place, tellings, told, written

SIDES = {"initiators": (party("syr-assad-forces"),), "targets": (party("isis"),)}


def row(columns: tuple[str, ...], mark: str = ",", /, **values: Any) -> str:
    return mark.join(str(values.get(c, "")) for c in columns)


BASIC: dict[str, Any] = {
    "event_id_cnty": "SYR1", "event_date": "2021-05-23", "time_precision": 1,
    "event_type": "Explosions/Remote violence", "actor1": "Military Forces of Syria (2000-2024)",
    "inter1": 1, "country": "Syria", "location": "As Sukhnah", "latitude": 34.887,
    "longitude": 38.872, "geo_precision": 1, "fatalities": 4,
}  # fmt: skip


def events(tmp_path: Path, text: str, **encoding: str) -> tuple[list[Outside], list[str]]:
    path, said = tmp_path / "f.csv", list[str]()
    path.write_text(text, **{"encoding": "utf-8", **encoding})

    def say(error: InputError) -> None:
        said.append(str(error))

    return list(read(path, say, say)), said


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_an_acled_file_with_a_bom_and_text_dates(tmp_path: Path, mark: str) -> None:
    text = "\n".join([mark.join(ACLED), row(ACLED, mark, **{**BASIC, "event_date": "23 May 2021"})])
    found, said = events(tmp_path, text, encoding="utf-8-sig")
    assert said == []
    assert (found[0].first, found[0].id, found[0].best) == (DAY, "SYR1", 4)
    assert found[0].classes == ("State forces", "")
    assert found[0].where.endswith("f.csv:2")


def test_a_ucdp_candidate_file_without_a_header(tmp_path: Path) -> None:
    text = row(UCDP, id=12345, type_of_violence=1, side_a="Government of Syria", side_b="IS",
               where_prec=1, latitude=34.9, longitude=38.9, country="Syria", best=4, low=3, high=9,
               date_start="2021-05-22 00:00:00.000", date_end="2021-05-24 00:00:00.000")  # fmt: skip
    found, said = events(tmp_path, text)
    assert said == []
    (e,) = found
    assert (e.form, e.id, e.low, e.best, e.high) == ("ucdp", "12345", 3, 4, 9)
    assert (e.last - e.first).days == 2
    headed, _ = events(tmp_path, ",".join(UCDP) + "\n" + text)
    assert headed[0]._replace(where="") == e._replace(where="")


@pytest.mark.parametrize(("text", "want"), [
    ("2025-05-16", (2025, 5, 16)), ("2025-05-16 00:00:00.000", (2025, 5, 16)),
    ("16 May 2025", (2025, 5, 16)), ("1 September 2020", (2020, 9, 1)), ("05 Jan 2021", (2021, 1, 5)),
])  # fmt: skip
def test_days(text: str, want: tuple[int, int, int]) -> None:
    assert day(text) == dt.date(*want)


@pytest.mark.parametrize("text", ["", "May 2025", "16/05/2025", "31 February 2020", "16 Maj 2025"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):
        day(text)


def test_classes_in_numbers() -> None:
    assert [inter(t) for t in ("1", "8", "Rebel group", "", "0")] == [
        "State forces", "External/Other forces", "Rebel group", "", "",
    ]  # fmt: skip


def test_bad_rows_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [BASIC, {**BASIC, "event_date": "soon"}, {**BASIC, "latitude": "north"},
            {**BASIC, "fatalities": "1.5"}, {**BASIC, "latitude": 500},
            {**BASIC, "latitude": 0, "longitude": 0}, {**BASIC, "latitude": 120.2, "longitude": 15.3},
            {**BASIC, "event_id_cnty": "SYR2"}]  # fmt: skip
    text = "\n".join([",".join(ACLED), *(row(ACLED, **r) for r in rows), "a,b"])
    found, said = events(tmp_path, text)
    assert [e.id for e in found] == ["SYR1", "SYR1", "SYR1", "SYR2"]
    assert [s.rpartition("[")[2] for s in said] == [
        "E612]", "E612]", "E612]", "E612]", "W612]", "W612]", "E612]",
    ]  # fmt: skip
    assert ":3: " in said[0] and "swapped?" in said[5]


@pytest.mark.parametrize(("text", "code"), [
    ("a,b\n1,2", "E611"), ("", "E611"), ("{}", "E611"),
])  # fmt: skip
def test_what_is_neither(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        events(tmp_path, text)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(",".join(ACLED).encode() + b"\n\xff\xfe,\n")
    for name in ("x.csv", "not-there.csv"):
        with pytest.raises(InputError, match="E610"):
            list(read(tmp_path / name, print, print))


def test_names_of_theirs() -> None:
    assert ids("Military Forces of Syria (2000-2024)") == {"syr-assad-forces"}
    assert ids("Civilians (Syria)") == {"civilians"}
    assert "syr-assad-forces" in ids("Government of Syria")
    assert ids("Islamic State (Syria)") == {"isis-wilayat-sham"}
    assert ids("Somebody Nobody Knows") == frozenset()


def back(tmp_path: Path, name: str, incidents: list[Incident]) -> tuple[Matched, int]:
    data, _, rows = written(name, incidents)
    (tmp_path / "f.csv").write_bytes(data)
    theirs = list(read(tmp_path / "f.csv", pytest.fail, lambda _: None))  # type: ignore[arg-type]
    assert len(theirs) == rows
    return match(incidents, theirs), rows


SEVERAL = [
    one(told("a", "r1", casualties=(killed(4),), **SIDES)),
    one(told("b", "r2", casualties=(killed(20, 99),), time=on(DAY + dt.timedelta(days=9)), **SIDES)),
    one(told("c", "r3", type="killing", targets=(party("civilians"),), initiators=(party("isis"),),
             casualties=(killed(2, who="civilians"),),
             place=place(lat=36.2021, lon=37.1343, anchors=("syr-aleppo",), radius_km=8.0))),
    one(told("d", "r4", status="planned", **SIDES)),
    one(told("e", "r5", place=None, **SIDES)),
]  # fmt: skip


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_what_comes_back_differs_only_as_the_loss_report_says(tmp_path: Path, name: str) -> None:
    found, rows = back(tmp_path, name, SEVERAL)
    assert rows == len(found.pairs) == 3
    assert found.missed == [] and found.extra == [] and found.uncomparable == 2
    for p in found.pairs:
        assert p.ours.incident.id == p.theirs.id or name == "ucdp"
        assert p.km < 0.1 and p.days == 0
    table = {line.what: line for line in lines(found)}
    for what, line in table.items():
        if what != "dead: theirs lies in our range":  # "dozens" are 12 in ACLED's rules
            assert line.agree == line.of == 3, what
    in_range = table["dead: theirs lies in our range"]
    assert in_range.agree == (2 if name == "acled" else 3)


def test_misses_extra_and_what_is_outside() -> None:
    found = match(SEVERAL[:2], [
        _theirs("near"), _theirs("far", lat=36.2, lon=37.1), _theirs("later", days=200),
        _theirs("abroad", country="Sudan", lat=15.5, lon=32.5),
    ])  # fmt: skip
    assert [(p.ours.incident.id, p.theirs.id) for p in found.pairs] == [(SEVERAL[0].id, "near")]
    assert [e.id for e in found.missed] == ["far"]
    assert [o.incident.id for o in found.extra] == [SEVERAL[1].id]
    assert found.outside == 2
    assert match([], [_theirs("near")]) == Matched([], [], [], 1, 0)


def _theirs(name: str, days: int = 0, **fields: Any) -> Outside:
    at = DAY + dt.timedelta(days=days)
    base = Outside("acled", name, "f:1", at, at, 34.9, 38.9, 5.0, "As Sukhnah", "Syria", "Homs",
                   ("Islamic State (Syria)",), (), "Battles", 4, 4, 4)  # fmt: skip
    return base._replace(**fields)


@settings(max_examples=25, deadline=None)
@given(tellings())
def test_each_is_matched_once(several: Any) -> None:
    incidents = [incident_of([t]) for t in several]
    theirs = [_theirs(f"t{n}", days=n) for n in range(4)]
    found = match(incidents, theirs)
    ours = [p.ours.incident.id for p in found.pairs] + [o.incident.id for o in found.extra]
    assert len(ours) == len(set(ours)) == len(incidents) - found.uncomparable
    assert len(found.pairs) + len(found.missed) + found.outside == 4
    for line in lines(found):
        assert 0 <= line.agree <= line.of <= len(found.pairs)
