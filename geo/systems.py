"""Coordinate systems by all the names that survey files and people give them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import CRS

from geo.china_offset import from_bd09, from_gcj02, to_bd09, to_gcj02
from geo.crs import CGCS2000, is_lonlat, read_crs, to_local, to_lonlat
from geo.errors import PlannerError
from geo.zones import Zone, zone_of_epsg, zone_of_meridian, zone_of_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import numpy.typing as npt

GCJ02, BD09 = "GCJ-02", "BD-09"
_SHIFTS: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    GCJ02: (to_gcj02, from_gcj02),
    BD09: (to_bd09, from_bd09),
}
# Parts of folded names, the more telling first; see `_folded`.
_WEB_MAPS = {
    GCJ02: re.compile(r"gcj0?2|火星|国测局|高德|腾讯"),
    BD09: re.compile(r"bd0?9|百度"),
}
_OLD_DATUM = re.compile(r"xian|西安|1980|80国家|80坐标|krassows|beijing|北京|1954|54坐标")
_LOCAL = re.compile(r"独立|地方|城市坐标|城建坐标|假定|任意坐标|施工坐标|local|arbitrary")
_CGCS2000 = re.compile(r"2000|china2000|epsg4490")
_WGS84 = re.compile(r"wgs(19)?84")
_WIDTH = re.compile(r"([36三六])(?:degree|度|°)")
_ZONE = re.compile(r"zone([0-9]{1,2})|([0-9]{1,2})(?:度带)?带|带号([0-9]{1,2})")
_MERIDIAN = re.compile(r"cm([0-9]{2,3})e|(?:中央经线|中央子午线)([0-9]{2,3})")
_UTM = re.compile(r"utmzone([0-9]{1,2})n")
_URN = re.compile(r"urn:ogc:def:crs:(EPSG|OGC):[\d.]*:(\w+)$", re.IGNORECASE)
_FOLDED_AWAY = re.compile(r"[\s_\-/,，()（）=]+")
_TM = "Transverse Mercator"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A coordinate system that numbers can be in.

    Attributes
    ----------
    name : str
        ``CGCS2000 / 3-degree Gauss-Kruger zone 37``, ``GCJ-02`` …
    crs : CRS
        Of GCJ-02 and BD-09: CGCS2000 degrees, which their degrees resemble.
    epsg : int or None
        None: there is no code.
    zone : Zone or None
        Its Gauss-Krüger zone on CGCS2000.
    """

    name: str
    crs: CRS
    epsg: int | None = None
    zone: Zone | None = None

    @property
    def is_degrees(self) -> bool:
        """Tell whether coordinates are longitude and latitude."""
        return bool(self.crs.is_geographic)

    @property
    def is_shifted(self) -> bool:
        """Tell whether it is the shifted system of a web map."""
        return self.name in _SHIFTS

    @property
    def definition(self) -> str:
        """What `read_system` reads the same system from."""
        if self.epsg is not None:
            return f"EPSG:{self.epsg}"
        return self.name if self.is_shifted else str(self.crs.to_wkt())

    def to_lonlat(self, geometries: Any) -> Any:
        """Bring geometries (x east, y north) to EPSG:4490."""
        if self.is_shifted:
            return shapely.transform(geometries, _SHIFTS[self.name][1])
        return to_lonlat(geometries, self.crs)

    def from_lonlat(self, geometries: Any) -> Any:
        """Bring geometries of EPSG:4490 to this system, x east and y north."""
        if self.is_shifted:
            return shapely.transform(geometries, _SHIFTS[self.name][0])
        return geometries if is_lonlat(self.crs) else to_local(geometries, self.crs)

    def lonlat_of(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Bring points, shape (n, 2), to degrees of EPSG:4490."""
        lonlat: npt.NDArray[np.float64] = shapely.get_coordinates(
            self.to_lonlat(shapely.points(points))
        )
        return lonlat


LONLAT = System(name=CGCS2000.name, crs=CGCS2000, epsg=4490)


def web_map(name: str) -> System:
    """Give ``GCJ-02`` or ``BD-09``."""
    return System(name=name, crs=CGCS2000)


def zone_system(zone: Zone) -> System:
    """Give the system of a Gauss-Krüger zone of CGCS2000."""
    crs = CRS.from_epsg(zone.epsg)
    return System(name=crs.name, crs=crs, epsg=zone.epsg, zone=zone)


def read_system(text: str) -> System:
    """Read a coordinate system from a code, WKT or a name as people write it.

    Parameters
    ----------
    text : str
        ``EPSG:4526``, ``4526``, WKT, ``CGCS2000_3_Degree_GK_Zone_38``, ``2000国家大地坐标系``,
        ``WGS84坐标系``, ``GCJ-02``, ``BD-09`` …

    Returns
    -------
    System
        CGCS2000 without zone means its degrees.

    Raises
    ------
    PlannerError
        ``crs_refused`` (Xi'an 80, Beijing 54), ``crs_local`` (a local grid),
        ``crs_name_conflict`` (WKT whose name and parameters are of two zones), ``crs_not_metre``,
        ``crs_unreadable``.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    urn = _URN.match(text)
    if urn:
        text = f"{urn[1]}:{urn[2]}"
    if text.upper() == "OGC:CRS84":
        text = "EPSG:4326"  # the same degrees: longitude comes first everywhere here
    if re.match(r"(LOCAL_CS|ENGCRS|ENGINEERINGCRS)\s*\[", text, re.IGNORECASE):
        raise PlannerError("crs_local", crs=_quoted(text)[:60])
    if "[" in text or ":" in text or text.isdecimal():
        return _of_crs(read_crs(text), text)
    return _of_name(text)


def _of_crs(crs: CRS, text: str) -> System:
    _require_metres(crs)
    zone = zone_of_crs(crs)
    named = zone_of_name(_own_name(text)) or zone_of_name(crs.name)
    if named and zone and named.meridian != zone.meridian:
        raise PlannerError("crs_name_conflict", crs=_own_name(text)[:60], meridian=zone.meridian)
    if zone is not None:
        return zone_system(zone)
    if is_lonlat(crs) and _CGCS2000.search(_folded(crs.name)):
        return LONLAT
    return System(name=crs.name, crs=crs, epsg=crs.to_epsg())


def _require_metres(crs: CRS) -> None:
    """Refuse feet and kilometres: no survey here is in them, so that the text is a slip."""
    for axis in crs.axis_info if crs.is_projected else ():
        if axis.unit_conversion_factor != 1:
            raise PlannerError("crs_not_metre", crs=crs.name, unit=axis.unit_name)


def _quoted(text: str) -> str:
    """Return the first name in a WKT."""
    found = re.search(r"\"([^\"]*)\"", text)
    return found[1] if found else text


def _own_name(text: str) -> str:
    """Return the name of a projected CRS as its WKT writes it."""
    found = re.search(r"PROJC(?:S|RS)\s*\[\s*\"([^\"]*)\"", text, re.IGNORECASE)
    return found[1] if found else ""


def _of_name(text: str) -> System:
    folded = _folded(text)
    for name, pattern in _WEB_MAPS.items():
        if pattern.search(folded):
            return web_map(name)
    if _LOCAL.search(folded):
        raise PlannerError("crs_local", crs=text[:60])
    if _OLD_DATUM.search(folded):
        raise PlannerError("crs_refused", crs=text[:60])
    utm = _UTM.search(folded)
    if utm and _WGS84.search(folded) and 1 <= int(utm[1]) <= 60:  # noqa: PLR2004
        return _of_crs(read_crs(f"EPSG:{32600 + int(utm[1])}"), "")
    if _CGCS2000.search(folded):
        zone = zone_of_name(text)
        if zone is None and re.search("zone|cm[0-9]|带|中央", folded):
            raise PlannerError("crs_unreadable", crs=text[:60])
        return zone_system(zone) if zone else LONLAT
    if _WGS84.search(folded):
        return _of_crs(read_crs("EPSG:4326"), "")
    raise PlannerError("crs_unreadable", crs=text[:60])


def zone_of_name(name: str) -> Zone | None:
    """Read the zone in a name such as ``CGCS2000_3_Degree_GK_CM_111E``; None: it names none."""
    folded = _folded(name)
    if not _CGCS2000.search(folded):
        return None
    folded = folded.replace("cgcs2000", "").replace("2000", "")
    width = _WIDTH.search(folded)
    meridian, zone = _MERIDIAN.search(folded), _ZONE.search(_WIDTH.sub("", folded))
    if meridian:
        six = not width or width[1] in "6六"
        return zone_of_meridian(int(meridian[1] or meridian[2]), width=6 if six else 3)
    return zone_of_number(int(next(filter(None, zone.groups()))), prefixed=True) if zone else None


def zone_of_crs(crs: CRS) -> Zone | None:
    """Return the CGCS2000 Gauss-Krüger zone that a CRS is by its parameters; None: it is none."""
    operation = crs.coordinate_operation
    if operation is None or operation.method_name != _TM or not crs.is_projected:
        return None
    datum = _folded(
        crs.geodetic_crs.datum.name if crs.geodetic_crs and crs.geodetic_crs.datum else ""
    )
    if not re.search("china|cgcs", datum) or any(
        axis.unit_conversion_factor != 1 for axis in crs.axis_info
    ):
        return None
    by_code = zone_of_epsg(crs.to_epsg())
    if by_code is not None:
        return by_code
    values = {parameter.name: float(parameter.value) for parameter in operation.params}
    meridian = values.pop("Longitude of natural origin", None)
    east = values.pop("False easting", None)
    if meridian is None or east is None or list(values.values()) != [0, 1, 0]:
        return None
    prefixed = (zone_of_number(int(east // 1_000_000), prefixed=True),)
    bare = (zone_of_meridian(meridian),)
    fitting = (
        zone
        for zone in (*bare, *prefixed)
        if zone and zone.meridian == meridian and zone.false_easting == east
    )
    return next(fitting, None)


def _folded(name: str) -> str:
    return _FOLDED_AWAY.sub("", unicodedata.normalize("NFKC", name)).lower()
