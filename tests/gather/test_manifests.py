"""Kinds: every one is registered once, documented, and its reader is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from isnad.errors import UsageError
from isnad.gather import read_inputs
from isnad.gather.kinds import KINDS, kind_for, named


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
        assert re.findall("`([^`]+)`", row) == list(kind.endings)
        assert all(f"`{setting.name}`" in page for setting in kind.settings)


@pytest.mark.parametrize(
    ("ending", "head", "name"),
    [(".txt", b"{", "text"), ("", b"{", "jsonl"), (".txt", b"<html>", "page"), (".x", b"abc", "text"),
     ("", b'<?xml version="1.0"?>\n<rss version="2.0">', "feed"),
     ("", b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1"', "feed"),
     ("", "<feed xmlns='x'>".encode("utf-16"), "feed"), (".csv", b"<html>", "csv")],
)  # fmt: skip
def test_the_kind_of_an_input(ending: str, head: bytes, name: str) -> None:
    assert kind_for(ending, head) is named(name)


def test_an_unknown_kind_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="parquet"):
        list(read_inputs(["x"], kind="parquet"))
