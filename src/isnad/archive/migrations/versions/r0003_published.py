"""What a page states of itself (byline, language, moment, address); a claim's confidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
STATED = ("byline", "language", "published_at", "published_basis", "canonical_url")

_CONFIDENCE = {
    "sqlite": "UPDATE claim SET confidence = json_extract(json, '$.confidence')",
    "postgresql": "UPDATE claim SET confidence = (json::json ->> 'confidence')::double precision",
}


def upgrade() -> None:
    """Add the columns; nothing is known of what is there already."""
    for name in STATED:
        op.add_column("report", sa.Column(name, Words))
    op.add_column("claim", sa.Column("confidence", sa.Double))
    op.execute(_CONFIDENCE[op.get_bind().dialect.name])


def downgrade() -> None:
    """Drop the columns, with what they say."""
    op.drop_column("claim", "confidence")
    for name in STATED:
        op.drop_column("report", name)
