"""The parcels of a survey, one entry each: areas in three units, shape, attributes, findings."""

from __future__ import annotations

import math
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geo.units import decimal_mu
from parcels.places import place_text
from parcels.wording import finding_text

if TYPE_CHECKING:
    from geo.survey.model import Survey

Entry = dict[str, Any]
_M2_PER_HECTARE = 10_000
_DIGITS = 6  # a declared area has fewer: the rest is what 公顷 and 亩 lose on the way to m²
_COPIED = ("id", "name", "rings", "vertices", "declared_text")
_FINDING = ("parcel", "other", "code", "severity", "value", "limit", "unit", "ring", "point")
# Pairs are found once; the other parcel of the pair hears of it too, by these words.
_FROM_THE_OTHER_SIDE = {"Q_NESTED": "Q_CONTAINS"}
_SAID_TO_BOTH = {"Q_ID"}
_MEASURED = ("area_m2", "area_plane_m2", "declared_area_m2")


def parcel_entries(survey: Survey, lang: str) -> list[Entry]:
    """Describe every parcel of a survey in the order of the file.

    Parameters
    ----------
    survey : Survey
        What was read.
    lang : str
        ``zh`` or ``en``.

    Returns
    -------
    list of dict
        Areas in m², 公顷 (``area_ha``) and 亩 (``area_mu``, four decimals, half up); ``wkt`` in
        the file's CRS, east before north, with every digit; numbers that are not finite are None.
        ``area_difference_m2`` is declared minus plane area, which is what documents declare; of
        degrees, which have no plane, minus the area on the ellipsoid.
    """
    columns = {name: survey.parcels.column(name).to_pylist() for name in (*_COPIED, "where")}
    columns |= {name: _finite(survey.parcels.column(name).to_pylist()) for name in _MEASURED}
    columns["wkt"] = wkt_texts(survey.parcels.column("native")).tolist()
    columns["attributes"] = attribute_rows(survey.attributes, survey.parcels.num_rows)
    columns["findings"] = findings_by_parcel(survey, lang)
    return [
        _entry(dict(zip(columns, row, strict=True)), lang)
        for row in zip(*columns.values(), strict=True)
    ]


def wkt_texts(wkb: pa.ChunkedArray) -> Any:
    """Write geometries as WKT that gives back the same numbers, as an array of text."""
    shapes = shapely.from_wkb(wkb.to_numpy())
    return shapely.to_wkt(shapes, rounding_precision=-1, trim=True)


def attribute_rows(table: pa.Table, count: int) -> list[Entry]:
    """Give ``count`` rows of a table as plain values: dates and bytes as text, NaN as None.

    A table without columns forgets how many rows it had.
    """
    if not table.num_columns:
        return [{} for _ in range(count)]
    plain = (_plain_column(column) for column in table.columns)
    return [dict(zip(table.column_names, row, strict=True)) for row in zip(*plain, strict=True)]


def _plain_column(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    is_plain = pa.types.is_string(column.type) or pa.types.is_integer(column.type)
    return values if is_plain else [plain_value(value) for value in values]


def findings_by_parcel(survey: Survey, lang: str) -> list[list[Entry]]:
    """Give the findings of every parcel with their sentences; a pair is named at both parcels."""
    found: list[list[Entry]] = [[] for _ in range(survey.parcels.num_rows)]
    columns = {name: survey.findings.column(name).to_pylist() for name in _FINDING}
    columns |= {name: _finite(columns[name]) for name in ("value", "limit")}
    for parcel, other, *row in zip(*columns.values(), strict=True):
        entry = dict(zip(_FINDING[2:], row, strict=True))
        found[parcel].append(_finding(entry, other, lang))
        if other >= 0 and entry["code"] not in _SAID_TO_BOTH:
            code = _FROM_THE_OTHER_SIDE.get(entry["code"], entry["code"])
            mirrored = {**entry, "code": code, "ring": 0, "point": 0}
            found[other].append(_finding(mirrored, parcel, lang))
    return found


def _finding(entry: Entry, other: int, lang: str) -> Entry:
    number = other + 1 if other >= 0 else None
    measured = {name: entry[name] for name in ("value", "limit", "unit")}
    message = finding_text(lang, entry["code"], **measured, other=number)
    return {**entry, "other": number, "message": message}


def _entry(columns: Entry, lang: str) -> Entry:
    area, declared = columns["area_m2"], columns["declared_area_m2"]
    plane = columns["area_plane_m2"]
    beside = area if plane is None else plane
    known = declared is not None and beside is not None
    measured = {
        "area_m2": area,
        "area_mu": None if area is None else float(decimal_mu(area)),
        "area_ha": None if area is None else area / _M2_PER_HECTARE,
        "declared_area_m2": round(declared, _DIGITS) if known else declared,
        "area_difference_m2": round(declared - beside, _DIGITS) if known else None,
    }
    return {**columns, "where": place_text(lang, columns["where"]), **measured}


def _finite(values: list[float | None]) -> list[float | None]:
    return [value if value is not None and math.isfinite(value) else None for value in values]


def plain_value(value: Any) -> Any:
    """Give a value that JSON can hold: dates and bytes as text, NaN and infinity as None."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
