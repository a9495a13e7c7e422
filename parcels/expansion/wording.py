"""Indices in words: figures with units, bands, why something is unknown."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from geo.units import M2_PER_KM2, decimal_mu
from parcels.expansion.model import KIND_OF_METRIC
from parcels.finding_words import amount, needs_text, rule_title
from parcels.messages import messages, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.expansion.model import Band, Detail, Index
    from parcels.rules.load import RuleBook

_PLACES = {"km2": 2, "ratio": 2, "number": 3, "deg": 1, "count": 0, "m": 0, "亩": 2}
_MOST_PLACES = 12
_SUFFIXES = {"_m2": "m2", "_share": "ratio", "_mu": "亩", "_m": "m"}
_LAYERS = {"taken"}
_OWN_NEEDS = ("place", "pack")


def index_name(lang: str, index: Index) -> str:
    """Name an index."""
    return text(lang, f"expansion.name.{index.id}")


def principle_name(lang: str, index: Index) -> str:
    """Name the principle of the plan that an index serves."""
    return text(lang, f"expansion.principle.{index.principle}")


def value_text(lang: str, index: Index) -> str:
    """Write the figure with its unit, or the ends between which it lies; ``—`` for nothing.

    A figure that rests on an inaccurate outline is written as drawn, with the ends beside it.
    Digits are added until a figure looks unlike a limit that it does not equal.
    """
    limits = [end for band in index.bands for end in _ends(band)]
    ends = _range_text(lang, index, limits)
    if index.value is None:
        return ends or text(lang, "expansion.amount.unknown")
    drawn = figure_text(lang, index.value, index.unit, apart_from=limits)
    if not ends or index.low == index.high:
        return drawn
    return text(lang, "expansion.amount.drawn", value=drawn, range=ends)


def band_text(lang: str, band: Band) -> str:
    """Write a limit with its operator, such as ``≥ 15.00 %``; "" where there is no number."""
    limit, rule = band.applied.limit, band.applied.rule
    if limit is None or rule.op == "calculation":
        return ""
    unit = KIND_OF_METRIC[rule.metric].unit
    ends = limit if isinstance(limit, tuple) else (limit,)
    written = [_short(one, unit) if isinstance(one, float) else str(one) for one in ends]
    sign = "" if rule.op == "between" else messages(lang).get(f"op.{rule.op}", rule.op)
    return f"{sign} {'–'.join(written)}{_sign(lang, unit)}".strip()


def band_level(lang: str, band: Band) -> str:
    """Say in a word what the band is for: good, least, or the principle itself."""
    return text(lang, f"expansion.band.{band.applied.rule.severity}")


def band_title(lang: str, band: Band) -> str:
    """Name the rule, and how far its limit is to be trusted."""
    return (
        f"{rule_title(lang, band.applied)} · {text(lang, f'mark.{band.applied.rule.confidence}')}"
    )


def reason_text(lang: str, index: Index) -> str:
    """Say why a figure is not sure; "" where it is."""
    if not index.reason:
        return ""
    named = {
        key: _written(lang, key, one) if isinstance(one, (int, float)) else one
        for key, one in index.values.items()
    }
    return text(lang, f"expansion.reason.{index.reason}", **named)


def missing_text(lang: str, index: Index, book: RuleBook) -> str:
    """Name what would settle an unknown; "" where nothing is missing."""
    if not index.needs:
        return ""
    own = [need for need in index.needs if need.partition(":")[0] in _OWN_NEEDS]
    others = [need for need in index.needs if need not in own]
    said = [needs_text(lang, others, book)] if others else []
    for kind in _OWN_NEEDS:
        subjects = [one.partition(":")[2] for one in own if one.startswith(f"{kind}:")]
        if subjects:
            named = text(lang, "ui.list_mark").join(subjects)
            said.append(text(lang, f"expansion.need.{kind}", subject=named))
    mark = text(lang, "ui.review.clause_mark")
    return text(lang, "expansion.amount.missing", needs=mark.join(said))


def detail_text(lang: str, detail: Detail) -> str:
    """Write one line below an index."""
    named = {key: _written(lang, key, one) for key, one in detail.figures.items()}
    name = need_name(lang, detail.name) if detail.kind in _LAYERS else detail.name
    kind = detail.kind
    if kind == "pieces" and detail.figures["at_least"] == detail.figures["at_most"]:
        kind = "pieces_known"
    return text(lang, f"expansion.detail.{kind}", **{"name": name, **named})


def method_text(lang: str, index: Index) -> str:
    """Say how an index is measured, tolerances included."""
    tolerances = {key: f"{metres:g}" for key, metres in index.method.items()}
    return text(lang, f"expansion.method.{index.id}", **tolerances)


def figure_text(lang: str, value: float, unit: str, *, apart_from: Sequence[float] = ()) -> str:
    """Write a figure with its unit, rounded half up once.

    Parameters
    ----------
    value : float
        Finite.
    unit : str
        Of an index, or ``m2``.
    apart_from : sequence of float
        Limits that the written figure must not look equal to unless it is.
    """
    if unit == "m2":
        return amount(lang, value, "m2")
    written = _digits(value, unit, apart_from)
    if unit == "km2":
        mu = f"{decimal_mu(value * float(M2_PER_KM2), 2):,}"
        return text(lang, "expansion.amount.km2", value=written, mu=mu)
    return f"{written}{_sign(lang, unit)}"


def need_name(lang: str, kind: str) -> str:
    """Name a kind of layer."""
    from layers.overlay_kinds import overlay_kinds

    titles = overlay_kinds()[kind].title
    return titles.en if lang == "en" else titles.zh


def _digits(value: float, unit: str, apart_from: Sequence[float] = ()) -> str:
    scale = 100 if unit == "ratio" else 1
    others = [Decimal(repr(one)) * scale for one in apart_from if one != value]
    exact, places = Decimal(repr(float(value))) * scale, _PLACES.get(unit, 2)
    while places < _MOST_PLACES:
        if _rounded(exact, places) not in {_rounded(one, places) for one in others}:
            break
        places += 1
    return f"{_rounded(exact, places):,}"


def _short(value: float, unit: str) -> str:
    """Write a limit without zeros at its end."""
    scale = 100 if unit == "ratio" else 1
    return f"{(Decimal(repr(value)) * scale).normalize():,f}"


def _sign(lang: str, unit: str) -> str:
    """Return the sign of a unit with the space before it."""
    signs = {"ratio": " %", "deg": "°", "m": " m", "km2": " km²"}
    return f" {text(lang, 'expansion.amount.mu')}" if unit == "亩" else signs.get(unit, "")


def _rounded(value: Decimal, places: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _range_text(lang: str, index: Index, limits: Sequence[float]) -> str:
    if index.low is None or index.high is None:
        return ""
    low, high = (
        figure_text(lang, end, index.unit, apart_from=limits) if math.isfinite(end) else ""
        for end in (index.low, index.high)
    )
    if not high:
        return text(lang, "expansion.amount.at_least", low=low) if low else ""
    is_share = index.low == 0.0 and index.value is None
    if not low or is_share:
        return text(lang, "expansion.amount.at_most", high=high)
    return text(lang, "expansion.amount.between", low=low, high=high)


def _ends(band: Band) -> tuple[float, ...]:
    limit = band.applied.limit
    ends = limit if isinstance(limit, tuple) else (limit,)
    return tuple(one for one in ends if isinstance(one, float))


def _written(lang: str, key: str, value: object) -> object:
    if not isinstance(value, (int, float)):
        return value
    unit = next((unit for suffix, unit in _SUFFIXES.items() if key.endswith(suffix)), "")
    return figure_text(lang, float(value), unit)
