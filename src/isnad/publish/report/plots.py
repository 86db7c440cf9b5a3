"""The map and the timeline as SVG, drawn by matplotlib, which shapes Arabic itself (from 3.11)."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isnad.knowledge.gazetteer.user import gazetteer
from isnad.publish.report.collect import Item, Summary
from isnad.publish.report.words import say
from isnad.publish.where import where

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ASSETS = Path(__file__).parent.parent / "assets"
INK, LAND, SEA, ACCENT, SOFT = "#22303c", "#f6f3ec", "#dfe8ee", "#a3341f", "#d8a08f"
LEAST_DEGREES = 1.6  # no map is narrower
LABELS = 14
WEEKLY_FROM = 100  # days from which bars are weeks
KNOWN_DAYS = 7
TICKS = 6
_ID = re.compile(r'(\bid="|href="#|url\(#)')


def settings() -> dict[str, Any]:
    """How matplotlib draws: the same bytes each time; text as outlines, for not every reader of
    SVG joins Arabic letters. Its own font has both scripts."""
    return {
        "svg.fonttype": "path", "svg.hashsalt": "isnad", "font.family": "DejaVu Sans",
        "font.size": 8.5,
        "text.color": INK, "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK,
        "ytick.color": INK,
    }  # fmt: skip


def area_map(summary: Summary, language: str) -> str:
    """Circles of how far off each place may be, over outlines and the largest towns."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(settings()):  # type: ignore[arg-type]
        figure = Figure(figsize=(7.2, 5.4))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        west, south, east, north = _box(summary.events)
        stretch = 1 / math.cos(math.radians((south + north) / 2))
        axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
        axes.set_aspect(stretch, adjustable="box")
        axes.set_facecolor(SEA)
        for ring in outlines():
            if _meets(ring, west, south, east, north):
                axes.fill(
                    *zip(*ring, strict=True), facecolor=LAND, edgecolor="#9a9a8c", linewidth=0.7
                )
        _towns(axes, (west, south, east, north), language)
        _circles(axes, summary.events)
        _scale(axes, west, south, east, north, language)
        return _svg(figure, say("map", language), f"map-{language}")


def _circles(axes: Axes, events: list[Item]) -> None:
    from matplotlib.patches import Ellipse

    spots: Counter[tuple[float, float, float]] = Counter()
    for item in events:
        at = where(item.incident.place)
        if at is not None:
            spots[round(at.lat, 3), round(at.lon, 3), at.radius_km or 0.0] += 1
    for (lat, lon, km), number in sorted(spots.items(), key=lambda s: -s[0][2]):
        tall = max(km, 1.5) / 111.2
        wide = tall / max(0.05, math.cos(math.radians(lat)))
        axes.add_patch(Ellipse((lon, lat), 2 * wide, 2 * tall, facecolor=ACCENT, alpha=0.14))
        axes.add_patch(
            Ellipse((lon, lat), 2 * wide, 2 * tall, fill=False, edgecolor=ACCENT, linewidth=0.9)
        )
        if number > 1:
            axes.text(lon, lat, str(number), ha="center", va="center", fontsize=8, color=ACCENT,
                      fontweight="bold", clip_on=True)  # fmt: skip


def _towns(axes: Axes, box: tuple[float, float, float, float], language: str) -> None:
    west, south, east, north = box
    taken: list[tuple[float, float]] = []
    for town in gazetteer().largest(west, south, east, north, 80):
        x, y = (town.lon - west) / (east - west), (town.lat - south) / (north - south)
        if not (0.03 < x < 0.9 and 0.04 < y < 0.96):
            continue
        if any(abs(x - a) < 0.14 and abs(y - b) < 0.045 for a, b in taken):
            continue
        taken.append((x, y))
        axes.plot(town.lon, town.lat, "o", color=INK, markersize=2.2)
        name = town.name_ar if language == "ar" else town.name_en
        axes.annotate(name, (town.lon, town.lat), xytext=(3, 2), textcoords="offset points",
                      fontsize=7.5, clip_on=True)  # fmt: skip
        if len(taken) == LABELS:
            return


def _scale(axes: Axes, west: float, south: float, east: float, north: float, language: str) -> None:
    """A bar of round kilometres in a corner."""
    a_degree = 111.2 * math.cos(math.radians((south + north) / 2))
    room = (east - west) * a_degree / 4
    km = max(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if n <= max(1, room))
    x, y = west + (east - west) * 0.04, south + (north - south) * 0.05
    axes.plot([x, x + km / a_degree], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    axes.annotate(f"{km} {say('km', language)}", (x, y), xytext=(0, 4),
                  textcoords="offset points", fontsize=8)  # fmt: skip


def _box(events: list[Item]) -> tuple[float, float, float, float]:
    """West, south, east, north: every circle in it, a margin, and never too narrow."""
    points = [p for item in events if (p := where(item.incident.place)) is not None]
    if not points:
        return 35.0, 32.0, 43.0, 38.0
    reach = [min(150.0, p.radius_km or 0.0) / 111.2 for p in points]
    south = min(p.lat - r for p, r in zip(points, reach, strict=True))
    north = max(p.lat + r for p, r in zip(points, reach, strict=True))
    west = min(p.lon - 1.2 * r for p, r in zip(points, reach, strict=True))
    east = max(p.lon + 1.2 * r for p, r in zip(points, reach, strict=True))
    tall = max(LEAST_DEGREES, (north - south) * 1.25)
    wide = max(LEAST_DEGREES * 4 / 3, (east - west) * 1.25)
    middle, centre = (south + north) / 2, (west + east) / 2
    shape = math.cos(math.radians(middle)) * 3 / 4  # the picture is four to three
    tall, wide = max(tall, wide * shape), max(wide, tall / shape)
    return centre - wide / 2, middle - tall / 2, centre + wide / 2, middle + tall / 2


Ring = list[tuple[float, float]]


@lru_cache(maxsize=1)
def outlines() -> tuple[Ring, ...]:
    """The rings of all countries (longitude, latitude), from Natural Earth's 1:50m TopoJSON."""
    whole = json.loads((ASSETS / "countries-50m.json").read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = whole["transform"]["scale"], whole["transform"]["translate"]
    arcs: list[Ring] = []
    for steps in whole["arcs"]:
        x = y = 0
        arc: Ring = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return tuple(
        [p for at in ring for p in (arcs[at] if at >= 0 else arcs[~at][::-1])]
        for shape in whole["objects"]["countries"]["geometries"]
        for ring in _rings(shape)
    )


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _meets(ring: Ring, west: float, south: float, east: float, north: float) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if max(xs) - min(xs) > 300:  # rings across the antimeridian would be drawn across the map
        return False
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def timeline(summary: Summary, language: str) -> tuple[str, str, int]:
    """Bars of incidents; the unit of a bar (``day`` or ``week``); how many are too vague for it."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    dated = [i.when for i in summary.events if i.when and i.when.days <= KNOWN_DAYS]
    first = min((w.middle for w in dated), default=summary.first or dt.date(2000, 1, 1))
    last = max((w.middle for w in dated), default=summary.last or first)
    first, last = max(first, summary.first or first), min(last, summary.last or last)
    step = 7 if (last - first).days >= WEEKLY_FROM else 1
    known: Counter[dt.date] = Counter()
    vague: Counter[dt.date] = Counter()
    for w in dated:
        at = min(max(w.middle, first), last)
        bar = first + dt.timedelta(days=(at - first).days // step * step)
        (known if w.days == 1 else vague)[bar] += 1
    days = sorted({*known, *vague})
    with rc_context(settings()):  # type: ignore[arg-type]
        figure = Figure(figsize=(7.2, 2.3))
        axes = figure.add_axes((0.06, 0.2, 0.92, 0.66))
        below = [known[d] for d in days]
        at_days = [float(d.toordinal()) for d in days]
        axes.bar(at_days, below, width=step * 0.8, color=ACCENT, label=say("known_day", language))
        axes.bar(at_days, [vague[d] for d in days], bottom=below, width=step * 0.8, color=SOFT,
                 label=say("known_days", language))  # fmt: skip
        axes.spines[["top", "right"]].set_visible(False)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        span = (last - first).days
        margin = max(1, span // 20)
        axes.set_xlim(first.toordinal() - margin, last.toordinal() + margin)
        marks = sorted({first + dt.timedelta(days=span * n // TICKS) for n in range(TICKS + 1)})
        # days in numbers, for they read the same in both languages
        axes.set_xticks([d.toordinal() for d in marks], [d.isoformat() for d in marks])
        axes.tick_params(axis="x", labelsize=7.5)
        axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1.0, 1.0))
        image = _svg(figure, say("timeline", language), f"time-{language}")
    return image, "week" if step == 7 else "day", len(summary.events) - len(dated)


def _svg(figure: Figure, title: str, prefix: str) -> str:
    """The figure as an element of a page, its ids its own among several figures."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    image = out.getvalue()
    image = re.sub(r"<metadata>.*?</metadata>", "", image[image.index("<svg") :], flags=re.DOTALL)
    image = _ID.sub(lambda m: f"{m[1]}{prefix}-", image)
    return image.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
