"""CSV: one row a point, or one row a parcel with its shape as text."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.read.parsed import unique_names
from geo.read.tables.delimited import FORMULA_SIGNS
from geo.write.point_rows import number_text, point_rows, system_of
from geo.zones import zone_of_epsg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.write.model import Outgoing
    from geo.write.point_rows import TableSystem


def write_points_csv(outgoing: Outgoing, *, encoding: str = "utf-8-sig") -> bytes:
    """Write one row a point.

    Parameters
    ----------
    outgoing : Outgoing
        Parcels.
    encoding : str
        ``utf-8-sig`` is what spreadsheets recognise; ``gb18030`` for older tools.

    Returns
    -------
    bytes
        地块序号, 地块编号, 地块名称, 圈号, 点号, X north, Y east (or 经度, 纬度); every ring is
        closed by its first point. Eastings without the zone need a line above the headings that
        names it. Texts that a spreadsheet would take for a formula begin with
        an apostrophe; numbers are written in full.
    """
    system = system_of(outgoing)
    numbers = ["经度", "纬度"] if outgoing.is_degrees else ["X", "Y"]
    heading = ["地块序号", "地块编号", "地块名称", "圈号", "点号", *numbers]
    rows = (
        [
            str(parcel + 1),
            _guarded(outgoing.ids[parcel]),
            _guarded(outgoing.names[parcel]),
            str(point.ring),
            _guarded(point.name),
            number_text(point.first, system.decimals),
            number_text(point.second, system.decimals),
        ]
        for parcel in range(len(outgoing.geometries))
        for point in point_rows(outgoing, parcel)
    )
    return _written(chain(_title(outgoing, system), [heading], rows), encoding)


def _title(outgoing: Outgoing, system: TableSystem) -> list[list[str]]:
    """Name the zone where the numbers do not."""
    return [[f"界址点成果表　{system.line}"]] if _is_bare(outgoing) else []


def _is_bare(outgoing: Outgoing) -> bool:
    """Whether nobody could tell from the numbers which system they belong to."""
    zone = zone_of_epsg(outgoing.epsg)
    return not outgoing.is_degrees and (zone is None or not zone.prefixed)


def write_listing_csv(outgoing: Outgoing, *, encoding: str = "utf-8-sig") -> bytes:
    """Write one row a parcel: its columns as the source had them, and its shape as WKT.

    Parameters
    ----------
    outgoing : Outgoing
        Parcels; the WKT has east (longitude) first and loses no digit. Before it stands
        ``SRID=…;`` where the numbers do not tell their system.
    encoding : str
        As in `write_points_csv`.

    Returns
    -------
    bytes
        Ids and names stand first when the source has no column of them.
    """
    own = {
        role: values
        for role, values in (("id", outgoing.ids), ("name", outgoing.names))
        if role not in outgoing.fields
    }
    titles = {"id": "地块编号", "name": "地块名称"}
    names = [*(titles[role] for role in own), *outgoing.attributes.column_names, "WKT"]
    columns: list[Sequence[object]] = [*own.values()]
    columns += [column.to_pylist() for column in outgoing.attributes.columns]
    shapes = np.asarray(outgoing.geometries, dtype=object)
    mark = f"SRID={outgoing.epsg};" if _is_bare(outgoing) else ""
    columns.append([mark + one for one in shapely.to_wkt(shapes, rounding_precision=-1)])
    heading = [_guarded(name) for name in unique_names(names)]
    rows = ([_cell(value) for value in row] for row in zip(*columns, strict=True))
    return _written(chain([heading], rows), encoding)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return _guarded(value) if isinstance(value, str) else str(value)


def _guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] and text[0] in FORMULA_SIGNS else text


def _written(rows: Iterable[list[str]], encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)
