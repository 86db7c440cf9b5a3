"""Site maps as inputs: they hold addresses, no reports, and are told so rather than read as feeds.

Following them is :mod:`isnad.gather.watch`'s; its reader of site maps is used here to count.
"""

from __future__ import annotations

from collections.abc import Iterator

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.watch.sitemap import MOST, read_sitemap
from isnad.model import Report


def addresses(source: Source) -> Iterator[Report | InputError]:
    """Refuse a site map, and say what it holds (E119)."""
    found = [seen for seen, _ in read_sitemap(source.whole(MOST), source.where)]
    maps = sum(seen.role == "sitemap" for seen in found)
    what = f"{maps} other site maps" if maps else f"{len(found)} addresses"
    why = f"is a site map of {what} and holds no report; `isnad watch` follows it"
    yield InputError("E119", why, source.where)
