"""Write the invented gold of incidents: ``python -m tests.incidents.make_gold``.

Nothing in it happened. Towns are real names of a gazetteer so that distances are as in life; people,
days, tolls and outlets are made up. ``claims.jsonl`` holds coded claims, so that joining is tested
apart from reading; tellings differ as reports do: a day left out, a governorate for a town, a kind
told loosely, a part of the toll, an army for its branch. ``texts.jsonl`` holds whole reports.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any, NamedTuple

GOLD = Path(__file__).parents[1] / "gold" / "incidents"
SEED = 8
TOWNS = {
    "سرمين": (35.903, 36.727, 4.0), "بنش": (35.958, 36.712, 4.0), "تفتناز": (35.998, 36.787, 4.0),
    "أريحا": (35.814, 36.611, 4.0), "كفرنبل": (35.614, 36.566, 4.0), "الأتارب": (36.139, 36.830, 4.0),
    "دارة عزة": (36.282, 36.852, 4.0), "مارع": (36.480, 37.196, 4.0), "الباب": (36.371, 37.516, 8.0),
    "جرابلس": (36.817, 38.011, 4.0), "منبج": (36.528, 37.955, 8.0), "الشحيل": (35.107, 40.443, 4.0),
    "البصيرة": (35.155, 40.427, 4.0), "هجين": (34.690, 40.830, 4.0), "نوى": (32.889, 36.041, 4.0),
    "طفس": (32.735, 36.067, 4.0), "إنخل": (33.016, 36.130, 4.0), "الحراك": (32.753, 36.308, 4.0),
    "السخنة": (34.886, 38.872, 4.0), "كباني": (35.750, 36.260, 2.0), "القريتين": (34.227, 37.240, 4.0),
}  # fmt: skip
TWINS = {  # one name in two governorates
    "المنصورة": ((35.830, 38.740, 4.0), (36.190, 37.010, 2.0)),
    "الصالحية": ((34.750, 40.740, 2.0), (33.530, 36.300, 2.0)),
    "السلمية": ((35.010, 37.050, 8.0), (35.600, 36.300, 2.0)),
    "الغنطو": ((34.820, 36.700, 2.0), (36.050, 37.300, 2.0)),
}
WAYS = {
    "shelling": ("قصف مدفعي", ("shelling", "shelling", "killing"), "syr-assad-forces"),
    "air_strike": ("غارة جوية", ("air_strike", "air_strike", "shelling"), "rus-air-force"),
    "drone_strike": ("طائرة مسيرة", ("drone_strike", "drone_strike", "air_strike"), "tur-forces"),
    "explosive_device": ("انفجار عبوة", ("explosive_device", "explosive_device", "vehicle_bomb"), None),
    "armed_attack": ("هجوم مسلح", ("armed_attack", "armed_clash", "ambush"), "isis"),
    "detention": ("حملة مداهمات", ("detention",), "syr-sdf"),
}  # fmt: skip
BRANCH = {"rus-air-force": "rus-forces", "syr-assad-forces": "syr-4th-division"}
HITS = ("market", "school", "hospital", "home", "mosque", "camp", "vehicle", "farm")
OUTLETS = (
    "شبكة السنبلة",
    "وكالة المرسى",
    "موقع الوادي",
    "قناة الضفة",
    "صحيفة الميناء",
    "راديو الربوة",
)
NAMES = [
    "قصاب",
    "حداد",
    "نجار",
    "خياط",
    "صباغ",
    "عطار",
    "دباغ",
    "حلاق",
    "سراج",
    "بيطار",
    "فخوري",
    "غزال",
    "ديري",
    "كنعان",
    "رمضان",
    "شاهين",
    "زيدان",
    "مرعي",
    "جندل",
    "هلال",
    "صقر",
    "عرعور",
    "طحان",
    "دقماق",
    "بكور",
    "حمادي",
    "قنبر",
    "سلطان",
    "فاعور",
    "جمعة",
    "شواخ",
    "عبيدو",
    "كرزون",
]
SPOTS = [
    "الخزان",
    "الفرن",
    "الطاحونة",
    "الجسر",
    "المعصرة",
    "الملعب",
    "البيدر",
    "المحلج",
    "السكة",
    "الدوار",
    "المخفر",
    "البلدية",
    "المسلخ",
    "الكراج",
    "الوادي",
    "التلة",
    "البئر",
    "المزرعة",
    "الكورنيش",
    "المستودع",
]


class Event(NamedTuple):
    """What is meant to have happened."""

    name: str
    kind: str
    town: str
    point: tuple[float, float, float]
    day: dt.date
    killed: int
    wounded: int
    hit: str
    details: tuple[str, ...]
    revised: bool = False


def events(rng: random.Random) -> list[Event]:
    """Sixty-eight events, most of them with a hard neighbour."""
    out: list[Event] = []

    def new(
        kind: str, town: str, point: tuple[float, float, float], day: dt.date, **how: Any
    ) -> Event:
        details = (*rng.sample(NAMES, 3), *rng.sample(SPOTS, 2))
        toll = {
            "killed": rng.randint(1, 14),
            "wounded": rng.randint(2, 30),
            "hit": rng.choice(HITS),
        }
        event = Event(f"g{len(out):02}", kind, town, point, day, **{**toll, **how}, details=details)
        out.append(event)
        return event

    kinds, towns = list(WAYS), list(TOWNS)
    start = dt.date(2031, 3, 1)
    for _ in range(24):
        town = rng.choice(towns)
        new(rng.choice(kinds), town, TOWNS[town], start + dt.timedelta(rng.randint(0, 90)))
    for n in range(8):  # same town, next day
        town, kind, day = towns[n], kinds[n % 4], start + dt.timedelta(100 + 9 * n)
        new(kind, town, TOWNS[town], day)
        new(kind, town, TOWNS[town], day + dt.timedelta(1))
    for n, (one, other) in enumerate(
        (("سرمين", "بنش"), ("بنش", "تفتناز"), ("الشحيل", "البصيرة"), ("نوى", "طفس"))
    ):  # same day, next village
        day = start + dt.timedelta(200 + 9 * n)
        new(kinds[n % 3], one, TOWNS[one], day)
        new(kinds[n % 3], other, TOWNS[other], day)
    for n in range(4):  # a second strike on those who came to help
        town, day = towns[n + 8], start + dt.timedelta(250 + 9 * n)
        new("air_strike", town, TOWNS[town], day, hit="market", killed=9 + n, wounded=20 + n)
        new("air_strike", town, TOWNS[town], day, hit="hospital", killed=2, wounded=4)
    for n in range(4):  # a toll revised upwards over days
        town = towns[n + 12]
        new(
            "air_strike",
            town,
            TOWNS[town],
            start + dt.timedelta(300 + 9 * n),
            killed=12,
            wounded=25,
            revised=True,
        )
    for n, (town, points) in enumerate(TWINS.items()):
        for point in points:
            new(kinds[n % 4], town, point, start + dt.timedelta(350 + 9 * n))
    return out


def telling(rng: random.Random, event: Event, number: int, of: int) -> dict[str, Any]:
    """One coded claim of one invented report, with what reports leave out or blur."""
    way, loose, author = WAYS[event.kind]
    late = number * 3 // of if event.revised else 0
    share = (0.5, 0.75, 1.0)[number * 3 // of] if event.revised else 1.0
    killed = max(1, round(event.killed * share))
    if rng.random() < 0.15 and not event.revised:
        killed += rng.choice((-1, 1)) if killed > 2 else 1
    kind = loose[0] if rng.random() < 0.75 else rng.choice(loose)
    lat, lon, radius = event.point
    details = rng.sample(event.details, rng.randint(2, 4))
    words = f"{way} على {event.town} {' '.join(details)} مقتل {killed} مدنيين"

    def value(text: str, **more: Any) -> dict[str, Any]:
        return {"as_written": text, "span": [0, len(text)], **more}

    claim: dict[str, Any] = {"type": kind}
    if rng.random() > 0.04:
        blur = rng.random() < 0.08
        claim["place"] = value(
            "ريف " * blur + event.town,
            lat=lat + rng.uniform(-0.004, 0.004),
            lon=lon + rng.uniform(-0.004, 0.004),
            radius_km=25.0 if blur else radius,
        )
    published = event.day + dt.timedelta(late + (rng.random() < 0.3))
    if rng.random() > 0.2:
        claim["time"] = value(
            "يوم", earliest=str(event.day), latest=str(event.day), basis="published"
        )
    if author and rng.random() > 0.25:
        actor = BRANCH.get(author, author) if rng.random() < 0.2 else author
        claim["initiators"] = [value(actor, actor=actor)]
    if kind != "detention":
        claim["targets"] = [value("مدنيين", actor="civilians")]
        claim["casualties"] = [value(str(killed), outcome="killed", low=killed, high=killed)]
        if rng.random() < 0.6:
            n = max(2, round(event.wounded * share))
            claim["casualties"].append(value(str(n), outcome="wounded", low=n, high=n))
    if rng.random() < 0.7:
        claim["hit"] = [value(event.hit, kind=event.hit)]
    return {
        "claim": claim,
        "published": str(published),
        "words": words,
        "publisher": rng.choice(OUTLETS),
    }


def claims() -> list[dict[str, Any]]:
    """Every telling with the event it tells; some reports look back on an earlier event too."""
    rng = random.Random(SEED)
    told = events(rng)
    out: list[dict[str, Any]] = []
    for at, event in enumerate(told):
        many = rng.randint(3, 6)
        for number in range(many):
            report = f"{event.name}-r{number}"
            first = telling(rng, event, number, many)
            out.append(
                {
                    "incident": event.name,
                    "telling": {"id": f"{report}#0", "report": report, **first},
                }
            )
            if number == 0 and at and rng.random() < 0.4:
                back = told[at - 1]
                second = {
                    **telling(rng, back, many - 1, many),
                    "published": first["published"],
                    "publisher": first["publisher"],
                    "position": 1,
                }
                out.append(
                    {
                        "incident": back.name,
                        "telling": {"id": f"{report}#1", "report": report, **second},
                    }
                )
    return out


LEADS = (
    "قتل {k} مدنيين وأصيب {w} آخرون {day} بقصف مدفعي لقوات النظام على بلدة {town} قرب {spot}، بحسب الدفاع المدني.",
    "أفاد مراسلنا بمقتل {k} مدنيين {day} جراء قصف مدفعي استهدف بلدة {town} قرب {spot}، بينهم {name}.",
    "قصفت قوات النظام بالمدفعية {day} بلدة {town}، ما أدى إلى مقتل {k} مدنيين وإصابة {w} آخرين، وعرف من القتلى {name}.",
)


def texts() -> list[dict[str, Any]]:
    """Whole invented reports, for the road from text to incident."""
    rng = random.Random(SEED + 1)
    out = []
    start = dt.date(2024, 3, 4)
    for n, town in enumerate(
        ("سرمين", "أريحا", "الأتارب", "دارة عزة", "تفتناز", "بنش", "سرمين", "بنش")
    ):
        day = start + dt.timedelta(n)
        k, w, spot, name = (
            rng.randint(3, 9),
            rng.randint(10, 20),
            rng.choice(SPOTS),
            " ".join(rng.sample(NAMES, 2)),
        )
        for number, lead in enumerate(LEADS):
            late = number == 2
            words = lead.format(
                k=k, w=w, town=town, spot=spot, name=name, day="أمس" if late else "اليوم"
            )
            out.append(
                {
                    "id": f"t{n}-r{number}",
                    "incident": f"t{n}",
                    "publisher": OUTLETS[number],
                    "published": str(day + dt.timedelta(late)),
                    "text": words,
                }
            )
    return out


def main() -> None:
    """Write both files."""
    GOLD.mkdir(parents=True, exist_ok=True)
    for name, rows in (("claims", claims()), ("texts", texts())):
        lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in rows]
        (GOLD / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
