"""Scenarios, their operations, drafts, keys of saves and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from parcels.storage.schema import shape_type

revision = "0002"
down_revision = "0001"

_KEPT = ("review_event", "operation", "operation_element", "audit")


def upgrade() -> None:
    """Make the tables, and let the database itself refuse to change what is only added to."""
    spatial = op.get_bind().dialect.name == "postgresql"
    _scenarios()
    _operations(spatial=spatial)
    _the_rest()
    if spatial:
        op.create_index(
            "ix_operation_element_shape", "operation_element", ["shape"], postgresql_using="gist"
        )
        _refuse_on_postgres()
    else:
        _refuse_on_sqlite()
        op.execute("PRAGMA user_version = 2")


def _scenarios() -> None:
    op.create_table(
        "scenario",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("parent", sa.String, sa.ForeignKey("scenario.id")),
        sa.Column("base", sa.String),
        sa.Column("head", sa.String),
        sa.Column("tip", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("saved_by", sa.String, nullable=False),
        sa.Column("saved_at", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )


def _operations(*, spatial: bool) -> None:
    op.create_table(
        "operation",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("scenario", sa.String, sa.ForeignKey("scenario.id"), nullable=False, index=True),
        sa.Column("after", sa.String, sa.ForeignKey("operation.id")),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("drops", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "operation_element",
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("element", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("shape", shape_type(spatial=spatial), nullable=False),
        sa.Column("properties", sa.Text, nullable=False),
    )


def _the_rest() -> None:
    op.create_table(
        "draft",
        sa.Column("scenario", sa.String, sa.ForeignKey("scenario.id"), primary_key=True),
        sa.Column("person", sa.String, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
    op.create_table(
        "save_key",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("scenario", sa.String, sa.ForeignKey("scenario.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("object", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("refused", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    meta = op.create_table(
        "store_meta",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    said = {"coordinates": "EPSG:4490, longitude and latitude in degrees", "times": "UTC"}
    op.bulk_insert(meta, [{"name": name, "value": value} for name, value in said.items()])


def _refuse_on_sqlite() -> None:
    for table in _KEPT:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
            )


def _refuse_on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION planner_only_adds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$"
    )
    for table in _KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION planner_only_adds()"
        )
