"""Reader of pages: ``messages*.html`` as Desktop exports them, and saved public channel pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.page import MAX_BYTES
from isnad.gather.page.blocks import blocks_of, joined
from isnad.gather.page.charset import page_text
from isnad.gather.page.markup import Source as Tree
from isnad.gather.page.markup import parse
from isnad.gather.telegram.post import Channel, Post, reported
from isnad.gather.written import Left
from isnad.model import Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE = re.compile(
    r"(\d\d)\.(\d\d)\.(\d{4})[ T](\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?"
)  # "24.05.2021 10:11:12 UTC+03:00"; older exports give no zone


def posts(source: Source) -> Iterator[Report | InputError]:
    """Reports of one page, in its order."""
    data = source.whole(MAX_BYTES)
    try:
        tree = parse(page_text(data, source.content_type, source.where).text)
    except ValueError as error:
        raise InputError("E128", "is empty: no posts in it", source.where) from error
    left = Left()
    found = [*_preview(tree), *_desktop(tree, left)]
    if not found and not left.counts:
        raise InputError("E128", "is a page of Telegram's without posts", source.where)
    for channel, post in found:
        if not channel.name and (name := source.settings.get("channel", "").removeprefix("@")):
            channel = Channel(channel.title, name)
        at = f"{source.where}#{post.number}"
        yield from reported(post, channel, source.ident, at, left)
    yield from left.remark(source.where)


def _with(root: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    """Elements below ``root`` that have all these classes, in order."""
    wanted = set(names)
    for element in root.iter():
        if isinstance(element.tag, str) and wanted <= set((element.get("class") or "").split()):
            yield element


def _words(tree: Tree, element: HtmlElement | None) -> str:
    return joined(blocks_of(tree, element)) if element is not None else ""


def _first(root: HtmlElement, *names: str) -> HtmlElement | None:
    return next(_with(root, *names), None)


def _desktop(tree: Tree, left: Left) -> Iterator[tuple[Channel, Post]]:
    """Posts of an export. One that is ``joined`` goes on where the one before it stood."""
    header = _first(tree.root, "page_header")
    title = _words(tree, _first(header, "text", "bold") if header is not None else None)
    forwarded: str | None = None
    for element in _with(tree.root, "message"):
        classes = (element.get("class") or "").split()
        if "default" not in classes:
            left.counts["service messages"] += "service" in classes
            forwarded = None
            continue
        inner = _first(element, "forwarded", "body")
        if inner is None:
            forwarded = None
        elif (name := _first(inner, "from_name")) is not None:
            stamp = _first(name, "date")
            if stamp is not None:
                stamp.drop_tree()  # the hour of the post that is passed on stands in its name
            forwarded = _words(tree, name) or None
        stamp = _first(element, "pull_right", "date")
        texts = [t for t in _with(inner if inner is not None else element, "text")
                 if "bold" not in (t.get("class") or "").split()]  # fmt: skip
        signed = _first(element, "signature")
        yield Channel(title or None), Post(
            (element.get("id") or "").removeprefix("message"),
            "\n\n".join(filter(None, (_words(tree, t) for t in texts))),
            _stamp(stamp.get("title") if stamp is not None else None),
            forwarded=forwarded,
            author=_words(tree, signed) or None,
            media=tuple(_files(element)),
        )  # fmt: skip


def _files(element: HtmlElement) -> Iterator[str]:
    for wrap in _with(element, "media_wrap"):
        for link in wrap.iter("a"):
            href = link.get("href") or ""
            if href and "://" not in href:
                yield href


def _stamp(text: str | None) -> str | None:
    """A date as exports write it, in ISO 8601; what is none is given back as it is."""
    match = _DATE.match(text or "")
    if match is None:
        return text
    day, month, year, time, zone = match.groups()
    written = f"{year}-{month}-{day}T{time}{zone or ''}"
    try:
        dt.datetime.fromisoformat(written)
    except ValueError:
        return text
    return written


def _preview(tree: Tree) -> Iterator[tuple[Channel, Post]]:
    """Posts of a public channel's page, or of one post set into another page."""
    heading = _words(tree, _first(tree.root, "tgme_channel_info_header_title"))
    for element in _with(tree.root, "tgme_widget_message"):
        name, slash, number = (element.get("data-post") or "").partition("/")
        if not slash or not number:
            continue
        owner = _words(tree, _first(element, "tgme_widget_message_owner_name"))
        for reply in list(_with(element, "tgme_widget_message_reply")):
            reply.drop_tree()
        texts = _with(element, "tgme_widget_message_text", "js-message_text")
        date = _first(element, "tgme_widget_message_date")
        times = date.iter("time") if date is not None else iter(())
        titles = _with(element, "tgme_widget_message_document_title")
        kinds = ("photo", "video", "voice", "roundvideo")
        media = [_words(tree, t) for t in titles]
        media += [k for k in kinds for _ in _with(element, f"tgme_widget_message_{k}_wrap")]
        yield (
            Channel(owner or heading or None, name),
            Post(
                number,
                "\n\n".join(filter(None, (_words(tree, t) for t in texts))),
                next((t.get("datetime") for t in times), None),
                forwarded=_words(tree, _first(element, "tgme_widget_message_forwarded_from_name"))
                or None,
                author=_words(tree, _first(element, "tgme_widget_message_from_author")) or None,
                media=tuple(media),
            ),
        )
