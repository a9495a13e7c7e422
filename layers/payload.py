"""A scene on its way to the browser: the one place where users' words travel."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers import style
from layers.scene import TEXT_KEYS, BigLayer, MapLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from layers.scene import BaseMap, LayerGroup, MapFeature, Scene

_DECIMALS = 7  # of a degree: about 1 cm
_SKETCH_DECIMALS = 9  # about 0.1 mm: a corner that a sketch snaps to shares no land with it


def payload(scene: Scene) -> str:
    """Return the scene as base64 of ASCII JSON.

    The alphabet of base64 has no brace, quote, bracket or underscore: whatever a name contains,
    no template engine, HTML parser or script compiler on the way to the browser sees it.
    """
    decimals = _SKETCH_DECIMALS if scene.sketch is not None else _DECIMALS
    groups = ",".join(_group_json(group, decimals) for group in scene.groups)
    text = f'{_json(_plain_frame(scene))[:-1]},"groups":[{groups}]}}'
    return base64.b64encode(text.encode("ascii")).decode("ascii")


def plain_groups(groups: Iterable[LayerGroup]) -> list[dict[str, Any]]:
    """Return groups of layers as the values of JSON that travel in a scene."""
    return [json.loads(_group_json(group, _DECIMALS)) for group in groups]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _plain_frame(scene: Scene) -> dict[str, Any]:
    """Return all of a scene but its groups."""
    selected, focus = scene.selected, scene.focus
    return {
        "lang": scene.lang,
        "texts": {key: scene.texts[key] for key in TEXT_KEYS},
        "style": style.signs(),
        "notice": scene.notice,
        "selected": {"layer": selected.layer, "id": selected.id} if selected else None,
        "dimmed": sorted(scene.dimmed),
        "extent": {
            name: _plain_geometry(getattr(scene, name))
            for name in ("envelope", "block", "candidate", "conflict")
        },
        "focus": {"bbox": focus.bbox, "serial": focus.serial, "fit": focus.fit} if focus else None,
        "patterns": scene.patterns,
        "base_maps": [_plain_base_map(base_map) for base_map in scene.base_maps],
        "sketch": None if scene.sketch is None else dict(scene.sketch),
    }


def _group_json(group: LayerGroup, decimals: int) -> str:
    layers = ",".join(
        _layer_json(layer, decimals)
        if isinstance(layer, MapLayer)
        else _json(_plain_big_layer(layer))
        for layer in group.layers
    )
    return f'{_json({"id": group.id, "title": group.title})[:-1]},"layers":[{layers}]}}'


@lru_cache(maxsize=64)
def _layer_json(layer: MapLayer, decimals: int) -> str:
    """Encode a layer once: layers are values that a page keeps, and the same object comes back."""
    features = _json([_plain_feature(feature, decimals) for feature in layer.features])
    plain = {
        "id": layer.id,
        "title": layer.title,
        "kind": layer.kind,
        "visible": layer.visible,
        "count": len(layer.features),
        "source": layer.source,
        "digest": sha256(features.encode("ascii")).hexdigest()[:16],
    }
    return f'{_json(plain)[:-1]},"features":{features}}}'


def _plain_big_layer(layer: BigLayer) -> dict[str, Any]:
    return {
        "id": layer.id,
        "title": layer.title,
        "kind": layer.kind,
        "visible": layer.visible,
        "count": layer.count,
        "source": layer.source,
        "digest": f"{layer.tiles_url} {layer.features_url}",
        "tiles_url": layer.tiles_url,
        "features_url": layer.features_url,
        "viewport_min_zoom": layer.viewport_min_zoom,
    }


def _plain_base_map(base_map: BaseMap) -> dict[str, Any]:
    return {
        "title": base_map.title,
        "url": base_map.url,
        "type": base_map.type,
        "subdomains": base_map.subdomains,
        "min_zoom": base_map.min_zoom,
        "max_zoom": base_map.max_zoom,
        "tms": base_map.tms,
    }


def _plain_feature(feature: MapFeature, decimals: int) -> dict[str, Any]:
    properties = {
        "id": feature.id,
        "label": feature.label,
        "number": feature.number,
        "tooltip": feature.tooltip,
        "use": feature.use,
        "geometry_class": feature.geometry_class,
        "status": feature.status,
        "basis": feature.basis,
        "accuracy_m": feature.accuracy_m,
        "vertical": feature.vertical,
        "anchor": _anchor(feature.geometry),
    }
    return {
        "type": "Feature",
        "geometry": _plain_geometry(feature.geometry, decimals),
        "properties": properties,
    }


def _plain_geometry(
    geometry: BaseGeometry | None, decimals: int = _DECIMALS
) -> dict[str, Any] | None:
    if geometry is None or geometry.is_empty:
        return None
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, decimals))
    plain: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return plain


def _anchor(geometry: BaseGeometry) -> list[float] | None:
    """Longitude and latitude for the label of an area: its centroid, if that lies inside."""
    if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        return None
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    centre = largest.centroid
    point = centre if largest.contains(centre) else largest.representative_point()
    return [round(point.x, _DECIMALS), round(point.y, _DECIMALS)]
