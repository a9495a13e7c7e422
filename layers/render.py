"""From a scene to folium: a constant base map, and one element that carries what changes.

The browser's side is ``layers/assets/planner``; ``docs/map.md`` tells how the two talk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from layers.offline import PLANNER_SCRIPT, SKETCH_SCRIPT, asset_link, make_offline
from layers.payload import payload

if TYPE_CHECKING:
    from layers.scene import Scene

make_offline()

_MAX_ZOOM = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The centre in degrees and the zoom with which the map opens."""

    latitude: float
    longitude: float
    zoom: float


class PlannerMap(JSCSSMixin):
    """Starts our own map code on the folium map that it is added to."""

    default_js = [  # noqa: RUF012 - the base class declares it so
        ("planner", asset_link(PLANNER_SCRIPT))
    ]
    default_css = [("planner_css", asset_link("planner/planner-map.css"))]  # noqa: RUF012
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "planner.start({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )


class SketchEditor(JSCSSMixin):
    """Loads what draws and edits sketches (``Scene.sketch``); other maps do without it."""

    default_js = [  # noqa: RUF012 - the base class declares it so
        ("geoman", asset_link("geoman/leaflet-geoman.min.js")),
        ("planner_sketch", asset_link(SKETCH_SCRIPT)),
    ]
    default_css = [  # noqa: RUF012
        ("geoman_css", asset_link("geoman/leaflet-geoman.css")),
        ("planner_sketch_css", asset_link("planner/sketch.css")),
    ]
    _template = Template("{% macro script(this, kwargs) %}{% endmacro %}")


class SceneUpdate(MacroElement):
    """Hands a scene to the browser.

    The first statement empties the list in which the component keeps every group it has ever
    added: without it the browser's memory grows with each update.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'window.feature_group = []; planner.update("{{ this.payload }}");'
        "{% endmacro %}"
    )

    def __init__(self, scene: Scene) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.payload = payload(scene)

    def render(self, **_: object) -> str:
        """Add nothing to folium's page: the component takes the script above and no page.

        Folium's own way would compile the script, megabytes for a large network, as a template.
        """
        return ""


def base_map(view: MapView, *, sketch: bool = False) -> folium.Map:
    """Return an empty map; its script depends on the view alone.

    The component in the page is re-created whenever this script changes: keep the view of the
    first run for the whole session, and make a new map at each run (the component adds to it).

    Parameters
    ----------
    view : MapView
    sketch : bool
        Load the editor too: needed where scenes have a ``sketch``.
    """
    created = folium.Map(
        location=(view.latitude, view.longitude),
        zoom_start=view.zoom,  # type: ignore[arg-type]  # half levels are legal in Leaflet
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.5,
        font_size="12px",
    )
    created.options["maxZoom"] = _MAX_ZOOM
    PlannerMap().add_to(created)  # type: ignore[no-untyped-call]
    if sketch:
        created.options["pmIgnore"] = False
        SketchEditor().add_to(created)  # type: ignore[no-untyped-call]
    return created


def dynamic_group(scene: Scene) -> folium.FeatureGroup:
    """Return the ``feature_group_to_add`` that shows the scene on the base map."""
    group = folium.FeatureGroup(name="scene")
    SceneUpdate(scene).add_to(group)
    return group
