"""Reading the language's own data files: CSV tables and word lists beside this module."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from isnad.language.arabic.normal import fold


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``, as written (not folded)."""
    text = files(__package__).joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``, folded; lines that begin with ``#`` are remarks."""
    text = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    kept = (line.strip() for line in text.splitlines())
    return frozenset(fold(line) for line in kept if line and not line.startswith("#"))
