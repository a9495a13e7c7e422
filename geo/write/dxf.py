"""DXF of parcels that Chinese CAD opens: release 2000, code page 936, layers as in CASS."""

from __future__ import annotations

import io
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from geo.write.model import Outgoing

BOUNDARIES, POINT_NAMES, PARCEL_NAMES = "JZD", "JZDH", "DKMC"
_LAYERS = ((BOUNDARIES, 1), (POINT_NAMES, 3), (PARCEL_NAMES, 7))  # and their colours
_STYLE = "HZ"
_POINT_HEIGHT_M, _NAME_HEIGHT_M = 1.0, 3.0
_FIRST_HANDLE = 0x1000  # above all that an empty drawing needs
_METRES = 6  # of $INSUNITS
_ENTITIES = "  0\nSECTION\n  2\nENTITIES\n"
_MARGIN = 1.2


def write_dxf(outgoing: Outgoing) -> bytes:
    r"""Write parcels as a drawing.

    Parameters
    ----------
    outgoing : Outgoing
        In metres; x is drawn to the right.

    Returns
    -------
    bytes
        Text DXF (AC1015, ANSI_936): each ring a closed LWPOLYLINE on layer JZD, its points'
        names on JZDH, the parcels' names (ids where they have none) on DKMC. Characters
        outside of GBK stand as ``\U+XXXX``. The same parcels give the same bytes.

    Raises
    ------
    PlannerError
        ``dxf_needs_metres`` for degrees.
    """
    if outgoing.is_degrees:
        raise PlannerError("dxf_needs_metres", crs=outgoing.crs.name)
    handles = count(_FIRST_HANDLE)
    pieces = [piece for row in range(len(outgoing.geometries)) for piece in _parcel(outgoing, row)]
    frame, owner = _frame(outgoing.geometries, _FIRST_HANDLE + len(pieces))
    entities = "".join(
        f"  0\n{kind}\n  5\n{next(handles):X}\n330\n{owner}\n100\nAcDbEntity\n{tags}"
        for kind, tags in pieces
    )
    before, mark, after = frame.partition(_ENTITIES)
    return f"{before}{mark}{entities}{after}".replace("\n", "\r\n").encode("gbk")


def _frame(geometries: npt.NDArray[np.object_], next_handle: int) -> tuple[str, str]:
    """Make a drawing without entities, and name the owner that they will have."""
    from ezdxf._options import options
    from ezdxf.filemanagement import new

    # The library's own way to leave the clock and random ids out of a drawing.
    options.write_fixed_meta_data_for_testing = True
    drawing = new("R2000", units=_METRES)
    drawing.encoding = "gbk"
    for name, colour in _LAYERS:
        drawing.layers.add(name, color=colour)
    drawing.styles.add(_STYLE, font="simsun.ttf")
    if len(geometries):
        west, south, east, north = shapely.total_bounds(geometries).tolist()
        drawing.header["$EXTMIN"], drawing.header["$EXTMAX"] = (west, south, 0), (east, north, 0)
        middle = ((west + east) / 2, (south + north) / 2)
        drawing.set_modelspace_vport(_MARGIN * max(north - south, east - west, 1.0), middle)
    drawing.entitydb.handles.reset(f"{next_handle:X}")
    text = io.StringIO()
    drawing.write(text)
    return text.getvalue(), drawing.modelspace().layout_key


def _parcel(outgoing: Outgoing, row: int) -> Iterator[tuple[str, str]]:
    shape = outgoing.geometries[row]
    labels = outgoing.labels[row] if outgoing.labels else None
    position, numbers = 0, count(1)
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)[:-1].tolist()
        yield "LWPOLYLINE", _ring(points)
        for offset, (x, y) in enumerate(points):
            name = f"J{next(numbers)}" if labels is None else labels[position + offset]
            if name:
                yield "TEXT", _text(name, x, y, POINT_NAMES, _POINT_HEIGHT_M)
        position += len(points) + 1
    name = outgoing.names[row] or outgoing.ids[row]
    if name:
        x, y = shapely.get_coordinates(shapely.point_on_surface(shape))[0].tolist()
        yield "TEXT", _text(name, x, y, PARCEL_NAMES, _NAME_HEIGHT_M)


def _ring(points: list[list[float]]) -> str:
    head = f"  8\n{BOUNDARIES}\n100\nAcDbPolyline\n 90\n{len(points)}\n 70\n1\n 43\n0.0\n"
    return head + "".join(f" 10\n{x!r}\n 20\n{y!r}\n" for x, y in points)


def _text(text: str, x: float, y: float, layer: str, height: float) -> str:
    """Give the tags of a text that is centred on a point."""
    at = f"{x!r}\n 20\n{y!r}\n 30\n0.0\n"
    centred = f"{x!r}\n 21\n{y!r}\n 31\n0.0\n"
    return (
        f"  8\n{layer}\n100\nAcDbText\n 10\n{at} 40\n{height}\n  1\n{_escaped(text)}\n"
        f"  7\n{_STYLE}\n 72\n1\n 11\n{centred}100\nAcDbText\n 73\n2\n"
    )


def _escaped(text: str) -> str:
    """Write what GBK has no sign for as UTF-16 units; no line may break."""
    return "".join(_sign(char) for char in " ".join(text.split()))


def _sign(char: str) -> str:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        units = np.frombuffer(char.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        return "".join(f"\\U+{unit:04X}" for unit in units.tolist())
    return char if char.isprintable() else " "
