"""The large layers of this process: opened once, found by a token nobody can guess."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import ref

import numpy as np
import shapely

from geo.errors import PlannerError
from layers.large import LargeLayer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_CGCS2000_EPSG = 4490
FILE_TYPES = (".parquet", ".geoparquet", ".gpkg", ".fgb", ".geojson", ".json", ".shp")
OWN_COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("parcel_id", "id"),
    "label": ("name", "名称", "label"),
    "use": ("use", "use_text", "用途", "地类名称"),
    "geometry_class": ("geometry_class",),
}


@dataclass(slots=True)
class _Entry:
    """A layer and the way to load it; the lock makes the first user load it for all."""

    load: Callable[[], LargeLayer]
    kept: bool = True
    lock: Lock = field(default_factory=Lock)
    layer: LargeLayer | None = None

    def get(self) -> LargeLayer:
        if not self.kept:
            return self.load()
        with self.lock:
            if self.layer is None:
                self.layer = self.load()
            return self.layer


class LayerStore:
    """Layers by token. The token is the only right needed to read a layer."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._lock = Lock()

    def add(self, load: Callable[[], LargeLayer], *, kept: bool = True) -> str:
        """Register a layer that is loaded on first use and return its token.

        ``kept``: hold on to what was loaded.
        """
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._entries[token] = _Entry(load, kept)
        return token

    def lend(self, layer: LargeLayer) -> str:
        """Register a user's own layer and return its token; it is gone when the user lets it go."""
        alive = ref(layer)

        def load() -> LargeLayer:
            found = alive()
            if found is None:
                raise PlannerError("layer_gone")
            return found

        return self.add(load, kept=False)

    def get(self, token: str) -> LargeLayer:
        """Return a layer, loading it first if nobody has used it yet.

        Raises
        ------
        PlannerError
            ``layer_gone``, or what loading raises.
        """
        with self._lock:
            entry = self._entries.get(token)
        if entry is None:
            raise PlannerError("layer_gone")
        return entry.get()

    def remove(self, token: str) -> None:
        """Forget a layer; an unknown token is no error."""
        with self._lock:
            self._entries.pop(token, None)


LAYERS = LayerStore()
"""The one store that the pages and the HTTP routes of a process share."""


def open_layer(
    path: Path,
    *,
    title: str,
    palette: Mapping[str, str],
    columns: Mapping[str, str] | None = None,
) -> LargeLayer:
    """Load a layer from a file of the operator (a trusted path, no limits apply).

    Parameters
    ----------
    path : Path
        GeoParquet, GeoPackage, FlatGeobuf, GeoJSON or Shapefile with a declared CRS.
    columns : mapping, optional
        Column of the file for ``id``, ``label``, ``use``, ``geometry_class``; for those
        not given the first of `OWN_COLUMNS` that the file has.

    Raises
    ------
    PlannerError
        ``layer_file_missing``, ``layer_file_type``, ``layer_file_broken``, ``layer_no_crs``,
        ``layer_no_column``, ``layer_empty``.
    """
    frame = _read(path)
    if frame.crs is None:
        raise PlannerError("layer_no_crs", file=path.name)
    geometries = _degrees(frame.geometry.to_numpy(), frame.crs)
    chosen = _choose_columns(list(frame.columns), columns or {}, path)
    texts = {key: frame[name].fillna("").astype(str).to_numpy() for key, name in chosen.items()}
    return LargeLayer.build(geometries, title=title, columns=texts, palette=palette)


def _read(path: Path) -> Any:
    import geopandas as gpd

    if not path.is_file():
        raise PlannerError("layer_file_missing", file=str(path))
    if path.suffix.lower() not in FILE_TYPES:
        raise PlannerError("layer_file_type", file=path.name, known=", ".join(FILE_TYPES))
    try:
        if path.suffix.lower() in {".parquet", ".geoparquet"}:
            return gpd.read_parquet(path)
        return gpd.read_file(path, engine="pyogrio", use_arrow=True)
    except (OSError, ValueError, RuntimeError) as error:  # roots of pyarrow's and GDAL's own
        raise PlannerError("layer_file_broken", file=path.name) from error


def _degrees(geometries: Any, crs: Any) -> Any:
    from geo.crs import to_lonlat

    flat = shapely.force_2d(np.asarray(geometries))
    return flat if crs.to_epsg() == _CGCS2000_EPSG else to_lonlat(flat, crs)


def _choose_columns(present: list[str], named: Mapping[str, str], path: Path) -> dict[str, str]:
    absent = [name for name in named.values() if name not in present]
    if absent:
        raise PlannerError(
            "layer_no_column", file=path.name, value=absent[0], columns=", ".join(present)
        )
    own = {
        key: next((name for name in names if name in present), "")
        for key, names in OWN_COLUMNS.items()
    }
    return {key: name for key, name in (own | dict(named)).items() if name}
