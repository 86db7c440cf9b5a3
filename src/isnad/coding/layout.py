"""What of a text is the report, and what is the page around it.

In: a text in normal form. Out: blocks (title, body, item of a bulletin) in text order; what is left
out is page furniture (menus, related headlines, comments, tags, captions). Judged by shape (length,
closing punctuation, bullets) and by the words of ``furniture.csv``; no outlet is known by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from isnad.knowledge.tables import DATA, read_table
from isnad.language.arabic.normal import fold

_CLOSING = ".؟?!…»”\")]›:؛"
_BULLET = re.compile(r"\s*(?:[-–—•●▪◾◼■►▶*+]|\d{1,2}\s?[-.)–:]|[^\w\s#@«“\"'(\[\]]{1,3}(?=\s|\w))")
_POST_STAMP = re.compile(r"\d{1,2}:\d{2} ?[ap]m · [a-z]{3} \d{1,2}, \d{4}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BODY_WORDS = 9  # a line of as many words that closes with punctuation is running text
_LONG_WORDS = 24  # a line of as many words is running text even if it does not close
_INDEX_LINES = 6  # as many headlines and no running text: a menu, not a report


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the report: half-open offsets in the normal form and its ``kind``.

    ``kind`` is ``title``, ``body``, ``item`` (one line of a bulletin) or ``head`` (a bulletin's
    own heading, which governs the items below it).
    """

    start: int
    end: int
    kind: str


@lru_cache(maxsize=1)
def _furniture() -> dict[str, tuple[str, ...]]:
    by_kind: dict[str, list[str]] = {}
    for row in read_table(DATA / "coding" / "furniture.csv", ("words", "kind")):
        by_kind.setdefault(row["kind"], []).append(fold(row["words"]))
    return {kind: tuple(words) for kind, words in by_kind.items()}


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    words: int
    bullet: bool
    closed: bool

    @property
    def running(self) -> bool:
        return (self.closed and self.words >= _BODY_WORDS) or self.words >= _LONG_WORDS


def blocks(normal: str) -> list[Block]:
    """The blocks of a report that tell something, in text order. Linear in the text's length."""
    lines = _lines(normal)
    lines = _drop_social_furniture(lines, normal)
    lines = _until_the_end_marker(lines)
    lines = [ln for ln in lines if not _is_noise(ln)]
    if not lines:
        return []
    if any(ln.running for ln in lines):
        return _article(lines)
    bullets = [ln for ln in lines if ln.bullet]
    if len(bullets) >= 2:
        return _bulletin(lines)
    if len(lines) >= _INDEX_LINES and not any(ln.closed for ln in lines):
        return []
    return _post(lines)


def _lines(normal: str) -> list[_Line]:
    out, at = [], 0
    for raw in normal.split("\n"):
        text = raw.strip()
        if text:
            start = at + raw.index(text[0])
            words = len(_WORD.findall(text))
            bullet = bool(_BULLET.match(text)) and words >= 3
            closed = text[-1] in _CLOSING
            out.append(_Line(start, start + len(text), text, words, bullet, closed))
        at += len(raw) + 1
    return out


def _cut(line: _Line, start: int, end: int) -> _Line | None:
    """The part ``[start, end)`` of a line (offsets inside the line), or ``None`` if empty."""
    text = line.text[start:end]
    body = text.strip()
    if not body:
        return None
    at = line.start + start + text.index(body[0])
    return _Line(
        at, at + len(body), body, len(_WORD.findall(body)), line.bullet, body[-1] in _CLOSING
    )


def _drop_social_furniture(lines: list[_Line], normal: str) -> list[_Line]:
    """Cut a post out of the page that shows it: headers, reaction counts, comments."""
    words = _furniture()
    out: list[_Line] = []
    seen_header = False
    for line in lines:
        start, end = 0, len(line.text)
        for mark in words.get("social_start", ()):
            at = line.text.find(mark)
            if at >= 0:
                start = at + len(mark)
                if not seen_header:
                    out = []  # what stands above a post's header repeats it, cut short
                    seen_header = True
        ends = [
            line.text.find(mark, start)
            for mark in words.get("social_end", ())
            if line.text.find(mark, start) >= 0
        ]
        stamp = _POST_STAMP.search(line.text, start)
        if stamp:
            ends.append(stamp.start())
        if ends:
            end = min(ends)
        part = _cut(line, start, end) if (start or end < len(line.text)) else line
        if part is not None:
            out.append(part)
        if ends:
            return out
    return out


def _until_the_end_marker(lines: list[_Line]) -> list[_Line]:
    """Cut at the first line that opens the page's furniture, once something was told."""
    ends = _furniture().get("end", ())
    told = False
    for i, line in enumerate(lines):
        if told and line.words <= 12 and line.text.lstrip("#•-: 💡✨⭐️🔹").startswith(ends):
            if any(later.running for later in lines[i + 1 :]) and not any(
                earlier.running for earlier in lines[:i]
            ):
                continue
            return lines[:i]
        told = told or line.words >= 4
    return lines


def _is_noise(line: _Line) -> bool:
    words = _furniture()
    text = line.text.strip(" :|-#")
    if text in words.get("label", ()) or "http" in text[:12]:
        return True
    if line.words == 0:
        return True
    short = line.words <= 14
    if short and any(w in line.text for w in words.get("line", ())):
        return True
    tokens = line.text.split()
    return len(tokens) >= 2 and all(t.startswith("#") for t in tokens)


def _article(lines: list[_Line]) -> list[Block]:
    """Title lines, running text and bullets; headlines between and after paragraphs are dropped."""
    running = [i for i, ln in enumerate(lines) if ln.running]
    first, last = running[0], running[-1]
    out: list[Block] = []
    title = _title(lines[:first])
    if title is not None:
        out.append(Block(title.start, title.end, "title"))
    for i in range(first, len(lines)):
        line = lines[i]
        if line.running:
            out.append(Block(line.start, line.end, "body"))
        elif line.bullet:
            out.append(Block(line.start, line.end, "item"))
        elif line.closed and i <= last and line.words >= 4:
            out.append(Block(line.start, line.end, "body"))
        elif i > last and _continues_list(lines, i):
            out.append(Block(line.start, line.end, "item"))
    return out


def _title(lines: list[_Line]) -> _Line | None:
    """The headline above the running text: the last long line, or the longest if it repeats."""
    candidates = [ln for ln in lines if ln.words >= 4 and not ln.text.startswith("#")]
    if not candidates:
        return None
    return max(candidates[:4], key=lambda ln: min(ln.words, 14))


def _continues_list(lines: list[_Line], i: int) -> bool:
    """Lines after the last paragraph tell something only as entries under a colon."""
    j = i - 1
    while j >= 0 and not lines[j].running:
        j -= 1
    return j >= 0 and lines[j].text.endswith(":") and i - j <= 20


def _bulletin(lines: list[_Line]) -> list[Block]:
    out = []
    for line in lines:
        kind = "item" if line.bullet else "head" if line.text.endswith(":") else "body"
        if line.words >= 2:
            out.append(Block(line.start, line.end, kind))
    return out


def _post(lines: list[_Line]) -> list[Block]:
    return [Block(ln.start, ln.end, "body") for ln in lines if ln.words >= 2]
