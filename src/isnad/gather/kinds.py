"""The kinds of input: what each is called, which files are of it, what may be set.

One :class:`Kind` a kind, and all that is said of kinds elsewhere (which files a folder gives, the
help of commands, ``docs/pages.md``) is said from them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One thing that a user may set for a kind: its name, its default in words, what it does."""

    name: str
    default: str
    help: str


@dataclass(frozen=True)
class Kind:
    """A kind of input.

    Attributes:
        name: stable, one word.
        endings: endings of file names, small letters, with their dot.
        help: what it is, in a few words.
        settings: what may be set.
    """

    name: str
    endings: tuple[str, ...]
    help: str
    settings: tuple[Setting, ...] = ()


_PUBLISHED = Setting("published", "unknown", "publication day of reports that state none")
_PUBLISHER = Setting("publisher", "unknown", "publisher of reports that state none")

TEXT = Kind("text", (".txt", ".text"), "a text file, one report", (_PUBLISHED, _PUBLISHER))
JSON_LINES = Kind(
    "jsonl",
    (".jsonl", ".ndjson", ".jl"),
    "JSON Lines: id, text, title, published, publisher, url",
    (_PUBLISHED, _PUBLISHER),
)
PAGE = Kind(
    "page", (".html", ".htm", ".xhtml"), "a saved web page", (_PUBLISHED, _PUBLISHER)
)  # fmt: skip

KINDS: tuple[Kind, ...] = (TEXT, JSON_LINES, PAGE)


def kind_of(ending: str) -> Kind | None:
    """The kind of files with an ending (small letters, with its dot), if there is one."""
    return next((k for k in KINDS if ending in k.endings), None)
