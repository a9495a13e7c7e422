"""What lies to the north, east, south and west of a parcel, and how far away it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from parcels.finding_words import amount
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.sheets.ground import Ground, Plot

REACH_M = 100.0
"""Farther things are no neighbours; the sheet says so."""
SIDES = ("N", "E", "S", "W")
_TOUCH_M = 0.05
_LEAST_SHARE = 0.3  # of what lies on its main side, to be named on another side too
_NAMED_KINDS = {"road", "expressway", "river", "canal", "park"}
_MOST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a parcel in words.

    Attributes
    ----------
    words : str
        Names, with distance or accuracy.
    is_known : bool
        False: the plan names nothing there, or nothing is on the map.
    """

    words: str
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    name: str
    shape: Any
    accuracy_m: float | None


def sides_of(ground: Ground, plot: Plot) -> Mapping[str, Side]:
    """Describe the four sides: by the plan's own words, or by what lies nearest.

    Returns
    -------
    mapping of str to Side
        N, E, S, W, in this order.
    """
    if plot.shape is None:
        return _as_written(ground, plot.entry.get("bounds") or {})
    found = _near(ground, plot)
    named: dict[str, list[tuple[float, str]]] = {side: [] for side in SIDES}
    regions = _regions(plot.shape)
    for thing, distance in found:
        part = shapely.intersection(thing.shape, plot.shape.buffer(max(REACH_M, distance)))
        shares = {side: _size(shapely.intersection(part, regions[side])) for side in SIDES}
        for side, share in shares.items():
            if share > 0 and share >= _LEAST_SHARE * max(shares.values()):
                named[side].append((distance, _words(ground.lang, thing, distance)))
    return {side: _side(ground.lang, named[side]) for side in SIDES}


def _as_written(ground: Ground, bounds: Mapping[str, Sequence[str]]) -> Mapping[str, Side]:
    """Give the plan's own words, with how well the map knows where that is."""
    lang = ground.lang
    known = {
        str(told["label"]): told.get("accuracy_m")
        for layer in ground.layers
        for told in layer.features
        if told.get("label")
    }

    def named(name: str) -> str:
        metres = known.get(name)
        if metres is None:
            return name
        return text(lang, "sheet.side_schematic", name=name, metres=f"{metres:,.10g}")

    return {
        side: Side(words=text(lang, "sheet.list", names=[*map(named, bounds[side])]), is_known=True)
        if bounds.get(side)
        else Side(words=text(lang, "sheet.side_not_given"), is_known=False)
        for side in SIDES
    }


def _side(lang: str, named: list[tuple[float, str]]) -> Side:
    if not named:
        words = text(lang, "sheet.side_none", metres=f"{REACH_M:.0f}")
        return Side(words=words, is_known=False)
    names = list(dict.fromkeys(words for _, words in sorted(named)))
    return Side(words=text(lang, "sheet.list", names=names[:_MOST]), is_known=True)


def _words(lang: str, thing: _Thing, distance: float) -> str:
    if thing.accuracy_m:
        return text(
            lang, "sheet.side_schematic", name=thing.name, metres=f"{thing.accuracy_m:,.10g}"
        )
    if distance <= _TOUCH_M:
        return text(lang, "sheet.side_touching", name=thing.name)
    return text(lang, "sheet.side_away", name=thing.name, metres=amount(lang, distance, "m"))


def _near(ground: Ground, plot: Plot) -> list[tuple[_Thing, float]]:
    things = [one for one in _things(ground, plot) if one.shape is not None]
    if not things:
        return []
    shapes = np.array([one.shape for one in things], dtype=object)
    near = shapely.STRtree(shapes).query(plot.shape, predicate="dwithin", distance=REACH_M)
    return [(things[at], float(shapely.distance(plot.shape, shapes[at]))) for at in sorted(near)]


def _things(ground: Ground, plot: Plot) -> Iterator[_Thing]:
    for other in (*ground.plots, *ground.around):
        if other is not plot and other.shape is not None:
            yield _Thing(name=other.title, shape=other.shape, accuracy_m=None)
    for layer in ground.layers:
        if layer.kind not in _NAMED_KINDS:
            continue
        for told, shape in zip(layer.features, layer.shapes, strict=True):
            if told.get("label"):
                yield _Thing(
                    name=str(told["label"]),
                    shape=shape,
                    accuracy_m=told.get("accuracy_m"),
                )


def _regions(shape: Any) -> Mapping[str, Any]:
    """Cut the land around a parcel into four by lines through the corners of its box."""
    west, south, east, north = shapely.bounds(shape)
    x, y, far = (west + east) / 2, (south + north) / 2, REACH_M * 2
    corners = {
        "SW": ((west, south), (west - far, south - far)),
        "SE": ((east, south), (east + far, south - far)),
        "NE": ((east, north), (east + far, north + far)),
        "NW": ((west, north), (west - far, north + far)),
    }
    between = {"N": ("NW", "NE"), "E": ("NE", "SE"), "S": ("SE", "SW"), "W": ("SW", "NW")}
    return {
        side: shapely.Polygon([(x, y), *corners[one], *reversed(corners[other])])
        for side, (one, other) in between.items()
    }


def _size(shape: Any) -> float:
    return float(shapely.area(shape) or shapely.length(shape))
