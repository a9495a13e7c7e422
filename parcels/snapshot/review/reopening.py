"""The case of a review, read back from a snapshot and assessed again."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.checks.subject import Parcels, QualityFinding, Use
from parcels.point_table import RingPoints
from parcels.review import Review
from parcels.reviews.model import Event, Kind
from parcels.snapshot.input_values import from_order, one_of, reading
from parcels.snapshot.packs import book_from_plain
from parcels.snapshot.review.case import ReviewCase
from parcels.snapshot.review.exact import read_number, read_value
from parcels.snapshot.review.inputs import QUALITY
from parcels.snapshot.review.layers import fault_of, layer_of
from parcels.snapshot.shapes import read_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.checks.subject import Floats, Objects
    from parcels.snapshot.model import Content

    Entries = Sequence[Mapping[str, Any]]

_RESTS = "inputs.parcels"


def case_of(content: Content) -> ReviewCase:
    """Read the case back and run every check over it; see `parcels.snapshot.kinds.Kind`."""
    entries, inputs = content["parcels"], content["inputs"]
    given = given_of(content)
    with reading("inputs"):
        review = Review(
            batch=inputs["batch"],
            title=inputs["review_title"],
            numbered=inputs["numbered"],
            given=given,
            assessment=assess(given),
        )
        keyed = {one["key"]: one for one in entries}
        return ReviewCase(
            review=review,
            day=date.fromisoformat(inputs["day"]),
            selected=None if inputs["selected"] is None else tuple(inputs["selected"]),
            events=events_of(content),
            words={key: _words(keyed[key]) for key in inputs["words"]},
            boxes=_boxes(entries, set(inputs["boxes"])),
            rings=_rings(entries),
            system=content["system"],
            drawn=tuple(content["drawn"]["groups"]),
            rejected=tuple(fault_of(one) for one in inputs["rejected"]),
            notice=content["drawn"]["notice"],
        )


def given_of(content: Content) -> CheckInput:
    """Read back what the checks are given; nothing is run.

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable``.
    """
    inputs = content["inputs"]
    with reading("inputs.layers"):
        layers = [layer_of(one, f"inputs.layers.{at}") for at, one in enumerate(inputs["layers"])]
    return CheckInput(
        parcels=parcels_of(content["parcels"], inputs["parcels"]),
        book=book_from_plain(inputs["book"]),
        overlays=MappingProxyType({one.kind: one for one in layers}),
    )


def parcels_of(entries: Entries, rest: Mapping[str, Any]) -> Parcels:
    """Read the parcels back from their entries and the rest of the inputs."""
    with reading("parcels"):
        _require_order(entries)
        columns = {name: _numbers(entries, name, rest) for name in ("accuracy_m", "declared_m2")}
        uses = tuple(_use(one["use"]) for one in entries)
        texts = {name: tuple(str(one[name]) for one in entries) for name in ("id", "name")}
        classes = tuple(one["geometry_class"] for one in entries)
        declared = tuple(one["declared_text"] for one in entries)
    with reading(_RESTS):
        return Parcels(
            ids=texts["id"],
            names=texts["name"],
            shapes=_shapes(entries, "shape", rest),
            places=_shapes(entries, "place", rest),
            geometry_class=classes,
            uses=uses,
            declared_texts=declared,
            attributes=_attributes(entries, rest["columns"]),
            quality={at: [_quality(one) for one in found] for at, found in rest["quality"]},
            quality_known=rest["quality_known"],
            plane_m2=_numbers(entries, "plane_m2", rest) if rest["plane_known"] else None,
            bounds_by_words=tuple(
                {side: tuple(ids) for side, ids in from_order(one).items()}
                for one in rest["bounds_by_words"]
            ),
            twins=tuple(tuple(one) for one in rest["twins"]),
            **columns,
        )


def _require_order(entries: Entries) -> None:
    for at, one in enumerate(entries):
        if one["at"] != at:
            raise ValueError(f"parcel {one['at']} stands at {at}")


def _numbers(entries: Entries, name: str, rest: Mapping[str, Any]) -> Floats:
    read = (read_number(one[name]) for one in entries)
    column = np.array([np.nan if one is None else one for one in read], dtype=float)
    for at, one in rest["odd_numbers"][name]:
        column[at] = read_number(one)
    return column


def _shapes(entries: Entries, name: str, rest: Mapping[str, Any]) -> Objects:
    plain = [one[name] for one in entries]
    for at, binary in rest["binary"][name]:
        plain[at] = {"wkb": binary}
    return read_shapes(plain, f"parcels.{name}")


def _use(plain: Mapping[str, Any]) -> Use:
    return Use(
        text=plain["text"],
        groups=tuple(plain["groups"]),
        code=plain["code"],
        scheme=plain["scheme"],
        problem=plain["problem"],
    )


def _attributes(entries: Entries, columns: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, changed in columns:
        cells = [one["attributes"][name] for one in entries]
        for at, plain in changed:
            cells[at] = read_value(plain)
        found[name] = cells
    return found


def _quality(plain: Sequence[Any]) -> QualityFinding:
    row = dict(zip(QUALITY, plain, strict=True))
    row |= {name: read_number(row[name]) for name in ("value", "limit")}
    return QualityFinding(**row)


def events_of(content: Content) -> Mapping[str, Sequence[Event]]:
    """Read back what people said, by key of the parcel."""
    plain = content["inputs"]["events"]
    return MappingProxyType(
        {key: tuple(_event(one) for one in said) for key, said in plain.items()}
    )


def _event(plain: Mapping[str, Any]) -> Event:
    one_of(plain["kind"], get_args(Kind))
    return Event(**plain)


def _words(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("number", "location_text", "bounds")}


def _boxes(entries: Entries, kept: set[str]) -> dict[str, Any]:
    held = [one for one in entries if one["key"] in kept and one["box"] is not None]
    shapes = read_shapes([one["box"] for one in held], "parcels.box")
    return {one["key"]: shape for one, shape in zip(held, shapes, strict=True)}


def _rings(entries: Entries) -> dict[str, tuple[RingPoints, ...]]:
    return {
        one["key"]: tuple(_ring(ring, in_degrees=one["plane_m2"] is None) for ring in one["rings"])
        for one in entries
        if one["rings"]
    }


def _ring(plain: Mapping[str, Any], *, in_degrees: bool) -> RingPoints:
    north, east = np.array(plain["north_east"], dtype=float).reshape(-1, 2).T
    steps = (np.diff(one, append=one[:1]) for one in (north, east))
    return RingPoints(
        is_hole=plain["hole"],
        names=list(plain["names"]),
        north=north,
        east=east,
        lengths=None if in_degrees else np.hypot(*steps),
    )
