"""What a survey file turned out to be: parcels, what was refused, and every decision on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.read.parsed import AxisOrder, Fault, Note, Value

Severity = Literal["error", "warn", "info"]
CrsHow = Literal["declared", "prefix", "header", "format", "size", "chosen"]
AxesHow = Literal["format", "prefix", "size", "chosen"]
AreaUnit = Literal["ha", "m2", "mu", "km2"]
LonLat = tuple[float, float]

PARCELS = pa.schema(
    [
        ("row", pa.int32()),  # feature of the file, from 0
        ("where", pa.string()),  # as in `Fault`
        ("id", pa.string()),  # as the file writes it; "" where there is none
        ("name", pa.string()),
        ("rings", pa.int32()),
        ("vertices", pa.int32()),  # without the closing points
        ("area_m2", pa.float64()),  # on the ellipsoid, edges straight in the file's projection
        ("area_plane_m2", pa.float64()),  # in the file's own projection; null for degrees
        ("declared_area_m2", pa.float64()),  # null: not declared, or its unit is not known
        ("declared_text", pa.string()),  # as written
        ("native", pa.binary()),  # WKB, file's CRS, x east and y north
        ("wkb", pa.binary()),  # WKB, EPSG:4490
    ]
)
FINDINGS = pa.schema(
    [
        ("parcel", pa.int32()),  # position in the parcels
        ("code", pa.string()),  # Q_… of data/geometry_qc.toml: sentence `quality.<code>`
        ("severity", pa.string()),
        ("ring", pa.int32()),  # from 1; 0: the whole parcel
        ("point", pa.int32()),  # from 1; 0: the whole ring
        ("value", pa.float64()),  # measured, in ``unit``; null: none
        ("limit", pa.float64()),
        ("unit", pa.string()),  # m, m2, deg, "" for counts
        ("other", pa.int32()),  # position of the other parcel; -1: none
        ("wkb", pa.binary()),  # where, in the file's CRS (point, line or polygon); null: none
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the user settled; None leaves the question to the file.

    Attributes
    ----------
    crs : str
        ``EPSG:4526``, ``GCJ-02``, ``BD-09`` …
    axes : str
        ``en`` east first, ``ne`` north first.
    layer : str
        Layer, sheet, or member of an archive.
    columns : mapping
        Role to column: those of `Parsed.fields`, and ``x``, ``y``, ``wkt``, ``parcel``, ``ring``,
        ``point``.
    area_unit : str
        Unit of the declared areas.
    repair : bool
        Apply the proposed repairs.
    repair_only : tuple of int
        Rows (from 0) whose repair was chosen; empty with ``repair``: all.
    """

    crs: str | None = None
    axes: AxisOrder | None = None
    layer: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    area_unit: AreaUnit | None = None
    repair: bool = False
    repair_only: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrsDecision:
    """The CRS of the numbers and how it is known; ``epsg`` None: it has no code (GCJ-02, WKT)."""

    epsg: int | None
    name: str
    how: CrsHow
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesDecision:
    """Which of the two numbers is east, and how that is known."""

    value: AxisOrder
    how: AxesHow


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A repair of one feature: old and new area on the ellipsoid, both shapes in EPSG:4490.

    ``area_before_m2`` is what the ring sums give as written (lobes of a bow-tie cancel).
    """

    row: int
    where: str
    code: str
    area_before_m2: float
    area_after_m2: float
    applied: bool
    before: bytes
    after: bytes
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey file, read: ``features == len(parcels) + len(rejected) + len(skipped)``.

    Attributes
    ----------
    parcels, findings : pyarrow.Table
        `PARCELS` in the file's order; `FINDINGS` by parcel.
    attributes : pyarrow.Table
        The file's own columns, one row a parcel.
    labels : pyarrow.Array of list of string, or None
        Names of the points of each parcel, as in `Parsed`; null where rings were changed.
    area_unit, area_unit_how : str or None
        Unit of the declared areas; ``header``, ``written``, ``size`` or ``chosen``.
    """

    file: str
    format: str
    digest: str
    encoding: str | None
    layer: str | None
    crs: CrsDecision
    axes: AxesDecision
    area_unit: AreaUnit | None
    area_unit_how: str | None
    header: Mapping[str, str]
    fields: Mapping[str, str]
    features: int
    parcels: pa.Table
    attributes: pa.Table
    labels: pa.Array | None
    findings: pa.Table
    rejected: tuple[Fault, ...]
    skipped: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[Note, ...]
