"""JSON of any length, one value at a time: files of exports are far larger than memory should be.

The decoding is the standard library's; here is only what asks for more bytes. Telegram Desktop
writes control characters as ``\\x0B``, which is no JSON: they are read all the same.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from typing import IO, Any

_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_DECODE = json.JSONDecoder().raw_decode


class Damaged(ValueError):
    """No JSON from here on, or cut off here; ``at`` counts characters from the beginning."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


class JsonStream:
    """A JSON text, walked from the outside in.

    Args:
        stream: bytes in UTF-8; a byte that fits no character becomes half a surrogate, so that only
            the record that holds it is refused.
        count: told of every piece of bytes that was read.
        limit: characters that one value may have.
    """

    def __init__(self, stream: IO[bytes], count: Callable[[int], None], limit: int) -> None:
        self._stream, self._count, self._limit = stream, count, limit
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._text, self._at, self._before, self._end = "", 0, 0, False

    def _more(self, size: int = _CHUNK) -> bool:
        if self._end:
            return False
        data = self._stream.read(size)
        self._count(len(data))
        self._end = not data
        self._before += self._at
        self._text = self._text[self._at :] + self._decoder.decode(data, final=self._end)
        self._at = 0
        return True

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Go past one character.

        Raises:
            Damaged: if another one stands there.
        """
        found = self.peek()
        if found != mark:
            raise self._damaged(f"{mark!r} is missing" if found else "it is cut off")
        self._at += 1

    def value(self) -> Any:
        """The next value, whole.

        Raises:
            Damaged: if it is none, is cut off, or is longer than the limit.
        """
        self.peek()
        mended = False
        while True:
            try:
                got, end = _DECODE(self._text, self._at)
            except RecursionError as error:
                raise self._damaged("it is nested too deeply") from error
            except JSONDecodeError as error:
                if error.msg.startswith("Invalid \\escape") and not mended:
                    tail = _ESCAPE.sub(_escape, self._text[self._at :])
                    mended = tail == self._text[self._at :]
                    self._text = self._text[: self._at] + tail
                    continue
                held = len(self._text) - self._at
                if held > self._limit:
                    raise self._damaged("a value is too long, or broken") from error
                if not self._more(max(_CHUNK, held)):
                    cut = error.pos >= len(self._text) - 1 or error.msg.startswith("Unterminated")
                    why = "it is cut off" if cut else error.msg
                    raise self._damaged(why) from error
                mended = False
                continue
            except ValueError as error:
                raise self._damaged("a number is too long") from error
            if end < len(self._text) or not self._more():  # a number may go on in the next piece
                self._at = end
                return got

    def names(self) -> Iterator[str]:
        """The names of an object's values; each value is to be taken before the next name."""
        self.take("{")
        first = True
        while self.peek() != "}":
            if not first:
                self.take(",")
            first = False
            name = self.value()
            self.take(":")
            yield str(name)
        self.take("}")

    def items(self) -> Iterator[int]:
        """The numbers of an array's values, from 0; each value is to be taken before the next."""
        self.take("[")
        number = 0
        while self.peek() != "]":
            if number:
                self.take(",")
            yield number
            number += 1
        self.take("]")

    def _damaged(self, why: str) -> Damaged:
        return Damaged(why, self._before + self._at)


def _escape(match: re.Match[str]) -> str:
    return f"\\u00{match[1]}" if match[1] else match[0]
