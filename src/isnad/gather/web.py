"""Addresses as inputs: what a server sent, as a source that a kind's reader can read.

In: an address, or what was fetched from it. Out: the kind and :class:`~isnad.gather.kinds.Source`.
Fetching is :mod:`isnad.gather.fetch`'s; it is imported only when an address is read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from isnad.errors import InputError
from isnad.gather.dispatch import foreign_kind
from isnad.gather.kinds import PEEK, Kind, Source, kind_sent

if TYPE_CHECKING:
    from isnad.gather.fetch import Fetched

# What networks and newsletters hang on an address to follow readers: it names no other page
_FOLLOWING = ("utm_", "fbclid", "gclid", "yclid", "igshid", "mc_cid", "mc_eid")


def is_address(name: str) -> bool:
    """Whether an input is an address, by how it begins; any scheme, so that it is not looked for
    as a file."""
    scheme, colon, _ = name.partition("://")
    return bool(colon) and scheme.isalnum()


def bare(url: str) -> str:
    """An address without fragment and the parameters by which readers are followed.

    It is what a report is known by: a feed and a site map name one page with different tails.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not pair.lower().startswith(_FOLLOWING)
    )
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def opened(
    got: Fetched,
    *,
    kind: Kind | None = None,
    settings: Mapping[str, str] | None = None,
    count: Callable[[int], None] = lambda _: None,
) -> tuple[Kind, Source]:
    """What was fetched, ready to be read.

    Args:
        got: what was fetched.
        kind: what it is, whatever the server says.
        settings: of the kind.
        count: told of the bytes read.

    Raises:
        InputError: E164 for any status but success, E115 for what no reader reads.
    """
    if not 200 <= got.status < 300:
        raise InputError("E164", f"the server answered {status_words(got.status)}", got.url)
    head = got.body[:PEEK]
    ending = PurePosixPath(unquote(urlsplit(got.final_url).path)).suffix.lower()
    said = got.header("content-type")
    foreign = foreign_kind(head)
    kind = kind or (None if foreign else kind_sent(said, ending, head))
    if kind is None:
        what = foreign or f"called {(said or '').partition(';')[0].strip()!r} by the server"
        raise InputError("E115", f"is {what}; `isnad inputs` lists what is read", got.url)
    address = bare(got.final_url)
    source = Source(
        io.BytesIO(got.body), got.url, address, count, settings or {}, address, said
    )  # fmt: skip
    return kind, source


def status_words(status: int) -> str:
    """An HTTP status as people say it: ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
