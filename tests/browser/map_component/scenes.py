"""Small scenes around one place."""

from __future__ import annotations

from typing import Any

from shapely.geometry import LineString, Point, box

from layers.scene import TEXT_KEYS, LayerGroup, MapFeature, MapLayer, Scene

CENTRE = (112.5, 33.0)
TEXTS = {key: key for key in TEXT_KEYS} | {"accuracy": "±{m} m"}
HOSTILE = (
    "<img src=x onerror=hit()>",
    "{{7*7}}",
    "{% x",
    "</script>",
    "${hit(1)}",
    "'\"`\\",
)


def square(east: float, north: float, half: float = 0.002) -> Any:
    """Return a box around a place given in degrees from the centre."""
    x, y = CENTRE[0] + east, CENTRE[1] + north
    return box(x - half, y - half, x + half, y + half)


def line(*offsets: tuple[float, float]) -> LineString:
    """Return a line through places given in degrees from the centre."""
    return LineString([(CENTRE[0] + east, CENTRE[1] + north) for east, north in offsets])


PARCELS = (
    MapFeature(id="large", geometry=square(0, 0, 0.004), number="1", label="大", use="industrial"),
    MapFeature(id="small", geometry=square(0, 0, 0.001), number="2", use="residential"),
    MapFeature(id="twin-a", geometry=square(0.012, 0), number="6", accuracy_m=500, use="logistics"),
    MapFeature(id="twin-b", geometry=square(0.012, 0), number="7", accuracy_m=500, use="logistics"),
)
ROADS = (
    MapFeature(id="ns", geometry=line((-0.01, -0.02), (-0.01, 0.02)), label="人民路"),
    MapFeature(id="ew", geometry=line((-0.03, 0.008), (0.03, 0.008)), label="信臣路"),
    MapFeature(id="ew2", geometry=line((-0.03, 0.0082), (0.03, 0.0082)), label="两相路"),
    MapFeature(
        id="guess", geometry=line((-0.03, -0.008), (0.03, -0.008)), label="枣庄路", basis="guess"
    ),
)
LANDMARKS = (
    MapFeature(id="plant", geometry=Point(112.502, 33.006), label="热电厂"),
    MapFeature(id="plant2", geometry=Point(112.5021, 33.0061), label="热电厂二期"),
)


def plain(**changes: Any) -> Scene:
    """Return parcels, roads and landmarks that crowd each other."""
    groups = (
        LayerGroup(
            id="plan",
            title="规划",
            layers=(MapLayer(id="parcels", title="地块", kind="parcel", features=PARCELS),),
        ),
        LayerGroup(
            id="reference",
            title="参照",
            layers=(
                MapLayer(id="roads", title="道路", kind="road", features=ROADS, source="示意"),
                MapLayer(id="landmarks", title="地标", kind="landmark", features=LANDMARKS),
            ),
        ),
    )
    return Scene(**({"lang": "zh", "texts": TEXTS, "notice": "示意", "groups": groups} | changes))


def one_layer(*features: MapFeature, **layer: Any) -> tuple[LayerGroup, ...]:
    """Return a single layer in a single group."""
    values = {"id": "one", "title": "one", "kind": "parcel", "features": features} | layer
    return (LayerGroup(id="group", title="group", layers=(MapLayer(**values),)),)


BIG_FEATURES = [
    {
        "type": "Feature",
        "id": "p-1",
        "geometry": square(0, 0).__geo_interface__,
        "properties": {"label": HOSTILE[0], "use": "industrial"},
    }
]
