"""Tables of the desk: accounts, comments, saved searches, assignments, codings, snapshots.

They stand beside what the journal covers: a comment or an account changes nothing of the data.
Audit entries are append-only. :func:`forget` takes out all that tells of a report that has to go.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from isnad.archive.tables import Words, metadata

account = sa.Table(
    "account", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("key", Words, nullable=False, unique=True),  # the name as sign-in compares it
    sa.Column("role", Words, nullable=False),
    sa.Column("password", Words),  # argon2
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("last_at", Words),
)  # fmt: skip

session = sa.Table(
    "session", metadata,
    sa.Column("hash", Words, primary_key=True),  # SHA-256 of the secret
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("account", Words, sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("kind", Words, nullable=False),  # session or token
    sa.Column("label", Words, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("expires_at", Words, nullable=False),
)  # fmt: skip

invitation = sa.Table(
    "invitation", metadata,
    sa.Column("hash", Words, primary_key=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("role", Words, nullable=False),
    sa.Column("account", Words, sa.ForeignKey("account.id")),  # of a password reset
    sa.Column("note", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("expires_at", Words, nullable=False),
)  # fmt: skip

audit = sa.Table(
    "audit", metadata,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("at", Words, nullable=False),
    sa.Column("who", Words, nullable=False),
    sa.Column("what", Words, nullable=False),
    sa.Column("about", Words, nullable=False),
    sa.Column("origin", Words, nullable=False),  # the address that it came from
)  # fmt: skip

comment = sa.Table(
    "comment", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False),  # incident, report, claim
    sa.Column("about", Words, nullable=False),  # of an incident: the least of its claims' ids then
    sa.Column("by", Words, nullable=False),
    sa.Column("account", Words),
    sa.Column("at", Words, nullable=False),
    sa.Column("reply_to", Words),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("edited_at", Words),
    sa.Column("withdrawn_at", Words),
)  # fmt: skip
sa.Index("ix_comment_about", comment.c.kind, comment.c.about)

comment_text = sa.Table(
    "comment_text", metadata,
    sa.Column("comment", Words, sa.ForeignKey("comment.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("text", Words, nullable=False),
)  # fmt: skip

saved_search = sa.Table(
    "saved_search", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("owner", Words, nullable=False, index=True),  # an account's id, or "" for the owner
    sa.Column("name", Words, nullable=False),
    sa.Column("query", Words, nullable=False),
    sa.Column("alert", sa.Boolean, nullable=False),
    sa.Column("seen_seq", sa.Integer, nullable=False),
    sa.Column("feed", Words, nullable=False, unique=True),  # secret part of the feed's address
    sa.Column("created_at", Words, nullable=False),
)  # fmt: skip

assignment = sa.Table(
    "assignment", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("to", Words, nullable=False, index=True),  # the name that decisions are signed with
    sa.Column("stage", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("due", sa.Date),
)  # fmt: skip

assignment_claim = sa.Table(
    "assignment_claim", metadata,
    sa.Column("assignment", Words, sa.ForeignKey("assignment.id"), primary_key=True),
    sa.Column("claim", Words, primary_key=True, index=True),
)  # fmt: skip

coding = sa.Table(
    "coding", metadata,  # what a second coder says, apart from the data until it is adjudicated
    sa.Column("id", Words, primary_key=True),
    sa.Column("claim", Words, nullable=False, index=True),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("verdict", Words, nullable=False),
    sa.Column("fixes", Words, nullable=False),  # JSON: the contract's value of each slot changed
    sa.Column("why", Words, nullable=False),
    sa.Column("settled_by", Words),
    sa.Column("settled_at", Words),
    sa.UniqueConstraint("claim", "by", name="coding_once"),
)  # fmt: skip

visit = sa.Table(
    "visit", metadata,
    sa.Column("kind", Words, primary_key=True),
    sa.Column("about", Words, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)  # fmt: skip

frozen = sa.Table(
    "frozen", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("title", Words, nullable=False),
    sa.Column("query", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("head", Words, nullable=False),  # the journal's hash there
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("sha256", Words, nullable=False),
)  # fmt: skip

frozen_row = sa.Table(
    "frozen_row", metadata,
    sa.Column("frozen", Words, sa.ForeignKey("frozen.id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("json", Words, nullable=False),
)  # fmt: skip

frozen_claim = sa.Table(
    "frozen_claim", metadata,
    sa.Column("claim", Words, primary_key=True),
    sa.Column("frozen", Words, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
)  # fmt: skip

PEOPLE = (
    account, audit, comment, comment_text, saved_search, assignment, assignment_claim, coding,
    visit, frozen, frozen_row, frozen_claim,
)  # fmt: skip
"""What a backup holds of these; sessions and invitations end with the desk that gave them."""
_SOME = 500  # values of one statement: databases bound them


def forget(c: sa.Connection, report: str, claims: Sequence[str]) -> None:
    """Take out what tells of a report and its claims: comments, codings, frozen rows, visits."""
    for at in range(0, max(1, len(claims)), _SOME):
        some = list(claims[at : at + _SOME])
        about = (comment.c.kind != "report") & comment.c.about.in_(some)
        about |= (comment.c.kind == "report") & (comment.c.about == report)
        gone = sa.select(comment.c.id).where(about).scalar_subquery()
        c.execute(comment_text.delete().where(comment_text.c.comment.in_(gone)))
        c.execute(comment.delete().where(about))
        c.execute(coding.delete().where(coding.c.claim.in_(some)))
        c.execute(assignment_claim.delete().where(assignment_claim.c.claim.in_(some)))
        c.execute(visit.delete().where(visit.c.about.in_([report, *some])))
        rows = c.execute(
            sa.select(frozen_claim.c.frozen, frozen_claim.c.n).where(frozen_claim.c.claim.in_(some))
        ).all()
        for of, n in {(r.frozen, r.n) for r in rows}:
            for table in (frozen_row, frozen_claim):
                c.execute(table.delete().where(table.c.frozen == of, table.c.n == n))
