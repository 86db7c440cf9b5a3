"""Claims as tables for people: who did what to whom, where, when, according to whom."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from isnad.model import Casualty, Claim, Figure, Force, Materiel, Participant, Reading

FSI, PDI = "\u2068", "\u2069"
_STATUS_STYLE = {"planned": "cyan", "ongoing": "green", "foiled": "magenta", "denied": "red"}


def isolate(words: str) -> str:
    """``words`` on one line, isolated so that their direction does not disturb what stands beside."""
    return FSI + " ".join(words.split()) + PDI


def shorten(words: str, limit: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def amount(f: Figure) -> str:
    """A figure as people write it: 5, 15–20, ≥ 40, ≤ 40, or ? if unknown."""
    if f.low is None and f.high is None:
        return "?"
    if f.low == f.high:
        return str(f.low)
    if f.high is None:
        return f"≥ {f.low}"
    if f.low is None:
        return f"≤ {f.high}"
    return f"{f.low}–{f.high}"


def party(p: Participant) -> str:
    name = p.actor or "?"
    return f"{name} {isolate(shorten(p.as_written, 32))}"


def _figure(f: Figure) -> str:
    if isinstance(f, Casualty):
        who = f" ({f.who})" if f.who else ""
        return f"{f.outcome.replace('_', ' ')} {amount(f)}{who}"
    if isinstance(f, Force):
        return f"force {amount(f)} ({f.actor or '?'})"
    assert isinstance(f, Materiel)
    return f"{f.item.replace('_', ' ')} {amount(f)}"


def where(claim: Claim) -> str:
    p = claim.place
    if p is None:
        return "–"
    name = isolate(shorten(p.as_written, 40))
    if p.lat is None or p.lon is None:
        return f"{name}\nnot located"
    radius = f" ±{p.radius_km:g} km" if p.radius_km is not None else ""
    return f"{name}\n{p.lat:.3f}, {p.lon:.3f}{radius}"


def when(claim: Claim) -> str:
    t = claim.time
    if t is None:
        return "–"
    words = isolate(shorten(t.as_written, 32))
    if t.earliest is None and t.latest is None:
        return f"{words}\nunresolved"
    if t.earliest == t.latest:
        return f"{words}\n{t.earliest}"
    return f"{words}\n{t.earliest or '…'} to {t.latest or '…'}"


def table(reading: Reading) -> Table:
    """One report's claims as a table."""
    r = reading.report
    head = " · ".join(x for x in (r.id, r.publisher, r.published and r.published.isoformat()) if x)
    out = Table(title=head or "report", title_justify="left", show_lines=True, expand=True)
    out.add_column("#", justify="right", width=2)
    out.add_column("what", ratio=2)
    out.add_column("who → whom", ratio=5)
    out.add_column("where", ratio=4)
    out.add_column("when", ratio=3)
    out.add_column("figures", ratio=3)
    out.add_column("according to", ratio=3)
    for number, claim in enumerate(reading.claims):
        what = Text(claim.type.replace("_", " "), style="bold")
        if claim.status != "happened":
            what.append(f"\n{claim.status}", style=_STATUS_STYLE[claim.status])
        doers = "\n".join(party(p) for p in claim.initiators) or "–"
        whom = "\n".join("→ " + party(p) for p in claim.targets)
        figures = [*claim.casualties, *claim.forces, *claim.materiel]
        out.add_row(
            str(number), what, doers + ("\n" + whom if whom else ""), where(claim), when(claim),
            "\n".join(_figure(f) for f in figures) or "–",
            "\n← ".join(isolate(shorten(s.as_written, 40)) for s in claim.sources) or "the report",
        )  # fmt: skip
    return out


def print_reading(console: Console, reading: Reading) -> None:
    if not reading.claims:
        console.print(Text(f"{reading.report.id or 'report'}: no claims", style="dim"))
    else:
        console.print(table(reading))
