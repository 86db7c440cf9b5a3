"""Invented sentences and short reports with what the coder must read in each: ``cases.tsv``.

``expected`` is a list of claims parted by `` ; ``; ``n=2`` alone says how many claims there are. A
claim begins with ``type/status`` (either may be left out) and asserts only what follows: ``i=`` and
``t=`` actor ids (``-`` for none), ``at=`` words of the place (``_`` for a blank), ``on=first..last``,
``outcome=low-high:who``, ``dead=-`` no casualties, ``m=item:low-high``, ``force=low-high``, ``src=`` kinds.
``wrong`` gives the reason where the coder does not reach the guidelines yet; such a row must fail.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import isnad
from isnad.model import CLAIM_TYPES, OUTCOMES, SOURCE_KINDS, STATUSES, Report

_TABLE = Path(__file__).with_name("cases.tsv")
Row = dict[str, str]
Record = dict[str, Any]


def rows() -> list[Row]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def cases() -> list[Any]:
    return [
        pytest.param(
            r,
            id=r["about"],
            marks=[pytest.mark.xfail(reason=r["wrong"], strict=True, raises=AssertionError)]
            if r["wrong"]
            else [],
        )
        for r in rows()
    ]


def claims(row: Row) -> list[Record]:
    text = row["text"].replace("\\n", "\n")
    day = dt.date.fromisoformat(row["published"]) if row["published"] else None
    reading = isnad.read(Report(text=text, published=day))
    return list(reading.contract()["claims"])


def bounds(value: Record) -> str:
    low, high = ("" if value[k] is None else str(value[k]) for k in ("low", "high"))
    return f"{low}-{high}"


def ids(parts: list[Record]) -> str:
    return ",".join(sorted(p["actor"] or "?" for p in parts)) or "-"


def faults(claim: Record, wanted: list[str]) -> list[str]:
    """What of ``wanted`` the claim does not hold."""
    out = []
    for want in wanted:
        key, sign, value = want.partition("=")
        got: Any
        if not sign:
            kind, _, status = want.partition("/")
            got = f"{claim['type']}/{claim['status']}"
            good = kind in ("", claim["type"]) and status in ("", claim["status"])
            if not status and kind in STATUSES:
                good = kind == claim["status"]
        elif key in ("i", "t"):
            got = ids(claim["initiators" if key == "i" else "targets"])
            good = got == ",".join(sorted(value.split(",")))
        elif key == "at":
            got = (claim["place"] or {}).get("as_written", "")
            good = value.replace("_", " ") in got
        elif key == "on":
            time = claim["time"] or {"earliest": "no time", "latest": "no time"}
            got = f"{time['earliest']}..{time['latest']}"
            good = got == value
        elif key == "src":
            got = ",".join(s["kind"] for s in claim["sources"])
            good = got == value
        elif key == "m":
            got = [f"{m['item']}:{bounds(m)}" for m in claim["materiel"]]
            good = value in got
        elif key == "force":
            got = [bounds(f) for f in claim["forces"]]
            good = value in got
        elif key == "dead":
            got = [c["as_written"] for c in claim["casualties"]]
            good = not got
        else:
            assert key in OUTCOMES, f"unknown key {key}"
            figure, _, who = value.partition(":")
            got = [(c["outcome"], bounds(c), c["who"]) for c in claim["casualties"]]
            good = any(o == key and b == figure and who in ("", w) for o, b, w in got)
        if not good:
            out.append(f"{want}: got {got}")
    return out


def all_faults(row: Row) -> list[str]:
    found = claims(row)
    left = list(found)
    out: list[str] = []
    for part in row["expected"].split(" ; "):
        wanted = part.split()
        if len(wanted) == 1 and wanted[0].startswith("n="):
            if len(found) != int(wanted[0][2:]):
                told = [(c["type"], c["status"]) for c in found]
                out.append(f"{wanted[0]}: got {len(found)} {told}")
            continue
        if not left:
            out.append(f"{part}: no such claim")
            continue
        best = min(left, key=lambda c: len(faults(c, wanted)))
        left.remove(best)
        out += faults(best, wanted)
    return out


@pytest.mark.parametrize("row", cases())
def test_case(row: Row) -> None:
    wrong = all_faults(row)
    assert not wrong, "\n".join([row["text"], *wrong])


def test_the_table_covers_the_contract() -> None:
    table = rows()
    words = " ".join(r["expected"] for r in table).replace("/", " ").replace("=", " ")
    named = set(words.replace(",", " ").split())
    assert len(table) >= 90
    assert len({r["about"] for r in table}) == len(table)
    assert not set(CLAIM_TYPES) - named
    assert not set(STATUSES) - named
    assert not set(SOURCE_KINDS) - named
