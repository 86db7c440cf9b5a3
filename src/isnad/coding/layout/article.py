"""Articles: the headline, the paragraphs, and what of the lines between them belongs to them.

A line that is no running text continues the report if it closes like a sentence beside one, opens
like one («وأضاف», «كما»), or stands in a list that a colon opened. A bare headline between or
after paragraphs is another report's, however like this one it is.
"""

from __future__ import annotations

from isnad.coding.layout.block import Block
from isnad.coding.layout.furniture import bare, furniture
from isnad.coding.layout.heads import govern, own_heading
from isnad.coding.layout.lines import Line
from isnad.coding.layout.roles import credited

_LIST = 40  # lines that one colon may open
_ABOVE = 12  # lines above the lead among which the headline is looked for
_TITLE_WORDS = 26
_RELATED_ENDS = ("related", "insert", "end")
_QUIET = {"caption": "caption", "stamp": "dateline", "byline": "dateline"}


def is_article(told: list[Line]) -> bool:
    """Whether any line is running text."""
    return any(ln.running for ln in told)


def article(lines: list[Line]) -> list[Block]:
    """Title, paragraphs, lists, captions and datelines, in order."""
    lead = next(i for i, ln in enumerate(lines) if not ln.role and (ln.running or _opens_list(ln)))
    title = None
    following = _long_headline(lines, lead)
    if following is not None:
        lead, title = following, lead
    else:
        title = _title(lines, lead)
    story = lines[lead].content | (lines[title].content if title is not None else frozenset())
    out = _above(lines, lead, title, story)
    out += _Paragraphs(lines, lead, story).blocks()
    return govern(out, {ln.start: ln for ln in lines})


def _opens_list(line: Line) -> bool:
    """A long line that a colon closes: the text may begin with a list."""
    return line.closing == "colon" and line.words >= 8


def _long_headline(lines: list[Line], lead: int) -> int | None:
    """Where the text begins if the first long line is its headline: open, and like the next."""
    first = lines[lead]
    if first.closing in ("stop", "colon") or first.words > 40:
        return None
    for i in range(lead + 1, min(len(lines), lead + 8)):
        line = lines[i]
        if line.running and not line.role:
            alike = len(line.content & first.content)
            return i if line.closing == "stop" and alike >= 3 else None
    return None


def _title(lines: list[Line], lead: int) -> int | None:
    """The headline: above the lead, like it, or told twice, or right above it."""
    words = furniture()
    about = lines[lead].content
    best, found = 0.0, None
    near = 0
    marked = {i for i in range(max(0, lead - 60), lead) if lines[i].role in ("related", "insert")}
    first_marked = min(marked, default=lead)
    for i in range(lead - 1, max(-1, lead - 60), -1):
        line = lines[i]
        if line.role or not 3 <= line.words <= _TITLE_WORDS or line.text[0] == "#":
            continue
        near += 1
        shared = len(line.content & about)
        score = min(shared, 4) + (2 if line.twice else 0) + (1.5 if near == 1 else 0)
        score -= 3.5 if credited(line, words) else 0
        score -= 3 if line.words < 4 else 0
        score -= 1.5 if i > first_marked else 0  # below «related»: another report's
        score -= 2 if line.closing in ("cut", "colon") else 0
        if score > best or (score == best and found is not None and shared):
            best, found = score, i
        if near >= _ABOVE:
            break
    if found is None or best < 1:
        return None
    alike = lines[found].twice or lines[found].content & about
    return found if alike or near <= 2 else None  # the last of a ticker's headlines


def _above(lines: list[Line], lead: int, title: int | None, story: frozenset[str]) -> list[Block]:
    """What of the lines above the lead is kept: the title; stamps and captions beside it."""
    words = furniture()
    out = []
    begin = title - 3 if title is not None else lead - 4
    open_ = True  # no list of other reports has begun
    for i in range(max(0, begin), lead):
        line = lines[i]
        open_ = open_ and line.role not in _RELATED_ENDS
        if i == title:
            out.append(Block(line.start, line.end, "title"))
        elif line.role in _QUIET and open_:
            out.append(Block(line.start, line.end, _QUIET[line.role]))
        elif line.role or title is None or i < title:
            continue
        elif line.closing == "stop" and line.words >= 3:
            out.append(Block(line.start, line.end, "body"))  # a short lead
        elif (line.words >= 4 and credited(line, words) and line.content & story) or (
            line.words >= 5 and len(line.content & story) >= 2 and line.closing != "ask"
        ):
            out.append(Block(line.start, line.end, "caption"))
    return out


class _Paragraphs:
    """The walk from the lead to the report's end."""

    def __init__(self, lines: list[Line], lead: int, story: frozenset[str]) -> None:
        self.lines, self.lead, self.story = lines, lead, story
        self.last = max(i for i, ln in enumerate(lines) if ln.running or i == lead)
        self.zone = ""  # inside another report's headlines: the role that opened them
        self.list_left = 0
        self.kept = True  # the line before belongs to the report
        self.paragraphs = 0

    def blocks(self) -> list[Block]:
        out: list[Block] = []
        quiet: list[Block] = []  # captions and stamps: kept once the report goes on below them
        for i in range(self.lead, len(self.lines)):
            line = self.lines[i]
            if line.role == "end" and i > self.lead:
                break
            if line.role in _RELATED_ENDS:
                self.zone, self.list_left, self.kept = line.role, 0, False
                continue
            if line.role in _QUIET and not self.zone:
                quiet.append(Block(line.start, line.end, _QUIET[line.role]))
            if line.role:
                continue
            kind = self._kind(i, line)
            self.kept = bool(kind) or (self.kept and line.words <= 2)
            if kind:
                self.zone = ""
                out += quiet
                quiet = []
                out.append(Block(line.start, line.end, kind))
        return out

    def _kind(self, i: int, line: Line) -> str:
        continues = _opens_as_continuation(line)
        if line.running or (i == self.lead and _opens_list(line)):
            return self._running(line, continues)
        if self.zone:
            return ""
        if line.closing == "colon":
            following = self.lines[i + 1] if i + 1 < len(self.lines) else None
            if i > self.last and line.words <= 4 and self._opens_tags(i):
                self.zone = "related"
                return ""
            self.list_left = _LIST
            if own_heading(line, following):
                return "head"
            return "body" if line.words >= 2 and (self.kept or continues) else ""
        if self.list_left:
            self.list_left -= 1
            if line.words >= 1 and line.words <= 14:
                return "item"
        if line.bullet and line.words >= 3:
            return "item" if self.kept or i < self.last else ""
        if line.closing == "stop" and line.words >= 2:
            return "body" if self.kept or i < self.last else ""
        if line.words >= 3 and continues and (self.kept or i < self.last):
            return "body"
        if line.closing == "ask" and self.kept and i < self.last and line.words >= 4:
            return "body" if len(line.content & self.story) >= 3 else ""
        return ""

    def _opens_tags(self, i: int) -> bool:
        """Whether single words follow a label: a cloud of tags, not a list of names."""
        below = self.lines[i + 1 : i + 6]
        return sum(ln.words <= 1 and not ln.bullet for ln in below) >= 2

    def _running(self, line: Line, continues: bool) -> str:
        """A paragraph, unless it teases another report."""
        alike = len(line.content & self.story) if (self.zone or line.closing == "cut") else 0
        if self.zone in ("related", "end") and not continues and alike < 2 and self.paragraphs:
            return ""
        if self.zone and line.closing != "stop" and not continues:
            return ""
        if line.closing == "cut" and self.paragraphs and not continues and alike < 3:
            return ""
        self.paragraphs += 1
        self.list_left = _LIST if line.closing == "colon" else 0
        if self.paragraphs <= 3:
            self.story |= line.content
        return "item" if line.bullet and line.words < 60 and self.paragraphs > 1 else "body"


def _opens_as_continuation(line: Line) -> bool:
    """Whether the line opens as only a paragraph does: «وأضاف», «كما», «يذكر أن»."""
    words = furniture()
    text = bare(line.text)
    tokens = text.split(None, 2)
    if not tokens:
        return False
    first = tokens[0].rstrip("،,:")
    if first in words.connectives:
        return True
    if first[0] == "و" and len(first) > 3 and first not in words.waw:
        return True  # «ونشرت …»: a headline begins with «و» only where the word has it
    return len(tokens) > 1 and f"{first} {tokens[1].rstrip('،,:')}" in words.connectives
