"""What rules measure of a proposal, as quotients of sums: for verdicts and for remedies alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.proposal.measuring.measure_tables import FLOORS, QUOTIENTS, SHARES, SITE, ZONES
from parcels.proposal.measuring.spans import (
    CERTAIN,
    Form,
    Span,
    concerned,
    exact_sum,
    quotient_ends,
    sum_ends,
)
from parcels.proposal.measuring.sums import (
    CORE,
    COUNTED,
    TOTAL,
    WHOLES,
    Floors,
    every,
    land_of,
    on_condition,
    role,
)
from parcels.proposal.model import FLOOR, NO_PARTS
from parcels.rules.indicators import indicators

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.proposal.measuring.sums import Belongs
    from parcels.proposal.model import Amount, Proposal

__all__ = [
    "CERTAIN",
    "NO_PARTS",
    "SITE",
    "Form",
    "Measured",
    "Ratio",
    "Span",
    "floor_form",
    "land_share",
    "measure",
    "ratio_of",
]
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A measure: ``factor`` × sum above / sum below; without a sum below, below is 1.

    Attributes
    ----------
    above, below : mapping of quantity to Span
        Quantities that play no part are left out; a sum to which nothing belongs is 0 × one.
    factor : Fraction
        To the unit of the indicator.
    allotted : bool
        Land that the proposal does not divide is allotted by floor area (国土资发〔2008〕24号).
    open : tuple of str
        Facts about parts that leave a coefficient open: ``function:0``, ``storey_height:0``.
    """

    above: Form
    below: Form
    factor: Fraction = _ONE
    allotted: bool = False
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The value of a measure.

    Attributes
    ----------
    low, high : Fraction or None
        Both None: not known. ``high`` alone None: no upper end.
    missing : tuple of str
        Quantities that are not known.
    open : tuple of str
        What leaves a range: quantities, ``function:0`` for what a part is, ``storey_height:0``.
    is_void : bool
        The sum below is 0.
    above, below : Fraction or None
        The sums, where they are certain.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    missing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    is_void: bool = False
    above: Fraction | None = None
    below: Fraction | None = None

    @property
    def exact(self) -> Fraction | None:
        """The one value; None where there is none or a range."""
        return self.low if self.low == self.high else None


def ratio_of(
    proposal: Proposal,
    metric: str,
    denominator: str = "",
    *,
    double_above_m: Fraction | None = None,
) -> Ratio | None:
    """Return how a number indicator is made of the quantities of a proposal.

    Parameters
    ----------
    metric : str
        An indicator of ``rules/data/indicators.toml``.
    denominator : str
        As the rule says; "": the indicator's own.
    double_above_m : Fraction or None
        Counted floor area of higher storeys counts twice (国土资发〔2008〕24号); that of a
        part whose storey height is not known counts once or twice.

    Returns
    -------
    Ratio or None
        None: proposals have no such measure, or none of that denominator.
    """
    own = indicators()[metric].denominator
    whole = denominator or own
    if metric == "mixed_gfa_share":
        beside = on_condition(proposal.use)
        return _share(proposal, beside, whole, double_above_m) if beside else None
    if metric in SHARES:
        return _share(proposal, SHARES[metric], whole, double_above_m)
    if metric == "m0_area_share":
        return _of_zone(whole)
    if whole != own:
        return None
    if metric in QUOTIENTS:
        above, below, factor = QUOTIENTS[metric]
        return Ratio(above=_plain(above), below=_plain(below), factor=factor)
    made: Mapping[str, Callable[[], Ratio]] = {
        "far": lambda: _far(proposal, double_above_m),
        "adm_land_share": lambda: _support_land(proposal),
        "core_split_share": lambda: _split_share(proposal),
        "new_land_quota_mu": lambda: Ratio(
            above=_plain("city_new_m0") | _plain(SITE), below={}, factor=1 / M2_PER_MU
        ),
    }
    return made[metric]() if metric in made else _of_floors(proposal, metric)


def floor_form(proposal: Proposal, whole: str, *, double_above_m: Fraction | None = None) -> Form:
    """Return the sum of floor areas that a denominator names: total, above ground, counted."""
    return Floors(proposal=proposal, whole=whole, double_above_m=double_above_m).all()


def measure(ratio: Ratio, amounts: Mapping[str, Amount]) -> Measured:
    """Return the value of a measure, or between which ends it lies.

    The quotient of two sums of quantities that are not negative rises or falls in each of them,
    so that its ends lie at ends of the quantities.
    """
    needed = dict.fromkeys((*concerned(ratio.above), *concerned(ratio.below)))
    if missing := [one for one in needed if one not in amounts]:
        return Measured(missing=tuple(sorted(missing, key=_row_of)))
    left = (*ratio.open, *(one for one in needed if amounts[one].exact is None))
    above, below = exact_sum(ratio.above, amounts), exact_sum(ratio.below, amounts)
    if not ratio.below:
        low, high = sum_ends(ratio.above, amounts)
    elif below == 0 or sum_ends(ratio.below, amounts)[0] == 0:
        return Measured(is_void=below == 0, open=left)
    elif above is not None and below is not None:
        low = high = above / below
    else:
        low, high = quotient_ends(ratio.above, ratio.below, amounts)
    return Measured(
        low=low * ratio.factor,
        high=None if high is None else high * ratio.factor,
        open=() if low == high else left,
        above=above,
        below=below if ratio.below else None,
    )


def _row_of(quantity: str) -> int:
    """Order rows by their number, behind what belongs to no row."""
    place = quantity.partition(":")[2]
    return int(place) if place else -1


def _plain(quantity: str) -> Form:
    return {quantity: CERTAIN} if quantity else {}


def _share(
    proposal: Proposal, belongs: Belongs, whole: str, double_above_m: Fraction | None
) -> Ratio | None:
    """Take the parts that belong as a share of a floor area."""
    if whole not in WHOLES:
        return None
    floors = Floors(proposal=proposal, whole=whole, double_above_m=double_above_m)
    left = (*floors.left_open(belongs), *floors.left_open(every))
    return Ratio(above=floors.of(belongs), below=floors.all(), open=tuple(dict.fromkeys(left)))


def _far(proposal: Proposal, double_above_m: Fraction | None) -> Ratio:
    """Divide the counted floor area, of the parts, else as a whole, by the site."""
    floors = Floors(proposal=proposal, whole=COUNTED, double_above_m=double_above_m)
    if not proposal.parts:
        return Ratio(above=_plain(COUNTED), below=_plain(SITE))
    return Ratio(above=floors.all(), below=_plain(SITE), open=floors.left_open(every))


def _support_land(proposal: Proposal) -> Ratio:
    """Take the land of support rooms, else allot land by floor area."""
    belongs = role("support")
    spans = {at: belongs(part) for at, part in enumerate(proposal.parts)}
    return land_share(proposal, {at: span for at, span in spans.items() if span[1] > 0})


def land_share(proposal: Proposal, belongs: Mapping[int, Span]) -> Ratio:
    """Return the share of the site that some parts take, allotted where none has land."""
    left = tuple(f"function:{at}" for at, (least, most) in belongs.items() if least != most)
    land = land_of(proposal, belongs)
    if land is not None:
        return Ratio(above=land, below=_plain(SITE), open=left)
    every_floor = floor_form(proposal, TOTAL)
    own = {f"{FLOOR}:{at}": span for at, span in belongs.items()}
    above = {one: own[one] for one in every_floor if one in own}
    return Ratio(above=above, below=every_floor, allotted=True, open=left)


def _split_share(proposal: Proposal) -> Ratio:
    """Take what is to be split as a share of the core rooms; nothing is where none may be."""
    core = Floors(proposal=proposal, whole=CORE)
    nothing = "core_split" not in proposal.amounts and (
        proposal.answers.get("core_may_be_split") is False
    )
    return Ratio(
        above={} if nothing else _plain("core_split"),
        below=core.all(),
        open=core.left_open(every),
    )


def _of_zone(whole: str) -> Ratio | None:
    """Measure the M0 land of a zone or block of which this site becomes part."""
    if whole not in ZONES:
        return None
    held, land = ZONES[whole]
    return Ratio(above=_plain(held) | _plain(SITE), below=_plain(land))


def _of_floors(proposal: Proposal, metric: str) -> Ratio | None:
    """Sum the floor area that an indicator in m² names: of the parts, else as stated."""
    if metric not in FLOORS:
        return None
    whole, belongs = FLOORS[metric]
    if belongs is every and not proposal.parts:
        return Ratio(above=_plain(whole), below={})
    floors = Floors(proposal=proposal, whole=whole)
    return Ratio(above=floors.of(belongs), below={}, open=floors.left_open(belongs))
