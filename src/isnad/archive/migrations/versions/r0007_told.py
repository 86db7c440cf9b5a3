"""Whose post a report passes on, when it was changed, its files; the day from which it speaks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
TOLD = ("changed_at", "forwarded_from", "attachments")


def upgrade() -> None:
    """Add the columns; the archive fills the day when it is upgraded, the rest was not kept."""
    for name in TOLD:
        op.add_column("report", sa.Column(name, Words))
    op.add_column("report", sa.Column("day", sa.Date))


def downgrade() -> None:
    """Drop the columns, with what they say."""
    op.drop_column("report", "day")
    for name in reversed(TOLD):
        op.drop_column("report", name)
