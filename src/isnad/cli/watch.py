"""``isnad watch``: many sources, looked at again and again, into the archive."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

import isnad
from isnad.cli.archived import evidence_of
from isnad.errors import InputError, IsnadError, UsageError, one_line
from isnad.model import Reading, Report

if TYPE_CHECKING:
    from isnad.gather.evidence import RawCopy
    from isnad.gather.watch import Config, Watch


@click.command()
@click.argument("file", metavar="CONFIG.toml", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Do what is due, then end; for cron.")
@click.option("--status", "show", is_flag=True, help="Show how each source is doing, then end.")
@click.option("--check", is_flag=True, help="Only look whether the configuration is right.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table",
    help="The form of --status.",
)  # fmt: skip
def watch(file: Path, once: bool, show: bool, check: bool, form: str) -> None:
    """Look at sources again and again, and add what is new to the archive.

    CONFIG.toml names the sources (feeds, site maps, pages, Telegram channels, folders) and where
    things are kept; docs/watch.md explains it. It ends cleanly when it is interrupted or
    terminated, and goes on where it was, however it ended. With --once, exit status 1 says that
    something failed.
    """
    if once + show + check > 1:
        raise UsageError("E006", "--once, --status and --check exclude each other")
    config = _config(file)
    if check:
        count = len(config.source)
        click.echo(f"{file}: right, {count} source{'s' * (count != 1)}")
    elif show:
        _status(config, form)
    else:
        _watch(config, once)


def _config(file: Path) -> Config:
    from isnad.gather.watch import read_config

    config, faults = read_config(file)
    for fault in faults[:-1]:
        click.echo(f"isnad: {fault}", err=True)
    if config is None:
        raise faults[-1]
    return config


def _watch(config: Config, once: bool) -> None:
    from isnad.archive import Archive, Raw, coder_version
    from isnad.gather.evidence import Evidence
    from isnad.gather.watch import Ears, Journal, Watch

    settings, tally = config.watch, Counter[str]()
    folder = settings.evidence or evidence_of(settings.archive)
    with (
        _alone(_journal(config)),
        Journal(_journal(config)) as journal,
        Evidence(folder) as evidence,
        Archive.open(settings.archive, create=True, by=settings.by) as archive,
    ):
        coder = coder_version()

        def add(report: Report, keep: Callable[[], RawCopy | None]) -> str:
            known = archive.knows(report)
            if known is not None:
                return known.status
            copy = keep()
            raw = [Raw(None, copy.model_dump(mode="json"))] if copy is not None else []
            done = archive.add(report, _coded, coder, raw=raw)
            tally["claims"] += done.claims
            return done.status

        going = Watch(config, journal, evidence, add, Ears(_problem, _note))
        with _until_told(going):
            going.run(once=once)
        click.echo(f"{archive.name}: {_line(going.tally + tally)}")
    if once and (going.tally["failed"] or going.tally["refused"] or going.tally["given up"]):
        raise SystemExit(1)


def _journal(config: Config) -> Path:
    assert config.watch.journal is not None  # read_config names one
    return config.watch.journal


def _coded(report: Report) -> Reading:
    try:
        return isnad.read(report)
    except IsnadError:
        raise
    except Exception as error:
        why = f"coding failed ({type(error).__name__}: {error}); please report this"
        raise InputError("E199", why, report.id or "report") from error


@contextmanager
def _alone(journal: Path) -> Iterator[None]:
    """Hold the lock of a journal; the system lets go of it when the process ends in any way.

    Raises:
        IsnadError: E172 if another watch holds it, E173 if it cannot be made.
    """
    import filelock

    lock = filelock.FileLock(journal.with_name(journal.name + ".lock"), blocking=False)
    try:
        journal.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as error:
        why = "another watch with this journal is running; end it first"
        raise IsnadError("E172", why, str(journal)) from error
    except OSError as error:
        why = f"the watch's journal cannot be made: {error.strerror or error}"
        raise IsnadError("E173", why, str(journal)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _until_told(going: Watch) -> Iterator[None]:
    """End the watch when the process is interrupted or terminated; a second time, at once."""
    names = [n for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]
    before = {n: signal.getsignal(getattr(signal, n)) for n in names}

    def end(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        going.stop()

    for name in names:
        signal.signal(getattr(signal, name), end)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _problem(error: InputError) -> None:
    click.echo(f"isnad: {error}", err=True)


def _note(words: str) -> None:
    click.echo(f"isnad: {one_line(words)}", err=True)


def _line(tally: Counter[str]) -> str:
    parts = [f"{tally['added']} added"]
    for what, words in (
        ("version", "new versions"), ("known", "known"), ("removed", "removed"),
    ):  # fmt: skip
        if tally[what]:
            parts.append(f"{tally[what]} {words}")
    parts.append(f"{tally['claims']} claims")
    for what, words in (
        ("failed", "looks failed"), ("refused", "refused"), ("given up", "pages given up"),
    ):  # fmt: skip
        if tally[what]:
            parts.append(f"{tally[what]} {words}")
    return ", ".join(parts)


# status ------------------------------------------------------------------------------------------


def _status(config: Config, form: str) -> None:
    from isnad.gather.watch.status import records_of

    records = list(records_of(config))
    if form == "jsonl":
        for record in records:
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    from rich.table import Table
    from rich.text import Text

    from isnad.cli.render import console_for

    table = Table(box=None, pad_edge=False)
    for name in ("source", "kind", "last success", "reports", "waiting", "given up", "lag",
                 "next due", "last error"):  # fmt: skip
        table.add_column(name, overflow="fold")
    for r in records:
        cells = [
            r["source"], r["kind"], _short(r["last_success"]), str(r["reports"]),
            str(r["waiting"]), str(r["given_up"]), _span(r["lag_s"]), _short(r["next_due"]),
            r["last_error"] or "",
        ]  # fmt: skip
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console_for(sys.stdout).print(table)


def _short(moment: str | None) -> str:
    return moment[5:16].replace("T", " ") if moment else "never"


def _span(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
