"""Snapshots, and the links by which they are shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; what they hold may be revoked and dropped, so nothing guards their rows."""
    _snapshots()
    _shares()
    if op.get_bind().dialect.name != "postgresql":
        op.execute("PRAGMA user_version = 3")


def _snapshots() -> None:
    op.create_table(
        "snapshot",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("rests_on", sa.String),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("kept_at", sa.String, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )


def _shares() -> None:
    kept = sa.ForeignKey("snapshot.digest")
    source = sa.ForeignKey("snapshot.digest")
    op.create_table(
        "share",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("digest", sa.String, kept, nullable=False, index=True),
        sa.Column("source", sa.String, source, nullable=False, index=True),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("token_hash", sa.String, nullable=False, unique=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("until", sa.String, nullable=False),
        sa.Column("revoked_at", sa.String),
        sa.Column("revoked_by", sa.String),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("asked", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
