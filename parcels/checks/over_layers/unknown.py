"""What a layer does not show: clear where that is proven, else unknown with all that is missing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.overlay_kinds import overlay_kinds
from parcels.checks.over_layers.rules import kind_words
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.ground import Ground
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.findings import Cause
    from parcels.rules.load import AppliedRule

NOTHING: Mapping[str, Bools] = MappingProxyType({})


def layer_missing(
    given: CheckInput, applied: AppliedRule, kind: str, open_rows: Bools | None = None
) -> Iterator[Batch]:
    """Say of parcels, by default all, that the layer is missing; of rough ones what else is."""
    parcels = given.parcels
    open_rows = np.ones(len(parcels), dtype=bool) if open_rows is None else open_rows
    need = f"layer:{kind}" if kind in overlay_kinds() else f"local:{applied.id}"
    for exact in (True, False):
        some = np.flatnonzero(open_rows & (parcels.measurable == exact))
        yield Batch(
            check=applied.rule.check,
            rule=applied.id,
            parcel=some,
            outcome="unknown",
            reason="overlay_missing",
            cause="layer_missing",
            needs=(need,) if exact else (need, "geometry"),
            values={"layer": kind_words(kind)},
        )


def no_limit(given: CheckInput, applied: AppliedRule, kind: str) -> Batch:
    """Say that the rule has no number to compare with."""
    return Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=np.arange(len(given.parcels)),
        outcome="unknown",
        reason="overlay_no_limit",
        cause="value_set_locally",
        needs=(f"local:{applied.id}",),
        values={"layer": kind_words(kind)},
    )


def not_hit(
    ground: Ground, applied: AppliedRule, *, open_rows: Bools, uncertain: Bools, grazed: Bools
) -> Iterator[Batch]:
    """Judge the parcels that no feature of the layer was found to meet.

    Parameters
    ----------
    open_rows : bool array, shape (n,)
        Parcels to judge.
    uncertain : bool array, shape (n,)
        Those which may meet a feature.
    grazed : bool array, shape (n,)
        Those which share a sliver: never clear, and open where the layer proves nothing.
    """
    clear = open_rows & ground.parcels.sound & ~uncertain & ~ground.unspoken
    clear &= ground.overlay.complete
    yield Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=np.flatnonzero(clear & ~grazed),
        outcome="pass",
        reason="overlay_clear",
        measured=0.0,
        limit=0.0 if applied.rule.op == "no_overlap" else None,
        op=applied.rule.op,
        unit="m2",
        share=0.0,
        values=_said(ground),
    )
    yield from unproven(ground, applied, open_rows & ~clear, uncertain)


def unproven(
    ground: Ground,
    applied: AppliedRule,
    some: Bools,
    uncertain: Bools,
    lacking: Mapping[str, Bools] = NOTHING,
) -> Iterator[Batch]:
    """Say why parcels cannot be judged, each for the first reason, with all that is missing.

    Parameters
    ----------
    some, uncertain : bool array, shape (n,)
        Parcels to speak of, and those which may meet a feature.
    lacking : mapping of str to bool array, shape (n,)
        More data that are missing, by code of `Finding.needs`.
    """
    parcels = ground.parcels
    drawn = ~shapely.is_missing(parcels.drawn)
    stated = np.isfinite(ground.reach)
    tests: tuple[tuple[Bools, str, Cause], ...] = (
        (~drawn, "overlay_no_place", "geometry_missing"),
        (~parcels.sound, "overlay_unsound", "geometry_uncertain"),
        (uncertain & ~stated, "overlay_accuracy_unknown", "geometry_uncertain"),
        (uncertain & parcels.has_place, "overlay_place_uncertain", "geometry_uncertain"),
        (uncertain, "overlay_uncertain", "geometry_uncertain"),
        (ground.unspoken, "overlay_out_of_extent", "layer_out_of_extent"),
        (np.ones_like(some), "overlay_incomplete", "layer_incomplete"),
    )
    left = some
    for test, reason, cause in tests:
        chosen = left & test
        left = left & ~test
        for parcel, needs in _by_needs(ground, np.flatnonzero(chosen), uncertain, lacking):
            yield Batch(
                check=applied.rule.check,
                rule=applied.id,
                parcel=parcel,
                outcome="unknown",
                reason=reason,
                cause=cause,
                needs=needs,
                values=_said(ground)
                | ({"accuracy_m": ground.reach[parcel]} if "uncertain" in reason else {}),
            )


def _by_needs(
    ground: Ground, parcel: Ints, uncertain: Bools, lacking: Mapping[str, Bools]
) -> Iterator[tuple[Ints, tuple[str, ...]]]:
    """Group parcels by what would settle them."""
    kind = ground.overlay.kind
    flags = {
        "geometry": ~ground.parcels.measurable[parcel],
        f"layer:{kind}": uncertain[parcel] & ground.coarse,
        **{need: flag[parcel] for need, flag in lacking.items()},
        f"extent:{kind}": ground.unspoken[parcel],
        f"complete:{kind}": np.full(len(parcel), not ground.overlay.complete),
    }
    code = sum(flag.astype(np.int64) << at for at, flag in enumerate(flags.values()))
    for one in np.unique(code):
        needs = tuple(need for at, need in enumerate(flags) if one >> at & 1)
        yield parcel[code == one], needs


def _said(ground: Ground) -> dict[str, Any]:
    return {"layer": ground.words, "title": ground.overlay.title}
