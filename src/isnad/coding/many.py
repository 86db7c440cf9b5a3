"""Many reports, several processes: readings come back in the order of the reports.

In: reports, as they come. Out: for each its reading, or why it cannot be coded; the rest goes on.
The first reports are coded here, since a process must load the knowledge before it is of use.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

import isnad
from isnad.errors import InputError, IsnadError
from isnad.model import Reading, Report

Outcome = Reading | InputError
Coded = TypeVar("Coded")
ALONE = 64
"""Reports that are coded here before others help: loading takes as long as some fifty of them."""


def default_workers() -> int:
    """As many processes as there are processors, at most four: each holds the knowledge."""
    return min(4, os.cpu_count() or 1)


def readings(reports: Iterable[Report], workers: int = 1) -> Iterator[Outcome]:
    """The reading of each report, in order, or the refusal E199 of one that cannot be coded.

    Args:
        reports: taken ahead of what comes out, at most some dozens a process.
        workers: processes; 1 codes here.

    Raises:
        IsnadError: if no report can be coded (the knowledge does not hold together), or E198 if a
            process was ended from outside.
    """
    source = iter(reports)
    if workers < 2:
        yield from map(one, source)
        return
    yield from map(one, islice(source, ALONE))
    first = next(source, None)
    if first is not None:
        from isnad.coding.processes import shared

        yield from shared(chain([first], source), workers)


def one(report: Report) -> Outcome:
    """The reading of a report, or the refusal E199."""
    return guarded(report, isnad.read)


def guarded(report: Report, code: Callable[[Report], Coded]) -> Coded | InputError:
    """What ``code`` makes of a report, or the refusal E199: one report never stops the rest."""
    try:
        return code(report)
    except IsnadError:
        raise
    except Exception as error:
        why = f"coding failed ({type(error).__name__}: {error}); please report this"
        return InputError("E199", why, report.id or "report")
