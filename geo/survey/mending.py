"""Broken parcels: repaired where that was chosen, else refused with the place of the fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_lonlat
from geo.read.parsed import Fault
from geo.survey.model import Repair
from geo.survey.quality.repair import propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.survey.model import Answers
    from geo.survey.planes import Planes
    from geo.survey.rows import Rows

_SPIKE = "Q_SPIKE"
MOST_PROPOSALS = 2_000  # of a file: each costs about a millisecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """Repairs of the doubtful polygons of a file.

    Attributes
    ----------
    listed : tuple of Repair
        Proposed and applied, by row.
    mended : dict of int to geometry
        Positions whose repair was chosen, and the new shape in their plane.
    codes : dict of int to str
        Positions and the code of their repair.
    left_out : int
        Doubtful polygons beyond the first 2,000.
    """

    listed: tuple[Repair, ...]
    mended: Mapping[int, shapely.Geometry]
    codes: Mapping[int, str]
    left_out: int


def propose_repairs(
    doubtful: npt.NDArray[np.bool_],
    metric: npt.NDArray[np.object_],
    planes: Planes,
    kept: npt.NDArray[np.intp],
    rows: Rows,
    answers: Answers,
) -> Repairs:
    """Propose repairs for doubtful polygons.

    Parameters
    ----------
    doubtful : bool array, shape (n,)
        The first 2,000 of them get a proposal.
    metric : array of Polygon or MultiPolygon, shape (n,)
        In ``planes``.
    kept : int array, shape (n,)
        Their rows in the file.
    answers : Answers
        Which repairs were chosen.

    Returns
    -------
    Repairs
    """
    repairs: list[Repair] = []
    mended: dict[int, shapely.Geometry] = {}
    codes: dict[int, str] = {}
    positions = np.flatnonzero(doubtful)
    for position in positions[:MOST_PROPOSALS].tolist():
        proposal = propose(metric[position])
        if proposal is None:
            continue
        row, crs = int(kept[position]), planes.crs_of(position)
        codes[position] = proposal.code
        chosen = answers.repair and (not answers.repair_only or row in answers.repair_only)
        areas = ellipsoidal_area([metric[position], proposal.geometry], crs)
        repairs.append(
            Repair(
                row=row,
                where=rows.where(row),
                code=proposal.code,
                area_before_m2=float(areas[0]),
                area_after_m2=float(areas[1]),
                applied=chosen,
                before=shapely.to_wkb(to_lonlat(metric[position], crs)),
                after=shapely.to_wkb(to_lonlat(proposal.geometry, crs)),
                values=proposal.values,
            )
        )
        if chosen:
            mended[position] = proposal.geometry
    left_out = max(0, len(positions) - MOST_PROPOSALS)
    return Repairs(listed=tuple(repairs), mended=mended, codes=codes, left_out=left_out)


def refusals(
    findings: pa.Table,
    positions: npt.NDArray[np.intp],
    planes: Planes,
    kept: npt.NDArray[np.intp],
    codes: Mapping[int, str],
) -> dict[int, Fault]:
    """Refuse parcels by row, each with the first error that was found in it and its place.

    Where the repair is to cut a spike off, the spike is the error.
    """
    telling = pc.is_in(findings.column("code"), pa.array([_SPIKE]))
    telling = pc.or_(telling, pc.equal(findings.column("severity"), "error"))
    errors: dict[int, Mapping[str, Any]] = {}
    spikes: dict[int, Mapping[str, Any]] = {}
    for one in reversed(findings.filter(telling).to_pylist()):
        (spikes if one["code"] == _SPIKE else errors)[one["parcel"]] = one
    first = errors | {at: one for at, one in spikes.items() if codes.get(at) == "spike"}
    return {int(kept[one]): _refusal(first[one], planes) for one in positions.tolist()}


def _refusal(error: Mapping[str, Any], planes: Planes) -> Fault:
    where = [f"{kind}:{error[kind]}" for kind in ("ring", "point") if error[kind]]
    place = shapely.from_wkb(error["wkb"])
    return Fault(
        code=str(error["code"]).lower(),
        where=";".join(where),
        values={"value": planes.written(place, error["parcel"])}
        if place and not place.is_empty
        else {},
    )
