"""Cutting a post out of the page that shows it: Facebook, X, Telegram, by the platform's shape.

Such pages, read as text, glue the post to what stands around it: «Page name · December 20, 2025 ·
Shared with Public» before, «All reactions: …» and the comments after, on X the name and handle
before and the stamp after.
"""

from __future__ import annotations

import re

from isnad.coding.layout.furniture import furniture
from isnad.coding.layout.lines import Line, part_of

# «12:07 PM · Feb 28, 2026», also in the Arabic interface: «12:07 م · 28 فبراير 2026».
_STAMP = re.compile(
    r"\d{1,2}:\d{2} ?(?:[ap]\.?m\.?|[صم])\b ?[·.] ?"
    r"(?:[^\W\d_]{3,9}\.? \d{1,2},?|\d{1,2} [^\W\d_]{3,9},?) ?\d{4}"
)
_HANDLE = re.compile(r"^(?:post|conversation)?[^@\n]{0,80}?@[a-z0-9_]{2,15}(?![a-z0-9_.])")
_VIDEO = re.compile(r"\s*\d{1,2}:\d{1,2}$")  # the player's clock, left at the end
_CARD = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*?…")  # a link's shortened address
_CARD_END = re.compile(r"from (?:[a-z0-9-]+\.)+[a-z]{2,}$")
_EMBED = re.compile(r"pic\.twitter\.com/\S*|[-–—] [^\n]{1,60}\(@\w{1,20}\)[^\n]{0,30}\d{4}$")
_TELEGRAM = re.compile(r"^[\d.,]+[km]? views?(?![a-z])(?=\W|\d|$)|^[\d.,]+[km]? views?[a-z]{3} \d")
_HEADER = 400  # characters of a line in which a header's end is looked for
_REPEAT = 30  # characters that must come again before a line counts as told twice


def cut_social(lines: list[Line], normal: str) -> tuple[list[Line], bool]:
    """The post's own lines, and whether the page is a platform's; otherwise the lines as given."""
    if "view" in normal and any(_TELEGRAM.match(ln.text) for ln in lines):
        return _telegram(lines), True
    words = furniture()
    starts = [mark for mark in words.social_start if mark in normal]
    footers = [mark for mark in words.social_end if mark in normal]
    stamped = ("·" in normal or " . " in normal) and _STAMP.search(normal) is not None
    on_x = stamped or any(ln.text.startswith(("post", "conversation")) for ln in lines[:3])
    if not (starts or footers or on_x):
        if len(lines) > 4 and "twitter.com" not in normal and "(@" not in normal:
            return lines, False
        cleaned = (_without_remains(ln) for ln in lines)
        return [ln for ln in cleaned if ln is not None], False
    out: list[Line] = []
    header = named = False
    for line in lines:
        text = line.text
        start = 0
        for mark in starts:
            at = text.rfind(mark, 0, _HEADER)
            if at >= 0:
                start = max(start, at + len(mark))
        if start and not header:
            out = []  # what stands above a post's header repeats it, cut short
            header = True
        if on_x and not header and not named and "@" in text and (handle := _HANDLE.match(text)):
            start, named = handle.end(), True
            out = []
        ends = [at for mark in footers if (at := text.find(mark, start)) >= 0]
        if stamped and (stamp := _STAMP.search(text, start)):
            ends.append(stamp.start())
        end = min(ends, default=len(text))
        part = part_of(line, start, end) if start or ends else line
        part = _without_remains(part) if part is not None else None
        if part is not None:
            out.append(part)
        if ends:
            return out, True
    return out, header or named


def _without_remains(line: Line) -> Line | None:
    """A line less its own repeat, an embedded post's remains, a player's clock, a link's card."""
    text = line.text
    start, end = 0, len(text)
    if "twitter.com" in text or "(@" in text:
        embed = _EMBED.search(text)
        if embed:
            end = embed.start()
    if text[-1].isdigit() and (video := _VIDEO.search(text, 0, end)):
        end = video.start() if video.start() > 20 else end
    if "…" in text and (card := _CARD.match(text)):
        start = card.end()
    if card_end := _CARD_END.search(text, max(start, end - 60), end):
        end = card_end.start()
    again = text.find(text[start : start + _REPEAT], start + _REPEAT, end)
    if again > 0:
        same = _common(text, start, again, end)
        if same * 5 >= (again - start) * 4:
            start = again  # the first telling was cut short, or both are alike
        elif same >= 40 and same * 3 >= end - again:
            end = again
    if start == 0 and end == len(text):
        return line
    return part_of(line, start, end)


def _common(text: str, a: int, b: int, end: int) -> int:
    """How many characters from ``a`` on stand again from ``b`` on."""
    n = 0
    limit = min(b - a, end - b)
    while n < limit and text[a + n] == text[b + n]:
        n += 1
    return n


def _telegram(lines: list[Line]) -> list[Line]:
    """A message as Telegram's page shows it: the channel's name, the text, the count of views."""
    out = [ln for ln in lines if not _TELEGRAM.match(ln.text)]
    first = out[0] if out else None
    if first is not None and len(out) > 1 and first.words <= 6 and not first.closing:
        rest = max(ln.words for ln in out[1:])
        if rest > first.words and not first.bullet and "#" not in first.text:
            out = out[1:]
    return out
