"""The view of incidents: kept so that it need not be made anew each time, never as truth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; they are filled when incidents are next asked for."""
    op.create_table(
        "block",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("claim_row", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_block_claim_row", "block", ["claim_row"])
    op.create_table(
        "link",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("other", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("odds", sa.Double, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "told",
        sa.Column("claim_row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", Words, nullable=False, unique=True),
        sa.Column("report", Words, nullable=False),
        sa.Column("type", Words, nullable=False),
        sa.Column("incident", Words, nullable=False),
    )
    op.create_index("ix_told_incident", "told", ["incident"])
    op.create_table(
        "incident",
        sa.Column("id", Words, primary_key=True),
        sa.Column("least", Words, nullable=False, unique=True),
        sa.Column("type", Words, nullable=False),
        sa.Column("status", Words, nullable=False),
        sa.Column("lat", sa.Double),
        sa.Column("lon", sa.Double),
        sa.Column("first", sa.Date),
        sa.Column("last", sa.Date),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("origins", sa.Integer, nullable=False),
        sa.Column("grade", Words, nullable=False),
        sa.Column("parties", Words, nullable=False),
    )


def downgrade() -> None:
    """Drop them; nothing is lost."""
    for name in ("incident", "told", "link", "block"):
        op.drop_table(name)
    op.execute("DELETE FROM meta WHERE name = 'incidents'")
