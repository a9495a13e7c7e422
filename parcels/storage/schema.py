"""The tables of a store, the same on both engines but for the type of outlines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import MetaData, Table
    from sqlalchemy.types import TypeEngine

SRID = 4490
TABLES = (
    "scenario",
    "operation",
    "operation_element",
    "draft",
    "review_event",
    "save_key",
    "snapshot",
    "share",
    "audit",
    "store_meta",
)
"""In an order in which no row names one of a later table."""
SINCE: Mapping[str, str] = MappingProxyType({"snapshot": "0003", "share": "0003"})
"""Version that a table came with, where it is not the first that backups know."""
APPEND_ONLY = ("review_event", "operation", "operation_element", "audit")
"""Tables whose rows the database itself refuses to change or delete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Tables by what they hold; columns of text in JSON are plain text."""

    spatial: bool
    metadata: MetaData
    scenario: Table
    operation: Table
    element: Table
    draft: Table
    review: Table
    key: Table
    snapshot: Table
    share: Table
    audit: Table
    meta: Table


@cache
def tables(*, spatial: bool) -> Tables:
    """Describe the tables of the present version.

    Parameters
    ----------
    spatial : bool
        Outlines are PostGIS geometries, else WKB in bytes.
    """
    from sqlalchemy import MetaData

    metadata = MetaData()
    return Tables(
        spatial=spatial,
        metadata=metadata,
        scenario=_scenario(metadata),
        operation=_operation(metadata),
        element=_element(metadata, shape_type(spatial=spatial)),
        draft=_draft(metadata),
        review=_review(metadata),
        key=_key(metadata),
        snapshot=_snapshot(metadata),
        share=_share(metadata),
        audit=_audit(metadata),
        meta=_meta(metadata),
    )


def shape_type(*, spatial: bool) -> TypeEngine[Any]:
    """Give the type of an outline."""
    from sqlalchemy import LargeBinary

    if not spatial:
        return LargeBinary()
    from geoalchemy2 import Geometry

    return Geometry("GEOMETRY", srid=SRID, spatial_index=False)


def _scenario(metadata: MetaData) -> Table:
    """One row a scenario; ``number`` is the order in which they were made."""
    from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

    return Table(
        "scenario",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("id", String, nullable=False, unique=True),
        Column("name", String, nullable=False),
        Column("parent", String, ForeignKey("scenario.id")),
        Column("base", String),
        Column("head", String),
        Column("tip", String),
        Column("version", Integer, nullable=False),
        Column("archived", Boolean, nullable=False),
        Column("settings", Text, nullable=False),
        Column("owner", String, nullable=False),
        Column("made_at", String, nullable=False),
        Column("saved_by", String, nullable=False),
        Column("saved_at", String, nullable=False),
        sqlite_autoincrement=True,
    )


def _operation(metadata: MetaData) -> Table:
    """One row an operation, in the order in which they were saved, those undone too."""
    from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

    return Table(
        "operation",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("id", String, nullable=False, unique=True),
        Column("scenario", String, ForeignKey("scenario.id"), nullable=False, index=True),
        Column("after", String, ForeignKey("operation.id")),
        Column("kind", String, nullable=False),
        Column("drops", Text, nullable=False),
        Column("parameters", Text, nullable=False),
        Column("by", String, nullable=False),
        Column("at", String, nullable=False),
        Column("digest", String, nullable=False),
        sqlite_autoincrement=True,
    )


def _element(metadata: MetaData, shape: TypeEngine[Any]) -> Table:
    """One row an element as an operation leaves it."""
    from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

    return Table(
        "operation_element",
        metadata,
        Column("operation", String, ForeignKey("operation.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("element", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("shape", shape, nullable=False),
        Column("properties", Text, nullable=False),
    )


def _draft(metadata: MetaData) -> Table:
    """One row a person in a scenario: what is not finished."""
    from sqlalchemy import Column, ForeignKey, String, Table, Text

    return Table(
        "draft",
        metadata,
        Column("scenario", String, ForeignKey("scenario.id"), primary_key=True),
        Column("person", String, primary_key=True),
        Column("content", Text, nullable=False),
        Column("at", String, nullable=False),
    )


def _review(metadata: MetaData) -> Table:
    """One row an event of a review."""
    from sqlalchemy import Column, Integer, String, Table, Text

    return Table(
        "review_event",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("batch", String, nullable=False, index=True),
        Column("parcel", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("by", String, nullable=False),
        Column("at", String, nullable=False),
        Column("content", Text, nullable=False),
    )


def _key(metadata: MetaData) -> Table:
    """One row a save that was acknowledged: what was asked, and the scenario that it led to."""
    from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

    return Table(
        "save_key",
        metadata,
        Column("key", String, primary_key=True),
        Column("scenario", String, ForeignKey("scenario.id"), nullable=False),
        Column("version", Integer, nullable=False),
        Column("digest", String, nullable=False),
        Column("result", Text, nullable=False),
    )


def _snapshot(metadata: MetaData) -> Table:
    """One row a snapshot: its content as gzip of the canonical bytes that the digest is of."""
    from sqlalchemy import Column, Integer, LargeBinary, String, Table

    return Table(
        "snapshot",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("digest", String, nullable=False, unique=True),
        Column("kind", String, nullable=False),
        Column("level", String, nullable=False),
        Column("title", String, nullable=False),
        Column("made_at", String, nullable=False),
        Column("made_by", String, nullable=False),
        Column("rests_on", String),
        Column("owner", String, nullable=False),
        Column("kept_at", String, nullable=False),
        Column("bytes", Integer, nullable=False),
        Column("content", LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )


def _share(metadata: MetaData) -> Table:
    """One row a link: of its token the SHA-256 alone; who opens it is not kept."""
    from sqlalchemy import Column, ForeignKey, Integer, String, Table

    return Table(
        "share",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("id", String, nullable=False, unique=True),
        Column("digest", String, ForeignKey("snapshot.digest"), nullable=False, index=True),
        Column("source", String, ForeignKey("snapshot.digest"), nullable=False, index=True),
        Column("level", String, nullable=False),
        Column("token_hash", String, nullable=False, unique=True),
        Column("made_at", String, nullable=False),
        Column("made_by", String, nullable=False),
        Column("until", String, nullable=False),
        Column("revoked_at", String),
        Column("revoked_by", String),
        Column("key", String, nullable=False, unique=True),
        Column("asked", String, nullable=False),
        sqlite_autoincrement=True,
    )


def _audit(metadata: MetaData) -> Table:
    """One row a change or a refused attempt."""
    from sqlalchemy import Boolean, Column, Integer, String, Table

    return Table(
        "audit",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("by", String, nullable=False),
        Column("role", String, nullable=False),
        Column("at", String, nullable=False),
        Column("action", String, nullable=False),
        Column("object", String, nullable=False),
        Column("what", String, nullable=False),
        Column("target", String, nullable=False),
        Column("version", Integer),
        Column("key", String, nullable=False),
        Column("refused", Boolean, nullable=False),
        sqlite_autoincrement=True,
    )


def _meta(metadata: MetaData) -> Table:
    """One row a statement about the store itself."""
    from sqlalchemy import Column, String, Table

    return Table(
        "store_meta",
        metadata,
        Column("name", String, primary_key=True),
        Column("value", String, nullable=False),
    )
