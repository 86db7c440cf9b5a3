"""What each mechanism of the coder is worth: ``python -m benchmarks.ablation [GOLD.jsonl …]``.

Each mechanism is switched off alone, the gold is read again, and the F1 of claims and of all slots
is told with what it lost. A mechanism whose loss is near nothing, or negative, wants a reason.
The table goes into ``docs/coding.md``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from isnad.coding import discourse
from isnad.coding.attribution import Attribution, attribute, voice
from isnad.coding.coder import read
from isnad.coding.events import Event
from isnad.coding.layout import Block
from isnad.evaluate.score import score
from isnad.model import Report

GOLD = Path(__file__).parent.parent / "tests" / "gold"
Switch = tuple[str, Any]  # what is replaced, and by what


def _one_block(normal: str) -> list[Block]:
    """The whole text as body, paragraph by paragraph: furniture, titles and lists are not known."""
    out, at = [], 0
    for line in normal.split("\n"):
        if line.strip():
            out.append(Block(at, at + len(line), "body"))
        at += len(line) + 1
    return out


def _unmerged(_doc: object, events: list[Event], _ledger: object = None) -> list[Event]:
    return [e for e in events if discourse.tells_enough(e)]


def _own_words(self: voice.Voice, sentence: Any) -> Attribution:
    return attribute(self.doc, sentence)


def _happened(*_: object) -> tuple[str, str]:
    return "happened", "switched off"


def _nothing(*_: object, **__: object) -> None:
    return None


def _yes(*_: object) -> bool:
    return True


def _no(*_: object) -> bool:
    return False


def _asks_nothing(*_: object) -> str:
    return ""


def _first_place(_doc: object, event: Event) -> object:
    return event.places[0] if event.places else None


def _none_found(*_: object, **__: object) -> list[Any]:
    return []


MECHANISMS: dict[str, tuple[Switch, ...]] = {
    "layout: titles, lists, furniture": (("isnad.coding.coder.blocks", _one_block),),
    "status: planned, foiled, denied, drills, aims": (("isnad.coding.build.status_of", _happened),),
    "one event told once": (("isnad.coding.coder.tell_once", _unmerged),),
    "place and day carried forward": (("isnad.coding.discourse._carry_forward", _nothing),),
    "a heading's day, place and source": (("isnad.coding.coder._under", _nothing),),
    "tellers over sentences": (("isnad.coding.attribution.voice.Voice.attribute", _own_words),),
    "what a unit must name to be an event": (("isnad.coding.build._lacks", _asks_nothing),),
    "states without day or figure are no events": (("isnad.coding.build._general", _no),),
    "background must tell something of its own": (("isnad.coding.discourse.tells_enough", _yes),),
    "authors from adjectives, weapons, admissions": (
        ("isnad.coding.build.complete_initiators", _nothing),
    ),
    "figures of people": (("isnad.coding.build.casualties", _none_found),),
    "the best place of several": (("isnad.coding.claims.choose_place", _first_place),),
}


def measure(gold: list[dict[str, Any]]) -> tuple[float, float]:
    """F1 of claims and of slots over the gold reports."""
    coded = []
    for r in gold:
        report = Report(
            text=r["text"], id=r["id"], title=r.get("title"),
            published=r.get("published") or None, publisher=r.get("publisher"),
        )  # fmt: skip
        coded.append(read(report).contract())
    figures = score(gold, coded)
    return figures["claims"].f1, figures["slots"].f1


def main(say: Callable[[str], object] = sys.stdout.write) -> None:
    """Print the table, the costliest mechanism first."""
    files = [Path(a) for a in sys.argv[1:]] or [GOLD / "ours.jsonl", GOLD / "typed.jsonl"]
    gold = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    claims, slots = measure(gold)
    say("| switched off | claims F1 | slots F1 | slots lost |\n| --- | --- | --- | --- |\n")
    say(f"| nothing | {claims:.3f} | {slots:.3f} | |\n")
    rows = []
    for name, switches in MECHANISMS.items():
        with ExitStack() as stack:
            for target, instead in switches:
                stack.enter_context(patch(target, instead))
            rows.append((name, *measure(gold)))
    for name, c, s in sorted(rows, key=lambda row: row[2]):
        say(f"| {name} | {c:.3f} | {s:.3f} | {slots - s:+.3f} |\n")


if __name__ == "__main__":
    main()
