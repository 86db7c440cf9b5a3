"""Isnad: conflict reporting, Arabic first, as events in which every value keeps its chain.

>>> import isnad
>>> claims = isnad.code(isnad.Report(text="…", published="2021-05-24"))
"""

from __future__ import annotations

from isnad.model import Claim, Reading, Report
from isnad.version import __version__

__all__ = ["Claim", "Reading", "Report", "__version__", "code", "read"]


def read(report: Report) -> Reading:
    """Code a report into a :class:`Reading`: the report with its claims."""
    from isnad.coding.coder import read as _read

    return _read(report)


def code(report: Report) -> list[Claim]:
    """The claims that a report makes, in the order in which the text first tells them."""
    return list(read(report).claims)
