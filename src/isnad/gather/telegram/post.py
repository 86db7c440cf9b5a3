"""A post, whichever file it stood in, as a report; and what was left out, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from isnad.errors import InputError
from isnad.gather.records import made
from isnad.gather.written import Left
from isnad.model import Report

_FIRST = dt.datetime(2013, 8, 1, tzinfo=dt.UTC).timestamp()  # there was no Telegram before


@dataclass(frozen=True)
class Channel:
    """Whose posts they are.

    Attributes:
        title: what it calls itself.
        name: its name in addresses (t.me/NAME), if it is public and known.
        number: Telegram's own number of it.
    """

    title: str | None = None
    name: str | None = None
    number: int | None = None

    def address(self, post: str) -> str | None:
        """Where a post stands: by name, else by number, for those who may read it there."""
        if self.name:
            return f"https://t.me/{self.name}/{post}"
        return f"https://t.me/c/{self.number}/{post}" if self.number else None


@dataclass(frozen=True)
class Post:
    """One post as its file has it; dates are ISO 8601, as written."""

    number: str
    text: str
    date: str | None = None
    changed: str | None = None
    forwarded: str | None = None
    author: str | None = None
    media: tuple[str, ...] = ()


def moment(seconds: object) -> str | None:
    """Seconds since 1970, as exports write them, in ISO 8601 and UTC; ``None`` for what is none."""
    try:
        number = int(str(seconds))
        if number < _FIRST:
            return None
        return dt.datetime.fromtimestamp(number, tz=dt.UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def reported(
    post: Post, channel: Channel, ident: str, at: str, left: Left
) -> Iterator[Report | InputError]:
    """The report of a post; one without text is counted in ``left``.

    Args:
        post: the post.
        channel: whose it is.
        ident: what ids begin with where neither name nor number of the channel is known.
        at: file and post, for remarks.
        left: counts what is no report.
    """
    if not post.text.strip():
        left.counts["posts of media alone" if post.media else "posts without text"] += 1
        return
    forwarded = post.forwarded if post.forwarded != channel.title else None
    record = {
        "text": post.text, "id": f"{channel.name or channel.number or ident}/{post.number}",
        "publisher": channel.title, "url": channel.address(post.number), "byline": post.author,
        "published_at": post.date if post.date and "T" in post.date else None,
        "changed_at": post.changed, "forwarded_from": forwarded, "attachments": post.media,
    }  # fmt: skip
    for got in made(record, at, date=post.date):
        if isinstance(got, Report) and got.published is None and got.published_at:
            got = got.model_copy(update={"published_at": None})  # a day that is none has no hour
        yield got
