"""One page, from bytes to report."""

from __future__ import annotations

from dataclasses import dataclass

from isnad.errors import InputError
from isnad.gather.encodings import mojibake
from isnad.gather.page.blocks import Block, blocks_of, key
from isnad.gather.page.body import main_blocks
from isnad.gather.page.charset import PageText, page_text
from isnad.gather.page.dates import published
from isnad.gather.page.embedded import Embedded, article, embedded, longest_body
from isnad.gather.page.furniture import drop_elements
from isnad.gather.page.markup import MAX_DEPTH, Source, parse
from isnad.gather.page.metadata import (
    byline_of,
    canonical_of,
    language_of,
    metas_of,
    outlet_of,
    title_of,
)  # fmt: skip
from isnad.gather.page.refusals import not_a_page, walled, why_nothing
from isnad.model import Report, Span

MAX_BYTES = 16 * 1024 * 1024
"""A page of more bytes is refused; the heaviest news pages stay below a quarter of it."""

_LEAST = 25
"""Letters that a text must have: less is a label, no report."""


@dataclass(frozen=True)
class PageBlock:
    """One block of a report's text and where it stands in the page.

    Attributes:
        span: half-open code-point offsets in ``report.text``.
        raw: half-open byte offsets in the page, one pair a piece of text between tags, in order.
            A block that was read out of a script's data has the whole script as its one piece.
    """

    span: Span
    raw: tuple[Span, ...]


@dataclass(frozen=True)
class Page:
    """A page that was read.

    Attributes:
        report: its text and what it says of itself.
        blocks: the map from the text to the page's bytes; what is between blocks is line breaks.
        encoding: the codec its bytes were read in.
        remarks: what was odd (codes W14x).
    """

    report: Report
    blocks: tuple[PageBlock, ...]
    encoding: str
    remarks: tuple[InputError, ...] = ()


def read_page(
    data: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    ident: str = "",
    where: str = "page",
) -> Page:
    """Read a web page.

    Args:
        data: its bytes, as they came.
        url: its address, if it is known.
        content_type: the header ``Content-Type``, if there was one.
        ident: the report's id.
        where: what remarks and refusals name.

    Raises:
        InputError: E104 (bytes that no encoding fits), E105 (too large), E140 to E147 (why there
            is no report in it).
    """
    if len(data) > MAX_BYTES:
        raise InputError("E105", f"is longer than {MAX_BYTES >> 20} MiB", where)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise InputError("E140", "is empty: no text at all", where)
    decoded = page_text(data, content_type, where)
    refusal = not_a_page(decoded.text, where)
    if refusal is not None:
        raise refusal
    try:
        source = parse(decoded.text)
    except ValueError as error:
        raise InputError("E140", "is empty: no text at all", where) from error
    everything = blocks_of(source)
    if not source.tags:
        raise why_nothing(source, everything, where)
    found = embedded(source)
    linked, metas = article(found), metas_of(source.root)
    title, head = title_of(source, linked, metas, everything)
    footer = "\n".join(b.text for b in everything[-15:] if len(b.text) < 200)
    outlet = outlet_of(source, linked, metas, title, footer)
    canonical = canonical_of(source.root, linked, metas, url)
    shut = walled(everything, found)
    drop_elements(source, head)
    blocks, rest = main_blocks(source, head)
    parts = [(b.text, b.spans, b.close) for b in blocks]
    if sum(len(key(t)) for t, _, _ in parts) < _LEAST:
        parts = []
    parts = _fuller(parts, found)
    if not parts:
        raise why_nothing(source, everything, where)
    if title:
        parts.insert(0, (title, _title_spans(source, title, head), False))
    text, spans = _joined(parts)
    near = _near(rest, head, blocks)
    when = published(linked, metas, source.root, rest, near, text, canonical or url)
    report = Report(
        text=text, id=ident, title=title, publisher=outlet, url=url,
        published=when.day if when else None, published_at=when.at if when else None,
        published_basis=when.basis if when else None, canonical_url=canonical,
        byline=byline_of(linked, metas, source.root, near),
        language=language_of(source.root, linked, metas, text),
    )  # fmt: skip
    raw = decoded.byte_offsets([o for _, pieces in spans for piece in pieces for o in piece])
    mapped = tuple(
        PageBlock(span, tuple((raw[a], raw[b]) for a, b in pieces)) for span, pieces in spans
    )
    return Page(
        report, mapped, decoded.encoding, tuple(_remarks(decoded, source, report, shut, where))
    )


Part = tuple[str, list[Span], bool]


def _fuller(parts: list[Part], found: list[Embedded]) -> list[Part]:
    """The text that the page's data hold, if the page itself shows next to nothing of it."""
    best = longest_body(found)
    if best is None:
        return parts
    body, one = best
    shown = sum(len(key(t)) for t, _, _ in parts)
    if "<" in body:
        inner = parse(body)
        drop_elements(inner, None)
        texts = [b.text for b in main_blocks(inner, None)[0]] or [b.text for b in blocks_of(inner)]
    else:
        texts = [line.strip() for line in body.splitlines() if line.strip()]
    if sum(map(len, map(key, texts))) <= 2 * shown:
        return parts
    return [(t, [(one.start, one.end)], False) for t in texts]


def _title_spans(source: Source, title: str, head: Block | None) -> list[Span]:
    """Where the title stands: its block, else a ``<meta>`` or ``<title>`` that holds it."""
    if head is not None:
        return head.spans
    start = title[:20]
    named = [(a, b) for name, a, b in source.raw if name == "title"]
    for a, b in [*source.metas, *named, *((a, b) for n, a, b in source.raw if n == "script")]:
        if start in source.text[a:b]:
            return [(a, b)]
    return named[:1]


def _joined(parts: list[Part]) -> tuple[str, list[tuple[Span, list[Span]]]]:
    out: list[str] = []
    spans: list[tuple[Span, list[Span]]] = []
    at = 0
    for number, (text, pieces, close) in enumerate(parts):
        gap = "" if not number else "\n" if close and number > 1 else "\n\n"
        at += len(gap)
        out += [gap, text]
        spans.append(((at, at + len(text)), pieces))
        at += len(text)
    return "".join(out), spans


def _near(rest: list[Block], head: Block | None, main: list[Block]) -> list[Block]:
    """The blocks between title and text, then those of the text's beginning and what is before."""
    first = next((i for i, b in enumerate(rest) if main and b.spans == main[0].spans), 0)
    last = next((i for i, b in enumerate(rest) if main and b.spans == main[-1].spans), first)
    top = next((i for i, b in enumerate(rest) if head and b.spans == head.spans), max(0, first - 4))
    between = rest[min(top + 1, first) : first]
    return [*between, *rest[max(0, top - 4) : top], *rest[last + 1 : last + 3]]


def _remarks(
    decoded: PageText, source: Source, report: Report, shut: bool, where: str
) -> list[InputError]:
    found = []
    if decoded.said is not None:
        why = f"says that it is {decoded.said}, but its bytes are {decoded.encoding}"
        found.append(InputError("W141", why, where))
    if decoded.damaged:
        why = f"{decoded.damaged} bytes fit no character; they stand as U+FFFD"
        found.append(InputError("W142", why, where))
    if mojibake(report.text):
        why = "the text was once read in the wrong encoding (mojibake); find another copy"
        found.append(InputError("W143", why, where))
    if shut:
        found.append(
            InputError("W144", "only the beginning is free to read; the rest is not in it", where)
        )
    if source.flattened:
        why = f"nested deeper than {MAX_DEPTH}; deeper tags were ignored, their text was read"
        found.append(InputError("W145", why, where))
    if report.published_basis in ("url", "changed"):
        what = "its address" if report.published_basis == "url" else "the day of its last change"
        found.append(InputError("W146", f"the publication day is only guessed, by {what}", where))
    return found
