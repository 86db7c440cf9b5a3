"""``isnad versions``: what a report said when, and what changed, in words."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.archived import archive_option, opened
from isnad.errors import UsageError, one_line

if TYPE_CHECKING:
    from isnad.archive.versions import Change, Version


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--between", nargs=2, type=click.IntRange(1), metavar="A B", help="Only from A to B.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table")
@archive_option
def versions(report: str, between: tuple[int, int] | None, form: str, url: str | None) -> None:
    """Show a report's versions and what changed from each to the next, in words.

    REPORT is the archive's id, the id that the report came with, or its address. Words that went
    stand behind -, words that came behind +, each between the words around them.
    """
    from isnad.archive.versions import versions as versions_of

    with opened(url) as archive:
        found = versions_of(archive, report)
    numbers = {v.kept.version: v for v in found}
    if between is not None:
        for number in between:
            if number not in numbers:
                raise UsageError("E512", f"there is no version {number}; there are {len(found)}")
        pairs = [(numbers[between[0]], numbers[between[1]])]
    else:
        pairs = list(pairwise(found))
    if form == "jsonl":
        _jsonl(found, pairs)
    else:
        _table(found, pairs)


def _jsonl(found: list[Version], pairs: list[tuple[Version, Version]]) -> None:
    before = {new.kept.version: old for old, new in pairs}
    for one in found:
        old = before.get(one.kept.version)
        record: dict[str, Any] = {
            "id": one.kept.id, "version": one.kept.version, "added": one.at, "by": one.by,
            "report": one.kept.report.model_dump(mode="json", exclude_none=True),
            "raw": [{"sha256": r.sha256, **r.about} for r in one.raw],
            "since": old.kept.version if old else None,
            "changes": [c._asdict() for c in _changes(old, one)] if old else [],
        }  # fmt: skip
        click.echo(json.dumps(record, ensure_ascii=False))


def _table(found: list[Version], pairs: list[tuple[Version, Version]]) -> None:
    first = found[0].kept
    _say(f"{first.id}  {found[-1].kept.report.url or first.report.id}")
    for one in found:
        title = one.kept.report.title or " ".join(one.kept.report.text.split())[:60]
        _say(f"version {one.kept.version}  added {one.at} by {one.by}  {title}")
        for raw in one.raw:
            when = raw.about.get("fetched_at", "")
            _say(f"    raw copy {raw.sha256}  {raw.about.get('url', '')}  {when}")
    for old, new in pairs:
        _say(f"from version {old.kept.version} to {new.kept.version}")
        for change in _changes(old, new):
            at = f", at character {change.at}" if change.at is not None else ""
            _say(f"    {change.field}{at}")
            for mark, words in (("-", change.before), ("+", change.after)):
                around = [f"… {change.left}", words, f"{change.right} …"]
                whole = " ".join(around) if change.field == "text" else words
                _say(f"      {mark} {whole}" if words else f"      {mark}")


def _changes(old: Version, new: Version) -> list[Change]:
    from isnad.archive.versions import changes

    return list(changes(old.kept.report, new.kept.report))


def _say(line: str) -> None:
    click.echo(one_line(line))
