"""What a format cannot hold of the parcels that are written in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.read.parsed import Note
from geo.read.txt.parcel import EXTRA, PLACES
from geo.units import M2_PER_HECTARE
from geo.write.formats import writer_of
from geo.write.point_rows import numbered
from geo.write.txt import area_texts
from geo.zones import zone_of_epsg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.parsed import Value
    from geo.write.model import Outgoing

_ROLES = {"txt": ("id", "name", "area", "use", "code"), "dxf": ("name",)}
_SHOWN = 12
_HALF_STEP = 0.5  # square metres: half the last digit of an area in a survey text


def losses_of(outgoing: Outgoing, file_format: str) -> tuple[Note, ...]:
    """Name what a file of this format will not say of its parcels.

    Parameters
    ----------
    outgoing : Outgoing
        What is written.
    file_format : str
        A key of `geo.write.formats.WRITERS`.

    Returns
    -------
    tuple of Note
        ``export_columns_left``: columns with values that have no place;
        ``export_points_unnamed``: names of points other than J1, J2 … that have none;
        ``export_parts_apart``: parcels in several parts, each of which becomes a ring of its own;
        ``export_zone_unnamed``: metres of which nothing says in which zone they are;
        ``export_area_computed``: declared areas that gave way to the plane area.
    """
    return (
        *_columns_left(outgoing, file_format),
        *_points_unnamed(outgoing, file_format),
        *_parts_apart(outgoing, file_format),
        *_zone_unnamed(outgoing, file_format),
        *_area_computed(outgoing, file_format),
    )


def _columns_left(outgoing: Outgoing, file_format: str) -> Iterator[Note]:
    if writer_of(file_format).columns:
        return
    held = {outgoing.fields.get(role, "") for role in _ROLES.get(file_format, ("id", "name"))}
    if file_format == "txt":
        held |= {*PLACES}
    table = outgoing.attributes
    left = [
        name
        for name, values in zip(table.column_names, table.columns, strict=True)
        if name not in held
        and not (file_format == "txt" and re.fullmatch(rf"{EXTRA}[0-9]+", name))
        and _says_anything(values.to_pylist())
    ]
    if file_format == "dxf" and outgoing.fields.get("id") is None and _ids_lost(outgoing):
        left.insert(0, "id")
    if left:
        more = "…" if len(left) > _SHOWN else ""
        columns = "、".join(left[:_SHOWN]) + more
        values: dict[str, Value] = {"columns": columns, "format": file_format, "count": len(left)}
        yield Note(code="export_columns_left", values=values)


def _says_anything(values: list[object]) -> bool:
    return any(value is not None and str(value).strip() for value in values)


def _ids_lost(outgoing: Outgoing) -> bool:
    """Whether a drawing names a parcel by its name and says nothing of its id."""
    return any(own and name for own, name in zip(outgoing.ids, outgoing.names, strict=True))


def _points_unnamed(outgoing: Outgoing, file_format: str) -> Iterator[Note]:
    if writer_of(file_format).point_names:
        return
    count = sum(
        labels is not None and list(labels) != _usual_names(shape)
        for shape, labels in zip(outgoing.geometries, outgoing.labels, strict=False)
    )
    if count:
        yield Note(
            code="export_points_unnamed", values={"count": int(count), "format": file_format}
        )


def _usual_names(shape: shapely.Geometry) -> list[str]:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return numbered(shapely.get_num_coordinates(rings).tolist())


def _parts_apart(outgoing: Outgoing, file_format: str) -> Iterator[Note]:
    if file_format != "dxf":
        return
    parts = shapely.get_num_geometries(outgoing.geometries)
    several = np.flatnonzero(parts > 1).tolist()
    if several:
        names = [outgoing.names[row] or outgoing.ids[row] or str(row + 1) for row in several]
        more = "…" if len(names) > _SHOWN else ""
        values: dict[str, Value] = {
            "count": len(several),
            "parts": int(parts[several].sum()),
            "parcels": "、".join(names[:_SHOWN]) + more,
        }
        yield Note(code="export_parts_apart", values=values)


def _zone_unnamed(outgoing: Outgoing, file_format: str) -> Iterator[Note]:
    zone = zone_of_epsg(outgoing.epsg)
    told = zone is not None and (zone.prefixed or file_format in ("csv", "xlsx", "txt"))
    if writer_of(file_format).names_system or outgoing.is_degrees or told:
        return
    values: dict[str, Value] = {
        "format": file_format,
        "crs": f"EPSG:{outgoing.epsg}",
        "name": outgoing.crs.name,
    }
    yield Note(code="export_zone_unnamed", values=values)


def _area_computed(outgoing: Outgoing, file_format: str) -> Iterator[Note]:
    if file_format != "txt" or outgoing.declared_area_m2 is None:
        return
    texts = area_texts(outgoing)
    written = np.array([float(text) for text in texts]) * float(M2_PER_HECTARE)
    apart = np.flatnonzero(np.abs(outgoing.declared_area_m2 - written) > _HALF_STEP)
    if len(apart):
        first = int(apart[0])
        values: dict[str, Value] = {
            "count": len(apart),
            "parcel": outgoing.names[first] or outgoing.ids[first] or str(first + 1),
            "declared": round(float(outgoing.declared_area_m2[first]), 2),
            "written": texts[first],
        }
        yield Note(code="export_area_computed", values=values)
