"""One self-contained page: each report's words with its values marked, beside its claims.

No scripts, no fonts or pictures from elsewhere; printable; light and dark by the reader's setting.
Written report by report, so that a long run needs no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TextIO

from isnad.cli.cell import plain
from isnad.cli.render import amount
from isnad.model import Casualty, Claim, Figure, Force, Materiel, Reading, Value

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isnad: claims</title>
<style>
{style}
</style>
</head>
<body>
<header><h1>Isnad <span lang="ar" dir="rtl">إسناد</span></h1>
<p>Claims as the reports make them. A claim is what a report says, not what is known to have
happened. Every value points to its words in the text.</p>
<p class="key"><mark class="who">who</mark> <mark class="place">where</mark>
<mark class="time">when</mark> <mark class="figure">how many</mark>
<mark class="source">according to</mark></p></header>
<main>
"""
_TAIL = """</main>
<footer><p>{reports} reports, {claims} claims. Places: Isnad's own table, and
<a href="https://www.geonames.org/">GeoNames</a> (CC BY 4.0). A point with ± is no address: the
place meant may lie anywhere within that radius.</p></footer>
</body>
</html>
"""
_CLASS = {
    "initiators": "who", "targets": "who", "place": "place", "time": "time",
    "casualties": "figure", "forces": "figure", "materiel": "figure", "sources": "source",
}  # fmt: skip


def write_page(stream: Iterator[Reading], out: TextIO) -> None:
    """Write the page of all readings."""
    style = files("isnad.cli").joinpath("page.css").read_text(encoding="utf-8")
    out.write(_HEAD.format(style=style))
    reports = claims = 0
    for reading in stream:
        out.write(article(reading, reports))
        reports += 1
        claims += len(reading.claims)
    out.write(_TAIL.format(reports=reports, claims=claims))


def article(reading: Reading, number: int) -> str:
    """One report: its text on one side, its claims on the other."""
    r = reading.report
    count = len(reading.claims)
    facts = [r.publisher, r.published.isoformat() if r.published else "no publication date", r.url]
    about = " · ".join(f"<bdi>{escape(plain(f))}</bdi>" for f in facts if f)
    cards = "".join(_card(claim, f"r{number}c{i}", i) for i, claim in enumerate(reading.claims))
    return (
        f"<article><h2><bdi>{escape(plain(r.id) or 'report')}</bdi></h2>"
        f'<p class="about">{about} · {count} claim{"" if count == 1 else "s"}</p>'
        f'<div class="sides"><div class="text" dir="auto">{marked(reading)}</div>'
        f'<ol class="claims" start="0">{cards or "<li>no claims</li>"}</ol></div></article>\n'
    )


def marked(reading: Reading) -> str:
    """The text, with the words of each value marked; where values overlap, the first one's."""
    text = reading.report.text
    owner: dict[int, tuple[str, int, str]] = {}
    for i, claim in enumerate(reading.claims):
        for slot, value in claim.values():
            kind = _CLASS.get(slot)
            if kind is None:
                continue
            for at in range(*value.span):
                owner.setdefault(at, (kind, i, slot))
    edges = sorted({0, len(text), *(a for a in owner if owner.get(a - 1) != owner[a]),
                    *(a + 1 for a in owner if owner.get(a + 1) != owner[a])})  # fmt: skip
    out = []
    for start, end in pairwise(edges):
        words = escape(text[start:end])
        if start in owner:
            kind, i, slot = owner[start]
            words = f'<mark class="{kind}" title="claim {i}: {slot}">{words}</mark>'
        out.append(words)
    return "".join(out)


def _card(claim: Claim, anchor: str, number: int) -> str:
    status = "" if claim.status == "happened" else f' <span class="status">{claim.status}</span>'
    rows = "".join(
        f"<dt>{name}</dt><dd>{''.join(f'<div>{v}</div>' for v in values)}</dd>"
        for name, values in _slots(claim)
        if values
    )
    kind = claim.type.replace("_", " ")
    head = f'<h3><span class="number">{number}</span> {kind}{status}</h3>'
    return f'<li id="{anchor}" class="{claim.status}">{head}<dl>{rows}</dl></li>'


def _slots(claim: Claim) -> Iterator[tuple[str, list[str]]]:
    yield "who", [_named(p.actor, p) for p in claim.initiators]
    yield "to whom", [_named(p.actor, p) for p in claim.targets]
    if claim.place:
        p = claim.place
        point = "not located"
        if p.lat is not None and p.lon is not None:
            around = f" ± {p.radius_km:.0f} km" if p.radius_km is not None else ""
            point = f"{p.lat:.3f}, {p.lon:.3f}{around}"
        yield "where", [f"{_words(p)} {_small(point)}"]
    if claim.time:
        t = claim.time
        days = f"{t.earliest or '…'} to {t.latest or '…'}"
        if t.earliest == t.latest:
            days = str(t.earliest) if t.earliest else "unresolved"
        yield "when", [f"{_words(t)} {_small(days)}"]
    yield "figures", [_figure(f) for f in (*claim.casualties, *claim.forces, *claim.materiel)]
    chain = " <span class='from'>from</span> ".join(_words(s) for s in claim.sources)
    yield "according to", [chain or "<i>the report itself</i>"]


def _figure(f: Figure) -> str:
    what, of = "", ""
    if isinstance(f, Casualty):
        what, of = f.outcome.replace("_", " "), f.who or ""
    elif isinstance(f, Force):
        what, of = "force", f.actor or ""
    elif isinstance(f, Materiel):
        what = f.item.replace("_", " ")
    return f"{what} <b>{amount(f)}</b> {_small(of)} {_words(f)}"


def _named(actor: str | None, value: Value) -> str:
    return f"{_small(actor or 'unlisted')} {_words(value)}"


def _words(value: Value) -> str:
    return f'<bdi class="words">{escape(plain(value.as_written))}</bdi>'


def _small(text: str) -> str:
    return f'<span class="id">{escape(text)}</span>' if text else ""
