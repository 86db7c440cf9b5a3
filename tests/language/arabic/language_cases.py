"""Reading the readable tables of cases beside this file."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str]]:
    """The two columns of ``cases/<name>.tsv``; a line that begins with ``# `` is a remark."""
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]
    assert all(len(row) == 2 for row in rows), [row for row in rows if len(row) != 2]
    return [(row[0].replace("⏎", "\n"), row[1]) for row in rows]
