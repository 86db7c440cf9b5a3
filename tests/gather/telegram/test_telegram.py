"""Telegram: each post a report of its channel; what is hostile or no report is told."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.gather.telegram.export import plain
from isnad.gather.telegram.stream import Damaged, JsonStream
from tests.gather.reading import Got, read
from tests.gather.telegram.invented import (
    CHANNEL,
    DESKTOP,
    MESSAGES,
    PREVIEW,
    TEXT,
    account,
    export,
)


def test_an_export_gives_its_posts(tmp_path: Path) -> None:
    got = read(tmp_path / "result.json", export())
    one, two, three = got.reports
    assert one.model_dump(exclude_none=True, mode="json") == {
        "text": TEXT, "id": "1234567890/2", "published": "2021-05-24", "publisher": CHANNEL,
        "url": "https://t.me/c/1234567890/2", "published_at": "2021-05-24T10:00:00+00:00",
        "changed_at": "2021-05-24T11:00:00+00:00", "attachments": ["photos/p1.jpg"],
    }  # fmt: skip
    assert two.text == "عاجل | https://example.org/2\nقصف على بلدة."
    assert (two.forwarded_from, two.byline) == ("نبض الجبل", "سامر")
    assert str(two.published) == "2021-05-24"  # in UTC, not in the zone of whoever exported
    assert (three.text, three.published, three.published_at) == ("بلا يوم", None, None)
    assert (got.problems, got.notes) == ([], ["W120", "W123"])
    assert got.said[-1].endswith("not read: posts of media alone (1), service messages (2) [W123]")


def test_the_name_of_the_channel_gives_public_addresses(tmp_path: Path) -> None:
    got = read(tmp_path / "result.json", export(), settings={"channel": "@wadi"})
    assert (got.reports[0].url, got.reports[0].id) == ("https://t.me/wadi/2", "wadi/2")


def test_of_an_account_only_channels_are_read(tmp_path: Path) -> None:
    got = read(tmp_path / "result.json", account())
    assert [r.id for r in got.reports] == ["1234567890/2", "1234567890/3", "9/2"]
    assert got.notes == ["W123"]
    assert "chats that are no channels (2)" in got.said[0]


@pytest.mark.parametrize("kind", ["personal_chat", "saved_messages", "bot_chat"])
def test_what_people_write_to_each_other_is_not_read(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path / "result.json", export(type=kind)) == Got([], ["E128"], [])


@pytest.mark.parametrize(
    ("poison", "code"),
    [({"text": 5}, "E109"), ({"text": [5]}, "E109"), ({"text": "a\0b"}, "E111"),
     ({"text": "\ud800"}, "E112"), ({"id": "x"}, "E109"), ({"author": "\0"}, "E111")],
)  # fmt: skip
def test_one_poisoned_post_among_ten_thousand(
    tmp_path: Path, poison: dict[str, Any], code: str
) -> None:
    posts = [{**MESSAGES[1], "id": i} for i in range(10_000)]
    posts[5000] |= poison
    data = json.dumps({"name": CHANNEL, "type": "public_channel", "id": 1, "messages": posts})
    got = read(tmp_path / "result.json", data.encode("utf-8", "surrogatepass"))
    assert (len(got.reports), got.problems) == (9_999, [code])
    assert "#5000" in got.said[0] or "#5001" in got.said[0]


def test_bytes_that_are_no_character_spoil_only_their_post(tmp_path: Path) -> None:
    data = export(MESSAGES[1:3]).replace("عاجل".encode(), b"\xd9")
    got = read(tmp_path / "result.json", data)
    assert ([r.id for r in got.reports], got.problems) == (["1234567890/2"], ["E112"])


def test_control_characters_as_desktop_writes_them(tmp_path: Path) -> None:
    data = export(MESSAGES[1:3]).replace(TEXT.encode(), rb"a\x0Bb \\x0B c")
    got = read(tmp_path / "result.json", data)
    assert got.texts[0] == "a\x0bb \\x0B c"


def test_an_export_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    data = export()
    got = read(tmp_path / "result.json", data[: data.index(b'"id": 5')])
    assert ([r.id for r in got.reports], got.problems) == (
        ["1234567890/2", "1234567890/3"],
        ["E129"],
    )
    for end in (b"", b"{", b"[]", b'{"name": "x"}', b'{"messages": [] } x', b'{"messages": {}}'):
        assert read(tmp_path / "a.json", end, kind="telegram").problems in (
            ["E110"],
            ["E128"],
            ["E129"],
        )
    assert read(tmp_path / "b.json", b'{"type": "public_channel", "messages": ' + b"[" * 200_000,
                kind="telegram").problems == ["E129"]  # fmt: skip


def test_a_long_export_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    with path.open("w", encoding="utf-8") as out:
        out.write('{"name": "x", "type": "public_channel", "id": 1, "messages": [')
        for i in range(20_000):
            post = {**MESSAGES[1], "id": i, "text": TEXT * 10}
            out.write(("," if i else "") + json.dumps(post, ensure_ascii=False))
        out.write("]}")
    tracemalloc.start()
    got = read(path, None, keep=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got.count == 20_000
    assert peak < 8_000_000  # the file has 15 MB


def test_a_value_too_long_is_refused_in_bounded_memory() -> None:
    stream = JsonStream(io.BytesIO(b'"' + b"x" * 5_000_000), lambda _: None, 100_000)
    with pytest.raises(Damaged, match="too long"):
        stream.value()


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(),
                    lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=20),
       st.integers(1, 40))  # fmt: skip
def test_values_come_whole_whatever_the_pieces(value: Any, size: int) -> None:
    class Slow(io.BytesIO):
        def read(self, n: int | None = -1, /) -> bytes:
            return super().read(size)

    data = json.dumps([value, value]).encode()
    stream = JsonStream(Slow(data), lambda _: None, 10_000)
    assert [stream.value() for _ in stream.items()] == [value, value]
    assert stream.peek() == ""


def test_texts_of_marked_words() -> None:
    assert plain(["a", {"type": "bold", "text": "b"}]) == "ab"
    assert plain([{"type": "bold"}]) is None


def test_desktop_pages(tmp_path: Path) -> None:
    got = read(tmp_path / "messages.html", DESKTOP.encode())
    one, two, three = got.reports
    assert one.text == f'{TEXT}\n\nعن "شهود"\nرابط'
    assert (one.publisher, one.id, one.url) == (CHANNEL, "messages/2", None)
    assert (one.published_at, one.attachments) == (
        "2021-05-24T13:00:00+03:00",
        ("photos/photo_1.jpg",),
    )
    assert (two.text, two.forwarded_from, one.forwarded_from) == (
        "قصف على بلدة.",
        "نبض الجبل",
        None,
    )
    assert (three.forwarded_from, three.published, three.published_at) == ("نبض الجبل", None, None)
    assert (got.problems, got.notes) == ([], ["W120", "W123"])
    named = read(tmp_path / "messages.html", DESKTOP.encode(), settings={"channel": "wadi"})
    assert named.reports[0].url == "https://t.me/wadi/2"


def test_public_pages(tmp_path: Path) -> None:
    got = read(tmp_path / "wadi.html", PREVIEW.encode())
    one, two = got.reports
    assert one.text == f"عاجل\n{TEXT}"
    assert (one.url, one.id, one.publisher) == (
        "https://t.me/wadi_watch/11",
        "wadi_watch/11",
        CHANNEL,
    )
    assert (one.published_at, one.attachments) == ("2021-05-24T10:00:00+00:00", ("photo",))
    assert (two.forwarded_from, two.publisher) == ("نبض الجبل", CHANNEL)
    assert (got.problems, got.notes) == ([], [])


def test_pages_without_posts_and_hostile_ones(tmp_path: Path) -> None:
    head = DESKTOP[: DESKTOP.index('<div class="page_header">')]
    assert read(tmp_path / "a.html", head.encode()).problems == ["E128"]
    assert read(tmp_path / "b.html", b"", kind="telegram").problems == ["E110"]
    deep = DESKTOP.replace(TEXT, "<b>" * 20_000 + TEXT + "</b>" * 20_000)
    assert TEXT in read(tmp_path / "c.html", deep.encode()).reports[0].text
    odd = DESKTOP.replace(TEXT, "\u202e\u2066\u2067\u2068\u202a\u202b\u202d" * 2 + TEXT)
    got = read(tmp_path / "d\u202e.html", odd.encode())
    assert "W102" in got.notes
    assert all("\u202e" not in line for line in got.said)
