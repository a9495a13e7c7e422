"""A reference layer: named features with their provenance, and the frame that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

Kind = Literal[
    "road", "river", "canal", "lake", "landmark", "settlement", "admin", "park", "project", "parcel"
]
Basis = Literal["known", "inferred", "guess"]
Text = str | None


class PartOfPark(BaseModel):
    """A named share of a park, with the area that the plan declares for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    id: Text = None
    area_mu: float | None = Field(default=None, gt=0)
    parts: tuple[PartOfPark, ...] = ()


class FeatureProperties(BaseModel):
    """The attributes of one feature as its GeoJSON file states them.

    The first block is required in every feature. ``geometry_class``, ``accuracy_m`` and ``basis``
    describe the drawn place and are null together with the geometry. ``topology_basis`` says how
    sure the relations to neighbours are (A is north of B), which may be known where the place is
    not. Areas and lengths are those declared by the plan, never measured on the drawing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[A-Za-z0-9-]+$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    kind: Kind
    status: Literal["existing", "planned", "extension", "former"]
    district: Literal["north", "south"] | None
    geometry_class: Literal["surveyed", "digitized", "schematic"] | None
    accuracy_m: float | None = Field(gt=0)
    basis: Basis | None
    topology_basis: Basis | None
    source: tuple[str, ...] = Field(min_length=1)
    source_text: Text
    licence: str
    note_zh: Text
    note_en: Text

    section: Text = None
    orientation: Literal["EW", "NS"] | None = None
    part_of: Text = None
    parts: tuple[PartOfPark, ...] = ()
    alternatives: tuple[str, ...] = ()
    location_text: Text = None
    drawing_aid: bool = False
    code: Text = None
    level: Literal["zone", "street"] | None = None
    parcel_id: Text = None
    area_mu: float | None = Field(default=None, gt=0)
    area_m2: float | None = Field(default=None, gt=0)
    area_km2: float | None = Field(default=None, gt=0)
    usable_area_mu: float | None = Field(default=None, gt=0)
    floor_area_m2: float | None = Field(default=None, gt=0)
    length_m: float | None = Field(default=None, gt=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feature:
    """A checked feature; the geometry is EPSG:4490 longitude and latitude, or None."""

    properties: FeatureProperties
    geometry: BaseGeometry | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """A reference layer, ready to be drawn or judged against.

    Attributes
    ----------
    title : mapping
        By language, ``zh`` and ``en``.
    frame : geopandas.GeoDataFrame
        EPSG:4490, index ``id``, one row a feature in file order, one column for each field of
        `FeatureProperties`; the geometry may be null.
    source : tuple of str
        Ids of ``sources.toml``.
    date : str or None
        State of the source as an ISO date or part of one; None: not known.
    order : int
        Drawing order, low first.
    """

    id: str
    title: Mapping[str, str]
    kind: str
    frame: gpd.GeoDataFrame
    source: tuple[str, ...]
    date: str | None
    licence: str
    geometry_class: str
    order: int
    visible: bool
