"""Uses side by side: every neighbour against the matrix, and whether all neighbours are known.

Two uses that the matrix lets touch pass. Under conditions is a warning with the condition. Uses
that must not touch fail where they do or lie nearer than the screening gap, and beyond it, up to
the distance of the rule ``ADJ_EIA``, ask for the evidence of an environmental assessment. Where a
class or a place is open a verdict stands only if every possibility comes to the same. A parcel
passes only if the uses all around it are known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.model import Check
from parcels.checks.rule_choice import unjudged
from parcels.checks.side_by_side.land import land_of_overlay, separated, without_own_land
from parcels.checks.side_by_side.meeting import meetings
from parcels.checks.side_by_side.named import named_neighbours
from parcels.checks.side_by_side.pairs import Source, pair_batches, possible_batches
from parcels.checks.side_by_side.setting import BAND, CHECK_ID, MATRIX, Setting
from parcels.checks.side_by_side.surroundings import LAYER, own_uses, surroundings, unplaced
from parcels.checks.side_by_side.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.meeting import Meetings
    from parcels.checks.subject import Objects
    from parcels.findings import Batch

_BARRIERS = ("road", "green_belt")
_PLACES = 64


def run(given: CheckInput) -> Iterator[Batch]:
    """Give a finding for each neighbour that matters, and one about what lies around."""
    if MATRIX not in given.book.rules:
        yield from unjudged(given, CHECK_ID)
        return
    band = given.book.rules.get(BAND)
    limit = band.limit if band else None
    setting = Setting(given=given, band_m=limit if isinstance(limit, float) else 0.0)
    yield from own_uses(setting)
    yield from surroundings(setting)
    yield unplaced(setting)
    yield from named_neighbours(setting)
    yield from _among_parcels(setting)
    yield from _with_layer(setting)


def _among_parcels(setting: Setting) -> Iterator[Batch]:
    around = setting.land
    ids = [setting.given.parcels.ids[at] for at in setting.rows]
    for rows in _portions(setting):
        asking = setting.land_of(rows)
        met = meetings(asking, around, setting.band_m)
        met = met.only(rows[met.first] != setting.rows[met.second])
        source = Source(rows=rows, others=ids, asking=asking, around=around)
        yield from _told(setting, source, met)


def _with_layer(setting: Setting) -> Iterator[Batch]:
    overlay = setting.given.overlays.get(LAYER)
    if overlay is None:
        return
    features, around = land_of_overlay(overlay, setting.given.parcels)
    names = [overlay.names[at] or f"{overlay.codes[at]} #{at + 1}".strip() for at in features]
    for rows in _portions(setting):
        asking = setting.land_of(rows)
        met = without_own_land(asking, around, meetings(asking, around, setting.band_m))
        source = Source(rows=rows, others=names, asking=asking, around=around)
        yield from _told(setting, source, met)


def _portions(setting: Setting) -> Iterator[Ints]:
    """Give outlines at once, and places a few at a time: each of them meets very much land."""
    rows = setting.asking_rows
    rough = setting.given.parcels.has_place[rows]
    yield rows[~rough]
    places = rows[rough]
    for start in range(0, len(places), _PLACES):
        yield places[start : start + _PLACES]


def _told(setting: Setting, source: Source, met: Meetings) -> Iterator[Batch]:
    if not len(met):
        return
    apart = separated(source.asking, source.around, met, _barriers(setting.given))
    lies = replace(
        met.lies, touches=met.lies.touches & ~apart, may_touch=met.lies.may_touch & ~apart
    )
    found = verdicts(source.asking, source.around, replace(met, lies=lies), setting.band_m)
    yield from pair_batches(setting, source, found)
    yield from possible_batches(source, found)


def _barriers(given: CheckInput) -> Objects:
    """Return roads and green belts that are drawn well enough to tell neighbours apart."""
    layers = [given.overlays[kind] for kind in _BARRIERS if kind in given.overlays]
    drawn = [one.in_plane(given.parcels.plane) for one in layers if (one.accuracy_m or 0.0) <= 1.0]
    return np.concatenate([np.zeros(0, dtype=object), *drawn])


CHECK = Check(id=CHECK_ID, run=run)
