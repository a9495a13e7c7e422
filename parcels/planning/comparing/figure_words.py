"""Figures of scenarios and their differences in words, rounded so that parts add up as printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from layers.overlay_kinds import overlay_kinds
from parcels.expansion.model import KINDS
from parcels.messages import messages, text
from parcels.planning.comparing.compare import rounded_parts
from parcels.planning.comparing.metrics import CONFLICT, LEDGER

if TYPE_CHECKING:
    from collections.abc import Sequence

_MINUS = "−"
_PLACES = {"km2": 2, "ratio": 2, "number": 3, "deg": 1, "count": 0, "m": 0, "亩": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How a figure is named and written.

    Attributes
    ----------
    factor : Fraction
        From the unit of the figure to the one that is written.
    unit, step : str
        Behind a value, and behind a difference.
    """

    name: str
    factor: Fraction
    places: int
    unit: str
    step: str

    def value(self, figure: float | None) -> str:
        """Write a value; "" where it is not known."""
        if figure is None:
            return ""
        return f"{self._digits(Fraction(figure) * self.factor)}{self.unit}"

    def difference(self, change: Fraction) -> str:
        """Write a difference with its sign."""
        return f"{self._signed(self._rounded([change])[0])}{self.step}"

    def parts(self, changes: Sequence[Fraction]) -> list[str]:
        """Write parts of a difference: as printed they add up to it as printed."""
        return [f"{self._signed(one)}{self.step}" for one in self._rounded(changes)]

    def _rounded(self, changes: Sequence[Fraction]) -> list[Fraction]:
        return rounded_parts([one * self.factor for one in changes], self.places)

    def _digits(self, exact: Fraction) -> str:
        rounded = rounded_parts([exact], self.places)[0]
        return f"{_decimal(rounded):,.{self.places}f}".replace("-", _MINUS)

    def _signed(self, rounded: Fraction) -> str:
        digits = f"{_decimal(abs(rounded)):,.{self.places}f}"
        if rounded == 0:
            return f"±{digits}" if self.places else digits
        return f"{'+' if rounded > 0 else _MINUS}{digits}"


def _decimal(rounded: Fraction) -> Decimal:
    """Give a multiple of a power of ten, which a decimal holds exactly."""
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)


def figure_of(lang: str, metric: str) -> Figure:
    """Tell how a figure of `parcels.planning.comparing.metrics` is written."""
    mu = f" {text(lang, 'ui.sketch.unit_mu')}"
    if metric == "count":
        return Figure(
            name=text(lang, "ui.sketch.metric_count"),
            factor=Fraction(1),
            places=0,
            unit="",
            step="",
        )
    if metric in KINDS:
        return _of_index(lang, metric)
    name = (
        text(lang, f"ui.sketch.ledger_{metric}")
        if metric in LEDGER
        else text(lang, "ui.sketch.metric_conflict", layer=_layer(lang, metric))
    )
    return Figure(name=name, factor=1 / M2_PER_MU, places=2, unit=mu, step=mu)


def _of_index(lang: str, metric: str) -> Figure:
    unit = next(kind.unit for name, kind in KINDS.items() if name == metric)
    signs = {
        "km2": (" km²", " km²"),
        "ratio": (" %", f" {text(lang, 'ui.sketch.points_of_percent')}"),
        "deg": ("°", "°"),
        "m": (" m", " m"),
        "亩": (f" {text(lang, 'ui.sketch.unit_mu')}",) * 2,
    }
    written, step = signs.get(unit, ("", ""))
    return Figure(
        name=text(lang, f"expansion.name.{metric}"),
        factor=Fraction(100 if unit == "ratio" else 1),
        places=_PLACES[unit],
        unit=written,
        step=step,
    )


def _layer(lang: str, metric: str) -> str:
    layer = metric.removeprefix(CONFLICT)
    kind = overlay_kinds().get(layer)
    if kind is not None:
        return kind.title.en if lang == "en" else kind.title.zh
    keys = [f"sketch_layer.{layer}", f"check.{layer}.title", "sketch_layer.other"]
    return text(lang, next(key for key in keys if key in messages(lang)))
