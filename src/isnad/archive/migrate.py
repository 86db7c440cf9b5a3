"""Versions of the archive's tables: which one is there, and the way up and down."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]


def revision(c: sa.Connection) -> str | None:
    """The revision of the tables, or ``None`` if there are none."""
    if not sa.inspect(c).has_table("alembic_version"):
        return None
    return c.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def up(c: sa.Connection, to: str = HEAD) -> None:
    """Bring the tables up to ``to`` within the connection's transaction."""
    _command("upgrade", c, to)


def down(c: sa.Connection, to: str = "base") -> None:
    """Take the tables back to ``to`` within the connection's transaction."""
    _command("downgrade", c, to)


def _command(name: str, c: sa.Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = c
    getattr(command, name)(config, to)
