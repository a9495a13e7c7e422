"""Cases of ``tests/cases/expansion``: metres become degrees, boxes become layers."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.crs import local_tm, to_lonlat
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from parcels.expansion.indices import indices
from parcels.expansion.stock import Stock
from parcels.expansion.surroundings import Place, Surroundings, Zone, surroundings_of
from parcels.rules.load import rule_book
from parcels.workspace import Reference, load_reference

if TYPE_CHECKING:
    from parcels.expansion.model import Index

FOLDER = Path(__file__).parents[2] / "cases" / "expansion"
PLANE = local_tm(112.5, 32.9)
BOOK = rule_book(date(2026, 11, 22), packs=["expansion"])


@cache
def measured(name: str) -> tuple[Index, ...]:
    """Measure a case once: its layers are read by a process of their own."""
    case = next(one for one in ALL if one["name"] == name)
    return indices(degrees(metric(case["extension"])), around(case), BOOK)


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]


def metric(stated: list[Any]) -> Any:
    """Make a polygon of rings, or one of several boxes."""
    if stated and isinstance(stated[0], str):
        return shapely.union_all([shapely.box(*map(float, one.split())) for one in stated])
    return shapely.Polygon(stated[0], stated[1:]) if stated else shapely.Polygon()


def degrees(shape: Any) -> Any:
    return to_lonlat(shape, PLANE)


def layer(kind: str, stated: dict[str, Any]) -> Any:
    shapes = [metric([one]) for one in stated.get("boxes", ())]
    shapes += [shapely.LineString(one) for one in stated.get("lines", ())]
    names = stated.get("names") or [""] * len(shapes)
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": shapely.geometry.mapping(degrees(shape)),
        }
        for name, shape in zip(names, shapes, strict=True)
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})
    said = Stated(
        covers=stated["covers"],
        accuracy_m=stated.get("accuracy_m"),
        name_column="name" if stated.get("names") else None,
        crs="EPSG:4490",
    )
    return read_overlay(document.encode(), f"{kind}.geojson", kind, stated=said)


def around(case: dict[str, Any]) -> Surroundings:
    overlays = {kind: layer(kind, stated) for kind, stated in case.get("layers", {}).items()}
    reference = load_reference()
    bare = Reference(layers=(), rows=reference.rows, network=reference.network)
    known = surroundings_of(
        bare,
        overlays,
        drawn_roads=[degrees(shapely.LineString(one)) for one in case.get("drawn_roads", ())],
        stock=Stock(**case["stock"]) if "stock" in case else None,
    )
    fields = {name: getattr(known, name) for name in Surroundings.__dataclass_fields__}
    return Surroundings(**{**fields, "zone": _zone(case), "areas": _areas(case)})


def _zone(case: dict[str, Any]) -> Zone | None:
    if "zone" not in case:
        return None
    return Zone(
        shape=degrees(metric(case["zone"])),
        accuracy_m=case.get("zone_accuracy_m"),
        is_whole=True,
        is_schematic=False,
        title="",
    )


def _areas(case: dict[str, Any]) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=one["name"],
            part_of="",
            shape=degrees(shapely.Point(one["at"])) if "at" in one else None,
            accuracy_m=one.get("accuracy_m"),
        )
        for one in case.get("areas", ())
    )


ALL = [case for name in ("shape", "uncertain", "layers") for case in cases(name)]
