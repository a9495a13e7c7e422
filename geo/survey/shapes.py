"""Shapes of parcels: rings nested, quality examined, repairs proposed or applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.crs import local_tm, to_local, to_lonlat
from geo.survey.mending import Plane, propose_repairs, refusals
from geo.survey.model import FINDINGS
from geo.survey.quality.examination import examine
from geo.survey.quality.rings import assemble
from geo.systems import read_system

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.survey.model import Answers, Repair
    from geo.survey.place.placement import Placement
    from geo.survey.rows import Rows

Shapes = npt.NDArray[np.object_]
_MENDABLE = ("Q_SPIKE", "Q_DUP")  # valid, but a repair is offered
_OF_NUMBERED = ("Q_ORIENT", "Q_START")  # other formats leave direction and start to the tool
_OF_UNNUMBERED = ("Q_CLOSED",)  # survey texts may leave the closing point out; the reader notes it
_CLOSING_DEGREES = 1e-8  # about 1 mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """Polygons of the rows that are still open, in the file's order.

    Attributes
    ----------
    rows : int array, shape (n,)
        Features of the file, from 0.
    native, lonlat, metric : array of Polygon or MultiPolygon, shape (n,)
        In the file's CRS, in EPSG:4490, and in metres for distances.
    findings : pyarrow.Table
        `FINDINGS`; ``parcel`` counts in ``rows``.
    repairs : tuple of Repair
        Proposed and applied, by row.
    reshaped : frozenset of int
        Rows whose rings were reordered or repaired: the names of their points no longer fit.
    """

    rows: npt.NDArray[np.intp]
    native: Shapes
    lonlat: Shapes
    metric: Shapes
    findings: pa.Table
    repairs: tuple[Repair, ...]
    reshaped: frozenset[int]


def shape_parcels(
    rows: Rows,
    placement: Placement,
    *,
    rings: bool,
    numbered: bool,
    answers: Answers,
    decimals: pa.Array | None = None,
) -> Shaped:
    """Make valid polygons of the open rows; refuse those that need a repair nobody chose.

    Parameters
    ----------
    rows : Rows
        Faulty rows are refused here.
    placement : Placement
        Where the numbers lie.
    rings : bool
        The geometries are bare rings, not nested yet.
    numbered : bool
        Points have names: start and direction of the rings mean something, and rings need not
        be closed.
    answers : Answers
        Which repairs to apply.
    decimals : pyarrow.Array of int32, optional
        As in `Parsed`; degrees are not judged by them.

    Returns
    -------
    Shaped
        One polygon for each row that is still open.
    """
    system = read_system(placement.decision.definition)
    nested_rows = rows.open()
    native, nesting = placement.native[nested_rows], FINDINGS.empty_table()
    disordered: frozenset[int] = frozenset()
    if rings:
        nested = assemble(native, closing=_CLOSING_DEGREES if system.is_degrees else None)
        rows.refuse({int(nested_rows[at]): fault for at, fault in nested.faults.items()})
        native, nesting = nested.geometries, nested.findings
        disordered = frozenset(int(row) for row in nested_rows[~nested.in_order])
    kept = rows.open()
    native = native[np.isin(nested_rows, kept)]
    lonlat = placement.lonlat[kept]
    if rings:
        lonlat = np.asarray(system.to_lonlat(native), dtype=object)
    is_metric = _is_metric_tm(system.crs)
    crs = system.crs if is_metric else _own_tm(lonlat)
    metric = native.copy() if is_metric else np.asarray(to_local(lonlat, crs), dtype=object)
    written = None if decimals is None or system.is_degrees else _known(decimals)[kept]
    examined = examine(metric, decimals=written)
    doubtful = examined.broken | _with(examined.findings, _MENDABLE, len(kept))
    plane = Plane(crs=crs, system=system, is_native=is_metric)
    repairs, mended = propose_repairs(doubtful, metric, plane, kept, rows, answers)
    for position, shape in mended.items():
        metric[position] = shape
        lonlat[position] = to_lonlat(shape, crs)
        native[position] = plane.to_native(shape)
    unmended = np.setdiff1d(np.flatnonzero(examined.broken), list(mended))
    rows.refuse(refusals(examined.findings, unmended, plane, kept))
    findings = pa.concat_tables([examined.findings, _renumbered(nesting, nested_rows, kept)])
    meaningless = _OF_UNNUMBERED if numbered else _OF_NUMBERED
    is_said = pc.invert(pc.is_in(findings.column("code"), pa.array(meaningless)))
    return _still_open(
        Shaped(
            rows=kept,
            native=native,
            lonlat=lonlat,
            metric=metric,
            findings=findings.filter(is_said),
            repairs=repairs,
            reshaped=disordered | {int(kept[position]) for position in mended},
        ),
        rows,
    )


def _is_metric_tm(crs: CRS) -> bool:
    operation, axes = crs.coordinate_operation, crs.axis_info
    is_tm = operation is not None and operation.method_name == "Transverse Mercator"
    return is_tm and all(axis.unit_name == "metre" for axis in axes)


def _known(decimals: pa.Array) -> npt.NDArray[np.integer]:
    """Give -1 where the file does not tell."""
    known: npt.NDArray[np.integer] = pc.fill_null(decimals, -1).to_numpy()
    return known


def _own_tm(lonlat: Shapes) -> CRS:
    if not len(lonlat):
        return local_tm(0.0, 0.0)
    west, south, east, north = shapely.total_bounds(lonlat)
    return local_tm(float(west + east) / 2, float(south + north) / 2)


def _with(findings: pa.Table, codes: tuple[str, ...], count: int) -> npt.NDArray[np.bool_]:
    """Tell which parcels have one of the findings."""
    found = pc.is_in(findings.column("code"), pa.array(codes))
    mask = np.zeros(count, dtype=bool)
    mask[findings.filter(found).column("parcel").to_numpy()] = True
    return mask


def _renumbered(
    findings: pa.Table, before: npt.NDArray[np.intp], after: npt.NDArray[np.intp]
) -> pa.Table:
    """Count the parcels of findings in ``after`` instead of ``before`` (both rows, ascending)."""
    rows = before[findings.column("parcel").to_numpy()]
    stays = np.isin(rows, after)
    positions = np.searchsorted(after, rows[stays]).astype(np.int32)
    found = findings.filter(pa.array(stays))
    return found.set_column(0, findings.schema.field(0), pa.array(positions))


def _still_open(shaped: Shaped, rows: Rows) -> Shaped:
    """Leave out what was refused, and number the parcels of the findings anew."""
    stays = np.isin(shaped.rows, rows.open())
    return Shaped(
        rows=shaped.rows[stays],
        native=shaped.native[stays],
        lonlat=shaped.lonlat[stays],
        metric=shaped.metric[stays],
        findings=_renumbered(shaped.findings, shaped.rows, shaped.rows[stays]),
        repairs=shaped.repairs,
        reshaped=shaped.reshaped,
    )
