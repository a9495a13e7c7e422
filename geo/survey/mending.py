"""Broken parcels: repaired where that was chosen, else refused with the place of the fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_lonlat
from geo.read.parsed import Fault
from geo.survey.model import Repair
from geo.survey.quality.repair import propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa
    from pyproj import CRS

    from geo.survey.model import Answers
    from geo.survey.rows import Rows
    from geo.systems import System

MOST_PROPOSALS = 2_000  # of a file: each costs about a millisecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The plane in which shapes are examined, and the way back to the numbers of the file."""

    crs: CRS
    system: System
    is_native: bool

    def to_native(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Bring a shape of the plane to the file's own system, x east and y north."""
        return shape if self.is_native else self.system.from_lonlat(to_lonlat(shape, self.crs))

    def written(self, shape: shapely.Geometry) -> str:
        """Write where a shape begins in the file's numbers, east before north."""
        east, north = shapely.get_coordinates(self.to_native(shape))[0]
        digits = 8 if self.system.is_degrees else 3
        return f"{east:.{digits}f}, {north:.{digits}f}"


def propose_repairs(
    doubtful: npt.NDArray[np.bool_],
    metric: npt.NDArray[np.object_],
    plane: Plane,
    kept: npt.NDArray[np.intp],
    rows: Rows,
    answers: Answers,
) -> tuple[tuple[Repair, ...], dict[int, shapely.Geometry]]:
    """Propose repairs for doubtful polygons.

    Parameters
    ----------
    doubtful : bool array, shape (n,)
        The first 2,000 of them get a proposal.
    metric : array of Polygon or MultiPolygon, shape (n,)
        In ``plane``.
    kept : int array, shape (n,)
        Their rows in the file.
    answers : Answers
        Which repairs were chosen.

    Returns
    -------
    repairs : tuple of Repair
    mended : dict of int to geometry
        Positions whose repair was chosen, and the new shape in ``plane``.
    """
    repairs, mended = [], {}
    for position in np.flatnonzero(doubtful)[:MOST_PROPOSALS]:
        proposal = propose(metric[position])
        if proposal is None:
            continue
        row = int(kept[position])
        chosen = answers.repair and (not answers.repair_only or row in answers.repair_only)
        areas = ellipsoidal_area([metric[position], proposal.geometry], plane.crs)
        repairs.append(
            Repair(
                row=row,
                where=rows.where(row),
                code=proposal.code,
                area_before_m2=float(areas[0]),
                area_after_m2=float(areas[1]),
                applied=chosen,
                before=shapely.to_wkb(to_lonlat(metric[position], plane.crs)),
                after=shapely.to_wkb(to_lonlat(proposal.geometry, plane.crs)),
                values=proposal.values,
            )
        )
        if chosen:
            mended[int(position)] = proposal.geometry
    return tuple(repairs), mended


def refusals(
    findings: pa.Table,
    positions: npt.NDArray[np.intp],
    plane: Plane,
    kept: npt.NDArray[np.intp],
) -> dict[int, Fault]:
    """Refuse parcels by row, each with the first error that was found in it and its place."""
    errors = findings.filter(pc.equal(findings.column("severity"), "error")).to_pylist()
    first = {error["parcel"]: error for error in reversed(errors)}
    return {int(kept[one]): _refusal(first[int(one)], plane) for one in positions}


def _refusal(error: Mapping[str, Any], plane: Plane) -> Fault:
    where = [f"{kind}:{error[kind]}" for kind in ("ring", "point") if error[kind]]
    place = shapely.from_wkb(error["wkb"])
    return Fault(
        code=str(error["code"]).lower(),
        where=";".join(where),
        values={"value": plane.written(place)} if place and not place.is_empty else {},
    )
