"""How a desk is run: where it listens, who may come in, what it shows."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from isnad.errors import UsageError
from isnad.publish.safety import Public


@dataclass(frozen=True, slots=True)
class Settings:
    """A desk's settings.

    Attributes:
        host: the address it listens on.
        port: the port; 0 takes a free one.
        names: names under which it may be reached besides ``host`` (a proxy's host name).
        accounts: whether people sign in; without it, who has the printed token is the owner.
        owner: who works here where there are no accounts, for the journal.
        secure: whether people reach it over TLS; cookies are then for TLS only.
        proxies: addresses of proxies whose ``X-Forwarded-For`` is believed.
        tiles: an address template of map tiles, if any; the only thing outside that pages load.
        dev: the origin of a development server of the pages, if any.
        watch: the configuration of a watch whose status is shown.
        evidence: the folder that keeps raw copies which the archive only names.
        public: whether people without an account see the public view.
        delay_days, round_km: what the public view holds back and coarsens.
    """

    host: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    accounts: bool = False
    owner: str = "owner"
    secure: bool = False
    proxies: tuple[str, ...] = ()
    tiles: str | None = None
    dev: str | None = None
    watch: Path | None = None
    evidence: Path | None = None
    public: bool = False
    delay_days: int = Public().days
    round_km: float = Public().km

    @property
    def local(self) -> bool:
        """Whether only this machine reaches it."""
        return loopback(self.host)

    def checked(self, *, people: bool) -> Settings:
        """The settings, if they are safe.

        Args:
            people: whether the archive has accounts.

        Raises:
            UsageError: E710 for an address that others reach without accounts, E711 for tiles that
                are no address.
        """
        if not self.local and not (self.accounts and people):
            raise UsageError(
                "E710", f"{self.host} can be reached by others: make an account first "
                "(`isnad desk --add-admin NAME`) and run with --accounts"
            )  # fmt: skip
        if self.public and not self.accounts:
            raise UsageError("E710", "--public is for a desk with --accounts")
        for name, value in (("--tiles", self.tiles), ("--dev", self.dev)):
            if value is not None and origin_of(value) is None:
                raise UsageError("E711", f"{name} takes an address that begins with http(s)://")
        return self


def loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def origin_of(url: str) -> str | None:
    """``scheme://host[:port]`` of an address, or ``None`` if it has none that a policy can name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not host.replace("{s}", "s").isascii():
        return None
    host = host.replace("{s}", "*")
    if any(c not in "abcdefghijklmnopqrstuvwxyz0123456789.-*:" for c in host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
