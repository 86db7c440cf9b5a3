"""Which lines are furniture by their own words and shape, wherever they stand.

A line's ``role``: ``noise`` (a label, a link, a count), ``end`` (opens comments, tags, most read:
nothing of the report follows), ``related`` (opens a list of other reports), ``insert`` («اقرأ
أيضا», alone in its line), ``stamp`` (a day or hour), ``byline`` (author, desk, agency),
``caption``, ``tags`` (plain hashtags, alone in their line). Empty: the line may tell something.
"""

from __future__ import annotations

import re

from isnad.coding.layout.furniture import Furniture, bare, furniture
from isnad.coding.layout.lines import Line

_SHORT = 14  # markers are looked for in lines of no more words
_ARABIC = re.compile("[\u0621-\u064a]")
_TOKEN = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.|t\.me/|[a-z0-9-]+\.(?:com|net|org|info|news|tv)\b)\S*")
_DASHED = re.compile(r"^(.*\w.*?)\s?[-–—|/]\s?([^-–—|/]{2,40})$")
_EMBED = re.compile(r"^[-–—] .{1,60}\(@\w{1,20}\)")
_AGO = frozenset({"منذ", "قبل", "ساعه", "يوم"})  # «منذ سنتين», «ساعة واحدة مضت»
_PARENS = re.compile(r"^(.*\w.*?)\s?[(\[]([^()\[\]]{2,40})[)\]]$")
_DATE = re.compile(r"\d{1,4}[/.:-]\d")
_COUNT = re.compile(r"^[\d.,]+ ?[km]?\+?\W*(?:\w+\W*){0,2}$")


def give_roles(lines: list[Line]) -> None:
    """Set ``role`` and ``marks`` of each line."""
    words = furniture()
    foreign = [ln for ln in lines if not _ARABIC.search(ln.text)]
    native = sum(ln.words for ln in lines) - sum(ln.words for ln in foreign)
    if native * 2 > sum(ln.words for ln in foreign):
        for line in foreign:  # an Arabic page: menus, notices, translations in other letters
            if line.words:
                line.role, line.marks = "noise", True
    for line in lines:
        if line.role:
            continue
        line.role = _role(line, words)
        if line.role in ("noise", "end", "related", "insert"):
            line.marks = True


def _role(line: Line, words: Furniture) -> str:
    if line.words > 40 or (line.running and line.closing == "stop" and line.words > _SHORT):
        return ""
    text = bare(line.text)
    if not text:
        return "noise"
    if text in words.labels:
        return "noise"
    stamp = _is_stamp(text, words)
    if stamp:
        return "stamp"
    if line.words == 0:
        return "noise"
    opening = words.opening(text)
    if opening is not None and opening[1] in ("insert", "related") and line.words > _SHORT:
        return "" if line.closing == "stop" and ":" not in text[:24] else "noise"
    if line.words <= _SHORT:
        found = opening
        if found is not None:
            role = _opened(line, text, *found)
            if role:
                return role
        found_inside = words.holds(line.text)
        if found_inside == "line" or (found_inside == "caption" and not line.running):
            return "noise" if found_inside == "line" else "caption"
    return _by_shape(line, text, words)


def _opened(line: Line, text: str, phrase: str, kind: str) -> str:
    rest = bare(text[len(phrase) :])
    if kind in ("insert", "related"):
        # «اقرأ أيضا: headline» is done with its line; alone it governs the lines below.
        return kind if len(rest.split()) < 3 else "noise"
    if kind == "share":
        return "noise"
    if kind == "byline" and line.words > 8:
        return ""
    return kind


def _by_shape(line: Line, text: str, words: Furniture) -> str:
    raw = line.text
    tokens = raw.split()
    if raw[0] == "#" and all(t[0] == "#" for t in tokens):
        # One or two plain tags above a post name its place; more of them, or phrases, are its tags.
        plain = len(tokens) <= 2 and raw.count("_") == 0
        return "tags" if plain else "noise"
    if "| by " in raw and raw.endswith("facebook"):
        return "noise"
    if "(@" in raw and _EMBED.match(raw):
        return "noise"
    address = _ADDRESS.search(raw) if "." in raw or "/" in raw else None
    if address and len(_TOKEN.findall(raw[: address.start()] + raw[address.end() :])) <= 5:
        return "byline" if " - " in raw and address.start() > 0 else "noise"
    if raw[0] == "@" and len(tokens) <= 3:
        return "noise"
    if line.words <= 1 and _COUNT.match(text):
        return "noise"
    if line.words <= 7 and line.closing != "stop":
        dashed = _dashed(raw)
        # «القاهرة - وكالات», «بلدي نيوز - إدلب (فلان)»: two short names on either side of a dash
        if dashed and not line.bullet and line.words <= 6 and _names(dashed, words):
            return "byline"
    return ""


def _dashed(text: str) -> re.Match[str] | None:
    """What stands before and after a line's last dash; no search where there is none."""
    if any(mark in text for mark in "-–—|/"):
        return _DASHED.match(text)
    return None


def _names(dashed: re.Match[str], words: Furniture) -> bool:
    left, right = dashed.group(1), dashed.group(2)
    sides = f"{left} {right}"
    return (
        len(left.split()) <= 3
        and len(right.split()) <= 4
        and any(c in sides for c in words.credits)
    )


def _is_stamp(text: str, words: Furniture) -> bool:
    """A line of nothing but figures and words for days, months and hours."""
    if len(text) > 90 or not (
        text[0].isdigit() or text.split(None, 1)[0].strip("،,:") in words.stamps
    ):
        return False
    tokens = _TOKEN.findall(text)
    if not any(t[0].isdigit() for t in tokens) and (len(tokens) < 2 or tokens[0] not in _AGO):
        return False
    if tokens and all(t.isdigit() for t in tokens) and not _DATE.search(text):
        return False
    return bool(tokens) and all(
        t in words.stamps or t.isdigit() or t.strip("0123456789") in words.stamps for t in tokens
    )


def credited(line: Line, words: Furniture) -> bool:
    """Whether the line ends with a picture's credit: after a dash, or in brackets (an agency)."""
    if line.words > 30:
        return False
    in_brackets = _PARENS.match(line.text) if line.text[-1] in ")]" else None
    if in_brackets is not None and any(c in in_brackets.group(2) for c in words.credits):
        return True
    dashed = _dashed(line.text)
    return (
        dashed is not None
        and not dashed.group(2)[0].isdigit()
        and not set(dashed.group(2)) & set('«»“”"()')
        and line.text.rfind("/") < dashed.start(2) - 2
        and len(dashed.group(2).split()) <= 4 <= len(dashed.group(1).split())
    )
