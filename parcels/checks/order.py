"""The checks in the order of the report: the columns of a review from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.checks import (
    adjacency,
    boundary,
    control_index,
    corridors,
    declared_area,
    eco_redline,
    farmland,
    gaps,
    geometry,
    identity,
    m0,
    overlap,
    per_mu,
    planned_use,
    registers,
    separation,
    six_lines,
    standard_land,
    water_source,
)

if TYPE_CHECKING:
    from parcels.checks.model import Check

CHECKS: tuple[Check, ...] = (
    geometry.CHECK,
    identity.CHECK,
    overlap.CHECK,
    gaps.CHECK,
    boundary.CHECK,
    farmland.CHECK,
    eco_redline.CHECK,
    water_source.CHECK,
    planned_use.CHECK,
    adjacency.CHECK,
    separation.CHECK,
    six_lines.CHECK,
    corridors.CHECK,
    registers.CHECK,
    declared_area.CHECK,
    control_index.CHECK,
    standard_land.CHECK,
    per_mu.CHECK,
    m0.CHECK,
)
