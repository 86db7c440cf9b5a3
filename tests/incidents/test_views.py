"""Views over an incident: figures by rule, revisions, origins, grade, disputes, wording."""

from __future__ import annotations

import datetime as dt
from typing import Any

from isnad.incidents.figures import ranges, timeline
from isnad.incidents.framing import frames
from isnad.incidents.grade import disputes, grade
from isnad.incidents.merge import incident_of
from isnad.incidents.origins import origins
from isnad.model import Casualty, Claim, Participant, Source, Telling

DAY = dt.date(2031, 5, 1)
SPAN = (0, 1)


def telling(
    name: str, killed: tuple[int | None, int | None] | None = None, day: int = 0, outlet: str = "",
    chain: tuple[tuple[str, str], ...] = (), author: str = "", status: str = "happened", **more: Any,
) -> Telling:  # fmt: skip
    toll = (
        (Casualty(as_written="x", span=SPAN, outcome="killed", low=killed[0], high=killed[1]),)
        if killed
        else ()
    )
    claim = Claim(
        type="shelling", status=status, casualties=toll,  # type: ignore[arg-type]
        sources=tuple(Source(as_written=w, span=SPAN, kind=k) for k, w in chain),  # type: ignore[arg-type]
        initiators=(Participant(as_written=author, span=SPAN, actor=author),) if author else (),
    )  # fmt: skip
    return Telling(
        id=name,
        report=name,
        claim=claim,
        publisher=outlet or None,
        published=DAY + dt.timedelta(day),
        **more,
    )


def test_figures_by_named_rules() -> None:
    incident = incident_of([
        telling("a", (3, 3), 0, "أ"), telling("b", (5, 5), 1, "ب"), telling("c", (5, 5), 1, "ج"),
        telling("d", (7, None), 1, "د"), telling("e", None, 2),
    ])  # fmt: skip
    (killed,) = ranges(incident)
    assert (killed.low, killed.best, killed.high, killed.acled, killed.highest) == (3, 5, 7, 5, 7)
    assert killed.tellings == 4


def test_a_count_told_by_one_origin_five_times_is_one() -> None:
    quoting = [
        telling(f"q{n}", (9, 9), 0, f"موقع {n}", (("monitor", "مرصد الخليج"),)) for n in range(5)
    ]
    others = [telling("x", (4, 4), 0, "س"), telling("y", (4, 4), 0, "ص")]
    incident = incident_of(quoting + others)
    assert len(origins(incident)) == 3
    assert ranges(incident)[0].best == 4


def test_unknown_is_not_nought() -> None:
    assert ranges(incident_of([telling("a")])) == []
    (only,) = ranges(incident_of([telling("a", (None, 40))]))
    assert only.low is None and only.acled is None and only.high == 40


def test_the_toll_is_revised() -> None:
    incident = incident_of(
        [telling("b", (5, 5), 1), telling("a", (3, 3), 0), telling("c", (5, 5), 2)]
    )
    assert [(r.low, r.by) for r in timeline(incident)] == [(3, ("a",)), (5, ("b",))]


def test_copies_count_once() -> None:
    incident = incident_of([telling("a", outlet="أ"), telling("b", outlet="ب", copy_of="a")])
    assert len(origins(incident)) == 1
    assert grade(incident).grade == "weak"


def test_innermost_named_source_is_the_origin() -> None:
    chain = (("outlet", "وكالة الساحل"), ("monitor", "مرصد الخليج"), ("local", "مصادر محلية"))
    incident = incident_of(
        [telling("a", outlet="أ", chain=chain), telling("b", outlet="ب", chain=chain[:2])]
    )
    assert [len(r.claims) for r in origins(incident)] == [2]


def test_one_actor_by_two_names_is_one_origin() -> None:
    incident = incident_of([
        telling("a", outlet="أ", chain=(("monitor", "المرصد السوري لحقوق الإنسان"),)),
        telling("b", outlet="ب", chain=(("monitor", "Syrian Observatory for Human Rights"),)),
    ])  # fmt: skip
    assert len(origins(incident)) == 1


def test_grades() -> None:
    rus, tur = "rus-forces", "tur-forces"
    assert grade(incident_of([telling("a", outlet="أ"), telling("b", outlet="ب")])).grade == "fair"
    assert grade(incident_of([telling("a", outlet="أ")])).grade == "weak"
    both = [telling("a", author=rus), telling("b", author=tur)]
    assert grade(incident_of(both)).grade == "contested"
    assert [d.what for d in disputes(incident_of(both))] == ["author"]
    part = [telling("a", author="rus-air-force", outlet="أ"), telling("b", author=rus, outlet="ب")]
    assert grade(incident_of(part)).grade == "fair"
    assert grade(incident_of([telling("a", status="denied")])).grade == "discounted"
    denied = incident_of([telling("a"), telling("b", status="denied")])
    assert grade(denied).grade == "contested"
    assert disputes(denied)[0].what == "event"


def test_who_disputes_the_toll() -> None:
    (d,) = disputes(incident_of([telling("a", (3, 3)), telling("b", (5, 5))]))
    assert d == ("toll: killed", (("3", ("a",)), ("5", ("b",))))


def test_wording_by_outlet() -> None:
    got = frames(incident_of([telling("a", author="rus-forces", outlet="أ")]))
    assert [(f.party, f.outlet, f.role, f.claims) for f in got] == [
        ("rus-forces", "أ", "initiator", ("a",))
    ]
