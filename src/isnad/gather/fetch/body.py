"""A body as it comes in, decoded under a cap: memory never exceeds it, whatever was packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from isnad.errors import InputError

_STEP = 64 * 1024
ACCEPTED = "gzip, deflate"


def decoded(chunks: Iterable[bytes], encoding: str, cap: int) -> bytes:
    """The bytes of a body with its content encoding undone.

    Only ``gzip`` and ``deflate`` are asked for; a server that sends another all the same (brotli,
    zstd, one over the other) is refused, so no other decoder can be made to burst.

    Raises:
        InputError: E153 past ``cap`` decoded bytes, E154 for another encoding, E155 for a packed
            body that is damaged or cut off.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _joined(chunks, cap)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise InputError("E154", f"the server packed it as '{encoding}', which was not asked for")
    return _unpacked(chunks, zlib.MAX_WBITS | (32 if encoding == "deflate" else 16), cap)


def _joined(chunks: Iterable[bytes], cap: int) -> bytes:
    out = bytearray()
    for chunk in chunks:
        out += chunk
        if len(out) > cap:
            raise too_long(cap)
    return bytes(out)


def _unpacked(chunks: Iterable[bytes], wbits: int, cap: int) -> bytes:
    out = bytearray()
    stream = zlib.decompressobj(wbits)
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not stream.eof:
                out += stream.decompress(rest, _STEP)
                rest = stream.unconsumed_tail
                if len(out) > cap:
                    raise too_long(cap)
        # what the decoder still holds back: bounded as well
        while not stream.eof and (more := stream.decompress(stream.unconsumed_tail, _STEP)):
            out += more
            if len(out) > cap:
                raise too_long(cap)
    except zlib.error as error:
        raise InputError("E155", "the packed body is damaged") from error
    if not stream.eof:
        raise InputError("E155", "the packed body is cut off")
    return bytes(out)


def too_long(cap: int) -> InputError:
    """The refusal of a body of more than ``cap`` bytes."""
    return InputError("E153", f"more than {cap:,} bytes")
