"""The day that an address holds: the only thing that is read off addresses.

A guess of low confidence, for reports that state no day of publication; it is never more than that.
"""

from __future__ import annotations

import datetime as dt
import re

_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_STATUS = re.compile(r"(?:twitter|x)\.com/[^/\s]+/status/([0-9]{17,20})(?![0-9])")
_EPOCH_MS, _BITS = 1288834974657, 22
"""A post's number on Twitter carries its time: milliseconds since this epoch, above 22 bits."""
_FIRST = 1990  # before it there were no pages


def day_of_address(url: str) -> dt.date | None:
    """The day in an address: ``/2021/05/24/``, ``-2021-05-24``, or a post's number on Twitter.

    ``None`` if there is none, or one that no calendar has (30 February).
    """
    status = _STATUS.search(url)
    if status:
        seconds = ((int(status[1]) >> _BITS) + _EPOCH_MS) / 1000
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
    match = _DAY.search(url)
    try:
        day = dt.date(*(int(g) for g in match.groups())) if match else None
    except ValueError:
        return None
    return day if day and day.year >= _FIRST else None
