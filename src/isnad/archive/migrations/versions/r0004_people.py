"""Accounts, comments, saved searches, assignments, codings, snapshots: what people's work needs.

The tables are written out here as they were, so that a later change of ``people.py`` cannot alter
what this migration makes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
m = sa.MetaData()

account = sa.Table(
    "account", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("key", Words, nullable=False, unique=True),
    sa.Column("role", Words, nullable=False),
    sa.Column("password", Words),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("last_at", Words),
)  # fmt: skip

session = sa.Table(
    "session", m,
    sa.Column("hash", Words, primary_key=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("account", Words, sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("label", Words, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("expires_at", Words, nullable=False),
)  # fmt: skip

invitation = sa.Table(
    "invitation", m,
    sa.Column("hash", Words, primary_key=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("role", Words, nullable=False),
    sa.Column("account", Words, sa.ForeignKey("account.id")),
    sa.Column("note", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("created_at", Words, nullable=False),
    sa.Column("expires_at", Words, nullable=False),
)  # fmt: skip

audit = sa.Table(
    "audit", m,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("at", Words, nullable=False),
    sa.Column("who", Words, nullable=False),
    sa.Column("what", Words, nullable=False),
    sa.Column("about", Words, nullable=False),
    sa.Column("origin", Words, nullable=False),
)  # fmt: skip

comment = sa.Table(
    "comment", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("about", Words, nullable=False),
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
    "comment_text", m,
    sa.Column("comment", Words, sa.ForeignKey("comment.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("text", Words, nullable=False),
)  # fmt: skip

saved_search = sa.Table(
    "saved_search", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("owner", Words, nullable=False, index=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("query", Words, nullable=False),
    sa.Column("alert", sa.Boolean, nullable=False),
    sa.Column("seen_seq", sa.Integer, nullable=False),
    sa.Column("feed", Words, nullable=False, unique=True),
    sa.Column("created_at", Words, nullable=False),
)  # fmt: skip

assignment = sa.Table(
    "assignment", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("to", Words, nullable=False, index=True),
    sa.Column("stage", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("due", sa.Date),
)  # fmt: skip

assignment_claim = sa.Table(
    "assignment_claim", m,
    sa.Column("assignment", Words, sa.ForeignKey("assignment.id"), primary_key=True),
    sa.Column("claim", Words, primary_key=True, index=True),
)  # fmt: skip

coding = sa.Table(
    "coding", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("claim", Words, nullable=False, index=True),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("verdict", Words, nullable=False),
    sa.Column("fixes", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("settled_by", Words),
    sa.Column("settled_at", Words),
    sa.UniqueConstraint("claim", "by", name="coding_once"),
)  # fmt: skip

visit = sa.Table(
    "visit", m,
    sa.Column("kind", Words, primary_key=True),
    sa.Column("about", Words, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)  # fmt: skip

frozen = sa.Table(
    "frozen", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("title", Words, nullable=False),
    sa.Column("query", Words, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("head", Words, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("sha256", Words, nullable=False),
)  # fmt: skip

frozen_row = sa.Table(
    "frozen_row", m,
    sa.Column("frozen", Words, sa.ForeignKey("frozen.id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("json", Words, nullable=False),
)  # fmt: skip

frozen_claim = sa.Table(
    "frozen_claim", m,
    sa.Column("claim", Words, primary_key=True),
    sa.Column("frozen", Words, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
)  # fmt: skip

_SQLITE = """CREATE TRIGGER audit_keeps_{0} BEFORE {1} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"""
_FUNCTION = """CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"""
_POSTGRES = """CREATE TRIGGER audit_keeps_{0} BEFORE {1} ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps()"""


def upgrade() -> None:
    """Make the tables, and the audit's triggers."""
    bind = op.get_bind()
    m.create_all(bind, checkfirst=False)
    if bind.dialect.name == "sqlite":
        for name in ("update", "delete"):
            op.execute(_SQLITE.format(name, name.upper()))
        return
    op.execute(_FUNCTION)
    for name in ("update", "delete", "truncate"):
        op.execute(_POSTGRES.format(name, name.upper()))


def downgrade() -> None:
    """Drop them."""
    bind = op.get_bind()
    m.drop_all(bind, checkfirst=False)
    if bind.dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_keeps()")
