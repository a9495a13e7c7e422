"""Parcels for tests: drawn in metres around a place in Nanyang, with whatever a test states."""

from __future__ import annotations

from datetime import date

import numpy as np
import shapely

from geo.crs import local_tm, to_lonlat
from parcels.checks.model import CheckInput
from parcels.checks.subject import Parcels
from parcels.checks.use_groups import use_of
from parcels.rules.load import rule_book

PLANE = local_tm(112.55, 32.95)
DAY = date(2025, 6, 1)


def square(x, y, side=100.0, height=None):
    return shapely.box(x, y, x + side, y + (height or side))


def column(values, count):
    """Give an object array of geometries or None in EPSG:4490."""
    shapes = np.full(count, None, dtype=object)
    for at, one in enumerate(values or ()):
        shapes[at] = None if one is None else to_lonlat(one, PLANE)
    return shapes


def parcels(shapes, **stated):
    """Make parcels of shapes in metres; everything else may be stated, one entry a parcel."""
    count = len(shapes)
    kinds = ["surveyed" if one is not None else "" for one in shapes]
    uses = [use_of("", None, word) for word in stated.pop("use_texts", [""] * count)]
    given = {
        "ids": tuple(f"P{at + 1}" for at in range(count)),
        "names": ("",) * count,
        "geometry_class": tuple(kinds),
        "accuracy_m": np.full(count, 0.1),
        "uses": tuple(uses),
        "declared_m2": np.full(count, np.nan),
        "declared_texts": ("",) * count,
        "quality_known": True,
        **stated,
    }
    given["places"] = column(given.get("places"), count)
    given["accuracy_m"] = np.array(given["accuracy_m"], dtype=float)
    given["declared_m2"] = np.array(given["declared_m2"], dtype=float)
    return Parcels(shapes=column(shapes, count), **given)


def findings(check, subject, *, as_of=DAY, packs=None, overrides=(), overlays=None):
    """Run one check: its findings by parcel, as a list of lists."""
    book = rule_book(as_of, packs=packs, overrides=overrides)
    given = CheckInput(parcels=subject, book=book, overlays=overlays or {})
    found = [[] for _ in range(len(subject))]
    for batch in check.run(given):
        for row in range(len(batch)):
            one = batch.finding(row)
            found[one.parcel].append(one)
    return found


def said(found):
    """Outcome and reason of every finding, in the order of the check."""
    return [[(one.outcome, one.reason) for one in row] for row in found]
