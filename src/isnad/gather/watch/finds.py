"""What a look at a source found: pages to fetch, or reports that stand in it.

In: an answer and the source's settings. Out: for each kind of source, what is to be followed and
what can be added at once. Nothing is fetched or kept here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from isnad.errors import InputError
from isnad.gather.evidence import RawCopy
from isnad.gather.fetch import Fetched
from isnad.gather.kinds import Kind, named
from isnad.gather.watch.config import Source
from isnad.gather.watch.journal import Seen
from isnad.gather.watch.sitemap import read_sitemap
from isnad.gather.web import bare, opened
from isnad.model import Report

Tell = Callable[[InputError], None]


@dataclass
class Finds:
    """What a look found, in the source's order.

    Attributes:
        reports: what can be added as it is.
        pages: what is to be fetched, each with what the source says of it, if anything.
    """

    reports: list[Report] = field(default_factory=list)
    pages: list[tuple[Seen, Report | None]] = field(default_factory=list)


def finds(source: Source, got: Fetched, tell: Tell, *, as_sitemap: bool = False) -> Finds:
    """What an answer holds.

    Args:
        source: whose answer it is.
        got: the answer, a success.
        tell: told of entries that are refused and of remarks.
        as_sitemap: whether it is a site map, whatever the source is.

    Raises:
        InputError: if it is nothing of the kind that the source is.
    """
    out = Finds()
    if source.kind == "sitemap" or as_sitemap:
        for seen, said in read_sitemap(got.body, got.url):
            if seen.role == "sitemap" or _wanted(source, seen.address):
                out.pages.append((_plain(seen), said))
        return out
    for report in reports_of(got, tell, _KIND.get(source.kind)):
        if source.kind != "feed":
            out.reports.append(report)
        elif report.url is not None and not _wanted(source, report.url):
            continue
        elif source.follow and report.url is not None:
            seen = Seen(report.url, _digest(report))
            out.pages.append((_plain(seen), report))
        else:
            out.reports.append(report)
    return out


_KIND = {"feed": "feed", "telegram": "telegram"}


def reports_of(got: Fetched, tell: Tell, kind: str | None = None) -> list[Report]:
    """The reports of an answer.

    Raises:
        InputError: what refuses it as a whole.
    """
    chosen: Kind | None = named(kind) if kind else None
    one, source = opened(got, kind=chosen)
    out = []
    for read in one.read(source):
        if not isinstance(read, Report):
            tell(read)
        elif one.one and not read.url:
            out.append(read.model_copy(update={"url": source.url}))
        else:
            out.append(read)
    return out


def filled(report: Report, entry: Report | None, publisher: str | None) -> Report:
    """A page's report with the gaps filled by what its source says, then by the configuration.

    A day that the page only lets guess gives way to one that the source states.
    """
    update: dict[str, Any] = {}
    if entry is not None:
        for name in ("title", "publisher", "byline"):
            if getattr(report, name) is None and getattr(entry, name) is not None:
                update[name] = getattr(entry, name)
        guessed = report.published is None or report.published_basis in ("url", "changed")
        stated = entry.published is not None and entry.published_basis not in ("url", "changed")
        if guessed and stated:
            update |= {"published": entry.published, "published_basis": "feed"}
            update["published_at"] = entry.published_at
    if publisher and report.publisher is None and "publisher" not in update:
        update["publisher"] = publisher
    return report.model_copy(update=update) if update else report


def packed(entry: Report, raw: RawCopy | None) -> str:
    """An entry and the raw copy that it stands in, for the journal."""
    raw_json = raw.model_dump_json() if raw is not None else "null"
    return f'{{"report":{entry.model_dump_json(exclude_none=True)},"raw":{raw_json}}}'


def unpacked(text: str) -> tuple[Report, RawCopy | None]:
    """The entry and raw copy that the journal kept."""
    import json

    got = json.loads(text)
    raw = RawCopy.model_validate(got["raw"]) if got["raw"] is not None else None
    return Report.model_validate(got["report"]), raw


def _plain(seen: Seen) -> Seen:
    return Seen(bare(seen.address), seen.mark, seen.entry, seen.role)


def _wanted(source: Source, address: str) -> bool:
    return source.wanted is None or source.wanted.search(address) is not None


def _digest(report: Report) -> str:
    said = "\0".join((report.title or "", str(report.published), report.text))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
