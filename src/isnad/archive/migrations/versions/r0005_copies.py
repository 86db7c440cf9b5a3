"""Copies: whom a report repeats, and sketches by which later reports find that they repeat it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
COLUMNS = (("copy_first", Words), ("copy_of", Words), ("copy_score", sa.Double),
           ("copy_reason", Words))  # fmt: skip


def upgrade() -> None:
    """Add columns and table; the archive joins the reports that are there when it is upgraded."""
    for name, kind in COLUMNS:
        op.add_column("report", sa.Column(name, kind))
    op.create_index("ix_report_copy_first", "report", ["copy_first"])
    op.create_table(
        "sketch",
        sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sketch")
    op.drop_index("ix_report_copy_first", "report")
    for name, _ in reversed(COLUMNS):
        op.drop_column("report", name)
