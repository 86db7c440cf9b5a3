"""The connection: to checked addresses only, and never past the deadline of the whole fetch."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

from isnad.gather.fetch.addresses import Resolver, checked


class Deadline:
    """A moment (monotonic seconds) that no wait may pass, whatever trickles in before it."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Time that does not count."""
        start = time.monotonic()
        try:
            yield
        finally:
            self._at += time.monotonic() - start

    def within(self, timeout: float | None) -> float:
        """``timeout`` in seconds, cut to what is left.

        Raises:
            httpcore.ReadTimeout: if nothing is left.
        """
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole fetch is over")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        within = self._deadline.within(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to the address that was checked; TLS and the ``Host`` header keep the name."""

    def __init__(self, deadline: Deadline, local: frozenset[str], resolver: Resolver) -> None:
        self._deadline = deadline
        self._local = local
        self._resolver = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = checked(host, port, local=self._local, resolver=self._resolver)
        within = self._deadline.within(timeout)
        stream = self._inner.connect_tcp(address, port, within, local_address, socket_options)
        return _Stream(stream, self._deadline)
