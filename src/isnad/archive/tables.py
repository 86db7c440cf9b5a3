"""The archive's tables, for SQLite and PostgreSQL alike; ``migrations/`` makes them.

Rows that can be replaced carry the journal's sequence numbers between which they hold:
``added_seq <= n`` and (``superseded_seq`` is null or ``> n``).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# Identifiers sort by code point on every server, whatever its locale.
Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

metadata = sa.MetaData()

meta = sa.Table(
    "meta", metadata,
    sa.Column("name", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)  # fmt: skip

journal = sa.Table(
    "journal", metadata,
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
    "report", metadata,
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
    # what its page states of itself
    sa.Column("byline", Words),
    sa.Column("language", Words),
    sa.Column("published_at", Words),
    sa.Column("published_basis", Words),
    sa.Column("canonical_url", Words),
    # the earlier report that it repeats: archive ids of the first of that telling, of the nearest
    sa.Column("copy_first", Words, index=True),
    sa.Column("copy_of", Words),
    sa.Column("copy_score", sa.Double),
    sa.Column("copy_reason", Words),
    sa.Column("changed_at", Words),
    sa.Column("forwarded_from", Words),
    sa.Column("attachments", Words),  # JSON: a list of names
    sa.Column("day", sa.Date),  # from which it speaks, where no day of publication is stated
    sa.UniqueConstraint("id", "version", name="report_version"),
)  # fmt: skip
sa.Index("ix_report_given", report.c.given)

claim = sa.Table(
    "claim", metadata,
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
    sa.Column("confidence", sa.Double),
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
    "mention", metadata,
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
    "raw_copy", metadata,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), nullable=False, index=True),
    sa.Column("sha256", Words, nullable=False),
    sa.Column("about", Words, nullable=False),  # JSON: address, time, headers, tool
    sa.Column("data", sa.LargeBinary, nullable=False),  # empty: kept in a folder of evidence
)  # fmt: skip

decision = sa.Table(
    "decision", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("json", Words, nullable=False),
    sa.Column("added_seq", sa.Integer, nullable=False),
)  # fmt: skip

decision_claim = sa.Table(
    "decision_claim", metadata,
    sa.Column("decision", Words, sa.ForeignKey("decision.id"), primary_key=True),
    sa.Column("claim", Words, primary_key=True, index=True),
)  # fmt: skip

tombstone = sa.Table(
    "tombstone", metadata,
    sa.Column("report", Words, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)  # fmt: skip

passage = sa.Table(
    "passage", metadata,
    sa.Column("nr", sa.Integer, primary_key=True),
    sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), nullable=False, index=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("words", Words, nullable=False),  # whole words of the normal form
    sa.Column("stems", Words, nullable=False),  # the same without proclitics
)  # fmt: skip

sketch = sa.Table(
    "sketch", metadata,
    sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),  # runs of words of the text
    sa.Column("data", sa.LargeBinary, nullable=False),  # their MinHash, empty without words
)  # fmt: skip

COPIED = (
    report, claim, mention, raw_copy, decision, decision_claim, tombstone, passage, sketch,
    journal,
)  # fmt: skip
"""What a backup holds, in an order that respects references (``meta`` apart)."""

# The view of incidents (``view/``): never truth, not in backups, thrown away when rules change.
block = sa.Table(
    "block", metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("claim_row", sa.Integer, primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)  # fmt: skip

link = sa.Table(
    "link", metadata,  # the pairs that were compared, both ways
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("other", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("odds", sa.Double, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

told = sa.Table(
    "told", metadata,  # the claims that the view holds
    sa.Column("claim_row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("report", Words, nullable=False),
    sa.Column("type", Words, nullable=False),
    sa.Column("incident", Words, nullable=False, index=True),
)  # fmt: skip

incident = sa.Table(
    "incident", metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("least", Words, nullable=False, unique=True),  # the least of its claims' ids
    sa.Column("type", Words, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("first", sa.Date),
    sa.Column("last", sa.Date),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("grade", Words, nullable=False),
    sa.Column("parties", Words, nullable=False),  # ids, each between bars
)  # fmt: skip

VIEW = (block, link, told, incident)
