"""Keeping an archive: ``verify``, ``backup``, ``restore``, ``upgrade``, ``remove``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isnad.cli.archived import archive_option, by_option, evidence_of, name_of, opened, who
from isnad.cli.stamp import roots_option, told
from isnad.errors import IsnadError, one_line

if TYPE_CHECKING:
    from isnad.archive import Archive


@click.command()
@archive_option
@click.option("--head", metavar="SEQ:HASH", help="A journal position noted earlier.")
@click.option(
    "--evidence",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of raw copies; alone, only it is checked.",
)
@roots_option
def verify(
    url: str | None, head: str | None, evidence: Path | None, roots: tuple[Path, ...]
) -> None:  # fmt: skip
    """Compare every row of the archive with its journal, the journal with itself, and every raw
    copy with its SHA-256 and with its time stamps.

    The last line gives the journal's position; note it down, and a later --head finds out even a
    journal that was cut off or written anew. Exit status 1 if anything is wrong.
    """
    if evidence is not None and url is None and head is None:
        missing = _raw_faults(evidence, roots)
        if missing:
            raise _damaged(missing, evidence)
        return
    from isnad.archive.verify import verify as faults_of

    count, name = 0, name_of(url)
    with opened(name) as archive:
        for fault in faults_of(archive, head):
            count += 1
            click.echo(one_line(f"{fault.what}: {fault.says}"))
        named = set(archive.raw_elsewhere())
        folder = evidence or evidence_of(name)
        missing = _raw_faults(folder, roots, named) if named or evidence is not None else 0
        if count:
            raise IsnadError(
                "E515", f"{count} fault{'s' * (count != 1)}; restore a backup", archive.name
            )
        if missing:
            raise _damaged(missing, folder)
        at = archive.snapshot()
        click.echo(f"{archive.name}: whole, at {at.seq}:{at.hash}")


def _raw_faults(
    folder: Path, roots: tuple[Path, ...], named: Iterable[tuple[str, str]] = ()
) -> int:  # fmt: skip
    from isnad.gather.evidence import stamps, verify_evidence

    count = 0
    for fault in verify_evidence(folder, named):
        count += 1
        click.echo(one_line(f"{fault.path}: {fault.kind}: {', '.join(fault.urls)}"))
    if not count:
        click.echo(one_line(f"{folder}: every raw copy is whole"))
    for made in stamps(folder, roots):
        count += made.fault is not None
        says = made.fault or f"{made.copies} raw copies, {told(made)}"
        click.echo(one_line(f"{made.path}: {says}"))
    return count


def _damaged(count: int, folder: Path) -> IsnadError:
    files = "1 file is" if count == 1 else f"{count} files are"
    return IsnadError("E163", f"{files} missing or altered", str(folder))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
def backup(file: Path, url: str | None) -> None:
    """Write the whole archive into FILE, itself an archive, and verify it."""
    from isnad.archive.backup import backup as write

    with opened(url) as archive:
        done = write(archive, file)
    click.echo(f"{file}: holds the archive at {done.seq}:{done.hash}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
def restore(file: Path, url: str | None) -> None:
    """Make a new archive from the backup FILE; nothing that is there is written over."""
    from isnad.archive.backup import restore as make

    name = name_of(url)
    done = make(file, name)
    click.echo(f"{file}: restored, at {done.seq}:{done.hash}")


@click.command()
@archive_option
def upgrade(url: str | None) -> None:
    """Bring an archive of an older isnad up to this version. Make a copy of it first."""
    from isnad.archive import Archive

    with Archive.open(name_of(url), any_version=True) as archive:
        before, after = archive.upgrade()
        same = before == after
        says = f"is of this version ({after})" if same else f"from {before} to {after}"
        click.echo(f"{archive.name}: {says}")


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--why", required=True, metavar="WORDS", help="Why; it stays, so name nobody.")
@archive_option
@by_option
@click.option(
    "--evidence", "folder", metavar="DIR", type=click.Path(path_type=Path),
    help="The folder of raw copies, if it is not beside the archive.",
)  # fmt: skip
def remove(
    report: str, why: str, url: str | None, by: str | None, folder: Path | None
) -> None:  # fmt: skip
    """Remove a report for somebody's safety: all versions, claims, decisions, and raw copies.

    What stays is a tombstone in the journal, which keeps its chain, and the record of where the raw
    copies came from; the report is not taken in again. Backups that hold it are yours to delete. A
    raw copy of which other reports are made too (a feed) stays, and is named.
    """
    name = name_of(url)
    folder = folder or evidence_of(name)
    with opened(name, by=who(by)) as archive:
        shared = _remove_raw(archive, report, folder) if why.strip() else []
        versions = archive.remove(report, why=why)
        click.echo(f"{report}: removed ({versions} version{'s' * (versions != 1)})")
    for path in shared:
        click.echo(
            one_line(f"{path}: stays: other reports are made of it too; look whether it may")
        )


def _remove_raw(archive: Archive, report: str, folder: Path) -> list[Path]:
    """Remove the raw copies of a report; those that others need too.

    They go first: whoever is interrupted after it removes the report again.
    """
    from isnad.archive.versions import versions
    from isnad.gather.evidence import Evidence
    from isnad.gather.evidence.store import object_path

    found = versions(archive, report)
    mine = {r.sha256 for v in found for r in v.raw if r.data is None}
    others = {d for d, of in archive.raw_elsewhere() if of != found[0].kept.id}
    if mine - others and folder.exists():
        with Evidence(folder) as evidence:
            evidence.remove(mine - others)
    return sorted(object_path(folder, digest) for digest in mine & others)
