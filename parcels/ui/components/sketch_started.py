"""Outlines that a scenario may begin with, as they go into a command."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely

from parcels.planning.plane import area_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.scene import GeometryClass
    from parcels.planning.model import ElementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """One or several outlines of one source.

    Attributes
    ----------
    shapes : tuple of geometry
        EPSG:4490.
    names : tuple of str
        As in the source; "" where it gives none.
    source : str
        Begins what each element says of where it comes from, such as ``parcel``.
    ids : tuple of str
        What the source calls them.
    note : str
        What a reader must know of it; "" for nothing.
    """

    shapes: tuple[BaseGeometry, ...]
    names: tuple[str, ...]
    source: str
    ids: tuple[str, ...]
    geometry_class: GeometryClass
    accuracy_m: float | None = None
    note: str = ""
    attributes: tuple[Mapping[str, str], ...] = field(default=())

    @property
    def name(self) -> str:
        """What a single one is called."""
        return self.names[0] if len(self.names) == 1 else ""

    @property
    def area_m2(self) -> float:
        """All of them together, on the ellipsoid."""
        return sum(area_of(one) for one in self.shapes)

    def sent(self, kind: ElementKind, name: str) -> list[dict[str, Any]]:
        """Give them as the shapes of a command; a typed name is that of a single one."""
        return [
            {
                "kind": kind,
                "geometry": json.loads(shapely.to_geojson(shape)),
                "name": (name if len(self.shapes) == 1 and name else own)[:200],
                "geometry_class": self.geometry_class,
                "accuracy_m": self.accuracy_m,
                "source": f"{self.source}:{known}"[:200] if known else self.source,
                "attributes": dict(self.attributes[at]) if self.attributes else {},
            }
            for at, (shape, own, known) in enumerate(
                zip(self.shapes, self.names, self.ids, strict=True)
            )
        ]
