"""Reader of ``result.json``: one channel or group, or all of an account, as Desktop exports them.

Posts are streamed. Of an account only channels and public groups are read: what people write to
each other is nobody's report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.telegram.post import Channel, Post, moment, reported
from isnad.gather.telegram.stream import Damaged, JsonStream
from isnad.gather.text import MAX_BYTES
from isnad.gather.written import Left
from isnad.model import Report

_OUTLETS = frozenset(["public_channel", "private_channel", "public_supergroup"])
_GROUPS = frozenset(["private_supergroup", "private_group"])
_FILES = ("photo", "file")


def posts(source: Source) -> Iterator[Report | InputError]:
    """Reports of one export, in its order."""
    stream = JsonStream(source.stream, source.count, MAX_BYTES)
    left = Left()
    if not stream.peek():
        raise InputError("E110", "the file is empty", source.where)
    try:
        yield from _Export(source, stream, left).top()
    except Damaged as error:
        yield from left.remark(source.where)
        why = f"is damaged: {error}, at character {error.at:,}; nothing is read from there on"
        raise InputError("E129", why, source.where) from error
    yield from left.remark(source.where)


class _Export:
    """The walk over one file."""

    def __init__(self, source: Source, stream: JsonStream, left: Left) -> None:
        self.source, self.stream, self.left = source, stream, left
        self.chats = 0

    def top(self) -> Iterator[Report | InputError]:
        """The file: a chat by itself, or an account with its chats."""
        yield from self._chat(alone=True)
        if self.stream.peek():
            raise Damaged("something stands behind it", 0)
        if not self.chats and not self.left.counts:
            why = "is no export of a Telegram channel: no messages in it"
            raise InputError("E128", why, self.source.where)

    def _chat(self, *, alone: bool) -> Iterator[Report | InputError]:
        said: dict[str, Any] = {}
        for key in self.stream.names():
            if key == "messages" and self.stream.peek() == "[":
                yield from self._messages(said, alone)
            elif key in ("chats", "left_chats") and alone and self.stream.peek() == "{":
                yield from self._list()
            else:
                value = self.stream.value()
                if key in ("name", "type", "id"):
                    said[key] = value

    def _list(self) -> Iterator[Report | InputError]:
        for key in self.stream.names():
            if key == "list" and self.stream.peek() == "[":
                for _ in self.stream.items():
                    yield from self._chat(alone=False)
            else:
                self.stream.value()

    def _messages(self, said: dict[str, Any], alone: bool) -> Iterator[Report | InputError]:
        kind = said.get("type")
        if kind not in _OUTLETS and not (alone and kind in _GROUPS):
            for _ in self.stream.items():
                self.stream.value()
            if alone:
                why = f"holds a chat ({kind}), no channel or group; it is not read"
                raise InputError("E128", why, self.source.where)
            self.left.counts["chats that are no channels"] += 1
            return
        self.chats += 1
        number, title = said.get("id"), said.get("name")
        channel = Channel(
            title if isinstance(title, str) else None,
            self.source.settings.get("channel", "").removeprefix("@") or None if alone else None,
            number if isinstance(number, int) else None,
        )
        for position in self.stream.items():
            yield from self._message(self.stream.value(), channel, position + 1)

    def _message(self, got: Any, channel: Channel, position: int) -> Iterator[Report | InputError]:
        if not isinstance(got, dict) or not isinstance(got.get("id"), int):
            at = f"{self.source.where}#{position}"
            yield InputError("E109", "the message is none: no object with an id", at)
            return
        at = f"{self.source.where}#{got['id']}"
        if got.get("type") != "message":
            self.left.counts["service messages"] += 1
            return
        text = plain(got.get("text", ""))
        if text is None:
            yield InputError("E109", '"text" is no string and no list of words', at)
            return
        if got.get("poll"):
            self.left.counts["polls"] += 1
            if not text:
                return
        date = moment(got.get("date_unixtime")) or _string(got, "date") or None
        changed = moment(got.get("edited_unixtime")) or _string(got, "edited") or None
        post = Post(
            str(got["id"]), text, date, changed, _string(got, "forwarded_from") or None,
            _string(got, "author") or None, tuple(filter(None, (_string(got, k) for k in _FILES))),
        )  # fmt: skip
        yield from reported(post, channel, self.source.ident, at, self.left)


def plain(text: object) -> str | None:
    """A text, written as a string or as a list of strings and marked words; ``None`` if neither."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return None
    words = [part.get("text") if isinstance(part, dict) else part for part in text]
    strings = [word for word in words if isinstance(word, str)]
    return "".join(strings) if len(strings) == len(words) else None


def _string(got: dict[str, Any], name: str) -> str:
    value = got.get(name)
    return value if isinstance(value, str) else ""
