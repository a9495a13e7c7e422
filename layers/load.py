"""From the files of ``layers/data`` to checked layers and named features.

Everything is checked here once; after this gate no function asks again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from pydantic import ValidationError
from shapely.geometry import shape

from geo.errors import PlannerError
from geo.location.features import NamedFeature
from layers.catalog import LayerEntry, Source, read_catalog, read_sources
from layers.model import Feature, FeatureProperties, Layer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parent / "data"
CRS_NAME = "urn:ogc:def:crs:EPSG::4490"
CHINA = shapely.box(73, 3, 136, 54)


def load_catalog(folder: Path = DATA) -> tuple[LayerEntry, ...]:
    """List the layers in drawing order, lowest first.

    Raises
    ------
    PlannerError
        ``layer_file_unreadable``, ``layer_entry_invalid`` or ``layer_id_repeated``.
    """
    return read_catalog(folder / "catalog.toml")


def load_sources(folder: Path = DATA) -> dict[str, Source]:
    """List the sources by the id that features and layers cite.

    Raises
    ------
    PlannerError
        ``layer_file_unreadable`` or ``layer_entry_invalid``.
    """
    return read_sources(folder / "sources.toml")


def load_layer(layer_id: str, folder: Path = DATA) -> Layer:
    """Load one layer as a frame.

    Raises
    ------
    PlannerError
        ``layer_unknown``, or what is wrong with the file (see `load_features`).
    """
    import geopandas as gpd

    entry = _entry(layer_id, load_catalog(folder))
    features = _read(entry, folder, frozenset(load_sources(folder)))
    rows = [feature.properties.model_dump() for feature in features]
    frame = gpd.GeoDataFrame(
        rows,
        columns=[*FeatureProperties.model_fields],
        geometry=[feature.geometry for feature in features],
        crs="EPSG:4490",
    ).set_index("id")
    return Layer(
        id=entry.id,
        title=entry.title.model_dump(),
        kind=entry.kind,
        frame=frame,
        source=entry.source,
        date=entry.date,
        licence=entry.licence,
        geometry_class=entry.geometry_class,
        order=entry.order,
        visible=entry.visible,
    )


def load_features(layer_id: str, folder: Path = DATA) -> tuple[Feature, ...]:
    """Load one layer as features in file order, without a frame.

    Raises
    ------
    PlannerError
        ``layer_unknown``, ``layer_file_unreadable``, ``layer_crs``, ``layer_feature_invalid``,
        ``layer_geometry_invalid``, ``layer_id_repeated`` or ``layer_source_unknown``.
    """
    entry = _entry(layer_id, load_catalog(folder))
    return _read(entry, folder, frozenset(load_sources(folder)))


def builtin_features(folder: Path = DATA) -> list[NamedFeature]:
    """Return all that a location phrase may refer to, names without a place included.

    Raises
    ------
    PlannerError
        What is wrong with a file (see `load_features`); ``layer_id_repeated`` also when two
        layers use one id.
    """
    known = frozenset(load_sources(folder))
    named = [entry for entry in load_catalog(folder) if entry.names]
    features = [feature for entry in named for feature in _read(entry, folder, known)]
    _check_ids([feature.properties.id for feature in features], "catalog.toml")
    return [_named(feature) for feature in features]


def _named(feature: Feature) -> NamedFeature:
    stated = feature.properties
    return NamedFeature(
        id=stated.id,
        name=stated.name,
        geometry=feature.geometry,
        kind=stated.kind,
        aliases=stated.aliases,
        former=stated.former,
        district=stated.district,
        accuracy_m=stated.accuracy_m,
    )


def _entry(layer_id: str, catalog: tuple[LayerEntry, ...]) -> LayerEntry:
    for entry in catalog:
        if entry.id == layer_id:
            return entry
    known = [entry.id for entry in catalog]
    raise PlannerError("layer_unknown", layer=layer_id, known=known)


def _read(entry: LayerEntry, folder: Path, sources: frozenset[str]) -> tuple[Feature, ...]:
    gate = _Gate(file=entry.file, sources=sources)
    features = tuple(gate.feature(raw) for raw in gate.collection(folder / entry.file))
    _check_ids([feature.properties.id for feature in features], entry.file)
    return features


def _check_ids(ids: list[str], file: str) -> None:
    if len(set(ids)) < len(ids):
        repeated = next(feature_id for feature_id in ids if ids.count(feature_id) > 1)
        raise PlannerError("layer_id_repeated", file=file, feature=repeated)


def _crs_name(stated: Any) -> Any:
    """Return the name in a GeoJSON ``crs`` member, or whatever stands in its place."""
    try:
        return stated["properties"]["name"]
    except (KeyError, TypeError):
        return stated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gate:
    """The checks of one GeoJSON file; each refusal names the file and the feature."""

    file: str
    sources: frozenset[str]

    def collection(self, path: Path) -> list[Any]:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            features: list[Any] = document["features"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._unreadable(error) from error
        crs = _crs_name(document.get("crs"))
        if crs != CRS_NAME:
            raise PlannerError("layer_crs", file=self.file, crs=crs, expected=CRS_NAME)
        return features

    def feature(self, raw: Any) -> Feature:
        stated = self._properties(raw)
        for source in stated.source:
            if source not in self.sources:
                raise PlannerError(
                    "layer_source_unknown", file=self.file, feature=stated.id, source=source
                )
        return Feature(properties=stated, geometry=self._geometry(raw.get("geometry"), stated))

    def _properties(self, raw: Any) -> FeatureProperties:
        try:
            return FeatureProperties.model_validate(raw["properties"])
        except (KeyError, TypeError) as error:
            raise self._unreadable(error) from error
        except ValidationError as error:
            first = error.errors()[0]
            raise PlannerError(
                "layer_feature_invalid",
                file=self.file,
                feature=str(raw.get("id")),
                field=".".join(str(step) for step in first["loc"]),
                problem=first["msg"],
            ) from error

    def _geometry(self, raw: Any, stated: FeatureProperties) -> BaseGeometry | None:
        described = [stated.geometry_class, stated.accuracy_m, stated.basis]
        if raw is None:
            if any(value is not None for value in described):
                raise self._bad_geometry(stated, "described_but_null")
            return None
        if None in described:
            raise self._bad_geometry(stated, "not_described")
        try:
            geometry = shape(raw)
        except (AttributeError, KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            raise self._bad_geometry(stated, "unreadable") from error
        if geometry.is_empty or not geometry.is_valid or not CHINA.contains(geometry):
            raise self._bad_geometry(stated, "empty_invalid_or_outside_china")
        return geometry

    def _unreadable(self, error: Exception) -> PlannerError:
        return PlannerError("layer_file_unreadable", file=self.file, reason=str(error))

    def _bad_geometry(self, stated: FeatureProperties, reason: str) -> PlannerError:
        return PlannerError(
            "layer_geometry_invalid", file=self.file, feature=stated.id, reason=reason
        )
