"""A client for programs: the desk's lists as iterators, its refusals as errors.

In: a desk's address and a token. Out: plain data as the desk sends it. Needs nothing of an archive.

    from isnad.desk.client import Client

    with Client("http://127.0.0.1:8741", token) as desk:
        for row in desk.incidents(type="air_strike", sort="deaths"):
            print(row["id"], row["figures"])
        desk.decide("accept", [claim], why="read")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

import httpx

from isnad.errors import IsnadError

Record = dict[str, Any]
Filter = str | int | float | Sequence[str]
_PAGE = 200


class Refused(IsnadError):
    """What a desk refuses: its code, status and message; ``body`` is all of its ``error``."""

    def __init__(self, status: int, body: Record) -> None:
        super().__init__(str(body.get("code", "E701")), str(body.get("message", "refused")))
        self.status, self.body = status, body


class Client:
    """A desk, asked over HTTP. Close it, or use it in a ``with``.

    Args:
        address: the desk's, as it printed it; a token in it is taken.
        token: that token, or one made at ``POST /api/v1/tokens``.
        timeout: seconds to wait for an answer.
        transport: what carries requests, for tests.
    """

    def __init__(
        self, address: str, token: str | None = None, *, timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        url = httpx.URL(address)
        token = token or url.params.get("token")
        base = url.copy_with(path="/", query=None, fragment=None)
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=base, headers=headers, timeout=timeout, transport=transport
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """The answer to any request under ``/api/v1``.

        Raises:
            Refused: what the desk refuses.
            httpx.HTTPError: if it cannot be reached.
        """
        got = self._http.request(method, f"/api/v1{path}", **more)
        if got.status_code >= 400:
            try:
                body = got.json()["error"]
            except (ValueError, KeyError, TypeError):
                body = {"code": "E701", "message": f"the answer is no desk's ({got.status_code})"}
            raise Refused(got.status_code, body)
        return got.json() if got.content else None

    def pages(self, path: str, filters: Mapping[str, Filter]) -> Iterator[Record]:
        """Every item of a list, page after page."""
        asked: dict[str, Any] = {"limit": _PAGE, **filters}
        while True:
            page = self.ask("GET", path, params=asked)
            yield from page["items"]
            if page["next"] is None:
                return
            asked["cursor"] = page["next"]

    def state(self) -> Record:
        """What the archive holds, and how far the desk has read it."""
        found: Record = self.ask("GET", "/state")
        return found

    def incidents(self, **filters: Filter) -> Iterator[Record]:
        """Incidents that fit the filters (``docs/desk.md``); ``from_`` stands for ``from``."""
        return self.pages("/incidents", _plain(filters))

    def incident(self, ident: str) -> Record:
        """One incident with its tellings."""
        found: Record = self.ask("GET", f"/incidents/{ident}")
        return found

    def report(self, ident: str) -> Record:
        """One report with its text and claims."""
        found: Record = self.ask("GET", f"/reports/{ident}")
        return found

    def search(self, q: str, **filters: Filter) -> Iterator[Record]:
        """Reports that hold words."""
        return self.pages("/search", {"q": q, **_plain(filters)})

    def queue(self, stage: str = "first", **filters: Filter) -> Iterator[Record]:
        """Claims to look at, the least certain first."""
        return self.pages("/review/queue", {"stage": stage, **_plain(filters)})

    def decide(
        self, kind: str, claims: Sequence[Record], *, slot: str | None = None, value: Any = None,
        why: str = "",
    ) -> Record:  # fmt: skip
        """Record a decision about claims as they were read (from :meth:`queue` or :meth:`report`).

        Raises:
            Refused: status 409 if somebody decided about them meanwhile.
        """
        body = {
            "kind": kind, "claims": [c["id"] for c in claims], "slot": slot, "value": value,
            "why": why, "seen": {c["id"]: c["version"] for c in claims},
        }  # fmt: skip
        found: Record = self.ask("POST", "/decisions", json=body)
        return found

    def undo(self, decision: str, why: str = "") -> Record:
        """Take a decision back."""
        body = {"kind": "undo", "undoes": decision, "why": why}
        found: Record = self.ask("POST", "/decisions", json=body)
        return found

    def comment(self, about: str, text: str) -> Record:
        """Write a comment on ``incident:ID``, ``report:ID`` or ``claim:ID``."""
        found: Record = self.ask("POST", "/comments", json={"about": about, "text": text})
        return found


def _plain(filters: Mapping[str, Filter]) -> dict[str, Filter]:
    return {name.removesuffix("_"): value for name, value in filters.items()}
