"""Parcels to be assessed: the rows of a plan, or the parcels of an accepted file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.location.reading import SIDES
from geo.systems import BD09, GCJ02
from layers.codes import SCHEMES, meanings_of, read_scheme
from parcels.checks.subject import Parcels, QualityFinding
from parcels.checks.use_groups import use_of
from parcels.survey_parcels import attribute_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.location.location import Location
    from geo.survey.model import Survey
    from parcels.checks.subject import Floats, Objects
    from parcels.workspace import PlannedParcel

SURVEYED_ACCURACY_M = 0.1
"""Survey accuracy is centimetres (TD/T 1001-2012: 5 to 10 cm for boundary points)."""
_SCHEME_COLUMNS = ("land_use_scheme", "scheme", "分类标准", "地类标准")
_CODE_COLUMNS = {"ydyhfldm": "mnr2023", "用地用海分类代码": "mnr2023", "用地用海代码": "mnr2023"}


def plan_parcels(planned: Sequence[PlannedParcel]) -> Parcels:
    """Give the rows of a plan, each with the land inside which its words place it.

    A row of several pieces lies in the union of their extents; a row with a piece that has no
    extent has none. The drawing boxes of the schematic layer are no outlines and play no part.
    """
    count = len(planned)
    position = {one.row.parcel_id: at for at, one in enumerate(planned)}
    places, accuracy = _objects(count), np.full(count, np.nan)
    for at, one in enumerate(planned):
        places[at], accuracy[at] = _place(one.location)
    return Parcels(
        ids=tuple(one.row.parcel_id for one in planned),
        names=tuple(one.row.name for one in planned),
        shapes=_objects(count),
        places=places,
        geometry_class=tuple("solved_from_text" if one is not None else "" for one in places),
        accuracy_m=accuracy,
        uses=tuple(use_of("", None, one.row.use_text) for one in planned),
        declared_m2=np.full(count, np.nan),
        declared_texts=("",) * count,
        bounds_by_words=tuple(_bounds(one.location) for one in planned),
        twins=tuple(tuple(position[twin] for twin in one.twins) for one in planned),
    )


def survey_parcels(survey: Survey, *, scheme: str | None = None) -> Parcels:
    """Give the parcels of a file.

    Parameters
    ----------
    survey : Survey
    scheme : str, optional
        Scheme of the land-use codes where the file does not state it.
    """
    table, count = survey.parcels, survey.parcels.num_rows
    columns = _columns(survey)
    drawn_on_web_map = survey.crs.definition in {GCJ02, BD09}
    codes = _texts(columns, survey.fields.get("code"), count)
    uses = _texts(columns, survey.fields.get("use"), count)
    return Parcels(
        ids=tuple(one or "" for one in table.column("id").to_pylist()),
        names=tuple(one or "" for one in table.column("name").to_pylist()),
        shapes=shapely.from_wkb(table.column("wkb").to_numpy()),
        places=_objects(count),
        geometry_class=("digitized" if drawn_on_web_map else "surveyed",) * count,
        accuracy_m=np.full(count, np.nan if drawn_on_web_map else SURVEYED_ACCURACY_M),
        uses=tuple(
            use_of(code, one_scheme, use)
            for code, one_scheme, use in zip(
                codes, _schemes(survey, columns, scheme, codes), uses, strict=True
            )
        ),
        declared_m2=_floats(table.column("declared_area_m2").to_pylist()),
        declared_texts=tuple(one or "" for one in table.column("declared_text").to_pylist()),
        attributes=columns,
        quality=_quality(survey),
        quality_known=True,
        plane_m2=_floats(table.column("area_plane_m2").to_pylist()),
    )


def require_schemes(parcels: Parcels) -> None:
    """Refuse codes that are given without their scheme.

    Raises
    ------
    PlannerError
        ``land_use_code_without_scheme`` with what the first of them would mean in each;
        ``land_use_scheme_unknown`` where a scheme is stated that nobody knows.
    """
    for use in parcels.uses:
        if use.problem == "code_without_scheme" and use.scheme:
            raise PlannerError("land_use_scheme_unknown", scheme=use.scheme, known=list(SCHEMES))
        if use.problem == "code_without_scheme":
            meanings = {entry.scheme: entry.name for entry in meanings_of(use.code)}
            raise PlannerError("land_use_code_without_scheme", land_use=use.code, meanings=meanings)


def _place(location: Location) -> tuple[Any, float]:
    extents = [part.envelope for part in location.parts]
    if not extents or any(extent is None for extent in extents):
        return None, np.nan
    stated = [part.accuracy_m for part in location.parts]
    known = [metres for metres in stated if metres is not None]
    return shapely.union_all(extents), max(known) if len(known) == len(stated) else np.nan


def _bounds(location: Location) -> Mapping[str, tuple[str, ...]]:
    """Give the ids of the features that bound a row by its own side, where each was found."""
    found: dict[str, tuple[str, ...]] = {}
    for side in SIDES:
        ids = [
            anchor.id
            for part in location.parts
            for anchor in part.anchors
            if anchor.id and anchor.name in part.bounds[side]
        ]
        found[side] = tuple(dict.fromkeys(ids))
    return found


def _columns(survey: Survey) -> dict[str, list[Any]]:
    rows = attribute_rows(survey.attributes, survey.parcels.num_rows)
    return {name: [row[name] for row in rows] for name in survey.attributes.column_names}


def _texts(columns: Mapping[str, list[Any]], name: str | None, count: int) -> list[str]:
    values = columns.get(name or "")
    return [""] * count if values is None else [str(one or "").strip() for one in values]


def _schemes(
    survey: Survey, columns: Mapping[str, list[Any]], chosen: str | None, codes: Sequence[str]
) -> Sequence[str | None]:
    """Take the scheme that a column or the code's heading states, else the one that was chosen.

    A heading says nothing of a code that is written in another column. A scheme that nobody knows
    is kept as it is written unless one was chosen.
    """
    if chosen is not None and chosen not in SCHEMES:
        raise PlannerError("land_use_scheme_unknown", scheme=chosen, known=list(SCHEMES))
    stated = next((name for name in columns if name.lower() in _SCHEME_COLUMNS), None)
    heading = _CODE_COLUMNS.get((survey.fields.get("code") or "").lower())
    return [
        read_scheme(said) or (heading if code and not said else None) or chosen or said or None
        for said, code in zip(_texts(columns, stated, len(codes)), codes, strict=True)
    ]


def _quality(survey: Survey) -> dict[int, list[QualityFinding]]:
    found: dict[int, list[QualityFinding]] = {}
    for row in survey.findings.drop_columns(["wkb"]).to_pylist():
        found.setdefault(row.pop("parcel"), []).append(QualityFinding(**row))
    return found


def _objects(count: int) -> Objects:
    return np.full(count, None, dtype=object)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if one is None else one for one in values], dtype=float)
