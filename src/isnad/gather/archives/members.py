"""Bytes packed by gzip, member after member, in bounded pieces; after damage, on to the next one.

The standard library's reader stops for good at the first damaged member. A web archive has one
member a record, so that all others can still be read.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import IO, Any

from isnad.errors import InputError

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"


class Damaged(InputError):
    """A member that is damaged or cut off (E136)."""

    def __init__(self, why: str, where: str) -> None:
        super().__init__("E136", why, where)


class Members(io.RawIOBase):
    """What a gzip file holds, as one stream.

    Args:
        stream: the packed bytes.
        where: what refusals name.
        count: told of every piece of packed bytes that was read.
        opens: how a member begins that may follow a damaged one.

    Attributes:
        broken: whether the last read met damage, so that only :meth:`resume` goes on.
    """

    def __init__(
        self, stream: IO[bytes], where: str, count: Callable[[int], None], opens: bytes
    ) -> None:
        self._stream, self._where, self._count, self._opens = stream, where, count, opens
        self._packed = b""
        self._member: Any = None
        self.broken = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill ``buffer``.

        Raises:
            Damaged: if the packed bytes are; :meth:`resume` goes on behind them.
        """
        room = len(buffer)
        while True:
            if not self._packed and not self._more():
                if self._member is not None:
                    self._member, self.broken = None, True
                    raise Damaged("the packed bytes are cut off", self._where)
                return 0
            if self._member is None:
                self._packed = self._packed.lstrip(b"\0")  # padding between members
                if not self._packed:
                    continue
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                out = self._member.decompress(self._packed, room)
            except zlib.error as error:
                self._member, self.broken = None, True
                raise Damaged(f"the packed bytes are damaged: {error}", self._where) from error
            if self._member.eof:
                self._packed, self._member = self._member.unused_data, None
            else:
                self._packed = self._member.unconsumed_tail
            if out:
                buffer[: len(out)] = out
                return len(out)

    def _more(self) -> bool:
        data = self._stream.read(_CHUNK)
        self._count(len(data))
        self._packed += data
        return bool(data)

    def resume(self) -> bool:
        """Go to the next member that opens as it should; whether there is one."""
        self._member, self.broken = None, False
        start = 1  # the damaged member may begin at 0
        while True:
            at = self._packed.find(_MAGIC, start)
            if at < 0:
                self._packed = self._packed[-2:]
                start = 0
                if not self._more():
                    return False
                continue
            while len(self._packed) - at < _CHUNK // 8 and self._more():
                pass
            self._packed = self._packed[at:]
            if self._opens_well():
                return True
            start = 1

    def _opens_well(self) -> bool:
        try:
            first = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(self._packed, 64)
        except zlib.error:
            return False
        return first.startswith(self._opens)


class Counted(io.RawIOBase):
    """Bytes as they are, counted."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None]) -> None:
        self._stream, self._count = stream, count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill ``buffer``."""
        data = self._stream.read(min(len(buffer), _CHUNK))
        self._count(len(data))
        buffer[: len(data)] = data
        return len(data)
