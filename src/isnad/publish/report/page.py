"""The report as one HTML page (no scripts, nothing fetched) and as a PDF of it."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from isnad.errors import IsnadError
from isnad.incidents.grade import Dispute
from isnad.knowledge.compiled import knowledge
from isnad.publish.parties import parties
from isnad.publish.report.collect import SHOWN, Item, Summary
from isnad.publish.report.plots import ASSETS, area_map, timeline
from isnad.publish.report.words import LANGUAGES, Language, area, count, place, say, template

if TYPE_CHECKING:
    from jinja2 import Environment

TOP = 15
"""Rows of the tables by type, area, party and source."""


def html(
    summary: Summary, about: dict[str, str], *, languages: Sequence[Language] = LANGUAGES,
    most: int = SHOWN, km: float | None = None,
) -> str:  # fmt: skip
    """The page.

    Args:
        summary: what it says.
        about: how it was made (``at``, ``filter``, ``snapshot``, ``program``), for the method.
        languages: one part each, in this order.
        most: incidents listed one by one.
        km: the grid of places, if some were held back for safety.
    """
    parts = [_part(summary, about, language, most, km) for language in languages]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(parts=parts, fonts=_fonts(), first=languages[0])
    )


def pdf(page: str) -> bytes:
    """The page on paper.

    Raises:
        IsnadError: E608 if the libraries that set type are not there.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        what = (
            "PDF needs Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango)"
        )
        raise IsnadError("E608", f"{what}; HTML works without") from error
    # a report asks nothing of the network or the disk: only what the page itself holds
    inside = URLFetcher(allowed_protocols=("data",))
    made: bytes = HTML(string=page, base_url=None, url_fetcher=inside).write_pdf()
    return made


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("isnad.publish.report", "."), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _fonts() -> list[dict[str, str]]:
    ranges = {
        "arabic": "U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFF",
        "latin": "U+0000-05FF,U+2000-22FF",
    }
    return [
        {
            "script": script, "weight": weight, "range": span,
            "data": base64.b64encode(
                (ASSETS / f"ibm-plex-sans-arabic-{script}-{weight}-normal.woff2").read_bytes()
            ).decode("ascii"),
        }
        for script, span in ranges.items()
        for weight in ("400", "600")
    ]  # fmt: skip


def _part(
    s: Summary, about: dict[str, str], language: Language, most: int, km: float | None
) -> dict[str, Any]:
    from markupsafe import Markup, escape

    bars, unit, wide = timeline(s, language)
    shown = s.shown(most)

    def words(key: str, **values: object) -> str:
        for name, value in values.items():
            if isinstance(value, str) and value.isascii():
                # a day after Arabic words would be turned round: 25-09-2022
                values[name] = Markup('<bdi dir="ltr">{}</bdi>').format(value)
        return escape(template(key, language)).format(**values)

    areas = Counter(area(i.incident, language) or words("nowhere") for i in s.events)
    both = Counter(s.initiators) + Counter(s.targets)
    return {
        "language": language, "direction": "rtl" if language == "ar" else "ltr", "say": words,
        "period": s.period,
        "summary": s, "about": about, "km": km,
        "map": Markup(area_map(s, language)), "timeline": Markup(bars),
        "unit": words(f"{unit}_unit"), "wide": wide,
        "sums": [(words(f"outcome.{o}"), *line) for o, line in s.sums.items()],
        "rows": [_row(i, language) for i in shown], "listed": len(shown),
        "planned": [_row(i, language) for i in s.planned[:most]],
        "disputed": [
            (_row(i, language), [_dispute(d, language) for d in i.disputes])
            for i in s.disputed[:most]
        ],
        "types": [(words(f"type.{t}"), n) for t, n in s.types.most_common(TOP)],
        "areas": areas.most_common(TOP),
        "parties": [
            (name(a, language), s.initiators[a], s.targets[a]) for a, _ in both.most_common(TOP)
        ],
        "origins": s.origins.most_common(TOP),
    }  # fmt: skip


def name(actor: str, language: str) -> str:
    """The neutral name of an actor in the language."""
    actors = knowledge().actors
    if actor not in actors:
        return actor
    return actors[actor].name_ar if language == "ar" else actors[actor].name_en


def _row(item: Item, language: Language) -> dict[str, str]:
    i, days = item.incident, item.when
    on = "" if days is None else days.first.isoformat()
    if days is not None and days.days > 1:
        on += f" – {days.last.isoformat()}"
    sides = [
        ("، " if language == "ar" else ", ").join(
            p.name_ar if language == "ar" else p.name for p in parties(i, slot)
        )
        for slot in ("initiators", "targets")
    ]
    return {
        "id": i.id, "when": on, "where": place(i, language),
        "what": say(f"type.{i.type}", language), "by": sides[0], "on": sides[1],
        "killed": count(item.ranges.get("killed"), language),
        "grade": say(f"grade.{item.grade.grade}", language), "origins": str(len(item.origins)),
        "status": "" if i.status == "happened" else say(f"status.{i.status}", language),
    }  # fmt: skip


def _dispute(dispute: Dispute, language: Language) -> tuple[str, list[str]]:
    what, _, outcome = dispute.what.partition(": ")
    key = {"event": "dispute.event", "author": "dispute.author"}.get(what, "dispute.toll")
    head = say(key, language, outcome=say(f"outcome.{outcome}", language) if outcome else "")
    sides = []
    for side, claims in dispute.sides:
        label = say(f"side.{side}", language) if what == "event" else name(side, language)
        sides.append(say("says", language, side=label, count=len(claims)))
    return head, sides
