"""Where the numbers of a survey file lie: decided by what it says and by their size, or asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.batches import transform_rows
from geo.errors import PlannerError
from geo.read.parsed import Fault
from geo.survey.model import AxesDecision, CrsDecision
from geo.survey.place.axes import vertices_of
from geo.survey.place.case import Case, Choice
from geo.survey.place.decide import choose
from geo.survey.place.misfits import misfit_faults
from geo.survey.place.remarks import placement_notes
from geo.survey.place.stated import read_stated
from geo.systems import LONLAT, read_system, zone_system

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.read.parsed import Note, Parsed
    from geo.survey.model import Answers, CrsHow, LonLat
    from geo.systems import System

Geometries = npt.NDArray[np.object_]
_ASKED = {
    "crs_unreadable",
    "crs_not_metre",
    "crs_name_conflict",
    "header_unreadable",
    "projection_not_gauss",
    "unit_not_metre",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Features of a file at their place.

    Attributes
    ----------
    crs : CRS
        Of ``native``; of GCJ-02 and BD-09: CGCS2000 degrees.
    decision, axes : CrsDecision, AxesDecision
        What was decided and how.
    native : array of geometry or None, shape (n,)
        The file's own numbers, x east and y north, not one bit changed otherwise.
    lonlat : array of geometry or None, shape (n,)
        EPSG:4490; None where ``inside`` is False.
    inside : bool array, shape (n,)
        False: the row has a fault, or no geometry came in.
    notes : tuple of Note
        What was assumed, and what is remarkable about the place.
    faults : dict of int to Fault
        One for every row that came in with a geometry and is not inside.
    """

    crs: CRS
    decision: CrsDecision
    axes: AxesDecision
    native: Geometries
    lonlat: Geometries
    inside: npt.NDArray[np.bool_]
    notes: tuple[Note, ...]
    faults: dict[int, Fault]


def place_survey(
    parsed: Parsed,
    numbers: Geometries,
    answers: Answers,
    *,
    near: LonLat | None,
    file_format: str | None = None,
) -> Placement:
    """Decide coordinate system and axis order of a survey file, or ask.

    Parameters
    ----------
    parsed : Parsed
        What the file declares: ``crs``, ``header``, ``axes``.
    numbers : array of geometry or None, shape (n,)
        As in the file, the first written number as x.
    answers : Answers
        ``crs`` and ``axes`` win over the file, as long as the numbers can be that.
    near : (lon, lat), optional
        The project.
    file_format : str, optional
        ``geojson``, ``kml`` and ``kmz`` mean degrees by definition.

    Returns
    -------
    Placement

    Raises
    ------
    PlannerError
        Questions, with ``question`` (``crs`` or ``axes``), the pair of numbers ``x``, ``y`` as
        written and ``candidates`` (`geo.survey.place.candidates`): ``crs_unstated``,
        ``crs_contradicted``, ``zone_unknown``, ``zone_conflict``, ``zones_mixed``,
        ``axes_unknown``, ``crs_unreadable``, ``crs_not_metre``.
        Refusals: ``crs_refused``, ``crs_local``, ``crs_name_conflict``, ``unit_not_metre``,
        ``unit_suspect``, ``projection_not_gauss``, ``header_unreadable``, ``numbers_unplaceable``.
    """
    case = _case(parsed, numbers, answers, near, file_format)
    choice = _chosen(case, parsed) if len(case.vertices.rows) else _nothing(case)
    native = np.asarray(numbers, dtype=object)
    if choice.order == "ne":
        native = transform_rows(native, lambda xy: xy[:, ::-1])
    inside = np.zeros(len(native), dtype=bool)
    inside[case.vertices.rows[choice.fits]] = True
    lonlat = np.full(len(native), None, dtype=object)
    lonlat[inside] = choice.system.to_lonlat(native[inside])
    return Placement(
        crs=choice.system.crs,
        decision=CrsDecision(
            epsg=choice.system.epsg,
            name=choice.system.name,
            how=choice.how,
            definition=choice.system.definition,
        ),
        axes=AxesDecision(value=choice.order, how=choice.order_how),
        native=native,
        lonlat=lonlat,
        inside=inside,
        notes=placement_notes(case, choice, lonlat),
        faults=_faults(parsed, numbers, case, choice),
    )


def _case(
    parsed: Parsed,
    numbers: Geometries,
    answers: Answers,
    near: LonLat | None,
    file_format: str | None,
) -> Case:
    """Read what file and user say; what the file says unreadably is a question."""
    case = Case(
        vertices=vertices_of(numbers),
        axes=parsed.axes,
        near=near,
        chosen=read_system(answers.crs) if answers.crs else None,
        chosen_axes=answers.axes,
        file_format=file_format,
    )
    try:
        declared = read_system(parsed.crs) if parsed.crs else None
        return replace(case, declared=declared, stated=read_stated(parsed.header))
    except PlannerError as error:
        if error.code not in _ASKED:
            raise
        if case.chosen is not None:
            return case
        raise case.question(error.code, **dict[str, Any](error.values)) from error


def _chosen(case: Case, parsed: Parsed) -> Choice:
    """Decide; a question says where the pair of numbers stands that it shows."""
    try:
        return choose(case)
    except PlannerError as error:
        first = _where(parsed, int(case.vertices.rows[0]))
        raise PlannerError(error.code, **{"where": first, **error.values}) from error


def _where(parsed: Parsed, row: int) -> str:
    return f"feature:{row + 1}" if parsed.where is None else str(parsed.where[row].as_py())


def _nothing(case: Case) -> Choice:
    """Decide for a file without coordinates: as it says, else degrees."""
    zone = case.stated.bare_zone()
    stated = zone_system(zone) if zone else case.stated.datum
    decided: tuple[tuple[System | None, CrsHow], ...] = (
        (case.chosen, "chosen"),
        (case.declared, "declared"),
        (stated, "header"),
        (LONLAT, "format"),
    )
    system, how = next((one, how) for one, how in decided if one is not None)
    return Choice(
        system=system,
        how=how,
        order=case.chosen_axes or case.axes or "en",
        order_how="chosen" if case.chosen_axes else "format",
        fits=np.zeros(0, dtype=bool),
    )


def _faults(parsed: Parsed, numbers: Geometries, case: Case, choice: Choice) -> dict[int, Fault]:
    faults = misfit_faults(case, choice, lambda row: _where(parsed, row))
    came = ~shapely.is_missing(numbers) & ~shapely.is_empty(numbers)
    for row in np.setdiff1d(np.flatnonzero(came), case.vertices.rows):
        faults[int(row)] = Fault(code="not_finite", where=_where(parsed, int(row)))
    return dict(sorted(faults.items()))
