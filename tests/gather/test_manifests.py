"""Kinds: every one is registered once, documented, and its reader is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from isnad.errors import InputError, UsageError
from isnad.gather import read_inputs
from isnad.gather.kinds import KINDS, kind_for, named, settings


def test_names_and_endings_belong_to_one_kind() -> None:
    endings = [e for kind in KINDS for e in kind.endings]
    assert len(set(endings)) == len(endings)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_every_reader_is_there_and_documented() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "inputs.md").read_text(encoding="utf-8")
    for kind in KINDS:
        module, _, name = kind.reader.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
        (row,) = re.findall(rf"^\| `{kind.name}` \|([^|]*)\|", page, re.M)
        assert re.findall("`([^`]+)`", row) == [*kind.endings, *kind.shares]
        assert kind.sniff or not kind.shares
        assert all(f"`{setting.name}`" in page for setting in kind.settings)


@pytest.mark.parametrize(
    ("ending", "head", "name"),
    [(".txt", b"{", "text"), ("", b"{", "jsonl"), (".txt", b"<html>", "page"), (".x", b"abc", "text"),
     ("", b'<?xml version="1.0"?>\n<rss version="2.0">', "feed"),
     ("", b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1"', "feed"),
     ("", "<feed xmlns='x'>".encode("utf-16"), "feed"), (".csv", b"<html>", "csv"),
     (".json", b'{"text": "x"}\n', "jsonl"), (".xml", b"<?xml?><rss>", "feed"), (".HTML", b"", "page"),
     (".json", b'{\n  "name": "x"\n}', None), (".json", b"[1]", None), (".xml", b"<a/>", None)],
)  # fmt: skip
def test_the_kind_of_an_input(ending: str, head: bytes, name: str | None) -> None:
    assert kind_for(ending, head) is (named(name) if name else None)


def test_what_is_shared_and_looks_like_nothing_is_counted_in_a_folder_and_refused_by_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "settings.json").write_text('{\n "a": 1\n}', encoding="utf-8")
    (tmp_path / "a.txt").write_text("قصف", encoding="utf-8")
    problems: list[InputError] = []
    notes: list[InputError] = []
    for inputs in ([str(tmp_path)], [str(tmp_path / "settings.json")]):
        got = list(read_inputs(inputs, on_problem=problems.append, on_note=notes.append))
        assert len(got) == (inputs == [str(tmp_path)])
    assert [e.code for e in problems] == ["E116"]
    assert [e.code for e in notes] == ["W103"]


def test_a_setting_has_one_meaning() -> None:
    found = {s.name: s for kind in KINDS for s in kind.settings}
    assert all(found[s.name] == s for kind in KINDS for s in kind.settings)
    assert {s.name for s in settings()} == set(found)


def test_an_unknown_kind_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="papyrus"):
        list(read_inputs(["x"], kind="papyrus"))
