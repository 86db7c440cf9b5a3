"""``isnad add`` (reports into the archive) and ``isnad recode`` (a newer coder over it)."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import click

import isnad
from isnad.cli.archived import archive_option, by_option, evidence_of, name_of, opened, why_option
from isnad.cli.common import (
    Given,
    Refusals,
    evidence_option,
    gathered,
    input_options,
    local_option,
    opened_evidence,
)
from isnad.errors import InputError, one_line
from isnad.gather import total_bytes
from isnad.model import Reading, Report


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@archive_option
@input_options
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Processes that code; as many as processors, at most 4, unless given.",
)
@evidence_option
@click.option("--no-evidence", "bare", is_flag=True, help="Keep no raw copies.")
@local_option
@by_option
@why_option
def add(
    inputs: tuple[str, ...], url: str | None, known: Given, workers: int | None,
    folder: Path | None, bare: bool, local: tuple[str, ...], by: str | None, why: str,
) -> None:  # fmt: skip
    """Read reports into the archive, with their claims.

    INPUT is what `isnad read` takes. The bytes of every file and address are kept too, beside the
    archive (FILE.evidence) if --evidence names no folder; `isnad verify` checks them. What is there
    already is passed over, so a run that was stopped can be run again. A changed text of the same
    address (or publisher and id) becomes a new version; both are kept. Each report is kept whole or
    not at all.
    """
    from isnad.archive import Incoming, Raw, coder_version
    from isnad.cli.progress import with_progress
    from isnad.coding.many import default_workers, readings

    refusals, tally = Refusals(), Counter[str]()

    def code(some: Iterable[Report]) -> Iterator[Reading | InputError]:
        return readings(some, workers or default_workers())

    name = name_of(url)
    raw = nullcontext() if bare else opened_evidence(folder or evidence_of(name))
    with raw as evidence, opened(name, create=True, by=by) as archive:
        source = gathered(inputs, refusals, known, evidence, local)
        items = (
            Incoming(report, [Raw(None, copy.model_dump(mode="json"))] if copy else [])
            for report, copy in source
        )
        added = archive.add_all(items, code, coder_version(), why=why)

        def adding() -> Iterator[int]:
            for report, done in added:
                if isinstance(done, InputError):
                    refusals.problem(done)
                    continue
                tally[done.status] += 1
                tally["claims"] += done.claims
                tally["copies"] += done.copy_of is not None
                if done.status == "version":
                    note = f"has another text than before: version {done.version}, both kept"
                    refusals.note(InputError("W501", note, report.id or report.url))
                elif done.status == "removed":
                    note = "was removed for good and is not taken in again"
                    refusals.note(InputError("W502", note, report.id or report.url))
                yield done.claims

        for _ in with_progress(adding(), lambda: total_bytes(inputs), lambda: refusals.bytes, int):
            pass
        where = archive.name
    click.echo(f"{where}: {_line(tally, refusals.count)}")
    if refusals.count:
        raise SystemExit(1)


def _line(tally: Counter[str], refused: int) -> str:
    parts = [f"{tally['added']} added"]
    for status, words in (("version", "new versions"), ("known", "known"), ("removed", "removed")):
        if tally[status]:
            parts.append(f"{tally[status]} {words}")
    parts.append(f"{tally['claims']} claims")
    if tally["copies"]:
        parts.append(f"{tally['copies']} repeat an earlier report")
    if refused:
        parts.append(f"{refused} refused")
    return ", ".join(parts)


@click.command()
@archive_option
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would change.")
@by_option
@why_option
def recode(url: str | None, dry: bool, by: str | None, why: str) -> None:
    """Code the archive's reports again with this version of the coder, and show what changes.

    Each difference stands with the rules (in brackets) of the values before and after. Earlier
    claims are kept for snapshots. Where a person's decision stands nothing is changed; what the
    coder would say instead is shown as held.
    """
    from isnad.archive import coder_version
    from isnad.archive.diff import changes

    refusals, tally = Refusals(), Counter[str]()

    def problem(report: Report, error: Exception) -> None:
        says = f"coding failed ({type(error).__name__}: {error}); left as it was"
        refusals.problem(InputError("E199", says, report.id or "report"))

    with opened(url, by=by) as archive:
        for found in archive.recode(_recoded, coder_version(), dry=dry, why=why, problem=problem):
            tally["reports"] += 1
            all_of = changes(found)
            tally["changed"] += bool(all_of)
            for change in all_of:
                tally["held"] += change.held
                sides = [*(f"- {v}" for v in change.before), *(f"+ {v}" for v in change.after)]
                head = f"{found.report.id or change.claim}  {change.claim}  {change.type}"
                mark = "  (held: decided by a person)" if change.held else ""
                click.echo(one_line(f"{head}  {change.slot or 'claim'}{mark}"))
                for side in sides or ["(other order)"]:
                    click.echo("    " + one_line(side))
            sys.stdout.flush()
    done = "would be coded" if dry else "coded"
    click.echo(
        f"{tally['reports']} reports {done} again, {tally['changed']} with changes, "
        f"{tally['held']} held"
    )
    if refusals.count:
        raise SystemExit(1)


def _recoded(report: Report) -> Reading:
    return isnad.read(report)
