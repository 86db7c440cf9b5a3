"""Bytes to text: each encoding by its own evidence, and nothing by luck."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.gather.encodings import Undecodable, bom, decode, looks_utf16

TEXT = "قتل خمسة مدنيين وأصيب آخرون، اليوم الاثنين، بقصف على مدينة حلب.\nوقالت مصادر محلية إن القصف مستمر.\n"
SHORT = "قتل خمسة مدنيين في حلب"


@pytest.mark.parametrize("text", [TEXT, SHORT, "قصف"])
@pytest.mark.parametrize(
    ("codec", "said", "assumed"),
    [("utf-8", "utf-8", False), ("utf-8-sig", "utf-8", False), ("utf-16", "utf-16", False),
     ("utf-32", "utf-32", False), ("utf-16-le", "utf-16-le", True), ("utf-16-be", "utf-16-be", True),
     ("windows-1256", "windows-1256", True)],
)  # fmt: skip
def test_encodings_by_evidence(text: str, codec: str, said: str, assumed: bool) -> None:
    got = decode(text.encode(codec))
    assert got == (text, said, assumed)


def test_iso_8859_6() -> None:
    text = TEXT.replace("،", "").replace(".", "")
    got = decode(text.encode("iso-8859-6"))
    assert got == (text, "iso-8859-6", True)


def test_utf16_without_a_mark_is_seen_although_it_is_valid_utf8() -> None:
    data = SHORT.encode("utf-16-le")
    data.decode("utf-8")  # the trap: no error
    assert looks_utf16(data) == "utf-16-le"


@pytest.mark.parametrize("data", [b"", b"abc", b"a\0b", b"\0\0\0\0", b"plain English text"])
def test_what_is_not_utf16(data: bytes) -> None:
    assert looks_utf16(data) is None


def test_damaged_utf8_is_refused_not_read_as_a_code_page() -> None:
    data = (TEXT * 3).encode()
    broken = data[:-2] + b"\xd9"  # cut in the middle of a letter
    with pytest.raises(Undecodable) as caught:
        decode(broken)
    assert caught.value.reason == "is damaged UTF-8"
    assert caught.value.line == 6
    with pytest.raises(Undecodable, match="damaged"):
        decode(data[:40] + b"\xff\xfe" + data[40:])


def test_damaged_utf16_is_refused() -> None:
    with pytest.raises(Undecodable, match="damaged UTF-16"):
        decode(TEXT.encode("utf-16")[:-1])


@pytest.mark.parametrize("data", [b"caf\xe9", bytes(range(128, 256)), b"\x80\x81\x8d" * 9])
def test_what_fits_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(Undecodable, match="no Arabic code page"):
        decode(data)


def test_marks() -> None:
    assert bom(b"\xff\xfe\0\0") == "utf-32"
    assert bom(b"\xff\xfea\0") == "utf-16"
    assert bom(b"abc") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        got = decode(data)
    except Undecodable as error:
        assert error.line >= 1
    else:
        assert isinstance(got.text, str)


@given(st.text(max_size=200))
def test_utf8_is_kept_as_it_is(text: str) -> None:
    if "\x06" in text or "\0" in text or text.startswith("\ufeff"):
        return
    assert decode(text.encode()).text == text
