"""KML 2.2 of parcels: longitude and latitude, every attribute as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from geo.errors import PlannerError
from geo.read.parsed import unique_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from geo.write.model import Outgoing

DECIMALS = 9  # a tenth of a millimetre
# All that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>{title}</name>
<Style id="parcel"><LineStyle><color>ff0000ff</color><width>2</width></LineStyle>\
<PolyStyle><fill>0</fill></PolyStyle></Style>
"""


def write_kml(outgoing: Outgoing) -> bytes:
    """Write parcels as KML.

    Parameters
    ----------
    outgoing : Outgoing
        In degrees; CGCS2000 is taken as WGS84, from which it differs by centimetres.

    Returns
    -------
    bytes
        UTF-8, coordinates with `DECIMALS` decimals, outer rings counter-clockwise; names as
        names, ids as a column ``id`` where no attribute holds them.

    Raises
    ------
    PlannerError
        ``kml_needs_degrees`` for plane coordinates.
    """
    if not outgoing.is_degrees:
        raise PlannerError("kml_needs_degrees", crs=outgoing.crs.name)
    shapes = shapely.orient_polygons(outgoing.geometries, exterior_cw=False)
    columns = _columns(outgoing)
    pieces = [_HEAD.format(title=_text(outgoing.title)), _schema(columns)]
    for row, name in enumerate(outgoing.names):
        data = {column: values[row] for column, values in columns.items()}
        pieces += _placemark(name, data, shapes[row])
    pieces.append("</Document>\n</kml>\n")
    return "".join(pieces).encode()


def _columns(outgoing: Outgoing) -> Mapping[str, Sequence[Any]]:
    """Give all columns but the one that holds the names."""
    table = outgoing.attributes
    columns: dict[str, Sequence[Any]] = {}
    if "id" not in outgoing.fields and any(outgoing.ids):
        columns["id"] = [one or None for one in outgoing.ids]
    names = unique_names([*columns, *table.column_names])[len(columns) :]
    for position, name in enumerate(names):
        if table.column_names[position] != outgoing.fields.get("name"):
            columns[name] = table.column(position).to_pylist()
    return columns


def _schema(columns: Iterable[str]) -> str:
    """Declare the columns: without it other programs replace Chinese names by underlines."""
    fields = "".join(
        f'<SimpleField type="string" name={quoteattr(_plain(name))}/>\n' for name in columns
    )
    return f'<Schema id="parcels" name="parcels">\n{fields}</Schema>\n' if fields else ""


def _placemark(name: str, attributes: Mapping[str, Any], shape: shapely.Geometry) -> Iterator[str]:
    yield f"<Placemark>\n<name>{_text(name)}</name>\n<styleUrl>#parcel</styleUrl>\n"
    data = [
        f"<SimpleData name={quoteattr(_plain(key))}>{_text(_written(value))}</SimpleData>\n"
        for key, value in attributes.items()
        if value is not None
    ]
    if data:
        yield '<ExtendedData><SchemaData schemaUrl="#parcels">\n'
        yield f"{''.join(data)}</SchemaData></ExtendedData>\n"
    polygons = [_polygon(part) for part in shapely.get_parts(shape)]
    several = shape.geom_type == "MultiPolygon"
    yield f"<MultiGeometry>\n{''.join(polygons)}</MultiGeometry>\n" if several else polygons[0]
    yield "</Placemark>\n"


def _polygon(polygon: shapely.Polygon) -> str:
    inner = "".join(
        f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>\n" for ring in polygon.interiors
    )
    outer = f"<outerBoundaryIs>{_ring(polygon.exterior)}</outerBoundaryIs>\n"
    return f"<Polygon>\n{outer}{inner}</Polygon>\n"


def _ring(ring: shapely.LinearRing) -> str:
    points: npt.NDArray[Any] = shapely.get_coordinates(ring)
    text = " ".join(f"{lon:.{DECIMALS}f},{lat:.{DECIMALS}f}" for lon, lat in points.tolist())
    return f"<LinearRing><coordinates>{text}</coordinates></LinearRing>"


def _written(value: Any) -> str:
    """Write a value as the exchange formats do: true and false, dates as ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain(text: str) -> str:
    return _FORBIDDEN.sub(" ", text)


def _text(text: str) -> str:
    return escape(_plain(text), {"\r": "&#13;"})
