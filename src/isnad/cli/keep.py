"""Keeping an archive: ``verify``, ``backup``, ``restore``, ``upgrade``, ``remove``."""

from __future__ import annotations

from pathlib import Path

import click

from isnad.cli.archived import archive_option, by_option, name_of, opened, who
from isnad.errors import IsnadError, one_line


@click.command()
@archive_option
@click.option("--head", metavar="SEQ:HASH", help="A journal position noted earlier.")
@click.option(
    "--evidence",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder of raw copies to check; the archive is checked too if one is named.",
)
def verify(url: str | None, head: str | None, evidence: Path | None) -> None:
    """Compare every row of the archive with its journal, and the journal with itself.

    The last line gives the journal's position; note it down, and a later --head finds out even a
    journal that was cut off or written anew. Exit status 1 if anything is wrong.
    """
    if evidence is not None:
        _verify_evidence(evidence)
        if url is None and head is None:
            return
    from isnad.archive.verify import verify as faults_of

    count = 0
    with opened(url) as archive:
        for fault in faults_of(archive, head):
            count += 1
            click.echo(f"{fault.what}: {fault.says}")
        if count:
            raise IsnadError("E515", f"{count} faults; restore a backup", archive.name)
        at = archive.snapshot()
        click.echo(f"{archive.name}: whole, at {at.seq}:{at.hash}")


def _verify_evidence(folder: Path) -> None:
    from isnad.gather.evidence import verify_evidence

    count = 0
    for fault in verify_evidence(folder):
        count += 1
        click.echo(one_line(f"{fault.path}: {fault.kind}: {', '.join(fault.urls)}"))
    if count:
        raise IsnadError("E163", f"{count} raw copies are missing or altered", str(folder))
    click.echo(one_line(f"{folder}: every raw copy is whole"))


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
