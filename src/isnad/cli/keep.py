"""Keeping an archive: ``verify``, ``backup``, ``restore``, ``upgrade``, ``remove``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from isnad.cli.archived import archive_option, by_option, evidence_of, name_of, opened, who
from isnad.cli.stamp import roots_option, told
from isnad.errors import IsnadError, one_line


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
def remove(report: str, why: str, url: str | None, by: str | None) -> None:
    """Remove a report for somebody's safety: all versions, claims, and decisions about them.

    What stays is a tombstone in the journal, which keeps its chain; the report is not taken in
    again. Backups that hold it are yours to delete.
    """
    with opened(url, by=who(by)) as archive:
        versions = archive.remove(report, why=why)
        click.echo(f"{report}: removed ({versions} version{'s' * (versions != 1)})")
