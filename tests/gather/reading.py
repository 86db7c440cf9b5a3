"""What the tests of every kind of input share: write a file, read it, see what was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isnad.errors import InputError
from isnad.gather import read_inputs
from isnad.model import Report


@dataclass
class Got:
    """Reports, codes of refusals and remarks, and all that was said, in order."""

    reports: list[Report]
    problems: list[str]
    notes: list[str]
    said: list[str] = field(default_factory=list, compare=False)
    count: int = field(default=0, compare=False)

    @property
    def texts(self) -> list[str]:
        return [report.text for report in self.reports]


def read(path: Path, data: bytes | None, *, keep: bool = True, **known: Any) -> Got:
    """Read ``path``, after ``data`` was written to it; reports are only counted without ``keep``."""
    if data is not None:
        path.write_bytes(data)
    got = Got([], [], [])

    def problem(error: InputError) -> None:
        got.problems.append(error.code)
        got.said.append(str(error))

    def note(error: InputError) -> None:
        got.notes.append(error.code)
        got.said.append(str(error))

    for report in read_inputs([str(path)], on_problem=problem, on_note=note, **known):
        got.count += 1
        if keep:
            got.reports.append(report)
    assert all("\n" not in line for line in got.said)
    return got
