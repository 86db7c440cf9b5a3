"""One address fetched: each redirect counted and checked, limits on time and on decoded bytes."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import httpcore
import httpx

from isnad.errors import InputError
from isnad.gather.fetch.addresses import Resolver, resolve
from isnad.gather.fetch.body import ACCEPTED, decoded, too_long
from isnad.gather.fetch.network import CheckedNetwork, Deadline
from isnad.version import __version__

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
USER_AGENT = f"isnad/{__version__}"


@dataclass(frozen=True)
class Limits:
    """What a fetch may cost, and which hosts may be loopback.

    Attributes:
        bytes: the most decoded bytes of a body.
        wait: seconds that one step (connecting, one read) may take.
        whole: seconds that the whole fetch may take, redirects included.
        redirects: the most redirects.
        local: host names that may resolve to loopback addresses: a local mirror.
    """

    bytes: int = 16 * 1024 * 1024
    wait: float = 20.0
    whole: float = 90.0
    redirects: int = 8
    local: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fetched:
    """What a server answered, and how it was come by.

    Attributes:
        url: the address asked for.
        final_url: the address that answered, after redirects.
        redirects: the addresses between, in order, ``url`` first; empty if there was none.
        status: the HTTP status (any but a redirect followed).
        headers: the answer's headers, in order, names in small letters.
        body: the body, content encoding undone.
        fetched_at: when the answer was whole; aware, UTC.
    """

    url: str
    final_url: str
    redirects: tuple[str, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: dt.datetime

    def header(self, name: str) -> str | None:
        """The first header of a name (small letters), if there is one."""
        return next((value for key, value in self.headers if key == name), None)


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    resolver: Resolver = resolve,
    ssl_context: ssl.SSLContext | None = None,
    before: Callable[[str], None] | None = None,
    post: bytes | None = None,
) -> Fetched:
    """Fetch an address with GET. A bad certificate is refused and never tried again unverified.

    Args:
        url: an ``http`` or ``https`` address.
        headers: further request headers (``If-None-Match`` …).
        limits: what it may cost; by default :class:`Limits`.
        resolver: what resolves host names.
        ssl_context: the certificates trusted; by default the system's.
        before: called with each address before it is asked, the first one and those that it
            redirects to; what it raises ends the fetch. Its time is not the fetch's.
        post: what to send, with POST; then no redirect is followed.

    Raises:
        InputError: E150 no http(s) address; E151 unknown host; E152 an address inside; E153 too
            long; E154, E155 packing; E156 a bad certificate; E157 redirects; E158 too slow; E159
            connection refused, reset, cut off, or no HTTP.
    """
    limits = limits or Limits()
    deadline = Deadline(limits.whole)
    network = CheckedNetwork(deadline, limits.local, resolver)
    trusted = ssl_context or _trusted()
    seen: list[str] = []
    at = _address(url)
    while True:
        seen.append(str(at))
        if before is not None:
            with deadline.paused():
                before(str(at))
        try:
            # a pool a step: nothing of one host's connection is left for the next
            with httpcore.ConnectionPool(ssl_context=trusted, network_backend=network) as pool:
                status, answered, body = _ask(pool, at, headers or {}, limits, post)
        except InputError as error:
            raise InputError(error.code, error.message, url) from error
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise InputError("E158", "too slow: the time allowed is over", url) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise _failed(error, url) from error
        location = next((v for k, v in answered if k == "location"), None)
        if status not in _REDIRECTS or location is None:
            steps = tuple(seen[:-1])
            now = dt.datetime.now(dt.UTC)
            return Fetched(url, str(at), steps, status, answered, body, now)
        if post is not None:
            raise InputError("E157", "it redirects what was sent to it", url)
        at = _next(at, location, url)
        if str(at) in seen:
            raise InputError("E157", "its redirects lead in a circle", url)
        if len(seen) > limits.redirects:
            raise InputError("E157", f"more than {limits.redirects} redirects", url)


def _ask(
    pool: httpcore.ConnectionPool,
    at: httpx.URL,
    more: Mapping[str, str],
    limits: Limits,
    post: bytes | None,
) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    sent: dict[bytes | str, bytes | str] = {
        "Host": at.netloc.decode("ascii"),
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }
    for name, value in more.items():
        sent[name] = value
    if post is not None:
        sent["Content-Length"] = str(len(post))
    method = "GET" if post is None else "POST"
    waits = dict.fromkeys(("connect", "read", "write", "pool"), limits.wait)
    target = httpcore.URL(
        scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path
    )  # fmt: skip
    with pool.stream(
        method, target, headers=sent, content=post, extensions={"timeout": waits}
    ) as answer:
        answered = tuple(
            (k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in answer.headers
        )
        if answer.status in _REDIRECTS:
            return answer.status, answered, b""
        length = next((v for k, v in answered if k == "content-length"), "")
        if length.isdigit() and int(length) > limits.bytes:
            raise too_long(limits.bytes)
        packed = ", ".join(v for k, v in answered if k == "content-encoding")
        none = answer.status in (204, 304)
        body = b"" if none else decoded(answer.iter_stream(), packed, limits.bytes)
        return answer.status, answered, body


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's certificates; reading them takes longer than many a fetch."""
    return ssl.create_default_context()


def _address(url: str) -> httpx.URL:
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise InputError("E150", "no address that can be fetched", url) from error
    if found.scheme not in ("http", "https") or not found.host:
        raise InputError("E150", "only http and https addresses are fetched", url)
    if found.userinfo:
        raise InputError("E150", "an address with a user's name or password in it", url)
    return found.copy_with(fragment=None)


def _next(at: httpx.URL, location: str, url: str) -> httpx.URL:
    try:
        return _address(str(at.join(location)))
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise InputError("E150", "it redirects to what is no address", url) from error
    except InputError as error:
        raise InputError("E150", f"it redirects to '{location}': {error.message}", url) from error


def _failed(error: Exception, url: str) -> InputError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = f"its certificate is not valid: {cause.verify_message}"
            return InputError("E156", why, url)
        cause = cause.__cause__ or cause.__context__
    return InputError("E159", f"the connection failed or was cut off ({error})", url)
