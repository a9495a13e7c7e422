"""Readers of the operator's own raster tiles: a folder, an MBTiles or a PMTiles file.

Tiles are addressed by three integers only, so no address can leave the folder.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from geo.errors import PlannerError
from layers.tiles import check_tile

if TYPE_CHECKING:
    from pathlib import Path

    from layers.basemap import LocalTiles

ReadTile = Callable[[int, int, int], bytes | None]

_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
_RASTER = {TileType.PNG, TileType.JPEG, TileType.WEBP}


def media_type(tile: bytes) -> str:
    """Tell the media type of a raster tile by its first bytes."""
    return next(
        (kind for magic, kind in _MAGIC.items() if tile.startswith(magic)),
        "application/octet-stream",
    )


def open_tiles(basemap: LocalTiles) -> ReadTile:
    """Open a source of tiles.

    Returns
    -------
    callable
        ``read(z, x, y)`` gives the tile's bytes or None where there is none; safe to call
        from several threads; raises ``tile_out_of_range``.

    Raises
    ------
    PlannerError
        ``basemap_file_missing``, ``basemap_file_broken``, ``basemap_vector``.
    """
    open_source = {"folder": _folder, "mbtiles": _mbtiles, "pmtiles": _pmtiles}[basemap.type]
    read = open_source(basemap.path)

    def read_tile(z: int, x: int, y: int) -> bytes | None:
        check_tile(z, x, y)
        # MBTiles count rows from the south, as does a folder in the TMS scheme.
        from_south = (basemap.type == "mbtiles") != basemap.tms
        return read(z, x, 2**z - 1 - y if from_south else y)

    return read_tile


def _folder(path: Path) -> ReadTile:
    if not path.is_dir():
        raise PlannerError("basemap_file_missing", file=str(path))

    def read(z: int, x: int, y: int) -> bytes | None:
        for suffix in _SUFFIXES:
            tile = path / str(z) / str(x) / f"{y}{suffix}"
            if tile.is_file():
                return tile.read_bytes()
        return None

    return read


def _mbtiles(path: Path) -> ReadTile:
    query = "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?"
    address = f"{_existing(path).resolve().as_uri()}?mode=ro&immutable=1"

    def read(z: int, x: int, y: int) -> bytes | None:
        with closing(sqlite3.connect(address, uri=True)) as database:
            row = database.execute(query, (z, x, y)).fetchone()
        return None if row is None else bytes(row[0])

    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            kinds = database.execute("SELECT value FROM metadata WHERE name='format'").fetchone()
    except sqlite3.DatabaseError as error:
        raise PlannerError("basemap_file_broken", file=path.name) from error
    if kinds and kinds[0] == "pbf":
        raise PlannerError("basemap_vector", file=path.name)
    return read


def _pmtiles(path: Path) -> ReadTile:
    with _existing(path).open("rb") as file:
        try:
            reader: Any = Reader(MmapSource(file))  # type: ignore[no-untyped-call]
            kind = reader.header()["tile_type"]
        except (ValueError, IndexError, MagicNumberNotFound, SpecVersionUnsupported) as error:
            raise PlannerError("basemap_file_broken", file=path.name) from error
    if kind not in _RASTER:
        raise PlannerError("basemap_vector", file=path.name)

    def read(z: int, x: int, y: int) -> bytes | None:
        tile: bytes | None = reader.get(z, x, y)
        return tile

    return read


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise PlannerError("basemap_file_missing", file=str(path))
    return path
