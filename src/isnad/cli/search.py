"""``isnad search`` (the archive) and ``isnad decide`` (a person's decision about claims)."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.archived import (
    archive_option,
    filter_of,
    filter_options,
    opened,
    who,
    why_option,
)
from isnad.errors import UsageError
from isnad.model import DECISION_KINDS, FIXABLE, Decision

if TYPE_CHECKING:
    from isnad.archive import Found


@click.command()
@click.argument("query", nargs=-1)
@archive_option
@click.option("--exact", is_flag=True, help="The query as a whole, letter by letter.")
@filter_options
@click.option("--as-of", type=click.IntRange(0), metavar="SEQ", help="A position of the journal.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many reports.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
def search(
    query: tuple[str, ...], url: str | None, exact: bool, as_of: int | None, limit: int | None,
    form: str, **given: Any,
) -> None:  # fmt: skip
    """Search the archive: reports that hold all words and have claims that fit the filters.

    Arabic words are found however they are spelled and whatever is joined to them; words in double
    quotes are a phrase; names in Latin letters find their Arabic forms.

    \b
    isnad search "سوق الأتارب" --outcome killed --low 5
    isnad search Aleppo --time-from 2016-11-01 --time-to 2016-12-31
    isnad search --box 36.5,35.8,37.5,36.6 --type air_strike --format jsonl
    """
    with opened(url) as archive:
        found = archive.search(" ".join(query), filter_of(given), exact=exact, as_of=as_of)
        count = claims = 0
        table = None
        if form == "table":
            from isnad.cli.search_table import Shown

            table = Shown(sys.stdout)
        for one in found:
            if limit is not None and count == limit:
                break
            count += 1
            claims += len(one.claims)
            if table:
                table.show(one)
            else:
                sys.stdout.write(json.dumps(_record(one), ensure_ascii=False) + "\n")
    if table:
        click.echo(f"{count} report{'s' * (count != 1)}, {claims} claim{'s' * (claims != 1)}")


def _record(one: Found) -> dict[str, Any]:
    r = one.kept.report
    return {
        "report": r.id or one.kept.id, "id": one.kept.id, "version": one.kept.version,
        "publisher": r.publisher, "published": r.published.isoformat() if r.published else None,
        "url": r.url, "title": r.title, "changed_at": r.changed_at,
        "forwarded_from": r.forwarded_from, "attachments": list(r.attachments),
        "copy_of": one.kept.copies.first, "snippet": one.snippet,
        "claims": [{"id": ident, **claim.contract()} for ident, claim in one.claims],
    }  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice(DECISION_KINDS), metavar="KIND")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--slot", type=click.Choice(FIXABLE), metavar="SLOT", help="What a fix mends.")
@click.option("--value", metavar="JSON", help="The slot's value, as `isnad read --format jsonl`.")
@why_option
@click.option("--by", metavar="NAME", help="Who decides.")
@archive_option
def decide(
    kind: str, ids: tuple[str, ...], slot: str | None, value: str | None, why: str,
    by: str | None, url: str | None,
) -> None:  # fmt: skip
    """Record a decision about claims; it stands whatever a later coder says.

    KIND is accept, reject, unsure or fix (one claim), same or different (two claims: one event or
    not), or undo (the decision's id). Ids of claims are those that `isnad search` shows.

    \b
    isnad decide same c0123456789abcdef cfedcba9876543210 --why "one strike, two outlets"
    isnad decide fix c0123456789abcdef --slot status --value '"denied"'
    isnad decide undo d0123456789abcdef
    """
    if value is not None:
        try:
            value = json.loads(value)
        except ValueError as error:
            raise UsageError("E512", f"--value is no JSON: {error}") from error
    from isnad.archive.decisions import fault_of

    undo = kind == "undo"
    try:
        one = Decision.model_validate({
            "by": who(by), "kind": kind, "claims": () if undo else ids, "slot": slot,
            "value": value, "why": why, "undoes": " ".join(ids) if undo else None,
        })  # fmt: skip
    except ValueError as error:
        raise UsageError("E512", fault_of(error)) from error
    with opened(url, by=by) as archive:
        click.echo(archive.decide(one).id)
