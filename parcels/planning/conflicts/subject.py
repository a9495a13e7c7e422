"""A sketched element as a parcel that the product's checks can judge, alone or beside others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.crs import to_local, to_lonlat
from parcels.checks.subject import Parcels
from parcels.checks.use_groups import use_of
from parcels.planning.plane import plane_of
from parcels.subjects import SURVEYED_ACCURACY_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from parcels.checks.subject import Floats, Objects
    from parcels.planning.ground.prepared import Ground, Ints
    from parcels.planning.model import Element

MEANT = ("drawn", "bearings", "dimensions", "road")
"""Where an outline is a decision, not an observation: it lies where it is drawn."""
SHORT_ID = 6
_USE_COLUMNS = ("用途", "use_text", "use")
_FROM_PARCEL = "parcel:"
_SEVERAL = {"parcel", "block"}
"""Sources that do not say which one of many it was."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SketchParcels(Parcels):
    """Parcels measured in a plane that is given, so that layers need not be moved for each."""

    measured_in: CRS

    @cached_property
    def plane(self) -> CRS:
        """The plane that was given."""
        return self.measured_in


class Group(NamedTuple):
    """An element among its neighbours.

    Attributes
    ----------
    parcels : Parcels
        The element first.
    rows : int array, shape (n,)
        What each is called in sentences: number in the set of parcels, or place among the
        elements; 0 for the element itself.
    first_element : int
        Position of the first of the other elements.
    """

    parcels: Parcels
    rows: Ints
    first_element: int


def accuracy_of(element: Element) -> float:
    """Say how far an element may lie from where it is drawn, metres; NaN: nobody states it.

    What is drawn by hand or from typed dimensions is a design: it lies where it is drawn. What was
    taken from elsewhere is as good as its source, and of a survey as good as surveys are.
    """
    if element.accuracy_m is not None:
        return element.accuracy_m
    if element.geometry_class == "surveyed":
        return SURVEYED_ACCURACY_M
    meant = element.source.partition(":")[0] in MEANT
    return 0.0 if meant and element.geometry_class == "digitized" else float("nan")


def land_of(element: Element) -> BaseGeometry | None:
    """Give the land that an element takes up, EPSG:4490; None: a line of unknown width.

    A road that is drawn as a line takes up its width, half on each side, with flat ends.
    """
    if element.shape.geom_type in {"Polygon", "MultiPolygon"}:
        return element.shape
    if element.width_m is None:
        return None
    plane = plane_of([element.shape])
    land: BaseGeometry = to_lonlat(strip(to_local(element.shape, plane), element.width_m), plane)
    return land


def strip(line: BaseGeometry, width_m: float) -> BaseGeometry:
    """Lay the reserve of a road along its middle, both in metres of one plane."""
    return shapely.buffer(line, width_m / 2, cap_style="flat", join_style="mitre")


def alone(element: Element, land: BaseGeometry, ground: Ground) -> Parcels:
    """Make one parcel of an element."""
    return SketchParcels(
        measured_in=plane_for(land, ground),
        ids=(element.id,),
        names=(element.name,),
        shapes=_column([land]),
        places=_column([None]),
        geometry_class=(element.geometry_class,),
        accuracy_m=np.array([accuracy_of(element)]),
        uses=(use_of(element.code, element.scheme or None, _use_text(element)),),
        declared_m2=np.array([np.nan]),
        declared_texts=("",),
        attributes={name: [said] for name, said in element.attributes.items()},
    )


def beside(
    element: Element,
    land: BaseGeometry,
    ground: Ground,
    others: Mapping[int, Element],
    reach_m: float,
) -> Group:
    """Put an element first, then the parcels of the ground near it, then other elements.

    Parameters
    ----------
    others : mapping of int to Element
        By their place among the elements of the scenario.
    """
    groups, names, rows = [alone(element, land, ground)], [element.id], [0]
    if ground.parcels is not None:
        near = ground.parcels_near(land, reach_m)
        near = near[[not is_source(element, ground.parcels, at) for at in near.tolist()]]
        groups.append(_chosen(ground.parcels, near))
        names += groups[1].ids
        rows += (near + 1).tolist()
    first_element = len(rows)
    for at, one in others.items():
        drawn = land_of(one) or shapely.Polygon()
        groups.append(alone(one, drawn, ground))
        names.append(called(one))
        rows.append(at)
    joined = _joined(groups, tuple(names), groups[0].plane)
    return Group(joined, np.array(rows, dtype=np.int64), first_element)


def called(element: Element) -> str:
    """Name an element in sentences; one without a name by the start of its id, as lists do."""
    return element.name or f"#{element.id[:SHORT_ID]}"


def drawn_together(one: Element, other: Element) -> bool:
    """Whether two outlines are off by the same: how they lie to each other is as drawn.

    Pieces of one parcel, of one file, of one schematic drawing move together; outlines that two
    phrases gave do not.
    """
    return (one.source, one.geometry_class, one.accuracy_m) == (
        other.source,
        other.geometry_class,
        other.accuracy_m,
    ) and one.source not in _SEVERAL


def is_source(element: Element, parcels: Parcels, at: int) -> bool:
    """Whether an element was started from a parcel: it stands in that one's place."""
    return element.source == f"{_FROM_PARCEL}{parcels.ids[at]}"


def plane_for(land: BaseGeometry, ground: Ground) -> CRS:
    """Give the plane in which a sketch is measured: that of the ground, far away its own."""
    return ground.plane if ground.is_near(land) else plane_of([land])


def _use_text(element: Element) -> str:
    return next((element.attributes[one] for one in _USE_COLUMNS if one in element.attributes), "")


def _chosen(parcels: Parcels, rows: Ints) -> Parcels:
    at = rows.tolist()
    return Parcels(
        ids=tuple(parcels.ids[one] for one in at),
        names=tuple(parcels.names[one] for one in at),
        shapes=parcels.shapes[rows],
        places=parcels.places[rows],
        geometry_class=tuple(parcels.geometry_class[one] for one in at),
        accuracy_m=parcels.accuracy_m[rows],
        uses=tuple(parcels.uses[one] for one in at),
        declared_m2=parcels.declared_m2[rows],
        declared_texts=tuple(parcels.declared_texts[one] for one in at),
        attributes={
            name: [column[one] for one in at] for name, column in parcels.attributes.items()
        },
    )


def _joined(groups: Sequence[Parcels], ids: tuple[str, ...], plane: CRS) -> Parcels:
    columns = dict.fromkeys(name for one in groups for name in one.attributes)
    return SketchParcels(
        measured_in=plane,
        ids=ids,
        names=tuple(name for one in groups for name in one.names),
        shapes=np.concatenate([one.shapes for one in groups]),
        places=np.concatenate([one.places for one in groups]),
        geometry_class=tuple(kind for one in groups for kind in one.geometry_class),
        accuracy_m=_floats(one.accuracy_m for one in groups),
        uses=tuple(use for one in groups for use in one.uses),
        declared_m2=_floats(one.declared_m2 for one in groups),
        declared_texts=tuple(said for one in groups for said in one.declared_texts),
        attributes={
            name: [cell for one in groups for cell in one.attributes.get(name, [None] * len(one))]
            for name in columns
        },
    )


def _floats(columns: Any) -> Floats:
    joined: Floats = np.concatenate(list(columns))
    return joined


def _column(shapes: Sequence[Any]) -> Objects:
    column = np.full(len(shapes), None, dtype=object)
    column[:] = shapes
    return column
