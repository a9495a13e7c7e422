"""Shapes of parcels: rings nested, quality examined, repairs proposed or applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.area import ellipsoidal_area
from geo.crs import local_tm, to_local, to_lonlat
from geo.read.parsed import Fault
from geo.survey.model import FINDINGS, Repair
from geo.survey.quality import examine, written_decimals
from geo.survey.repair import propose
from geo.survey.rings import assemble
from geo.systems import read_system

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyproj import CRS

    from geo.survey.model import Answers
    from geo.survey.placement import Placement
    from geo.survey.repair import Proposal
    from geo.survey.rows import Rows

Shapes = npt.NDArray[np.object_]
_MENDABLE = ("Q_SPIKE", "Q_DUP")  # valid, but a repair is offered
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


def shape_parcels(rows: Rows, placement: Placement, *, rings: bool, answers: Answers) -> Shaped:
    """Make valid polygons of the open rows; refuse those that need a repair nobody chose.

    Parameters
    ----------
    rows : Rows
        Faulty rows are refused here.
    placement : Placement
        Where the numbers lie.
    rings : bool
        The geometries are bare rings, not nested yet.
    answers : Answers
        Which repairs to apply.

    Returns
    -------
    Shaped
        One polygon for each row that is still open.
    """
    system = read_system(placement.decision.definition)
    nested_rows = rows.open()
    native, nesting, disordered = placement.native[nested_rows], FINDINGS.empty_table(), frozenset()
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
    examined = examine(metric, decimals=written_decimals(native) if is_metric else None)
    doubtful = examined.broken | _with(examined.findings, _MENDABLE, len(kept))
    repairs, proposals = _proposed(doubtful, metric, crs, kept, rows, answers)
    for position, shape in proposals.items():
        metric[position] = shape
        lonlat[position] = to_lonlat(shape, crs)
        native[position] = shape if is_metric else system.from_lonlat(lonlat[position])
    rows.refuse(_refusals(examined.findings, examined.broken, proposals, kept))
    return _still_open(
        Shaped(
            rows=kept,
            native=native,
            lonlat=lonlat,
            metric=metric,
            findings=pa.concat_tables([examined.findings, _renumbered(nesting, nested_rows, kept)]),
            repairs=repairs,
            reshaped=disordered | {int(kept[position]) for position in proposals},
        ),
        rows,
    )


def _is_metric_tm(crs: CRS) -> bool:
    operation, axes = crs.coordinate_operation, crs.axis_info
    is_tm = operation is not None and operation.method_name == "Transverse Mercator"
    return is_tm and all(axis.unit_name == "metre" for axis in axes)


def _own_tm(lonlat: Shapes) -> CRS:
    west, south, east, north = shapely.total_bounds(lonlat)
    if not np.isfinite(west):
        return local_tm(0.0, 0.0)
    return local_tm(float(west + east) / 2, float(south + north) / 2)


def _with(findings: pa.Table, codes: tuple[str, ...], count: int) -> npt.NDArray[np.bool_]:
    """Tell which parcels have one of the findings."""
    found = pc.is_in(findings.column("code"), pa.array(codes))
    mask = np.zeros(count, dtype=bool)
    mask[findings.filter(found).column("parcel").to_numpy()] = True
    return mask


def _proposed(
    doubtful: npt.NDArray[np.bool_],
    metric: Shapes,
    crs: CRS,
    kept: npt.NDArray[np.intp],
    rows: Rows,
    answers: Answers,
) -> tuple[tuple[Repair, ...], dict[int, shapely.Geometry]]:
    """Propose a repair for every doubtful polygon; give the shapes of those that were chosen."""
    repairs, shapes = [], {}
    for position in np.flatnonzero(doubtful):
        proposal = propose(metric[position])
        if proposal is None:
            continue
        row = int(kept[position])
        applied = answers.repair and (not answers.repair_only or row in answers.repair_only)
        repairs.append(_repair(row, metric[position], proposal, crs, rows, applied=applied))
        if applied:
            shapes[int(position)] = proposal.geometry
    return tuple(repairs), shapes


def _repair(
    row: int, before: shapely.Geometry, proposal: Proposal, crs: CRS, rows: Rows, *, applied: bool
) -> Repair:
    areas = ellipsoidal_area([before, proposal.geometry], crs)
    return Repair(
        row=row,
        where=rows.where(row),
        code=proposal.code,
        area_before_m2=float(areas[0]),
        area_after_m2=float(areas[1]),
        applied=applied,
        before=shapely.to_wkb(to_lonlat(before, crs)),
        after=shapely.to_wkb(to_lonlat(proposal.geometry, crs)),
        values=proposal.values,
    )


def _refusals(
    findings: pa.Table,
    broken: npt.NDArray[np.bool_],
    repaired: Mapping[int, shapely.Geometry],
    kept: npt.NDArray[np.intp],
) -> dict[int, Fault]:
    """Refuse what stays broken, with the first error that was found in it."""
    errors = findings.filter(pc.equal(findings.column("severity"), "error")).to_pylist()
    first = {error["parcel"]: error for error in reversed(errors)}
    return {
        int(kept[position]): _refusal(first[int(position)])
        for position in np.flatnonzero(broken)
        if int(position) not in repaired
    }


def _refusal(error: Mapping[str, object]) -> Fault:
    where = [f"{kind}:{error[kind]}" for kind in ("ring", "point") if error[kind]]
    return Fault(code=str(error["code"]).lower(), where=";".join(where))


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
