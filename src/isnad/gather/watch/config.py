"""What is watched and how, from a TOML file; every fault of it by file and key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from isnad.errors import UsageError

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}


def _seconds(value: Any) -> float:
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is no length of time; write 30s, 15m, 6h or 1d")
    return float(found[1]) * _UNITS[found[2]]


def _address(value: Any) -> Any:
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no http or https address")
    return value


def _pattern(value: Any) -> Any:
    try:
        re.compile(value)
    except (re.error, TypeError) as error:
        raise ValueError(f"is no pattern: {error}") from error
    return value


Seconds = Annotated[float, BeforeValidator(_seconds)]
Address = Annotated[str, BeforeValidator(_address)]
Pattern = Annotated[str, BeforeValidator(_pattern)]
SourceKind = Literal["feed", "sitemap", "page", "telegram", "folder"]


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-")
    )


class Source(_Table):
    """One source that is watched.

    Attributes:
        name: what it is called in the status and in messages; its own.
        kind: what it is.
        url: where it is; a folder has ``path`` instead.
        path: the folder, as given or beside the configuration.
        every: seconds between two looks at it.
        publisher: fills a gap only, as in ``isnad read``.
        follow: whether the pages that a feed or site map names are fetched; a feed's own text is
            then only what is left if they cannot be.
        match: addresses are followed only where this pattern is found in them.
        revisit: seconds after which a page that was followed is looked at once more, for what was
            changed in silence; ``None``: never.
        robots: whether its ``robots.txt`` is kept to.
    """

    name: str = Field(min_length=1, max_length=60, pattern=r"^[^\s/]+$")
    kind: SourceKind
    url: Address | None = None
    path: Path | None = None
    every: Seconds | None = Field(default=None, ge=1)
    publisher: str | None = None
    follow: bool = True
    match: Pattern | None = None
    revisit: Seconds | None = Field(default=None, ge=60)
    robots: bool = True

    @property
    def wanted(self) -> re.Pattern[str] | None:
        """``match``, compiled."""
        return re.compile(self.match) if self.match else None


class Settings(_Table):
    """The table ``[watch]``.

    Attributes:
        archive: a file (as given or beside the configuration), or a PostgreSQL address.
        evidence: the folder of raw copies; by default beside the archive.
        journal: the file that remembers what was seen; by default beside the configuration.
        by: who adds, for the archive's journal.
        every: seconds between two looks at a source that says nothing else.
        hosts: how many hosts are asked at a time; each gets one request at a time.
        delay: seconds between two requests to one host, at least.
        retry: seconds until the first try after a failure; twice as long after each further one.
        retry_most: the longest such wait.
        tries: how often a page is tried before it is given up.
        wait: seconds that connecting or one read may take.
        whole: seconds that a whole fetch may take.
        contact: where the people of a site can reach you; goes out with each request.
        local_hosts: hosts that may be this machine (a mirror); all others must be public.
        timestamp: a time-stamping authority (RFC 3161) that vouches for the raw copies.
        timestamp_every: seconds between two time stamps, at least.
        timestamp_roots: files of root certificates (PEM) that its stamps must lead to.
    """

    archive: str
    evidence: Path | None = None
    journal: Path | None = None
    by: str = "watch"
    every: Seconds = Field(default=900.0, ge=1)
    hosts: int = Field(default=4, ge=1, le=64)
    delay: Seconds = Field(default=2.0, ge=0, le=3600)
    retry: Seconds = Field(default=60.0, gt=0)
    retry_most: Seconds = Field(default=6 * 3600.0, gt=0)
    tries: int = Field(default=8, ge=1, le=100)
    wait: Seconds = Field(default=20.0, gt=0)
    whole: Seconds = Field(default=90.0, gt=0)
    contact: str | None = Field(default=None, pattern=r"^[\x21-\x7e]{3,100}$")
    local_hosts: tuple[str, ...] = ()
    timestamp: Address | None = None
    timestamp_every: Seconds = Field(default=86400.0, ge=1)
    timestamp_roots: tuple[Path, ...] = ()


class Config(_Table):
    """A whole configuration; paths in it are as they can be opened."""

    watch: Settings
    source: tuple[Source, ...] = Field(min_length=1)

    def every(self, source: Source) -> float:
        """Seconds between two looks at a source."""
        return source.every if source.every is not None else self.watch.every


def read_config(path: Path) -> tuple[Config | None, list[UsageError]]:
    """The configuration of a file, or everything that is wrong with it (E170, E171)."""
    where = str(path)
    try:
        got = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        why = f"the configuration cannot be read: {error.strerror or error}"
        return None, [UsageError("E170", why, where)]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [UsageError("E170", f"the configuration is no TOML: {error}", where)]
    try:
        config = Config.model_validate(got)
    except ValidationError as error:
        return None, [UsageError("E171", _fault(got, one), where) for one in error.errors()]
    faults = [UsageError("E171", words, where) for words in _more(config)]
    return (None, faults) if faults else (_placed(config, path), [])


def _more(config: Config) -> list[str]:
    out, names = [], set()
    for number, source in enumerate(config.source, 1):
        at = _named(number, source.name)
        if source.name in names:
            out.append(f"{at}: 'name' is that of another source")
        names.add(source.name)
        needs, other = ("path", "url") if source.kind == "folder" else ("url", "path")
        if getattr(source, needs) is None:
            out.append(f"{at}: '{needs}' is missing")
        if getattr(source, other) is not None:
            out.append(f"{at}: '{other}' is not for a source of kind {source.kind!r}")
        if source.kind == "sitemap" and not source.follow:
            out.append(f"{at}: 'follow' is false, but a site map holds nothing but addresses")
    if config.watch.timestamp_roots and config.watch.timestamp is None:
        out.append("[watch]: 'timestamp-roots' is of no use without 'timestamp'")
    if config.watch.retry > config.watch.retry_most:
        out.append("[watch]: 'retry' is longer than 'retry-most'")
    return out


def _fault(got: dict[str, Any], error: Any) -> str:
    """One of pydantic's errors, by table and key."""
    table, *rest = error["loc"]
    at = f"[{table}]" if table == "watch" else str(table)
    if table == "source" and rest and isinstance(rest[0], int):
        number, *rest = rest
        name = got["source"][number]
        at = _named(number + 1, name.get("name") if isinstance(name, dict) else None)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        words = "is missing"
    elif kind == "extra_forbidden":
        words = "is no setting; is it spelled rightly?"
    elif kind == "value_error":
        words = str(context["error"])
    elif kind == "too_short" and table == "source":
        words = "is empty: there is nothing to watch"
    else:
        words = f"{error['msg'][0].lower()}{error['msg'][1:]}"
    if kind not in ("missing", "extra_forbidden") and isinstance(error["input"], str | int | float):
        words = f"{error['input']!r} {words}" if kind == "value_error" else words
    key = ".".join(str(part) for part in rest)
    return f"{at}: '{key}' {words}" if key else f"[{table}] {words}"


def _named(number: int, name: object) -> str:
    return f"source {number} ({name})" if isinstance(name, str) and name else f"source {number}"


def _placed(config: Config, path: Path) -> Config:
    """The configuration with its paths taken from beside its file."""
    here, watch = path.parent, config.watch
    archive = watch.archive
    if "://" not in archive:
        archive = str(here / Path(archive).expanduser())
    update: dict[str, Any] = {
        "archive": archive,
        "evidence": here / watch.evidence.expanduser() if watch.evidence else None,
        "journal": here / (watch.journal.expanduser() if watch.journal else f"{path.stem}.watch"),
        "timestamp_roots": tuple(here / root.expanduser() for root in watch.timestamp_roots),
        "local_hosts": tuple(name.lower() for name in watch.local_hosts),
    }
    sources = tuple(
        s.model_copy(update={"path": here / s.path.expanduser()}) if s.path else s
        for s in config.source
    )
    return Config.model_construct(watch=watch.model_copy(update=update), source=sources)
