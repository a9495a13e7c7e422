"""Networks for tests, written in metres around 112.5°E 33°N."""

import tomllib
from pathlib import Path

import shapely

from geo.crs import local_tm, to_local, to_lonlat
from geo.location.features import NamedFeature
from geo.location.network import Network

CRS = local_tm(112.5, 33.0)
CASES = Path(__file__).parents[2] / "cases" / "locations"


def feature(name, metric, **more):
    geometry = None if metric is None else to_lonlat(shapely.segmentize(metric, 1000), CRS)
    return NamedFeature(id=more.pop("id", name), name=name, geometry=geometry, **more)


def road(name, *xy, **more):
    return feature(name, shapely.LineString(xy), **more)


def metres(geometry):
    """Bring an answer back to metres."""
    return to_local(geometry, CRS)


def load(path):
    """Read a case file: its network and its cases."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = [_row(position, dict(row)) for position, row in enumerate(text["feature"])]
    return Network.build(rows), text["case"]


def _row(position, row):
    shapes = {
        "line": shapely.LineString,
        "lines": shapely.MultiLineString,
        "point": shapely.Point,
        "area": shapely.Polygon,
    }
    geometry = next((make(row.pop(key)) for key, make in shapes.items() if key in row), None)
    lists = {key: tuple(row.pop(key)) for key in ("aliases", "former") if key in row}
    return feature(row.pop("name"), geometry, id=f"f{position}", **lists, **row)
