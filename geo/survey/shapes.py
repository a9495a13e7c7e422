"""Shapes of parcels: rings nested, quality examined, repairs proposed or applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.read.parsed import Fault
from geo.survey.mending import propose_repairs, refusals
from geo.survey.model import FINDINGS
from geo.survey.planes import in_planes
from geo.survey.quality.examination import examine
from geo.survey.quality.rings import assemble
from geo.systems import read_system

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.survey.mending import Repairs
    from geo.survey.model import Answers, Repair
    from geo.survey.place.placement import Placement
    from geo.survey.planes import Planes
    from geo.survey.rows import Rows

Shapes = npt.NDArray[np.object_]
_MENDABLE = ("Q_SPIKE", "Q_DUP")  # valid, but a repair is offered
_OF_NUMBERED = ("Q_ORIENT", "Q_START")  # other formats leave direction and start to the tool
_OF_UNNUMBERED = ("Q_CLOSED",)  # survey texts may leave the closing point out; the reader notes it
_WIDEST_DEGREES = 30.0  # wider than every province


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """Polygons of the rows that are still open, in the file's order.

    Attributes
    ----------
    rows : int array, shape (n,)
        Features of the file, from 0.
    native, lonlat, metric : array of Polygon or MultiPolygon, shape (n,)
        In the file's CRS, in EPSG:4490, and in metres for distances, the last in ``planes``.
    planes : Planes
    findings : pyarrow.Table
        `FINDINGS`; ``parcel`` counts in ``rows``.
    repairs : tuple of Repair
        Proposed and applied, by row.
    unproposed : int
        How many doubtful polygons are beyond the number for which repairs are proposed.
    reshaped : frozenset of int
        Rows whose rings were reordered or repaired: the names of their points no longer fit.
    """

    rows: npt.NDArray[np.intp]
    native: Shapes
    lonlat: Shapes
    metric: Shapes
    planes: Planes
    findings: pa.Table
    repairs: tuple[Repair, ...]
    unproposed: int
    reshaped: frozenset[int]


def shape_parcels(
    rows: Rows,
    placement: Placement,
    *,
    rings: bool,
    numbered: bool,
    closing_told: bool,
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
    closing_told : bool
        The reader tells of rings that are not closed.
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
    rows.refuse(_too_wide(rows, placement))
    nested_rows = rows.open()
    native, nesting = placement.native[nested_rows], FINDINGS.empty_table()
    disordered: frozenset[int] = frozenset()
    if rings:
        nested = assemble(native, degrees=system.is_degrees)
        rows.refuse({int(nested_rows[at]): fault for at, fault in nested.faults.items()})
        native, nesting = nested.geometries, nested.findings
        placement.native[nested_rows], placement.lonlat[nested_rows] = native, None  # free them
        disordered = frozenset(int(row) for row in nested_rows[~nested.in_order])
    kept = rows.open()
    native = native[np.isin(nested_rows, kept)]
    lonlat = placement.lonlat[kept]
    if rings:
        lonlat = np.asarray(system.to_lonlat(native), dtype=object)
    metric, planes = in_planes(native, lonlat, system)
    written = None if decimals is None or system.is_degrees else _known(decimals)[kept]
    examined = examine(metric, decimals=written)
    doubtful = examined.broken | _with(examined.findings, _MENDABLE, len(kept))
    repairs = propose_repairs(doubtful, metric, planes, kept, rows, answers)
    _mend(repairs, planes, native, lonlat, metric)
    unmended = np.setdiff1d(np.flatnonzero(examined.broken), list(repairs.mended))
    rows.refuse(refusals(examined.findings, unmended, planes, kept, repairs.codes))
    found = _examined_again(examined.findings, repairs.mended, metric)
    findings = pa.concat_tables(
        [planes.findings_in_native(found), _renumbered(nesting, nested_rows, kept)]
    )
    meaningless = _meaningless(numbered=numbered, closing_told=closing_told)
    is_said = pc.invert(pc.is_in(findings.column("code"), pa.array(meaningless)))
    return _still_open(
        Shaped(
            rows=kept,
            native=native,
            lonlat=lonlat,
            metric=metric,
            findings=findings.filter(is_said),
            planes=planes,
            repairs=repairs.listed,
            unproposed=repairs.left_out,
            reshaped=disordered | {int(kept[position]) for position in repairs.mended},
        ),
        rows,
    )


def _meaningless(*, numbered: bool, closing_told: bool) -> tuple[str, ...]:
    return (
        *(() if numbered else _OF_NUMBERED),
        *(_OF_UNNUMBERED if numbered or closing_told else ()),
    )


def _too_wide(rows: Rows, placement: Placement) -> dict[int, Fault]:
    """Refuse what is too wide for a plane: the whole world is no parcel."""
    bounds = shapely.bounds(placement.lonlat)
    wide = np.flatnonzero(bounds[:, 2] - bounds[:, 0] > _WIDEST_DEGREES)
    return {
        row: Fault(
            code="feature_too_wide",
            where=rows.where(row),
            values={
                "value": round(float(bounds[row, 2] - bounds[row, 0]), 1),
                "limit": _WIDEST_DEGREES,
                "west": round(float(bounds[row, 0]), 5),
                "east": round(float(bounds[row, 2]), 5),
            },
        )
        for row in wide.tolist()
    }


def _mend(repairs: Repairs, planes: Planes, native: Shapes, lonlat: Shapes, metric: Shapes) -> None:
    for position, shape in repairs.mended.items():
        metric[position] = shape
        lonlat[position] = planes.to_lonlat(shape, position)
        native[position] = planes.to_native(shape, position)


def _examined_again(findings: pa.Table, mended: Mapping[int, Any], metric: Shapes) -> pa.Table:
    """Replace what was found of parcels before their repair."""
    if not mended:
        return findings
    positions = np.array(sorted(mended), dtype=np.int32)
    stays = ~np.isin(findings.column("parcel").to_numpy(), positions)
    again = examine(metric[positions]).findings
    parcel = pa.array(positions[again.column("parcel").to_numpy()])
    again = again.set_column(0, again.schema.field(0), parcel)
    return pa.concat_tables([findings.filter(pa.array(stays)), again])


def _known(decimals: pa.Array) -> npt.NDArray[np.integer]:
    """Give -1 where the file does not tell."""
    known: npt.NDArray[np.integer] = pc.fill_null(decimals, -1).to_numpy()
    return known


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
        planes=shaped.planes.take(stays),
        repairs=shaped.repairs,
        unproposed=shaped.unproposed,
        reshaped=shaped.reshaped,
    )
