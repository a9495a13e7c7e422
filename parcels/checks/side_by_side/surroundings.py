"""Whether the surroundings of a parcel are known far enough for a verdict, and its own use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.location.reading import SIDES
from parcels.checks.over_layers.ground import Ground
from parcels.checks.side_by_side.readings import may_harm
from parcels.checks.side_by_side.setting import CHECK_ID, MATRIX, NAMED, use_words
from parcels.checks.side_by_side.unread import unread_uses
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.overlay import Overlay
    from parcels.checks.side_by_side.readings import Bools
    from parcels.checks.side_by_side.setting import Setting

LAYER = "land_use"
SIDE_WORDS = {
    "zh": {"N": "北", "E": "东", "S": "南", "W": "西"},
    "en": {"N": "north", "E": "east", "S": "south", "W": "west"},
}


def own_uses(setting: Setting) -> Iterator[Batch]:
    """Say of which parcels no use is known, and which uses may stand beside every other."""
    yield from unread_uses(setting.given.parcels, CHECK_ID, MATRIX)
    free = np.flatnonzero(setting.free)
    yield Batch(
        check=CHECK_ID,
        rule=MATRIX,
        parcel=free,
        outcome="pass",
        reason="use_fits_everywhere",
        values={"own": [use_words(setting.uses[at]) for at in free]},
    )


def surroundings(setting: Setting) -> Iterator[Batch]:
    """Say whether the uses of the land around each asking parcel are known within its reach."""
    overlay = setting.given.overlays.get(LAYER)
    asking = setting.asking
    drawn = setting.given.parcels.sound
    lost = np.zeros(len(asking), dtype=bool)
    lost[setting.lost] = True
    for rows, reason, cause in (
        (asking & lost & ~drawn, "surroundings_without_place", "geometry_missing"),
        (asking & lost & drawn, "surroundings_without_accuracy", "geometry_uncertain"),
    ):
        yield _around(setting, rows, reason, cause, overlay)
    seen = asking & ~lost
    if overlay is None:
        yield _around(setting, seen, "surroundings_layer_missing", "layer_missing", None)
        return
    beyond = _beyond(setting, overlay) & seen
    out = "surroundings_out_of_extent", "layer_out_of_extent"
    yield _around(setting, beyond, *out, overlay)
    if not overlay.complete:
        partly = "surroundings_incomplete", "layer_incomplete"
        yield _around(setting, seen & ~beyond, *partly, overlay)
        return
    known = np.flatnonzero(seen & ~beyond)
    yield Batch(
        check=CHECK_ID,
        rule=MATRIX,
        parcel=known,
        outcome="pass",
        reason="surroundings_known",
        values={"reach_m": setting.reach_m[known], "layer": overlay.title},
    )


def unplaced(setting: Setting) -> Batch:
    """Say which parcels of the set may lie next to a parcel because nobody knows where they lie."""
    lost, ids = setting.lost, setting.given.parcels.ids
    harmed = {
        use: [ids[at] for at in lost if may_harm(use, setting.uses[at])]
        for use in {setting.uses[at] for at in setting.asking_rows}
    }
    rows = [at for at in setting.asking_rows if harmed[setting.uses[at]]]
    return Batch(
        check=CHECK_ID,
        rule=MATRIX,
        parcel=np.array(rows, dtype=np.int64),
        outcome="unknown",
        reason="unplaced_parcels",
        cause="geometry_missing",
        needs=("geometry",),
        values={
            "others": [harmed[setting.uses[row]][:NAMED] for row in rows],
            "count": [len(harmed[setting.uses[row]]) for row in rows],
        },
    )


def _around(
    setting: Setting, rows: Bools, reason: str, cause: str, overlay: Overlay | None
) -> Batch:
    """Say that surroundings are not known; where the place is rough, that is missing too."""
    parcel = np.flatnonzero(rows)
    parcels = setting.given.parcels
    rough = ~parcels.has_shape | ~np.isfinite(parcels.accuracy_m)
    layer = {
        "layer_missing": f"layer:{LAYER}",
        "layer_out_of_extent": f"extent:{LAYER}",
        "layer_incomplete": f"complete:{LAYER}",
    }.get(cause, "" if overlay is not None else f"layer:{LAYER}")
    sides = [_open_sides(setting, int(at)) for at in parcel]
    worded = np.array([one is not None for one in sides], dtype=bool)
    return Batch(
        check=CHECK_ID,
        rule=MATRIX,
        parcel=parcel,
        outcome="unknown",
        reason=np.where(worded, f"{reason}_by_words", reason),
        cause=cause,
        needs=[
            tuple(need for need in (layer, "geometry" if rough[at] else "") if need)
            for at in parcel
        ],
        values={
            "reach_m": setting.reach_m[parcel],
            "open_sides": [one or {"zh": [], "en": []} for one in sides],
            "layer": overlay.title if overlay else "—",
        },
    )


def _open_sides(setting: Setting, at: int) -> dict[str, list[str]] | None:
    """Name the sides that a location phrase leaves open; None for parcels without a phrase."""
    bounds = setting.given.parcels.bounds_by_words
    if not bounds or not any(bounds[at].values()):
        return None
    missing = [side for side in SIDES if not bounds[at].get(side)]
    return {lang: [words[side] for side in missing] for lang, words in SIDE_WORDS.items()}


def _beyond(setting: Setting, overlay: Overlay) -> Bools:
    """Tell around which parcels the layer does not speak far enough, shape (n,)."""
    beyond = np.zeros(len(setting.given.parcels), dtype=bool)
    for reach in np.unique(setting.reach_m):
        ground = Ground(parcels=setting.given.parcels, overlay=overlay, margin_m=float(reach))
        here = setting.reach_m == reach
        beyond[here] = ground.unspoken[here]
    return beyond
