"""What export, compare and report work on: reports, or an archive as of a snapshot, by a filter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from isnad.cli.archived import filter_of, opened
from isnad.cli.common import Given, Refusals
from isnad.errors import UsageError
from isnad.model import Decision, Telling

if TYPE_CHECKING:
    from isnad.archive import Archive
    from isnad.publish import Job, Snapshot
    from isnad.publish.select import Fits


class Chosen(NamedTuple):
    """Tellings to join, decisions about them, which are asked for, and the manifest's part."""

    tellings: Iterator[Telling]
    decisions: list[Decision]
    fits: Fits | None
    job: Job


def chosen(
    inputs: tuple[str, ...], url: str | None, as_of: str | None, published: str | None,
    given: dict[str, Any], refusals: Refusals,
) -> Chosen:  # fmt: skip
    """What a command is asked to work on: its INPUT, or the archive as of a snapshot.

    Raises:
        UsageError: E009 for options of both at once, E602 and E606 for what does not go together.
    """
    if inputs:
        if url or as_of:
            raise UsageError("E009", "give INPUT, or --archive and --as-of, not both")
        return _from_inputs(inputs, published, given, refusals)
    if published:
        raise UsageError("E009", "--published is for INPUT, not for an archive")
    return _from_archive(url, as_of, given)


def _from_inputs(
    inputs: tuple[str, ...], published: str | None, given: dict[str, Any], refusals: Refusals
) -> Chosen:
    from isnad.archive.coder import coder_version
    from isnad.cli.incidents import told
    from isnad.publish import Job
    from isnad.publish.select import fitting

    if given.get("coder"):
        raise UsageError("E602", "--coder is for an archive: INPUT is coded now")
    names = {Path(i).name: _hash(Path(i)) for i in inputs}
    job = Job(inputs=names, coder=coder_version(), filter=_asked(given))
    known = Given(settings={"published": published} if published else {})
    return Chosen(told(inputs, known, refusals), [], fitting(filter_of(given)), job)


def _asked(given: dict[str, Any]) -> dict[str, str]:
    return {k: str(v) for k, v in given.items() if v is not None}


def _hash(path: Path) -> str:
    """SHA-256 of a file; "" for folders and standard input, which have none."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _from_archive(url: str | None, as_of: str | None, given: dict[str, Any]) -> Chosen:
    from isnad.publish import Job
    from isnad.publish.select import among

    f = filter_of(given)
    with opened(url) as archive:
        at = snapshot_of(archive, as_of)
        asked = None
        if any(v is not None for v in given.values()):
            asked = {t.id for t in archive.tellings(f, as_of=at.seq)}
        decisions = list(archive.decisions(as_of=at.seq))
    fits = among(asked) if asked is not None else None
    told = _tellings(url or archive.name, at.seq)
    return Chosen(told, decisions, fits, Job(snapshot=at, filter=_asked(given)))


def _tellings(url: str, seq: int) -> Iterator[Telling]:
    from isnad.cli.progress import counted

    with opened(url) as archive:
        yield from counted(archive.tellings(as_of=seq), "claims read")


def snapshot_of(archive: Archive, given: str | None) -> Snapshot:
    """The position of the journal that ``--as-of`` names, or the present one.

    Raises:
        UsageError: E606 if there is no such position, or another hash stands there.
    """
    from isnad.publish import Snapshot

    if given is None:
        return Snapshot(*archive.snapshot())
    number, _, wanted = given.partition(":")
    if not number.isascii() or not number.isdigit():
        raise UsageError("E606", f"--as-of {given!r} is no position; write SEQ or SEQ:HASH")
    entry = next(archive.journal(int(number) - 1), None) if int(number) > 0 else None
    if entry is None or entry.seq != int(number):
        raise UsageError("E606", f"the journal has no entry {number}; `isnad verify` tells its end")
    if wanted and not entry.hash.startswith(wanted):
        raise UsageError("E606", f"entry {number} has the hash {entry.hash}, not {wanted}")
    return Snapshot(entry.seq, entry.hash, entry.at)
