"""The worked example of ``docs/exports-example.md``: an invented report, coded by hand.

It has the shape of the reports that are hard to record: a plan, arrivals with numbers for each
group, reinforcements on a newspaper's word that has its own sources, losses summed over months, a
patrol gone on a road, an ambush days ago. Nothing in it happened.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from isnad.model import (
    Casualty,
    Claim,
    Force,
    Incident,
    Materiel,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Time,
    Value,
)
from isnad.publish import Losses, form, form_names
from isnad.publish.select import incidents

TEXT = (
    "تستعد قوات النظام وميليشيات إيرانية لإطلاق عملية في البادية السورية ضد داعش. "
    "وبحسب مصادر محلية وصل 300 عنصر من لواء القدس و60 من حركة النجباء إلى ناحية السخنة. "
    "ونقلت صحيفة المثال عن مصادرها أن تعزيزات فيها 12 دبابة بلغت المنطقة. "
    "وخسرت هذه القوات مئات بين قتيل وجريح في هجمات داعش خلال الأشهر الماضية. "
    "وفُقدت اليوم دورية من أربعة عناصر للنجباء على طريق تدمر - دير الزور. "
    "وقبل أيام قُتل العشرات من صائدي الدواعش في كمين لداعش قرب السخنة."
)
PUBLISHED = dt.date(2021, 5, 24)


def at(words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"as_written": words, "span": (start, start + len(words)), "rule": "by hand", **fields}


def who(words: str, actor: str) -> Participant:
    return Participant(**at(words, actor=actor))


DESERT = Place(**at("البادية السورية", lat=34.8, lon=38.8, radius_km=120.0,
                    anchors=("syr-syrian-desert",)))  # fmt: skip
AREA = Place(**at("ناحية السخنة", lat=34.887, lon=38.872, radius_km=25.0,
                  anchors=("syr-al-sukhna-subdistrict",)))  # fmt: skip
LOCAL = (Source(**at("مصادر محلية", kind="local")),)
CLAIMS = (
    Claim(type="operation", status="planned", place=DESERT, trigger=Value(**at("عملية")),
          initiators=(who("قوات النظام", "syr-assad-forces"),
                      who("ميليشيات إيرانية", "iran-backed-militias")),
          targets=(who("داعش", "isis"),)),
    Claim(type="deployment", place=AREA, trigger=Value(**at("وصل")), sources=LOCAL,
          initiators=(who("لواء القدس", "syr-liwa-al-quds"), who("حركة النجباء", "irq-nujaba")),
          forces=(Force(**at("300 عنصر", actor="syr-liwa-al-quds", low=300, high=300)),
                  Force(**at("60", actor="irq-nujaba", low=60, high=60)))),
    Claim(type="deployment", place=AREA, trigger=Value(**at("تعزيزات")),
          initiators=(who("قوات النظام", "syr-assad-forces"),),
          materiel=(Materiel(**at("12 دبابة", item="tank", low=12, high=12)),),
          sources=(Source(**at("صحيفة المثال", kind="outlet")), Source(**at("مصادرها", kind="unnamed")))),
    Claim(type="losses", place=DESERT, trigger=Value(**at("خسرت")),
          initiators=(who("داعش", "isis"),), targets=(who("هذه القوات", "syr-assad-forces"),),
          casualties=(Casualty(**at("مئات بين قتيل وجريح", outcome="killed_or_wounded", low=200, high=999)),),
          time=Time(**at("خلال الأشهر الماضية", earliest=dt.date(2021, 2, 1), latest=dt.date(2021, 5, 23)))),
    Claim(type="disappearance", trigger=Value(**at("فُقدت")), targets=(who("للنجباء", "irq-nujaba"),),
          place=Place(**at("طريق تدمر - دير الزور", lat=34.95, lon=39.21, radius_km=95.0, relation="road",
                           anchors=("syr-palmyra", "syr-deir-ez-zor"))),
          time=Time(**at("اليوم", earliest=PUBLISHED, latest=PUBLISHED)),
          casualties=(Casualty(**at("أربعة عناصر", outcome="missing", low=4, high=4, who="fighters")),)),
    Claim(type="ambush", trigger=Value(**at("كمين")), initiators=(who("لداعش", "isis"),),
          targets=(who("صائدي الدواعش", "syr-isis-hunters"),),
          place=Place(**at("قرب السخنة", lat=34.887, lon=38.872, radius_km=8.0, relation="near",
                           anchors=("syr-al-sukhna",))),
          time=Time(**at("قبل أيام", earliest=dt.date(2021, 5, 18), latest=dt.date(2021, 5, 23))),
          casualties=(Casualty(**at("العشرات", outcome="killed", low=20, high=99)),)),
)  # fmt: skip
READING = Reading(
    report=Report(text=TEXT, id="example", published=PUBLISHED, publisher="موقع متخيل"),
    claims=CLAIMS,
)
NAMES = ("planned operation", "arrivals", "reinforcements", "losses over months",
         "vanished patrol", "ambush days ago")  # fmt: skip


def rows() -> list[Incident]:
    """A row a claim, in the report's order."""
    from isnad.incidents import tellings_of

    return list(incidents(tellings_of(READING), each="claim"))


def page() -> str:
    """``docs/exports-example.md``."""
    from tests.publish.conftest import written

    made = rows()
    name_of = {i.id: n for i, n in zip(made, NAMES, strict=True)}
    forms = [f for f in form_names() if f != "gold"]
    done = {f: written(f, made, each="claim") for f in forms}
    out = [HEAD, f"> {TEXT}\n", "## What becomes of each claim\n"]
    out.append("| claim | " + " | ".join(forms) + " |")
    out.append("| --- " * (len(forms) + 1) + "|")
    for i in made:
        cells = []
        for f in forms:
            gone = [x for x in done[f][1] if x.kind == "left out" and i.id in x.ids]
            cells.append(gone[0].field if gone else "✓")
        out.append(f"| {name_of[i.id]} | " + " | ".join(cells) + " |")
    out.append("\n✓ a row; else the slot for whose sake it is left out.\n\n## Loss reports\n")
    for f in forms:
        data, losses, count = done[f]
        out.append(f"### {f}: {count} of {len(made)}\n\n{form(f).says}.\n")
        out += _losses(losses, name_of)
        out += _excerpt(f, data)
    return "\n".join(out).rstrip() + "\n"


def _losses(losses: Losses, name_of: dict[str, str]) -> list[str]:
    found = list(losses)
    if not found:
        return ["Nothing is lost.\n"]
    out = ["| | rows | field | what |", "| --- | --- | --- | --- |"]
    out += [f"| {x.kind} | {x.rows} | {x.field} | {x.says.replace('|', '/')} |" for x in found]
    return [*out, ""]


SHOWN = {
    "acled": ("event_date", "time_precision", "sub_event_type", "actor1", "inter1", "actor2",
              "interaction", "location", "geo_precision", "fatalities"),
    "ucdp": ("type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "date_start", "low",
             "best", "high", "deaths_unknown", "priogrid_gid"),
    "hxl": ("date", "type", "initiator", "target", "location", "killed"),
}  # fmt: skip


def _excerpt(name: str, data: bytes) -> list[str]:
    import csv
    from io import StringIO

    text = data.decode("utf-8", "replace")
    if name in SHOWN:
        found = list(csv.DictReader(StringIO(text)))
        out = ["| " + " | ".join(SHOWN[name]) + " |", "| --- " * len(SHOWN[name]) + "|"]
        out += ["| " + " | ".join(r[c] for c in SHOWN[name]) + " |" for r in found]
        return [
            f"Some of its columns{' (the first row holds the tags)' * (name == 'hxl')}:\n",
            *out,
            "",
        ]
    if name in ("plover", "ftm"):
        found_json = [json.loads(x) for x in text.split("\n") if x]
        one = next(r for r in reversed(found_json) if r.get("schema", "Event") == "Event")
    elif name == "geojson":
        one = json.loads(text)["features"][4]
        one["properties"] = {
            k: v for k, v in one["properties"].items() if v not in (None, [], "") and k != "summary"
        }
    else:
        return []
    return ["```json", json.dumps(one, ensure_ascii=False, indent=1), "```", ""]


HEAD = """\
# Exports: a worked example

Written by `python scripts/exports.py` from `tests/publish/worked.py`; do not edit by hand. The report is
**invented**; its claims are coded by hand, a row a claim (`--each claim`). What the forms are:
[exports.md](exports.md).
"""
