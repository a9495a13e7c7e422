"""What the first release kept: events of reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table of the first release."""
    op.create_table(
        "review_event",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("batch", sa.String, nullable=False, index=True),
        sa.Column("parcel", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
