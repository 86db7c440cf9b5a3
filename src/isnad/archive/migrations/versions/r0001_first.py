"""Reports, versions, claims, decisions and the journal, which refuses changes.

The tables are written out here as they were, so that a later change of ``tables.py`` cannot alter
what this migration makes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
m = sa.MetaData()

meta = sa.Table(
    "meta", m,
    sa.Column("name", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)  # fmt: skip

journal = sa.Table(
    "journal", m,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("action", Words, nullable=False),
    sa.Column("subject", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("data", Words, nullable=False),
    sa.Column("previous", Words, nullable=False),
    sa.Column("hash", Words, nullable=False),
)  # fmt: skip

report = sa.Table(
    "report", m,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("id", Words, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("given", Words, nullable=False),
    sa.Column("title", Words),
    sa.Column("published", sa.Date, index=True),
    sa.Column("publisher", Words, index=True),
    sa.Column("url", Words),
    sa.Column("text", Words, nullable=False),
    sa.Column("coder", Words, nullable=False, index=True),
    sa.Column("added_seq", sa.Integer, nullable=False),
    sa.Column("superseded_seq", sa.Integer),
    sa.UniqueConstraint("id", "version", name="report_version"),
)  # fmt: skip
sa.Index("ix_report_given", report.c.given)

claim = sa.Table(
    "claim", m,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("id", Words, nullable=False),
    sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("type", Words, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("radius_km", sa.Double),
    sa.Column("earliest", sa.Date),
    sa.Column("latest", sa.Date),
    sa.Column("json", Words, nullable=False),
    sa.Column("coder", Words, nullable=False),
    sa.Column("added_seq", sa.Integer, nullable=False),
    sa.Column("superseded_seq", sa.Integer),
)  # fmt: skip
sa.Index(
    "claim_now", claim.c.id, unique=True,
    sqlite_where=claim.c.superseded_seq.is_(None),
    postgresql_where=claim.c.superseded_seq.is_(None),
)  # fmt: skip
sa.Index("ix_claim_time", claim.c.earliest, claim.c.latest)
sa.Index("ix_claim_point", claim.c.lat, claim.c.lon)
sa.Index("ix_claim_type", claim.c.type)

mention = sa.Table(
    "mention", m,
    sa.Column("claim_row", sa.Integer, sa.ForeignKey("claim.nr"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("slot", Words, nullable=False),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("words", Words, nullable=False),
    sa.Column("what", Words),  # an outcome, item or kind
    sa.Column("who", Words),  # an actor's or group's id
    sa.Column("listed", Words),
    sa.Column("low", sa.BigInteger),
    sa.Column("high", sa.BigInteger),
    sa.Column("rule", Words, nullable=False),
)  # fmt: skip
sa.Index("ix_mention_who", mention.c.who)
sa.Index("ix_mention_listed", mention.c.listed)
sa.Index("ix_mention_what", mention.c.slot, mention.c.what)

raw_copy = sa.Table(
    "raw_copy", m,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), nullable=False, index=True),
    sa.Column("sha256", Words, nullable=False),
    sa.Column("about", Words, nullable=False),  # JSON: address, time, headers, tool
    sa.Column("data", sa.LargeBinary, nullable=False),
)  # fmt: skip

decision = sa.Table(
    "decision", m,
    sa.Column("id", Words, primary_key=True),
    sa.Column("json", Words, nullable=False),
    sa.Column("added_seq", sa.Integer, nullable=False),
)  # fmt: skip

decision_claim = sa.Table(
    "decision_claim", m,
    sa.Column("decision", Words, sa.ForeignKey("decision.id"), primary_key=True),
    sa.Column("claim", Words, primary_key=True, index=True),
)  # fmt: skip

tombstone = sa.Table(
    "tombstone", m,
    sa.Column("report", Words, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)  # fmt: skip

_SQLITE = """CREATE TRIGGER journal_keeps_{0} BEFORE {1} ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
_FUNCTION = """CREATE FUNCTION journal_keeps() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"""
_POSTGRES = """CREATE TRIGGER journal_keeps_{0} BEFORE {1} ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_keeps()"""


def upgrade() -> None:
    """Make the tables, and the journal's triggers."""
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
    """Drop everything."""
    bind = op.get_bind()
    m.drop_all(bind, checkfirst=False)
    if bind.dialect.name != "sqlite":
        op.execute("DROP FUNCTION journal_keeps()")
