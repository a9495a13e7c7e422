"""The map without internet: folium's links point to files that the app serves itself."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import folium.plugins  # noqa: TC002 - importing it defines classes whose links must be looked at
from folium.elements import JSCSSMixin

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator

ASSETS = Path(__file__).parent / "assets"

# Our own scripts, in the order in which they run; the browser gets them as one file, because
# the map component loads scripts one after the other.
_PLANNER_SCRIPTS = (
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
    "big-layers",
    "planner-map",
)
# The editor of sketches, loaded only by maps that have one.
_SKETCH_SCRIPTS = (
    "sketch-shape",
    "sketch-snap",
    "sketch-link",
    "sketch-elements",
    "sketch-figures",
    "sketch-bars",
    "sketch-tools",
    "sketch-pen",
    "sketch-hand",
    "sketch-step",
    "sketch-saving",
    "sketch-work",
    "sketch-doing",
    "sketch",
)
PLANNER_SCRIPT = "planner/planner.js"
SKETCH_SCRIPT = "planner/sketch-editor.js"
SCRIPTS = {PLANNER_SCRIPT: _PLANNER_SCRIPTS, SKETCH_SCRIPT: _SKETCH_SCRIPTS}

# The map lives in an iframe at <base>/component/<name>/index.html, so that two steps up is the
# app's own address, whatever its base path is.
_ROUTE = "../../assets/"

# What folium loads, by the name it gives to the link; None: not needed by what we draw.
_VENDORED: dict[str, str | None] = {
    "leaflet": "leaflet/leaflet.js",
    "leaflet_css": "leaflet/leaflet.css",
    "jquery": None,
    "bootstrap": None,
    "bootstrap_css": None,
    "awesome_markers": None,
    "awesome_markers_css": None,
    "awesome_rotate_css": None,
    "awesome_markers_font_css": None,
    "glyphicons_css": None,
}


def asset_link(file: str) -> str:
    """Return the address of a vendored file, as seen from the map's iframe.

    The address changes with the file's content, so that browsers may keep it for ever.

    Parameters
    ----------
    file : str
        Path below ``layers/assets`` with forward slashes.
    """
    content = script(file) if file in SCRIPTS else (ASSETS / file).read_bytes()
    return f"{_ROUTE}{file}?v={sha256(content).hexdigest()[:12]}"


def script(file: str) -> bytes:
    """Return our own scripts as the one file that a key of ``SCRIPTS`` is the address of."""
    files = (ASSETS / "planner" / f"{name}.js" for name in SCRIPTS[file])
    return b"\n".join(file.read_bytes() for file in files)


def is_local(link: str) -> bool:
    """Tell whether a link stays inside the app."""
    return link.startswith(_ROUTE)


def make_offline() -> None:
    """Rewrite the links of every folium class to vendored files.

    A class that needs a file we do not ship loses its links and refuses to be drawn with
    ``PlannerError("map_part_not_offline")``: a loud error here, not a blank map at a customer's.
    Calling it again changes nothing.
    """
    for cls in link_classes():
        own = [vars(cls).get(name, []) for name in ("default_js", "default_css")]
        known = all(is_local(url) or name in _VENDORED for links in own for name, url in links)
        for attribute, links in zip(("default_js", "default_css"), own, strict=True):
            if links:
                setattr(cls, attribute, _local(links) if known else [])
        if not known:
            cls.render = _refuse


def link_classes() -> Iterator[type[Any]]:
    """Yield every class that may add links to a map, parents before children."""
    waiting: list[type[Any]] = [JSCSSMixin]
    while waiting:
        cls = waiting.pop(0)
        yield cls
        waiting.extend(cls.__subclasses__())


def _local(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    vendored = [(name, url if is_local(url) else _vendored(name)) for name, url in links]
    return [(name, url) for name, url in vendored if url]


def _vendored(name: str) -> str:
    file = _VENDORED[name]
    return asset_link(file) if file else ""


def _refuse(self: folium.MacroElement, **_: object) -> NoReturn:
    raise PlannerError("map_part_not_offline", name=type(self).__name__)
