"""Scripts and style sheets of a map that stands in one file and asks no server for anything."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_ASSETS = Path(__file__).parent / "assets"
# The map's own scripts, without what needs a server.
_PLANNER = (
    "dom",
    "projection",
    "patterns",
    "drawing",
    "labels",
    "picking",
    "pointer",
    "legend",
    "furniture",
    "measure",
    "basemaps",
    "planner-map",
)
_SNAPSHOT = (
    "reading",
    "words",
    "findings",
    "parcels",
    "parts",
    "list",
    "many-parcels",
    "scene",
    "map",
    "extract",
    "rows",
    "matrix",
    "sources",
    "tables",
    "kinds",
    "kind-proposal",
    "kind-scenarios",
    "kind-permu",
    "paper",
    "page",
)
_STYLES = ("leaflet/leaflet.css", "planner/planner-map.css", "snapshot/page.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MAP_COMMENT = "//# sourceMappingURL"


@cache
def page_script() -> str:
    """Return Leaflet, the map and the page of a snapshot as one script."""
    files = [f"planner/{name}.js" for name in _PLANNER]
    files += [f"snapshot/{name}.js" for name in _SNAPSHOT]
    leaflet = _text("leaflet/leaflet.js").partition(_MAP_COMMENT)[0]
    return "\n".join([leaflet, *(_text(file) for file in files)])


@cache
def page_style() -> str:
    """Return the style sheets of the map and of the page of a snapshot as one."""
    leaflet, *own = (_text(file) for file in _STYLES)
    lines = [line for line in _COMMENT.sub("", leaflet).splitlines() if "url(" not in line]
    return "\n".join([*lines, *own])


def _text(file: str) -> str:
    return (_ASSETS / file).read_text(encoding="utf-8")
