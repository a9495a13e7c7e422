"""What rules measure of a proposal, as quotients of sums: for verdicts and for remedies alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.proposal.functions import roles_of
from parcels.proposal.model import FLOOR, LAND
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.proposal.model import Amount, Part, Proposal, Role

Span = tuple[Fraction, Fraction]
"""A coefficient: its least and greatest value, equal where it is certain."""
Form = dict[str, Span]
"""A sum: quantity to coefficient."""

SITE = "site_area"
NO_PARTS = "floors"
"""Stands for floor areas of which no row is given; never in `Proposal.amounts`."""
_ZERO, _ONE, _TWO = Fraction(0), Fraction(1), Fraction(2)
CERTAIN: Span = (_ONE, _ONE)
_NO: Span = (_ZERO, _ZERO)
_OPEN: Span = (_ZERO, _ONE)
_PER_MU = M2_PER_MU
_RESEARCH = frozenset(("F_RD", "F_PILOT", "F_DESIGN", "F_TEST"))
_WAN = Fraction(10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A measure: ``factor`` × sum above / sum below; without a sum below, below is 1.

    Attributes
    ----------
    above, below : mapping of quantity to Span
        Quantities that play no part are left out.
    factor : Fraction
        To the unit of the indicator.
    allotted : bool
        Land that the proposal does not divide is allotted by floor area (国土资发〔2008〕24号).
    """

    above: Form
    below: Form
    factor: Fraction = _ONE
    allotted: bool = False


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
        What leaves a range: quantities, and ``function:0`` for what a part is.
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
        None: proposals have no such measure.
    """
    whole = denominator or indicators()[metric].denominator
    given = _Parts(proposal=proposal, whole=whole, double_above_m=double_above_m)
    if metric in _SIMPLE:
        above, below, factor = _SIMPLE[metric]
        return Ratio(above=_plain(above), below=_plain(below), factor=factor)
    if metric in _SHARES:
        return given.share(_SHARES[metric])
    made: Mapping[str, Callable[[], Ratio]] = {
        "mixed_gfa_share": lambda: given.share(_on_cap(proposal.use)),
        "far": lambda: Ratio(above=given.counted(), below=_plain(SITE)),
        "adm_land_share": given.support_land,
        "core_split_share": given.split_share,
    }
    return made[metric]() if metric in made else _of_zone(metric, whole)


def floor_form(proposal: Proposal, whole: str, *, double_above_m: Fraction | None = None) -> Form:
    """Return the sum of floor areas that a denominator names: total, above ground, counted."""
    given = _Parts(proposal=proposal, whole=whole, double_above_m=double_above_m)
    return given.floor(_every)


def measure(ratio: Ratio, amounts: Mapping[str, Amount]) -> Measured:
    """Return the value of a measure, or between which ends it lies.

    The quotient of two sums of quantities that are not negative rises or falls in each of them,
    so that its ends lie at ends of the quantities.
    """
    needed = [one for one, (_, most) in (ratio.above | ratio.below).items() if most > 0]
    missing = tuple(one for one in needed if one not in amounts)
    if missing:
        return Measured(missing=missing)
    if not ratio.below:
        ends = [_end(ratio.above, amounts, greatest=greatest) for greatest in (False, True)]
        low = ends[0] if ends[0] is not None else _ZERO
        high = None if ends[1] is None else ends[1] * ratio.factor
        return Measured(
            low=low * ratio.factor,
            high=high,
            open=_left_open(ratio, amounts),
            above=_sure(ratio.above, amounts),
        )
    above, below = _sure(ratio.above, amounts), _sure(ratio.below, amounts)
    if above is not None and below is not None:
        if below == 0:
            return Measured(is_void=True)
        value = ratio.factor * above / below
        return Measured(low=value, high=value, above=above, below=below)
    if _end(ratio.below, amounts, greatest=False) == 0:
        return Measured(is_void=True)
    low_end, high_end = _extreme(ratio, amounts, greatest=False), _extreme(ratio, amounts)
    return Measured(
        low=(low_end or _ZERO) * ratio.factor,
        high=None if high_end is None else high_end * ratio.factor,
        open=_left_open(ratio, amounts),
        above=above,
        below=below,
    )


def _left_open(ratio: Ratio, amounts: Mapping[str, Amount]) -> tuple[str, ...]:
    """Name what leaves a measure open: functions of parts and storey heights, amounts in ranges."""
    found = {}
    for quantity, (least, most) in (ratio.above | ratio.below).items():
        if least != most:
            found[quantity.replace(FLOOR, "function")] = True
        if most > 0 and amounts[quantity].exact is None:
            found[quantity] = True
    return tuple(found)


def _sure(form: Form, amounts: Mapping[str, Amount]) -> Fraction | None:
    total = _ZERO
    for quantity, (least, most) in form.items():
        if most == 0:
            continue
        value = amounts[quantity].exact
        if value is None or least != most:
            return None
        total += least * value
    return total


def _end(form: Form, amounts: Mapping[str, Amount], *, greatest: bool) -> Fraction | None:
    """Return the least or greatest value of a sum; None: it has no upper end."""
    total = _ZERO
    for quantity, (least, most) in form.items():
        if most == 0:
            continue
        amount = amounts[quantity]
        value = amount.high if greatest else amount.low
        if value is None:
            return None
        total += (most if greatest else least) * value
    return total


def _extreme(
    ratio: Ratio, amounts: Mapping[str, Amount], *, greatest: bool = True
) -> Fraction | None:
    """Find the greatest or least quotient by Dinkelbach's steps: each is exact, few are needed."""
    sign = 1 if greatest else -1
    quantities = list(ratio.above | ratio.below)
    guess = _ZERO
    while True:
        above = below = _ZERO
        for quantity in quantities:
            amount = amounts.get(quantity)
            if amount is None:
                continue
            n = ratio.above.get(quantity, _NO)[greatest]
            d = ratio.below.get(quantity, _NO)[not greatest]
            rises = sign * (n - guess * d) > 0
            value = amount.high if rises else amount.low
            if value is None:  # without an end: its own quotient decides
                return None if d == 0 else n / d
            above, below = above + n * value, below + d * value
        found = above / below
        if found == guess:
            return found
        guess = found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Sums over the parts of a proposal."""

    proposal: Proposal
    whole: str
    double_above_m: Fraction | None

    def floor(self, belongs: Callable[[Part], Span], whole: str = "") -> Form:
        """Sum the floor area of parts that belong, counted as the denominator counts."""
        if not self.proposal.parts:
            return {NO_PARTS: CERTAIN}
        weighed: Form = {}
        for at, part in enumerate(self.proposal.parts):
            (least, most), weight = belongs(part), self._weight(part, whole or self.whole)
            if most * weight[1] > 0:
                weighed[f"{FLOOR}:{at}"] = (least * weight[0], most * weight[1])
        return weighed

    def share(self, belongs: Callable[[Part], Span]) -> Ratio:
        """Take the parts that belong as a share of the denominator."""
        return Ratio(above=self.floor(belongs), below=self.floor(_every))

    def split_share(self) -> Ratio:
        """Take what is to be split as a share of the core rooms."""
        return Ratio(above=_plain("core_split"), below=self.floor(_role("core"), "gfa_total"))

    def counted(self) -> Form:
        """Sum the counted floor area: of the parts, else as a whole."""
        if self.proposal.parts:
            return self.floor(_every, "gfa_counted")
        return _plain("gfa_counted")

    def support_land(self) -> Ratio:
        """Take the land of support rooms, else allot land by floor area."""
        support = [(at, *_role("support")(part)) for at, part in enumerate(self.proposal.parts)]
        concerned = [(f"{LAND}:{at}", (low, high)) for at, low, high in support if high > 0]
        if concerned and all(name in self.proposal.amounts for name, _ in concerned):
            return Ratio(above=dict(concerned), below=_plain(SITE))
        return Ratio(
            above=self.floor(_role("support"), "gfa_total"),
            below=self.floor(_every, "gfa_total"),
            allotted=True,
        )

    def _weight(self, part: Part, whole: str) -> Span:
        if whole == "gfa_above_ground":
            return _NO if part.below_ground else CERTAIN
        if whole != "gfa_counted":
            return CERTAIN
        if not part.is_counted:
            return _NO
        if self.double_above_m is None:
            return CERTAIN
        height = part.storey_height_m
        if height is None:
            return (_ONE, _TWO)
        return (_TWO, _TWO) if height > self.double_above_m else CERTAIN


def _every(_part: Part) -> Span:
    return CERTAIN


def _role(role: Role) -> Callable[[Part], Span]:
    def belongs(part: Part) -> Span:
        roles = roles_of(part)
        if role not in roles:
            return _NO
        return CERTAIN if len(roles) == 1 else _OPEN

    return belongs


def _among(wanted: frozenset[str]) -> Callable[[Part], Span]:
    def belongs(part: Part) -> Span:
        meant = set(part.functions)
        if meant and not meant & wanted:
            return _NO
        return CERTAIN if meant and meant <= wanted else _OPEN

    return belongs


def _on_cap(use: str) -> Callable[[Part], Span]:
    """Belong where the mixing table lets a function into a use up to a cap."""
    known = [row for row in table("mixing.csv") if row["primary"] == use]
    capped = frozenset(row["function"] for row in known if row["gfa_cap"] or row["land_cap"])
    return _among(capped)


def _plain(quantity: str) -> Form:
    return {quantity: CERTAIN} if quantity else {}


def _of_zone(metric: str, whole: str) -> Ratio | None:
    """Measure a zone, a block or a city of which this land becomes part."""
    mu = 1 / M2_PER_MU
    if metric == "m0_area_share" and whole in _ZONES:
        held, land = _ZONES[whole]
        return Ratio(above=_plain(held) | _plain(SITE), below=_plain(land))
    if metric == "new_land_quota_mu":
        return Ratio(above=_plain("city_new_m0") | _plain(SITE), below={}, factor=mu)
    return None


_ZONES = {
    "planned_industrial_area": ("zone_m0", "zone_industrial"),
    "block_area": ("block_m0", "block_area"),
}
_SHARES: Mapping[str, Callable[[Part], Span]] = {
    "core_gfa_share": _role("core"),
    "support_gfa_share": _role("support"),
    "adm_gfa_share": _role("support"),
    "rd_gfa_share": _among(_RESEARCH),
    "retail_gfa_share": _among(frozenset(("F_RETAIL",))),
    "dorm_apt_gfa_share": _among(frozenset(("F_DORM", "F_APT"))),
}
_SIMPLE: Mapping[str, tuple[str, str, Fraction]] = {
    "density": ("footprint", SITE, _ONE),
    "bldg_coef": ("covered", SITE, _ONE),
    "green_ratio": ("green", SITE, _ONE),
    "inv_intensity": ("investment", SITE, _PER_MU),
    "tax_mu": ("tax", SITE, _PER_MU),
    "out_mu": ("output", SITE, _PER_MU),
    "rev_mu": ("revenue", SITE, _PER_MU),
    "va_mu": ("value_added", SITE, _PER_MU),
    "profit_mu": ("profit", SITE, _PER_MU),
    "energy_per_va": ("energy", "value_added", _ONE),
    "va_energy": ("value_added", "energy", _ONE),
    "va_emis": ("value_added", "emission", _ONE),
    "lab_prod": ("value_added", "jobs", _ONE),
    "rd_ratio": ("research", "revenue", _ONE),
    "tax_kwh": ("tax", "electricity", _WAN),
    "area_mu": (SITE, "", 1 / M2_PER_MU),
    "min_split_unit_m2": ("min_split_unit", "", _ONE),
    "block_industrial_share": ("block_industrial", "block_area", _ONE),
    "ordinary_supply_share": ("ordinary_supply", "industrial_supply", _ONE),
}
