"""Land in files that surveyors exchange (KML, DXF, coordinate texts, tables) as rows of a layer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.survey.model import Answers
from geo.survey.read import read_survey
from layers.overlay_rows import Rows, counted_remarks, sound_shapes

if TYPE_CHECKING:
    from geo.read.limits import Limits
    from geo.survey.model import Survey
    from layers.overlay_stated import Stated

FORMATS = frozenset(("kml", "kmz", "dxf", "txt", "csv", "xlsx"))


def rows_of_survey(data: bytes, filename: str, said: Stated, limits: Limits) -> Rows:
    """Read the polygons of a survey file; whatever else lies in it is counted as left out.

    Raises
    ------
    PlannerError
        Those of `geo.survey.read.read_survey`.
    """
    answers = Answers(crs=said.crs, axes=said.axes, layer=said.layer)
    survey = read_survey(data, filename, answers=answers, limits=limits)
    shapes, reasons, repaired = sound_shapes(shapely.from_wkb(_column(survey, "wkb")))
    usable = reasons == ""
    table = survey.attributes.to_pandas()
    names, ids = _column(survey, "name"), _column(survey, "id")
    return Rows(
        cells=table[usable].reset_index(drop=True),
        columns=table,
        shapes=shapes[usable],
        names=tuple(name or own for name, own in zip(names[usable], ids[usable], strict=True)),
        skipped=_skipped(survey, reasons),
        repaired=repaired,
        crs=survey.crs.name if survey.crs.epsg is None else f"EPSG:{survey.crs.epsg}",
        crs_how=survey.crs.how,
        format=survey.format,
        encoding=survey.encoding,
        layer=survey.layer,
        digest=survey.digest,
        notes=survey.notes,
        remarks=counted_remarks(survey.remarks),
        members={},
    )


def _column(survey: Survey, name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(survey.parcels.column(name).to_pylist(), dtype=object)


def _skipped(survey: Survey, reasons: np.ndarray[tuple[int], np.dtype[np.object_]]) -> Counter[str]:
    """Count what is left out: of the parcels by reason, what was rejected, what is no land."""
    skipped = Counter(str(reason) for reason in reasons if reason)
    rejected = len(survey.rejected)
    skipped["invalid_geometry"] += rejected
    skipped["wrong_type"] += survey.features - len(reasons) - rejected
    return +skipped
