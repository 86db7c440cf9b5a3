"""Reader of PDF: one report, its lines joined to paragraphs."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.pdf import order
from isnad.gather.pdf.lines import Line, lines_of
from isnad.gather.records import made
from isnad.gather.written import Left
from isnad.model import Report

MAX_BYTES = 128 << 20
"""A PDF of more bytes is refused; long reports with their pictures stay below half of it."""
_PAGES = 3000
_LEAST = 25  # letters below which there is no text layer, only stamps and page numbers
_STRANGE = 0.2  # share of signs of no script that is read, from which a font hides its letters
_FULL = 0.7  # of the longest lines' length, from which a line goes on in the next
_FAR = 1.4  # times the usual space between lines, from which a new paragraph begins
_LARGE = 1.15  # times the usual height of letters, from which a line is a heading
_ENDS = re.compile(r"[.!?؟:…]['\"»”)\]]*$")
_NUMBER = re.compile(r"[\W_]*(?:[0-9]{1,4}|[\u0660-\u0669]{1,4})[\W_]*(?:/\s*[0-9]{1,4})?[\W_]*")
_KNOWN = re.compile(
    r"[\s0-9A-Za-z\u00a0-\u024f\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
    r"\u2000-\u206f\u20a0-\u20cf\u2100-\u22ff\u25a0-\u27bf!-/:-@\[-`{-~]"
)

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it notices is said here


def document(source: Source) -> Iterator[Report | InputError]:
    """The report of one PDF."""
    with source.seekable(MAX_BYTES) as stream:
        yield from _document(stream, source)


def _document(stream: IO[bytes], source: Source) -> Iterator[Report | InputError]:
    import pypdf  # heavy: only where needed

    pages: list[list[Line]] = []
    missing: list[int] = []
    try:
        file = pypdf.PdfReader(stream, strict=False)
        if file.is_encrypted and not file.decrypt(""):
            why = "is encrypted; save it without its password"
            raise InputError("E117", why, source.where)
        count = len(file.pages)
        if count > _PAGES:
            raise InputError("E105", f"has {count:,} pages, more than {_PAGES:,}", source.where)
        title = str(file.metadata.title or "") if file.metadata else ""
        for number in range(count):
            try:
                pages.append(list(lines_of(file.pages[number])))
            except Exception:  # one page; the parser fails in many ways on what is damaged
                missing.append(number + 1)
    except InputError:
        raise
    except Exception as error:  # as above, for the whole file; also what it needs and has not
        why = f"is no sound PDF ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        raise InputError("E137", why, source.where) from error
    if missing and not any(pages):
        raise InputError("E137", "no page of it can be read", source.where)
    if missing:
        these = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
        why = f"not read, for damage or length: pages {these}; their text is missing"
        yield InputError("W124", why, source.where)
    left = Left()
    text = _text(pages, left, source.where)
    yield from left.remark(source.where)
    title = " ".join(order.plain_letters(title).split())
    shown = title if title and title in " ".join(text[:2000].split()) else None
    yield from made({"text": text, "id": source.ident, "title": shown}, source.where)


def _text(pages: list[list[Line]], left: Left, where: str) -> str:
    """The text in the order in which it is read.

    Raises:
        InputError: E138 if there is none, E139 if its letters or their order cannot be told.
    """
    raw = "\n".join(line.text for page in pages for line in page)
    letters = sum(c.isalpha() for c in raw)
    if letters < _LEAST:
        raise InputError("E138", "has no text layer: pictures of pages? find the text", where)
    visible = [c for c in raw if not c.isspace()]
    if sum(_KNOWN.match(c) is None for c in visible) > _STRANGE * len(visible):
        why = "does not say which letters its glyphs are; copying from it gives signs, not words"
        raise InputError("E139", why, where)
    rtl = order.is_rtl(raw)
    for turn in (True, False):
        found = [[_read(line, rtl, turn) for line in page] for page in pages]
        text = _paragraphs(found, left if turn else Left())
        if order.mirrored(text):
            text = order.unmirrored(text)
        if not rtl or order.fitness(text) > 0:
            break
    if rtl and (order.fitness(text) < 0 or not order.words_in_order(text)):
        why = "the order of its letters or words cannot be told; find the text in another form"
        raise InputError("E139", why, where)
    return text


def _read(line: Line, rtl: bool, turn: bool) -> Line:
    text = order.read_order(line.text, rtl) if turn else line.text
    return line._replace(text=order.plain_letters(text))


def _paragraphs(pages: list[list[Line]], left: Left) -> str:
    """Lines joined where a paragraph goes on; a blank line where there is more space than usual."""
    kept = _without_edges(pages, left)
    every = [line for page in kept for line in page]
    lengths = sorted(len(line.text) for line in every)
    full = _FULL * lengths[int(len(lengths) * 0.9)] if lengths else 0
    usual = _at([line.drop for line in every if line.drop > 0], 0.25)  # not those of paragraphs
    height = _at([line.height for line in every], 0.5)
    out: list[str] = []
    before: Line | None = None
    for line in every:
        far = line.drop > _FAR * usual
        long = before is not None and len(before.text) >= full
        heading = before is not None and before.height == line.height > _LARGE * height
        if before is None or far or _ENDS.search(before.text) or not (long or heading):
            out.append(("\n" if far else "") + line.text)
        else:
            out[-1] += " " + line.text
        before = line
    return "\n".join(out).strip("\n")


def _at(values: list[float], share: float) -> float:
    """The value below which that share of all lies."""
    return sorted(values)[int(len(values) * share)] if values else 1.0


def _without_edges(pages: list[list[Line]], left: Left) -> list[list[Line]]:
    """Pages without their numbers and the running heads that many of them repeat."""
    often = max(3, len(pages) // 3)
    seen = Counter(
        text for page in pages for text in {line.text for line in (*page[:2], *page[-2:])}
    )

    def goes(line: Line) -> bool:
        return _NUMBER.fullmatch(line.text) is not None or seen[line.text] >= often

    kept = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(2, last) and goes(page[first]):
            first += 1
        while last > max(first, len(page) - 2) and goes(page[last - 1]):
            last -= 1
        left.counts["lines at the edges of pages"] += len(page) - (last - first)
        kept.append(page[first:last])
    left.counts += Counter()  # forget what was never met
    return kept
