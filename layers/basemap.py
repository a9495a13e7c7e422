"""Base maps that the operator may switch on; the product needs none and comes with none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

from layers.scene import BaseMap

_TIANDITU_LABELS = {"vec": "cva", "img": "cia", "ter": "cta"}
_AMAP = {"vec": ("webrd0", "lang=zh_cn&size=1&scale=1&style=8"), "img": ("webst0", "style=6")}
_PLACES = ("{z}", "{x}", "{y}")
_WMTS_NAMES = {"{TileMatrix}": "{z}", "{TileRow}": "{y}", "{TileCol}": "{x}"}

Kind = Literal["xyz", "wmts", "gcj02"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class _Setting(BaseModel):
    """What the settings of all base maps share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str = Field(min_length=1, max_length=40)
    min_zoom: int = Field(default=0, ge=0, le=24)
    max_zoom: int = Field(default=18, ge=1, le=24)

    def _entry(self, url: str, *, kind: Kind = "xyz", **more: Any) -> BaseMap:
        return BaseMap(
            title=self.title,
            url=url,
            type=kind,
            min_zoom=self.min_zoom,
            max_zoom=self.max_zoom,
            **more,
        )


class Tianditu(_Setting):
    """天地图: two layers, picture and names; CGCS2000, so nothing is shifted."""

    type: Literal["tianditu"]
    style: Literal["vec", "img", "ter"] = "vec"
    key: SecretStr = Field(min_length=1)
    host: str = Field(default="t{s}.tianditu.gov.cn", pattern=r"^[A-Za-z0-9.:{}-]+$")

    def entries(self, _base_url: str) -> tuple[BaseMap, ...]:
        """Return the picture and the names over it."""
        drawn = (self.style, _TIANDITU_LABELS[self.style])
        return tuple(
            self._entry(self._url(layer), kind="wmts", subdomains="01234567") for layer in drawn
        )

    def _url(self, layer: str) -> str:
        key = quote(self.key.get_secret_value(), safe="")
        return (
            f"https://{self.host}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
            f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
            f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
        )


class Xyz(_Setting):
    """A tile service by address: XYZ, or WMTS whose address names matrix, row and column."""

    type: Literal["xyz", "wmts"]
    url: SecretStr
    subdomains: str = Field(default="abc", pattern=r"^[a-z0-9]*$")
    gcj02: bool = False
    tms: bool = False

    @field_validator("url")
    @classmethod
    def _check_url(cls, secret: SecretStr) -> SecretStr:
        url = secret.get_secret_value()
        for name, place in _WMTS_NAMES.items():
            url = re.sub(re.escape(name), place, url, flags=re.IGNORECASE)
        if not url.startswith(("http://", "https://")) or not all(p in url for p in _PLACES):
            raise ValueError("an http(s) address with {z}, {x} and {y}")
        return SecretStr(url)

    def entries(self, _base_url: str) -> tuple[BaseMap, ...]:
        """Return the one layer of the service."""
        kind: Kind = "gcj02" if self.gcj02 else "wmts" if self.type == "wmts" else "xyz"
        url = self.url.get_secret_value()
        return (self._entry(url, kind=kind, subdomains=self.subdomains, tms=self.tms),)


class Amap(_Setting):
    """高德: drawn in GCJ-02, some hundred metres off; the map shifts it back."""

    type: Literal["amap"]
    style: Literal["vec", "img"] = "vec"

    def entries(self, _base_url: str) -> tuple[BaseMap, ...]:
        """Return the one layer, marked as GCJ-02."""
        host, style = _AMAP[self.style]
        url = f"https://{host}{{s}}.is.autonavi.com/appmaptile?{style}&x={{x}}&y={{y}}&z={{z}}"
        return (self._entry(url, kind="gcj02", subdomains="1234"),)


class LocalTiles(_Setting):
    """Tiles of the operator's own: a folder z/x/y.png, an MBTiles or a raster PMTiles file."""

    type: Literal["folder", "mbtiles", "pmtiles"]
    path: Path
    tms: bool = False

    def entries(self, base_url: str) -> tuple[BaseMap, ...]:
        """Return the one layer, served by this application."""
        return (self._entry(f"{base_url}/api/basemaps/{self.id}/{{z}}/{{x}}/{{y}}"),)


BaseMapSetting = Annotated[Tianditu | Xyz | Amap | LocalTiles, Field(discriminator="type")]
