"""One function for every file with parcels: bytes in, parcels and a full account out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import shapely

from geo.errors import PlannerError
from geo.read.isolate import run_isolated
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.sniff import sniff
from geo.read.source import content_of
from geo.survey.model import Answers
from geo.survey.record import load_survey

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.survey.model import LonLat, Survey

_MOST_REFERENCE_POLYGONS = 2_000


def read_survey(
    source: Path | bytes,
    filename: str,
    *,
    answers: Answers | None = None,
    near: LonLat | None = None,
    reference: Iterable[BaseGeometry] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Survey:
    """Read parcels from a file of any format that we know, in a process with limits.

    Parameters
    ----------
    source : Path or bytes
        The file; as a path also a ``.shp`` with its files beside.
    filename : str
        Named in errors and in the report; what the file is, its content tells.
    answers : Answers, optional
        What the user settled.
    near : (float, float), optional
        Longitude and latitude of the project: nearer candidates come first.
    reference : iterable of Polygon
        Parcels known to lie right, EPSG:4490; a file that would fit them better after an inverse
        GCJ-02 shift is named as suspect. The first 2,000 are used.
    limits : Limits
        Size, time, memory, counts.

    Returns
    -------
    Survey
        ``features == parcels + rejected + skipped``.

    Raises
    ------
    PlannerError
        With ``file`` among its values: the file cannot be used, or (``question`` and
        ``candidates`` among the values) something must be settled in `Answers` first.
    """
    try:
        data = content_of(source, limits)
        known = [one for _, one in zip(range(_MOST_REFERENCE_POLYGONS), reference, strict=False)]
        asked = {
            "file": filename,
            "format": sniff(data, filename),
            "answers": asdict(answers or Answers()),
            "near": near,
            "reference": [one.hex() for one in shapely.to_wkb(known)] if known else [],
        }
        return run_isolated("survey", data, asked, limits=limits, collect=load_survey)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error
