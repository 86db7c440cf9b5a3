"""Search: passages in normal form, indexed by FTS5 on SQLite and as ``simple`` on PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

Words = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

_FTS = """CREATE VIRTUAL TABLE passage_fts USING fts5(words, stems, content='passage',
content_rowid='nr', tokenize="unicode61 remove_diacritics 0")"""
_FEED = """CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
INSERT INTO passage_fts(rowid, words, stems) VALUES (new.nr, new.words, new.stems); END"""
_FORGET = """CREATE TRIGGER passage_gone AFTER DELETE ON passage BEGIN
INSERT INTO passage_fts(passage_fts, rowid, words, stems)
VALUES ('delete', old.nr, old.words, old.stems); END"""

_POINTS = """CREATE INDEX claim_points ON claim
USING gist (ST_SetSRID(ST_MakePoint(lon, lat), 4326))"""


def upgrade() -> None:
    """Make the table and its index, and fill them from the reports that are there."""
    from isnad.archive.shadow import passages

    bind = op.get_bind()
    made = op.create_table(
        "passage",
        sa.Column("nr", sa.Integer, primary_key=True),
        sa.Column("report_row", sa.Integer, sa.ForeignKey("report.nr"), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("words", Words, nullable=False),
        sa.Column("stems", Words, nullable=False),
    )
    op.create_index("ix_passage_report_row", "passage", ["report_row"])
    if bind.dialect.name == "sqlite":
        for statement in (_FTS, _FEED, _FORGET):
            op.execute(statement)
    else:
        for column in ("words", "stems"):
            op.execute(
                f"CREATE INDEX passage_{column} ON passage "
                f"USING gin (to_tsvector('simple', {column}))"
            )
        if bind.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").scalar():
            op.execute(_POINTS)
    for row, title, text in bind.execute(sa.text("SELECT nr, title, text FROM report")).all():
        rows = [{"report_row": row, **p._asdict()} for p in passages(title, text)]
        bind.execute(made.insert(), rows)


def downgrade() -> None:
    """Drop the search; the reports stay as they are."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_fts")
    else:
        op.execute("DROP INDEX IF EXISTS claim_points")
    op.drop_table("passage")
