"""Neighbours that a location phrase names: known, even where the parcel's place is rough.

热电厂以西 makes the plant the eastern bound. That is evidence of who the neighbour is, not of how
far away it stands: a use that must not touch is told, and only a survey settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.location.reading import SIDES
from layers.landmark_uses import landmark_uses
from parcels.checks.side_by_side.readings import CONDITION, CONFLICT, FITS, UNKNOWN, UseSet
from parcels.checks.side_by_side.setting import CHECK_ID, MATRIX, use_words
from parcels.checks.side_by_side.surroundings import SIDE_WORDS
from parcels.checks.side_by_side.verdicts import side_by_side
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.landmark_uses import LandmarkUse
    from parcels.checks.side_by_side.setting import Setting
    from parcels.checks.side_by_side.verdicts import Words

_SAID = {
    FITS: ("pass", "named_neighbour_fits", ""),
    CONDITION: ("warning", "named_neighbour_condition", ""),
    CONFLICT: ("unknown", "named_neighbour_conflict", "geometry_uncertain"),
    UNKNOWN: ("unknown", "named_neighbour_class_open", "class_open"),
}


class _Named(NamedTuple):
    parcel: int
    side: str
    landmark: LandmarkUse
    verdict: int
    needs: tuple[str, ...]
    words: Words


def named_neighbours(setting: Setting) -> Iterator[Batch]:
    """Give a finding for each bound of a phrase whose use is known."""
    found = list(_found(setting))
    for verdict, (outcome, reason, cause) in _SAID.items():
        rows = [one for one in found if one.verdict == verdict]
        names = rows[0].words if rows else {}
        yield Batch(
            check=CHECK_ID,
            rule=MATRIX,
            parcel=np.array([one.parcel for one in rows], dtype=np.int64),
            outcome=outcome,
            reason=reason,
            other=[one.landmark.name for one in rows],
            cause=cause,
            needs=[one.needs for one in rows] if cause else (),
            values={
                **{name: [one.words[name] for one in rows] for name in names},
                "side": [{lang: words[one.side] for lang, words in SIDE_WORDS.items()}
                         for one in rows],
                "taken_as": [dict(one.landmark.basis) for one in rows],
                "taken_mark": [one.landmark.mark for one in rows],
            },
        )  # fmt: skip


def _found(setting: Setting) -> Iterator[_Named]:
    known = landmark_uses()
    for parcel, bounds in enumerate(setting.given.parcels.bounds_by_words):
        if not setting.asking[parcel]:
            continue
        for side in SIDES:
            for landmark in (known[one] for one in bounds.get(side, ()) if one in known):
                yield _judged(setting, parcel, side, landmark)


def _judged(setting: Setting, parcel: int, side: str, landmark: LandmarkUse) -> _Named:
    other = UseSet(groups=landmark.groups, wants_clean=landmark.wants_clean)
    verdict, (own_open, other_open), words = side_by_side(
        setting.uses[parcel], other, setting.band_m
    )
    needs = {
        "geometry": verdict == CONFLICT,
        "class": own_open and verdict == UNKNOWN,
        "neighbours": other_open and verdict == UNKNOWN,
    }
    wanted = tuple(need for need, is_wanted in needs.items() if is_wanted)
    words = {**words, "theirs": use_words(other)}
    return _Named(parcel, side, landmark, verdict, wanted, words)
