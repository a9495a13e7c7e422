"""Every format that is read, and the one reader of each; runs in the reading process."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from geo.read.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.read.parsed import Parsed

# Format, module, function: the function takes a `Request` and gives a `Parsed`.
READERS = {
    "geojson": ("geo.read.geojson", "parse_geojson"),
    "geopackage": ("geo.read.gdal", "parse_geopackage"),
    "zip": ("geo.read.gdal", "parse_shapefile"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One file to parse.

    Attributes
    ----------
    path : Path
        The file under a name of ours, in ``folder``.
    folder : Path
        A folder of ours that is deleted afterwards; readers may unpack into it.
    layer : str, optional
        Layer, sheet or archive member that the user chose.
    columns : mapping
        Role to column as the user chose (`geo.survey.model.Answers`).
    """

    path: Path
    folder: Path
    layer: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.path.read_bytes()


def parse(file_format: str, request: Request) -> Parsed:
    """Read a file with the one reader of its format; errors as that reader's."""
    module, function = READERS[file_format]
    parsed: Parsed = getattr(import_module(module), function)(request)
    return parsed


def answer(folder: Path, asked: Mapping[str, Any], limits: Limits) -> None:
    """Parse ``folder/input`` and leave the `Parsed` in ``folder``."""
    request = Request(path=folder / "input", folder=folder, layer=asked["layer"], limits=limits)
    parse(asked["format"], request).save(folder)
