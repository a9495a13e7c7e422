"""Parcels and layers drawn in metres around one place, for the checks against layers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import shapely

from geo.crs import local_tm, to_lonlat
from layers.overlay import Overlay, OverlayReport
from parcels.checks.model import CheckInput
from parcels.checks.subject import Parcels
from parcels.checks.use_groups import use_of
from parcels.rules.load import rule_book

PLANE = local_tm(112.5, 33.0)
TODAY = date(2026, 11, 22)


def drawn(shape: Any) -> Any:
    """Bring a shape in metres (a geometry, four numbers of a box, or WKT) to EPSG:4490."""
    if shape is None:
        return None
    if isinstance(shape, str):
        shape = shapely.from_wkt(shape)
    elif not isinstance(shape, shapely.Geometry):
        shape = shapely.box(*shape)
    return to_lonlat(shape, PLANE)


def objects(shapes: Any) -> Any:
    column = np.full(len(shapes), None, dtype=object)
    column[:] = shapes
    return column


def parcels(
    shapes: list[Any],
    *,
    places: list[Any] | None = None,
    accuracy: Any = 0.1,
    uses: list[tuple[str, str | None, str]] | None = None,
    attributes: dict[str, list[Any]] | None = None,
) -> Parcels:
    count = len(shapes)
    places = places or [None] * count
    return Parcels(
        ids=tuple(f"P{at + 1}" for at in range(count)),
        names=("",) * count,
        shapes=objects([drawn(one) for one in shapes]),
        places=objects([drawn(one) for one in places]),
        geometry_class=("surveyed",) * count,
        accuracy_m=np.broadcast_to(np.asarray(accuracy, dtype=float), (count,)).copy(),
        uses=tuple(use_of(*one) for one in uses or [("", None, "")] * count),
        declared_m2=np.full(count, np.nan),
        declared_texts=("",) * count,
        attributes=attributes or {},
    )


def overlay(kind: str, shapes: list[Any], **given: Any) -> Overlay:
    """Make a layer; ``extent`` is "all", "box" (that of its features) or a shape in metres."""
    moved = objects([drawn(one) for one in shapes])
    extent = given.pop("extent", "all")
    how = {"all": "declared_all", "box": "bounding_box"}.get(str(extent), "declared")
    if how == "bounding_box":
        extent = shapely.box(*shapely.total_bounds(moved))
    else:
        extent = None if how == "declared_all" else drawn(extent)
    title = given.pop("title", f"{kind}.geojson")
    return Overlay(
        kind=kind,
        title=title,
        shapes=moved,
        names=tuple(given.pop("names", [""] * len(moved))),
        codes=tuple(given.pop("codes", [""] * len(moved))),
        extent=extent,
        extent_how=how,
        digest=given.pop("digest", ""),
        report=OverlayReport(
            file=title,
            format="geojson",
            digest="",
            layer=None,
            encoding=None,
            crs="EPSG:4490",
            crs_how="declared",
            name_column=None,
            code_column=None,
            rows=len(moved),
            used=len(moved),
            skipped={},
            repaired=0,
            notes=(),
        ),
        complete=given.pop("complete", True),
        **given,
    )


def given(
    some: Parcels,
    *layers: Overlay,
    as_of: date = TODAY,
    packs: list[str] | None = None,
    overrides: Any = (),
) -> CheckInput:
    return CheckInput(
        parcels=some,
        book=rule_book(as_of, packs=packs, overrides=overrides),
        overlays={one.kind: one for one in layers},
    )


def findings(run: Any, about: CheckInput) -> list[Any]:
    """Run a check: all its findings."""
    return [batch.finding(row) for batch in run(about) for row in range(len(batch))]
