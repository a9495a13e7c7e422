"""Parcels and the layers around them, whole, as values of JSON and back exactly."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.subject import Parcels, QualityFinding, Use
from parcels.snapshot.input_values import from_order, in_order, reading
from parcels.snapshot.review.exact import exact_number, exact_value, read_number, read_value
from parcels.snapshot.review.layers import layer_entry, layer_of
from parcels.snapshot.shapes import exact_shapes, read_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.overlay import Overlay
    from parcels.checks.subject import Floats

Entry = dict[str, Any]
_TEXTS = ("ids", "names", "geometry_class", "declared_texts")
_NUMBERS = ("accuracy_m", "declared_m2")


def overlays_to_plain(overlays: Mapping[str, Overlay]) -> list[Entry]:
    """Give layers in their order."""
    return [layer_entry(one) for one in overlays.values()]


def overlays_from_plain(plain: Sequence[Entry], place: str) -> dict[str, Overlay]:
    """Read layers back, by kind.

    Parameters
    ----------
    place : str
        Path of them in the snapshot, for errors.
    """
    layers = [layer_of(one, f"{place}.{at}") for at, one in enumerate(plain)]
    return {one.kind: one for one in layers}


def parcels_to_plain(parcels: Parcels) -> Entry:
    """Give parcels with all that a check may read; NaN is null."""
    plane = parcels.plane_m2
    return {
        **{name: list(getattr(parcels, name)) for name in _TEXTS},
        **{name: numbers_to_plain(getattr(parcels, name)) for name in _NUMBERS},
        "plane_m2": None if plane is None else numbers_to_plain(plane),
        "shapes": exact_shapes(parcels.shapes),
        "places": exact_shapes(parcels.places),
        "uses": [asdict(one) for one in parcels.uses],
        "attributes": in_order(
            {name: [exact_value(one) for one in column] for name, column in _columns(parcels)}
        ),
        "quality": [[at, [_quality(one) for one in of]] for at, of in parcels.quality.items()],
        "quality_known": parcels.quality_known,
        "bounds_by_words": [in_order(one) for one in parcels.bounds_by_words],
        "twins": [list(one) for one in parcels.twins],
    }


def parcels_from_plain(plain: Entry, place: str) -> Parcels:
    """Read parcels back; errors as `overlays_from_plain`."""
    with reading(place):
        plane = plain["plane_m2"]
        columns: Entry = {name: tuple(plain[name]) for name in _TEXTS}
        columns |= {name: numbers_from_plain(plain[name]) for name in _NUMBERS}
        return Parcels(
            **columns,
            plane_m2=None if plane is None else numbers_from_plain(plane),
            shapes=read_shapes(plain["shapes"], f"{place}.shapes"),
            places=read_shapes(plain["places"], f"{place}.places"),
            uses=tuple(Use(**{**one, "groups": tuple(one["groups"])}) for one in plain["uses"]),
            attributes={
                name: [read_value(one) for one in column]
                for name, column in from_order(plain["attributes"]).items()
            },
            quality={at: [_quality_of(one) for one in found] for at, found in plain["quality"]},
            quality_known=plain["quality_known"],
            bounds_by_words=tuple(
                {side: tuple(ids) for side, ids in from_order(one).items()}
                for one in plain["bounds_by_words"]
            ),
            twins=tuple(tuple(one) for one in plain["twins"]),
        )


def numbers_to_plain(numbers: Floats) -> list[Any]:
    """Give numbers; NaN is null."""
    return [None if one != one else exact_number(one) for one in numbers.tolist()]  # noqa: PLR0124


def numbers_from_plain(plain: Sequence[Any]) -> Floats:
    """Read numbers back."""
    read = (read_number(one) for one in plain)
    return np.array([np.nan if one is None else one for one in read], dtype=float)


def _columns(parcels: Parcels) -> list[tuple[str, Sequence[Any]]]:
    return list(parcels.attributes.items())


def _quality(finding: QualityFinding) -> Entry:
    numbers = {name: exact_number(getattr(finding, name)) for name in ("value", "limit")}
    return asdict(finding) | numbers


def _quality_of(plain: Entry) -> QualityFinding:
    numbers = {name: read_number(plain[name]) for name in ("value", "limit")}
    return QualityFinding(**{**plain, **numbers})
