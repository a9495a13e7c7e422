"""What is known of where the numbers of a survey file lie, and what cannot be right about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import PlannerError
from geo.survey.place.axes import metres_like, orders_by_size, prefix_of
from geo.survey.place.candidates import candidates
from geo.survey.place.stated import Stated

if TYPE_CHECKING:
    from geo.read.parsed import AxisOrder, Note
    from geo.survey.model import AxesHow, CrsHow, LonLat
    from geo.survey.place.axes import Bools, Ints, Vertices
    from geo.survey.place.candidates import Also
    from geo.systems import System

_HALF = 0.5
_WIDEST_DEGREES = 0.5  # a parcel wider than 50 km is no parcel in degrees
_WIDEST_M = 10_000.0
_UNITS = (("mm", 0.001), ("cm", 0.01), ("km", 1000.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that is known of where the numbers of a file lie; see `place_survey`."""

    vertices: Vertices
    axes: AxisOrder | None
    near: LonLat | None
    declared: System | None = None
    stated: Stated = field(default_factory=Stated)
    chosen: System | None = None
    chosen_axes: AxisOrder | None = None
    file_format: str | None = None

    def question(
        self, code: str, *, about: str = "crs", also: tuple[Also, ...] = (), **values: Any
    ) -> PlannerError:
        """Make the error that asks, with the first pair of numbers and the candidates."""
        x, y = self.vertices.pairs[0] if len(self.vertices.pairs) else (0.0, 0.0)
        found = candidates(self.vertices, near=self.near, axes=self.chosen_axes, also=also)
        return PlannerError(
            code, question=about, x=written(x), y=written(y), candidates=found, **values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was decided; ``fits`` tells of each row of the vertices whether it can lie there."""

    system: System
    how: CrsHow
    order: AxisOrder
    order_how: AxesHow
    fits: Bools
    notes: tuple[Note, ...] = ()


def written(number: float) -> str:
    """Write a coordinate with its digits and no exponent."""
    return np.format_float_positional(number, trim="-")


def row_prefixes(vertices: Vertices) -> tuple[Ints, Ints]:
    """Return the lowest and the highest zone prefix in each row; 0: none, -1: no such size."""
    by_order = []
    for order in ("en", "ne"):
        east, north = vertices.east_north(order)
        by_order.append(np.where(metres_like(east, north), prefix_of(east), -1))
    prefix = np.maximum(*by_order)
    return vertices.lowest_of_row(prefix), vertices.highest_of_row(prefix)


def prefixes_of(case: Case) -> Counter[int]:
    """Count rows by their prefix; rows with two of them and rows without the size are left out."""
    low, high = row_prefixes(case.vertices)
    return Counter(low[(low == high) & (low >= 0)].tolist())


def too_wide(case: Case) -> bool:
    """Tell whether half of the features are too large for parcels in degrees."""
    return span(case.vertices) > _WIDEST_DEGREES


@np.errstate(over="ignore", invalid="ignore")
def span(vertices: Vertices) -> float:
    """Return the longer side of a feature in the middle of all by size."""
    sides = [
        vertices.highest_of_row(vertices.pairs[:, column])
        - vertices.lowest_of_row(vertices.pairs[:, column])
        for column in (0, 1)
    ]
    return float(np.median(np.maximum(*sides)))


@np.errstate(over="ignore", invalid="ignore")
def unplaceable(case: Case) -> PlannerError | None:
    """Refuse numbers that no Chinese system has; None: some system could have them."""
    vertices = case.vertices
    if any(rows.any() for rows in orders_by_size(vertices).values()) and not too_wide(case):
        return None
    x, y = (written(number) for number in vertices.pairs[0])
    for unit, factor in _UNITS:
        scaled = replace(vertices, pairs=vertices.pairs * factor)
        if span(scaled) <= _WIDEST_M and any(
            vertices.all_of_row(metres_like(*scaled.east_north(order))).mean() >= _HALF
            for order in ("en", "ne")
        ):
            return PlannerError("unit_suspect", x=x, y=y, unit=unit)
    return PlannerError("numbers_unplaceable", x=x, y=y)


def stated_text(stated: Stated) -> str:
    """Write zone, width and meridian of a file's head: ``38, 3°``."""
    parts = (
        (stated.zone, ""),
        (stated.width, "°"),
        (stated.meridian, "°E"),
    )
    return ", ".join(f"{value:g}{unit}" for value, unit in parts if value is not None)
