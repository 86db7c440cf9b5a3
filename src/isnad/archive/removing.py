"""Removing a report for somebody's safety: its rows go, a tombstone stays, the chain holds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive.errors import told
from isnad.archive.joined import Joined
from isnad.archive.people import forget
from isnad.archive.tables import (
    claim,
    decision,
    decision_claim,
    mention,
    passage,
    raw_copy,
    report,
    sketch,
    tombstone,
)
from isnad.archive.view.state import clear
from isnad.errors import UsageError


def remove(c: sa.Connection, log: jr.Writer, ident: str, why: str, joined: Joined) -> int:
    """Delete all versions of a report; how many those were. ``ident`` is the archive's or its own.

    Reports that copied it are judged as if it had never come.

    Raises:
        UsageError: E512 if there is not exactly one such report.
    """
    either = (report.c.id == ident) | (report.c.given == ident)
    ids = set(c.scalars(sa.select(report.c.id).where(either)))
    if len(ids) != 1:
        many = f"{len(ids)} reports are" if ids else "no report is"
        raise UsageError("E512", f"{many} called {ident!r}; give the archive's id")
    (key,) = ids
    reports = list(c.scalars(sa.select(report.c.nr).where(report.c.id == key)))
    claims = c.execute(
        sa.select(claim.c.nr, claim.c.id).where(claim.c.report_row.in_(reports))
    ).all()
    about = set(c.scalars(
        sa.select(decision_claim.c.decision)
        .where(decision_claim.c.claim.in_([r.id for r in claims]))
    ))  # fmt: skip
    bereft = joined.without(c, key)
    data: dict[str, Any] = {"versions": len(reports), "decisions": sorted(about)}
    if bereft:
        data["copies"] = bereft
    seq = log("remove", key, why, data)
    forget(c, key, [r.id for r in claims])
    for table, column, values in (
        (decision_claim, decision_claim.c.decision, about),
        (decision, decision.c.id, about),
        (mention, mention.c.claim_row, [r.nr for r in claims]),
        (claim, claim.c.report_row, reports), (passage, passage.c.report_row, reports),
        (raw_copy, raw_copy.c.report_row, reports), (sketch, sketch.c.report_row, reports),
        (report, report.c.nr, reports),
    ):  # fmt: skip
        c.execute(table.delete().where(column.in_(list(values))))
    c.execute(tombstone.insert(), {"report": key, "seq": seq})
    clear(c)  # what is shown of incidents must not hold it a moment longer
    if c.dialect.name == "sqlite":  # words stay in the index's pages otherwise
        c.exec_driver_sql("INSERT INTO passage_fts(passage_fts) VALUES ('rebuild')")
    return len(reports)


def wipe(engine: sa.Engine, name: str) -> None:
    """Leave nothing of deleted rows in the log or the pages of the database.

    Raises:
        IsnadError: E516 if bytes may be left.
    """
    if engine.dialect.name == "sqlite":
        engines.compact(engine, name)
        return
    with told(name), engine.connect() as c:
        free = c.execution_options(isolation_level="AUTOCOMMIT")
        free.exec_driver_sql(
            "VACUUM report, claim, mention, passage, raw_copy, sketch, decision, comment, "
            "comment_text, coding, frozen_row, block, link, told, incident"
        )
