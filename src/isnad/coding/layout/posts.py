"""Posts, bulletins and pages of bare headlines: texts without running paragraphs."""

from __future__ import annotations

from isnad.coding.layout.block import Block
from isnad.coding.layout.furniture import furniture
from isnad.coding.layout.heads import govern, own_heading
from isnad.coding.layout.lines import Line

_INDEX_LINES = 6  # as many bare headlines among a page's marks: a menu, not a report
_OTHERS = ("end", "related", "insert")  # what follows is of other reports
_QUIET = {"caption": "caption", "stamp": "dateline", "byline": "dateline"}


def is_bulletin(told: list[Line]) -> bool:
    """One event a line: bullets, or headings of areas, and more of them than of paragraphs."""
    bullets = sum(ln.bullet and ln.closing != "colon" for ln in told)
    paragraphs = sum(ln.running and not ln.bullet for ln in told)
    if bullets >= 2 and bullets * 2 >= len(told) and (paragraphs <= 1 or bullets > 3 * paragraphs):
        return True
    if paragraphs > 1:
        return False
    heads = sum(
        own_heading(ln, told[i + 1] if i + 1 < len(told) else None) for i, ln in enumerate(told)
    )
    return (heads >= 2 or (heads == 1 and bullets >= 2)) and not any(ln.marks for ln in told)


def bulletin(lines: list[Line]) -> list[Block]:
    """A heading line, then items, under headings of their own or not, until the page's end."""
    out: list[Block] = []
    told = False
    loose = 0  # bare lines since the last item: what follows the last item may be headlines
    bulleted = sum(ln.bullet for ln in lines if not ln.role) >= 2
    for i, line in enumerate(lines):
        if line.role in _OTHERS and told:
            break
        if line.role in _QUIET:
            out.append(Block(line.start, line.end, _QUIET[line.role]))
            continue
        if line.role or (line.words < 2 and not own_heading(line, _next(lines, i))):
            continue
        if own_heading(line, _next(lines, i)):
            kind = "head"
        elif line.bullet or (line.running and told):
            kind, told, loose = "item", True, 0
        elif line.running:
            kind = "body"
        elif not told:
            kind = "title" if not any(b.kind == "title" for b in out) else "body"
            if any(b.kind == "head" for b in out):
                kind, told = "item", True
        else:
            loose += 1
            kind = "item"
            if bulleted and loose > 3 and not line.closing:
                break
        out.append(Block(line.start, line.end, kind))
    return govern(out, {ln.start: ln for ln in lines})


def is_index(lines: list[Line]) -> bool:
    """Headlines and no report: many bare lines among menus, languages, other pages' days."""
    told: list[Line] = []
    marks = 0
    for line in lines:
        if line.role in _OTHERS and any(ln.words >= 4 for ln in told):
            break
        marks += line.marks or line.role == "stamp"
        if not line.role:
            told.append(line)
    headlines = [ln for ln in told if ln.words >= 4]
    if len(headlines) < _INDEX_LINES or any(ln.twice for ln in headlines[:2]):
        return False
    if any(ln.closing in ("stop", "colon") or ln.bullet for ln in told):
        return False
    words = furniture()
    if any(w in ln.text for ln in told[:3] for w in words.roundup):
        return False
    short = sum(ln.words <= 2 and "#" not in ln.text for ln in told)
    return short + marks >= 2 or len(headlines) > 14


def post(lines: list[Line], *, cut: bool = False) -> list[Block]:
    """Each line of a post that says something; a bare headline with its tags, too.

    ``cut``: the post is already cut out of its page, all lines are its own.
    """
    out: list[Block] = []
    page = not cut and _among_furniture(lines)
    story: frozenset[str] = frozenset()
    quiet: list[Block] = []  # captions and stamps below the text: kept if the text goes on
    for i, line in enumerate(lines):
        if line.role in _OTHERS and story:
            break
        if line.role in _QUIET:
            quiet.append(Block(line.start, line.end, _QUIET[line.role]))
            if not story:
                out += quiet
                quiet = []
        if line.role == "tags" and not story:
            out.append(Block(line.start, line.end, "head"))
        if line.role or line.words < 2:
            continue
        if page:
            # Among a page's furniture the headline tells, and what goes on from it.
            if line.words < 4 and not line.bullet and not line.closing:
                continue
            if story and not (line.closing in ("stop", "cut") or len(line.content & story) >= 2):
                continue
        kind = "body"
        if own_heading(line, _next(lines, i)):
            kind = "head"
        elif line.bullet and any(b.kind == "head" for b in out):
            kind = "item"
        out += quiet
        quiet = []
        out.append(Block(line.start, line.end, kind))
        story |= line.content
    if not any(b.kind in ("body", "item") for b in out):
        return []
    return govern(out, {ln.start: ln for ln in lines})


def _among_furniture(lines: list[Line]) -> bool:
    """Whether a site's page stands around the lines, not only a channel's appeals below them."""
    if any(ln.role in _OTHERS for ln in lines):
        return True
    last = max((i for i, ln in enumerate(lines) if not ln.role), default=0)
    return sum(ln.marks for ln in lines[:last]) >= 2


def _next(lines: list[Line], i: int) -> Line | None:
    for line in lines[i + 1 : i + 4]:
        if not line.role:
            return line
    return None
