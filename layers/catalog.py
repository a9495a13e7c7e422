"""The lists that name each layer file and each source: ``catalog.toml`` and ``sources.toml``."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import PlannerError

if TYPE_CHECKING:
    from pathlib import Path

Mark = Literal["S", "V", "R", "U", "P"]
M = TypeVar("M", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Frozen):
    """One title in each language of the product."""

    zh: str
    en: str


class LayerEntry(_Frozen):
    """One layer of the catalogue; ``names``: location phrases may refer to its features."""

    id: str
    kind: Literal["road", "water", "admin", "park", "project", "settlement", "landmark", "parcel"]
    file: str = Field(pattern=r"^[a-z0-9_]+\.geojson$")
    title: Title
    source: tuple[str, ...] = Field(min_length=1)
    date: str | None = None
    licence: str
    geometry_class: Literal["surveyed", "digitized", "schematic", "mixed", "none"]
    order: int
    visible: bool
    names: bool


class Source(_Frozen):
    """Where facts come from, how they were read, and how far they are to be trusted."""

    title: Title
    date: str | None = None
    licence: str
    read: Literal["full_text", "passage", "points", "secondhand", "none", "own"]
    mark: Mark


class _Catalog(_Frozen):
    layer: tuple[LayerEntry, ...]


class _Sources(_Frozen):
    source: dict[str, Source]


def read_catalog(path: Path) -> tuple[LayerEntry, ...]:
    """Read the layers of a catalogue in drawing order.

    Raises
    ------
    PlannerError
        ``layer_file_unreadable``, ``layer_entry_invalid`` or ``layer_id_repeated``.
    """
    layers = _checked(path, _Catalog, _read_toml(path)).layer
    ids = [layer.id for layer in layers]
    for layer_id in ids:
        if ids.count(layer_id) > 1:
            raise PlannerError("layer_id_repeated", file=path.name, feature=layer_id)
    return tuple(sorted(layers, key=lambda layer: layer.order))


def read_sources(path: Path) -> dict[str, Source]:
    """Read the sources by id, in file order.

    Raises
    ------
    PlannerError
        ``layer_file_unreadable`` or ``layer_entry_invalid``.
    """
    return _checked(path, _Sources, {"source": _read_toml(path)}).source


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlannerError("layer_file_unreadable", file=path.name, reason=str(error)) from error


def _checked(path: Path, model: type[M], values: dict[str, Any]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise PlannerError(
            "layer_entry_invalid", file=path.name, field=field, problem=first["msg"]
        ) from error
