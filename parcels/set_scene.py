"""What a survey puts on the map: its parcels, inline or drawn by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.systems import BD09, GCJ02
from layers.large import LargeLayer
from layers.scene import LayerGroup, MapFeature, MapLayer
from layers.style import USES
from parcels.map_scene import PARCELS, use_key
from parcels.messages import text

if TYPE_CHECKING:
    from geo.survey.model import Survey
    from layers.scene import BigLayer, GeometryClass
    from parcels.map_scene import Lang
    from parcels.parcel_sets import ParcelSet

INLINE_PARCELS = 2_000
INLINE_VERTICES = 100_000
CHOSEN_PARCEL = "parcel-chosen"
_PALETTE = {key: sign.tone for key, sign in USES.items()}
_LAND = "用地"


def is_large(survey: Survey) -> bool:
    """Tell whether the server draws the parcels, because they are too many to be sent."""
    vertices = int(np.sum(survey.parcels.column("vertices").to_numpy()))
    return bool(survey.parcels.num_rows > INLINE_PARCELS or vertices > INLINE_VERTICES)


def survey_layer(survey: Survey) -> MapLayer:
    """Draw every parcel with its number; the legend names the file.

    Parameters
    ----------
    survey : Survey
        Small enough to be sent (`is_large`).

    Returns
    -------
    MapLayer
        Ids and numbers count from 1 in the order of the file.
    """
    shapes = shapely.from_wkb(survey.parcels.column("wkb").to_numpy())
    names, ids = (survey.parcels.column(key).to_pylist() for key in ("name", "id"))
    labels = [name or own for name, own in zip(names, ids, strict=True)]
    source = _geometry_class(survey)
    features = tuple(
        MapFeature(
            id=str(number),
            geometry=shape,
            number=str(number),
            tooltip=label,
            use=use,
            geometry_class=source,
        )
        for number, (shape, label, use) in enumerate(
            zip(shapes, labels, _uses(survey), strict=True), start=1
        )
    )
    return MapLayer(id=PARCELS, title=survey.file, kind="parcel", features=features)


def large_layer(held: ParcelSet) -> LargeLayer:
    """Index the parcels of a large set for tiles and windows; ids count from 1."""
    numbers = np.arange(1, len(held) + 1).astype(str)
    return LargeLayer.build(
        held.shapes,
        title=held.title,
        columns={
            "id": numbers,
            "label": np.char.add(np.char.add(numbers, " "), np.array(held.labels, dtype=str)),
            "use": np.array(_uses(held.survey), dtype=str),
            "geometry_class": np.full(len(held), _geometry_class(held.survey)),
        },
        palette=_PALETTE,
    )


def set_group(drawn: MapLayer | BigLayer, chosen: MapLayer | None, lang: Lang) -> LayerGroup:
    """Put the layer of a set, and the chosen parcel of a large one, under a heading."""
    layers = (drawn,) if chosen is None else (drawn, chosen)
    return LayerGroup(id="plan", title=text(lang, "ui.set.group"), layers=layers)


def chosen_layer(held: ParcelSet, position: int, lang: Lang) -> MapLayer:
    """Draw the chosen parcel of a large set by itself: tiles know no choice."""
    feature = MapFeature(
        id=str(position + 1),
        geometry=held.shapes[position],
        number=str(position + 1),
        tooltip=held.labels[position],
        use=_uses(held.survey)[position],
        geometry_class=_geometry_class(held.survey),
    )
    title = text(lang, "ui.set.chosen")
    return MapLayer(id=CHOSEN_PARCEL, title=title, kind="parcel", features=(feature,))


def _geometry_class(survey: Survey) -> GeometryClass:
    """Points that came back from shifted web map coordinates are no survey."""
    return "digitized" if survey.crs.definition in {GCJ02, BD09} else "surveyed"


def _uses(survey: Survey) -> list[str]:
    """Return the key of every parcel's use; ``unknown`` where the file gives none that we know."""
    column = survey.fields.get("use")
    if column is None or column not in survey.attributes.column_names:
        return ["unknown"] * int(survey.parcels.num_rows)
    written = survey.attributes.column(column).to_pylist()
    return [use_key(str(use or "").removesuffix(_LAND)) for use in written]
