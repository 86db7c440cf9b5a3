"""Assignments: whose turn it is to look at which claims."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.people import assignment, assignment_claim, coding
from isnad.archive.store import Archive
from isnad.desk.auth.store import stamp
from isnad.desk.errors import missing

Record = dict[str, Any]


class Assignments:
    """An archive's assignments."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def add(
        self, to: str, stage: str, claims: list[str], note: str, due: dt.date | None, by: str,
        now: dt.datetime,
    ) -> str:  # fmt: skip
        """Assign claims to somebody; the assignment's id."""
        ident = "g" + uuid.uuid4().hex[:16]
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(assignment.insert().values(
                id=ident, to=to, stage=stage, by=by, at=stamp(now), note=note, due=due
            ))  # fmt: skip
            rows = [{"assignment": ident, "claim": k} for k in sorted(set(claims))]
            c.execute(assignment_claim.insert(), rows)
        return ident

    def drop(self, ident: str) -> None:
        """Take an assignment back.

        Raises:
            DeskError: E702 without such an assignment.
        """
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(assignment_claim.delete().where(assignment_claim.c.assignment == ident))
            if not c.execute(assignment.delete().where(assignment.c.id == ident)).rowcount:
                raise missing("such assignment")

    def all_of(self, to: str | None = None) -> list[Record]:
        """Assignments with their claims, those due first."""
        asked = sa.select(assignment).order_by(sa.nulls_last(assignment.c.due), assignment.c.at)
        if to is not None:
            asked = asked.where(assignment.c.to == to)
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            rows = {r.id: r._asdict() | {"claims": []} for r in c.execute(asked)}
            inside = sa.select(assignment_claim).order_by(assignment_claim.c.claim)
            for r in c.execute(inside):
                if r.assignment in rows:
                    rows[r.assignment]["claims"].append(r.claim)
        return list(rows.values())

    def to_code(self, name: str) -> list[str]:
        """The claims that somebody is to code as second coder and has not coded yet."""
        done = sa.select(coding.c.id).where(
            coding.c.claim == assignment_claim.c.claim, coding.c.by == name
        )
        asked = (
            sa.select(assignment_claim.c.claim)
            .join(assignment, assignment.c.id == assignment_claim.c.assignment)
            .where(assignment.c.to == name, assignment.c.stage == "second", ~done.exists())
            .distinct()
        )
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            return sorted(c.scalars(asked))

    def by_claim(self, stage: str) -> dict[str, Record]:
        """The assignment of each claim that has one at a stage, without its other claims."""
        out: dict[str, Record] = {}
        for one in self.all_of():
            if one["stage"] == stage:
                head = {k: one[k] for k in ("id", "to", "by", "note", "due")}
                out |= dict.fromkeys(one["claims"], head)
        return out
