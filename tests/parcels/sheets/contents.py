"""Snapshots of a few parcels on the plane, without assessing anything."""

from __future__ import annotations

import json

import numpy as np
import shapely

from geo.systems import read_system
from parcels.snapshot.model import FORMAT, seal

CENTRE = (38_455_000.0, 3_655_000.0)  # east, north in EPSG:4526, west of 南阳's centre
SYSTEM = "EPSG:4526"


def parcel(outline, *, at=0, system=SYSTEM, names=None, **given):
    """Return the entry of a parcel whose shape lies on the plane of a system."""
    lonlat = read_system(system).to_lonlat(outline)
    entry = {
        "at": at,
        "key": str(at + 1),
        "selected": True,
        "id": str(at + 1),
        "name": f"地块{at + 1}",
        "number": None,
        "location_text": "",
        "bounds": {},
        "use": {"text": "工业", "code": "1001", "scheme": "mnr2023", "groups": [], "problem": ""},
        "geometry_class": "surveyed",
        "accuracy_m": 0.1,
        "area_m2": float(shapely.area(outline)),
        "plane_m2": float(shapely.area(outline)),
        "declared_m2": None,
        "declared_text": "",
        "attributes": {},
        "rings": rings(outline, names),
        "shape": json.loads(shapely.to_geojson(lonlat)),
        "place": None,
        "box": None,
        "outcome": "unknown",
        "counts": {},
        "said": {"overrides": []},
    }
    return {**entry, **given}


def rings(shape, names=None):
    found, begun = [], 0
    for part in shapely.get_parts(shape):
        for number, ring in enumerate(shapely.get_rings(part)):
            points = shapely.get_coordinates(ring)[:-1]
            own = [f"J{begun + at + 1}" for at in range(len(points))]
            begun += len(points)
            found.append(
                {
                    "hole": number > 0,
                    "names": names or own,
                    "north_east": points[:, ::-1].tolist(),
                }
            )
    return found


def snapshot(*parcels, system=SYSTEM, title="测试", findings=(), drawn=None, **given):
    content = {
        "format": FORMAT,
        "kind": "review",
        "level": "internal",
        "title": title,
        "lang": "zh",
        "made": {"at": "2026-11-22T08:00:00Z", "by": "", "app": "0.7.0"},
        "view": None,
        "disclaimer": "预检，不作为权属和审批依据",
        "rests_on": None,
        "as_of": "2026-11-22",
        "system": system,
        "parcels": list(parcels),
        "inputs": {},
        "answers": {
            "checks": [{"id": "overlap", "short": "重叠", "title": "宗间重叠"}],
            "findings": list(findings),
            "packs": [],
            "summary": {},
        },
        "drawn": drawn or {"notice": "", "groups": []},
    }
    return seal({**content, **given})


def rectangle(width=200.0, height=120.0, *, east=0.0, north=0.0):
    x, y = CENTRE[0] + east, CENTRE[1] + north
    return shapely.box(x, y, x + width, y + height)


def gear(points, radius=150.0, *, depth=0.06):
    """Return a ring of many corners, its radius going up and down."""
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    reach = radius * (1 + depth * np.where(np.arange(points) % 2, 1, -1))
    xy = np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None] + CENTRE
    return shapely.Polygon(xy)


def public(shape, **given):
    """Return the entry of a parcel on a local origin, as a public snapshot has it."""
    moved = shapely.set_precision(shapely.transform(shape, lambda xy: xy - CENTRE), 1.0)
    entry = parcel(shape, **given)
    return {**entry, "shape": json.loads(shapely.to_geojson(moved)), "rings": []}
