"""Survey text (勘测定界界址点坐标交换格式) in its canonical form."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.read.txt.header import COORDINATES
from geo.read.txt.parcel import EXTRA
from geo.units import M2_PER_HECTARE
from geo.write.point_rows import numbered
from geo.write.txt_header import header_lines
from geo.zones import zone_of_epsg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.write.model import Outgoing

_LINE_END = "\r\n"
_KIND = "面"
_HECTARE_DECIMALS = 4
_MOST_DECIMALS = 4
_USUAL_DECIMALS = 3
_SAME = 1e-6  # metres: far below what is written, far above the steps of a double
_AREA = re.compile(r"[0-9]+(?:\.[0-9]{1,8})?")
_BREAKS = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*|,")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def write_txt(outgoing: Outgoing, *, encoding: Literal["gb18030", "utf-8"] = "gb18030") -> bytes:
    """Write parcels as a survey text.

    Parameters
    ----------
    outgoing : Outgoing
        In a Gauss-Krüger zone of CGCS2000, metres.
    encoding : str
        GB18030 holds GBK, which the tools of the bureaus expect, and everything else.

    Returns
    -------
    bytes
        Lines end in CRLF; north before east, the zone before the easting where the CRS has it;
        every ring closed, its number counted through the parcel; 地块面积 in 公顷 from the plane
        area. 转换参数 stays empty. A source in this form comes back byte for byte.

    Raises
    ------
    PlannerError
        ``txt_crs_refused`` for degrees, another datum or another projection.
    """
    zone = zone_of_epsg(outgoing.epsg)
    if zone is None:
        raise PlannerError("txt_crs_refused", crs=f"EPSG:{outgoing.epsg} {outgoing.crs.name}")
    lines = header_lines(outgoing.header, zone)
    lines.append(f"[{COORDINATES}]")
    decimals = _decimals(outgoing)
    rows = outgoing.attributes.to_pylist()
    for place, geometry in enumerate(outgoing.geometries):
        lines.append(_parcel_line(outgoing, place, rows[place] if rows else {}))
        lines += _point_lines(geometry, _labels(outgoing, place), decimals)
    return (_LINE_END.join(lines) + _LINE_END).encode(encoding)


def _decimals(outgoing: Outgoing) -> int:
    """Give the decimals of 精度, or more where those would lose what the numbers hold."""
    written = outgoing.header.get("精度", "").strip()
    wanted = _USUAL_DECIMALS
    if re.fullmatch(r"0\.[0-9]{1,6}", written):
        wanted = len(written) - 2
    elif re.fullmatch(r"[0-6]", written):
        wanted = int(written)
    numbers = shapely.get_coordinates(outgoing.geometries)
    for decimals in sorted({wanted, *range(wanted, _MOST_DECIMALS + 1)}):
        if np.allclose(numbers, np.round(numbers, decimals), rtol=0, atol=_SAME):
            return int(decimals)
    return max(wanted, _USUAL_DECIMALS)


def _parcel_line(outgoing: Outgoing, place: int, row: dict[str, object]) -> str:
    geometry = outgoing.geometries[place]
    roles = outgoing.fields
    extra = sorted(
        (int(name.removeprefix(EXTRA)), name)
        for name, value in row.items()
        if re.fullmatch(rf"{EXTRA}[0-9]+", name) and value is not None
    )
    fields = (
        shapely.get_num_coordinates(geometry),
        _area(outgoing, place, row),
        outgoing.ids[place],
        outgoing.names[place],
        row.get("记录图形属性") or _KIND,
        row.get("图幅号"),
        row.get(roles.get("use", "")),
        row.get(roles.get("code", "")),
        *(row[name] for _, name in extra),
        "@",
    )
    return ",".join(_field(one) for one in fields)


def area_texts(outgoing: Outgoing) -> list[str]:
    """Give 地块面积 of each parcel as `write_txt` writes it, in 公顷."""
    rows = outgoing.attributes.to_pylist()
    return [
        _area(outgoing, place, rows[place] if rows else {})
        for place in range(len(outgoing.geometries))
    ]


def _area(outgoing: Outgoing, place: int, row: dict[str, object]) -> str:
    """Give the plane area in 公顷; as the source wrote it where that is the same number."""
    hectares = Decimal(repr(float(outgoing.area_plane_m2[place]))) / int(M2_PER_HECTARE)
    text = str(row.get(outgoing.fields.get("area", "")) or "").strip()
    if _AREA.fullmatch(text):
        declared = Decimal(text)
        if hectares.quantize(declared, rounding=ROUND_HALF_UP) == declared:
            return text
    return str(hectares.quantize(Decimal(1).scaleb(-_HECTARE_DECIMALS), rounding=ROUND_HALF_UP))


def _field(value: object) -> str:
    """Give a text that neither ends its field nor its line."""
    text = "" if value is None else str(value)
    return _CONTROLS.sub(" ", _BREAKS.sub("，", text)).strip()


def _labels(outgoing: Outgoing, place: int) -> Sequence[str] | None:
    labels = outgoing.labels[place] if outgoing.labels else None
    count = int(shapely.get_num_coordinates(outgoing.geometries[place]))
    return labels if labels is not None and len(labels) == count else None


def _point_lines(geometry: object, labels: Sequence[str] | None, decimals: int) -> Iterator[str]:
    """Write the points; without names J1, J2 … run on through the rings of the parcel."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    names = numbered(np.bincount(ring).tolist()) if labels is None else map(_field, labels)
    coordinates = zip(xy[:, 1].tolist(), xy[:, 0].tolist(), strict=True)
    for name, number, (north, east) in zip(names, ring.tolist(), coordinates, strict=True):
        yield f"{name},{number + 1},{north:.{decimals}f},{east:.{decimals}f}"
