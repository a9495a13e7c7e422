"""Control zones along power lines, highways and railways, and planned corridors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.crs import to_lonlat
from parcels.checks.model import Check
from parcels.checks.over_layers.grades import zones_of
from parcels.checks.over_layers.ground import Ground
from parcels.checks.over_layers.pairs import is_land
from parcels.checks.over_layers.rules import kind_words, unruled
from parcels.checks.over_layers.strips import strip_of, strips
from parcels.checks.over_layers.unknown import layer_missing, unproven
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.grades import Zones
    from parcels.checks.over_layers.strips import Strips
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.rules.load import AppliedRule

KINDS = {"power_line": "OV_PWR", "highway": "OV_HWY", "railway": "OV_RAIL"}
WIDTHS = {**KINDS, "planned_corridor": "SEP_COR_35"}
"""Kinds of lines and the rule that stands for all of their grades."""


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land in the zones of lines; the width follows voltage or class."""
    yield from unruled(given, CHECK.id, KINDS)
    for kind, rule in WIDTHS.items():
        applied = given.book.rules.get(rule) or _first(given, f"distance:{kind}")
        if applied is not None:
            yield from _line_findings(given, applied, kind)


def _first(given: CheckInput, metric: str) -> AppliedRule | None:
    return next((one for one in given.book.of(CHECK.id) if one.rule.metric == metric), None)


def _line_findings(given: CheckInput, applied: AppliedRule, kind: str) -> Iterator[Batch]:
    overlay = given.overlays.get(kind)
    if overlay is None:
        yield from layer_missing(given, applied, kind)
        return
    drawn = Ground(parcels=given.parcels, overlay=overlay)
    zones = zones_of(given.book, overlay, drawn.land)
    if zones is None:
        yield _no_width(given, applied, kind)
        return
    bounded = np.isfinite(zones.possible)
    farthest = float(zones.possible[bounded].max(initial=0.0))
    ground = Ground(parcels=given.parcels, overlay=overlay, margin_m=farthest)
    found = strips(ground, zones)
    yield from _hits(given, applied, ground, zones, found)
    yield from _open(applied, ground, zones, found)
    left = np.ones(len(given.parcels), dtype=bool)
    left[found.parcel[~found.sliver]] = False
    grazed = np.zeros(len(given.parcels), dtype=bool)
    grazed[found.parcel[found.sliver]] = True
    yield from _rest(applied, ground, left, grazed, boundless=not bounded.all())


def _hits(
    given: CheckInput, applied: AppliedRule, ground: Ground, zones: Zones, found: Strips
) -> Iterator[Batch]:
    rules = np.array([given.book.rules.get(one.rule, applied).id for one in zones.zones] or [""])
    of_pair = rules[zones.which][found.feature]
    for sliver in (False, True):
        chosen = found.sliver if sliver else found.hit
        for rule in np.unique(of_pair[chosen]):
            some = np.flatnonzero(chosen & (of_pair == rule))
            yield _strip_batch(given.book.rules[str(rule)], ground, zones, found, some)


def _strip_batch(
    applied: AppliedRule, ground: Ground, zones: Zones, found: Strips, some: Ints
) -> Batch:
    parcel, feature = found.parcel[some], found.feature[some]
    sliver = bool(found.sliver[some[0]])
    area = ground.parcels.area_m2[parcel]
    share = np.where(ground.parcels.has_shape[parcel], found.strip_m2[some] / area, 1.0)
    rough = ~ground.measured[parcel]
    axis = ~is_land(ground.land[feature]) & (zones.half_low[feature] <= 0)
    hit = np.where(axis, "corridor_hit_axis", "corridor_hit")
    hit = np.where(rough, "corridor_hit_for_sure", hit)
    width = zones.column("narrow")[feature].astype(float)
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome="warning" if sliver else breach_outcome(applied.rule),
        reason="corridor_sliver" if sliver else hit,
        measured=np.maximum(found.distance_m[some] - zones.half_low[feature], 0.0),
        limit=np.where(zones.itself[feature], 0.0, width),
        op=">=",
        unit="m",
        share=np.minimum(share, 1.0),
        other=ground.labels(feature),
        values={
            "layer": ground.words,
            "title": ground.titles(feature),
            "grade": list(zones.column("grade")[feature]),
            "strip_m2": found.strip_m2[some],
        },
        evidence=_drawn(ground, zones, parcel, feature),
    )


def _open(applied: AppliedRule, ground: Ground, zones: Zones, found: Strips) -> Iterator[Batch]:
    """Say where a zone may reach, by everything that is not known about it."""
    some = np.flatnonzero(~found.hit & ~found.sliver)
    parcel, feature = found.parcel[some], found.feature[some]
    narrow, wide = zones.column("narrow")[feature], zones.column("wide")[feature]
    flags = {
        "geometry": ~ground.parcels.measurable[parcel],
        f"layer:{ground.overlay.kind}": np.full(len(some), ground.coarse),
        "input:grade": (wide > narrow).astype(bool) & ~zones.itself[feature],
        "input:line_width": zones.half_high[feature] > zones.half_low[feature],
        f"extent:{ground.overlay.kind}": ground.unspoken[parcel],
        f"complete:{ground.overlay.kind}": np.full(len(some), not ground.overlay.complete),
    }
    rough = ~ground.measured[parcel]
    code = sum(flag.astype(np.int64) << at for at, flag in enumerate(flags.values()))
    code = code + (rough.astype(np.int64) << len(flags))
    for one in np.unique(code):
        rows = np.flatnonzero(code == one)
        needs = tuple(need for at, need in enumerate(flags) if one >> at & 1)
        yield _open_batch(
            applied,
            ground,
            zones,
            (parcel[rows], feature[rows]),
            found.distance_m[some[rows]],
            needs,
        )


def _open_batch(
    applied: AppliedRule,
    ground: Ground,
    zones: Zones,
    pair: tuple[Ints, Ints],
    distance: Any,
    needs: tuple[str, ...],
) -> Batch:
    parcel, feature = pair
    rough = not ground.measured[parcel[0]]
    values: dict[str, Any] = {
        "layer": ground.words,
        "title": ground.titles(feature),
        "grade": list(zones.column("grade")[feature]),
        "least_m": zones.sure[feature],
        "most_m": zones.possible[feature],
    }
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome="unknown",
        reason="corridor_place_open" if rough else "corridor_width_open",
        measured=distance,
        unit="m",
        other=ground.labels(feature),
        cause="geometry_uncertain" if rough else "input_missing",
        needs=needs,
        values=values | ({"accuracy_m": ground.reach[parcel]} if rough else {}),
    )


def _rest(
    applied: AppliedRule, ground: Ground, left: Bools, grazed: Bools, *, boundless: bool
) -> Iterator[Batch]:
    """Judge the parcels that no zone reaches, or only by a sliver, which makes none clear."""
    lost = ~np.isfinite(ground.reach) & (len(ground.land) > 0)
    sound, complete = ground.parcels.sound, ground.overlay.complete
    clear = left & sound & ~lost & ~ground.unspoken & complete & (not boundless)
    yield _clear(applied, ground, np.flatnonzero(clear & ~grazed))
    if boundless:
        some = np.flatnonzero(left)
        yield Batch(
            check=applied.rule.check,
            rule=applied.id,
            parcel=some,
            outcome="unknown",
            reason="corridor_reach_open",
            cause="input_missing",
            needs=("input:line_width", "input:grade"),
            values={"layer": ground.words, "title": ground.overlay.title},
        )
        return
    yield from unproven(ground, applied, left & ~clear, lost)


def _clear(applied: AppliedRule, ground: Ground, parcel: Ints) -> Batch:
    """Say that parcels lie beyond every zone."""
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=parcel,
        outcome="pass",
        reason="corridor_clear" if len(ground.land) else "overlay_clear",
        values={
            "layer": ground.words,
            "title": ground.overlay.title,
            "reach_m": ground.margin_m,
        },
    )


def _no_width(given: CheckInput, applied: AppliedRule, kind: str) -> Batch:
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=np.arange(len(given.parcels)),
        outcome="unknown",
        reason="corridor_no_width",
        cause="value_set_locally",
        needs=(f"value:{applied.id}",),
        values={"layer": kind_words(kind)},
    )


def _drawn(
    ground: Ground, zones: Zones, parcel: Ints, feature: Ints
) -> Callable[[int], BaseGeometry | None]:
    def draw(at: int) -> BaseGeometry | None:
        strip = strip_of(ground, zones, int(parcel[at]), int(feature[at]))
        return None if strip.is_empty else to_lonlat(strip, ground.parcels.plane)

    return draw


CHECK = Check(id="corridors", run=run)
