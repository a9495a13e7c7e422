"""Figures of a proposal that cannot all be true, or are doubtful together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.document.echoing import decimals
from parcels.proposal.fields import quantity_unit
from parcels.proposal.functions import roles_of
from parcels.proposal.model import FLOOR, LAND, Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from parcels.proposal.model import Part

_ZERO = Fraction(0)
_SITE = "site_area"
_RARE_FAR = 10
_WITHIN = (
    ("footprint", _SITE),
    ("covered", _SITE),
    ("green", _SITE),
    ("block_m0", "block_area"),
    ("block_industrial", "block_area"),
    ("zone_m0", "zone_industrial"),
    ("ordinary_supply", "industrial_supply"),
)
"""The first is a part of the second."""
_DOUBTFUL = (
    ("profit", "revenue"),
    ("tax", "revenue"),
    ("research", "revenue"),
    ("value_added", "output"),
    ("min_split_unit", "core_split"),
)
"""The first is hardly ever larger than the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two figures that do not go together.

    Attributes
    ----------
    code : str
        Of the sentence.
    quantity : str
        Where it is told: a quantity, or ``floors`` with a part of the proposal in ``part``.
    values : mapping
        What the sentence names; ``whole`` is a quantity.
    unusable : tuple of str
        Quantities of which nothing is known any more; none: the figures are used.
    """

    code: str
    quantity: str
    values: Mapping[str, str]
    unusable: tuple[str, ...] = ()


def clashes(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    """Find what cannot be, then what is doubtful, in the order of the form."""
    yield from _parts_of_wholes(amounts)
    yield from _tiny(amounts)
    yield from _together(amounts)
    yield from _land_of_parts(parts, amounts)
    yield from _stated_totals(parts, amounts)
    yield from _split(parts, amounts)
    for first, second in _DOUBTFUL:
        yield from _larger("proposal_doubtful", first, second, amounts)
    yield from _rows(parts, amounts)
    yield from _many_storeys(parts, amounts)
    yield from _lengths(amounts)


def floor_sum(
    parts: Sequence[Part],
    amounts: Mapping[str, Amount],
    belongs: Callable[[Part], bool | None] = lambda _: True,
) -> Amount | None:
    """Add the floor area of parts; None: one that belongs, or may, is not known.

    ``belongs`` gives None where a part may belong or not.
    """
    low, high = _ZERO, _ZERO
    endless = False
    for at, part in enumerate(parts):
        is_in = belongs(part)
        if is_in is False:
            continue
        amount = amounts.get(f"{FLOOR}:{at}")
        if amount is None:
            return None
        low += amount.low if is_in else _ZERO
        endless |= amount.high is None
        high += amount.high or _ZERO
    return Amount(low=low, high=None if endless else high)


def row_totals(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Mapping[str, Amount | None]:
    """Add the floor area of all parts as the stated totals do; None: not known."""
    return {
        "gfa_total": floor_sum(parts, amounts),
        "gfa_above_ground": floor_sum(parts, amounts, lambda part: not part.below_ground),
        "gfa_counted": floor_sum(parts, amounts, lambda part: part.is_counted),
    }


def core_floor(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Amount | None:
    """Add the floor area of core rooms; None: not known."""
    return floor_sum(parts, amounts, _is_core) if parts else None


def _is_core(part: Part) -> bool | None:
    roles = roles_of(part)
    return None if "core" in roles and len(roles) > 1 else "core" in roles


def _said(quantity: str, value: Fraction) -> str:
    return f"{decimals(value)} {quantity_unit(quantity)}".strip()


def _exceeds(first: Amount | None, second: Amount | None) -> bool:
    """Whether a quantity is larger than another for certain."""
    return bool(first and second and second.high is not None and first.low > second.high)


def _larger(
    code: str,
    first: str,
    second: str,
    amounts: Mapping[str, Amount],
    unusable: tuple[str, ...] = (),
) -> Iterator[Clash]:
    one, other = amounts.get(first), amounts.get(second)
    if one and other and other.high is not None and _exceeds(one, other):
        values = {"value": _said(first, one.low), "other": _said(second, other.high)}
        yield Clash(code=code, quantity=first, values=values | {"whole": second}, unusable=unusable)


def _parts_of_wholes(amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    for first, second in _WITHIN:
        yield from _larger("proposal_above_whole", first, second, amounts, (first,))


def _tiny(amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    """Find land of up to 1 m²: a share that was typed without its sign."""
    for name in ("footprint", "covered", "green"):
        land = amounts.get(name)
        if land and land.high is not None and 0 < land.high <= 1:
            values = {"value": _said(name, land.high)}
            yield Clash(code="proposal_land_tiny", quantity=name, values=values, unusable=(name,))


def _together(amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    """Check that land under buildings and green land find room side by side."""
    built, covered = amounts.get("footprint"), amounts.get("covered")
    if built and covered and covered.high is not None and _exceeds(built, covered):
        values = {"value": _said("covered", covered.high), "other": _said("footprint", built.low)}
        yield Clash(
            code="proposal_covered_below",
            quantity="covered",
            values=values | {"whole": "footprint"},
            unusable=("covered",),
        )
    site = amounts.get(_SITE)
    green = amounts.get("green")
    for name in ("footprint", "covered"):
        built = amounts.get(name)
        if not built or not green or not site or site.high is None:
            continue
        fits = any(_exceeds(one, site) for one in (built, green))
        if not fits and built.low + green.low > site.high:
            values = {
                "value": _said(name, built.low + green.low),
                "other": _said(_SITE, site.high),
                "whole": name,
            }
            yield Clash(
                code="proposal_no_room", quantity="green", values=values, unusable=(name, "green")
            )
            return


def _land_of_parts(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    names = [f"{LAND}:{at}" for at in range(len(parts)) if f"{LAND}:{at}" in amounts]
    site = amounts.get(_SITE)
    if not names or site is None or site.high is None:
        return
    total = sum((amounts[name].low for name in names), _ZERO)
    values = {"value": _said(_SITE, total), "other": _said(_SITE, site.high)}
    if total > site.high:
        yield Clash(
            code="proposal_land_above_site",
            quantity=_SITE,
            values=values,
            unusable=tuple(names),
        )
    elif len(names) == len(parts) and all(amounts[name].exact is not None for name in names):
        left = (site.exact or _ZERO) - total
        if left > 0:
            values |= {"rest": _said(_SITE, left)}
            yield Clash(code="proposal_land_left", quantity=_SITE, values=values)


def _stated_totals(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    if not parts:
        first, second = "gfa_above_ground", "gfa_total"
        yield from _larger("proposal_above_total", first, second, amounts, (first, second))
        yield from _larger("proposal_doubtful", "gfa_counted", "gfa_total", amounts)
        return
    for name, rows in row_totals(parts, amounts).items():
        stated = amounts.get(name)
        if stated is None:
            continue
        known, said = rows.exact if rows else None, stated.exact
        if known is None or said is None:
            values = {"value": _said(name, stated.low)}
            yield Clash(
                code="proposal_total_unchecked", quantity=name, values=values, unusable=(name,)
            )
        elif known != said:
            values = {
                "value": _said(name, said),
                "other": _said(name, known),
                "rest": _said(name, abs(said - known)),
            }
            yield Clash(
                code="proposal_total_differs", quantity=name, values=values, unusable=(name,)
            )


def _split(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    split, core = amounts.get("core_split"), core_floor(parts, amounts)
    if split and core and core.high is not None and _exceeds(split, core):
        values = {"value": _said("core_split", split.low), "other": _said(f"{FLOOR}:0", core.high)}
        yield Clash(
            code="proposal_above_whole",
            quantity="core_split",
            values=values | {"whole": "core"},
            unusable=("core_split",),
        )


def _rows(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    height = amounts.get("height")
    for at, part in enumerate(parts):
        if part.below_ground and part.counted:
            yield Clash(code="proposal_below_counted", quantity=f"counted:{at}", values={})
        if part.storeys and part.storey_height_m and height and height.high is not None:
            stack = part.storeys * part.storey_height_m
            if not part.below_ground and stack > height.high:
                values = {"value": _said("height", stack), "other": _said("height", height.high)}
                yield Clash(
                    code="proposal_storeys_above_height", quantity=f"storeys:{at}", values=values
                )
        area, land = amounts.get(f"{FLOOR}:{at}"), amounts.get(f"{LAND}:{at}")
        if part.storeys and area and land and land.high is not None:
            room = land.high * part.storeys
            if area.low > room:
                values = {"value": _said(f"{FLOOR}:0", area.low), "other": _said(_SITE, room)}
                yield Clash(
                    code="proposal_floor_above_land", quantity=f"{FLOOR}:{at}", values=values
                )


def _many_storeys(parts: Sequence[Part], amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    """Remark on floor area of many times the site: a slip of 万, mostly."""
    floors = floor_sum(parts, amounts) if parts else amounts.get("gfa_total")
    site = amounts.get(_SITE)
    if floors and site and site.high and floors.low > _RARE_FAR * site.high:
        values = {"value": _said("gfa_total", floors.low), "other": _said(_SITE, site.high)}
        yield Clash(code="proposal_floor_many", quantity=_SITE, values=values)


def _lengths(amounts: Mapping[str, Amount]) -> Iterator[Clash]:
    setback, width = amounts.get("setback"), amounts.get("site_width")
    if setback and width and width.high is not None and 2 * setback.low >= width.high:
        values = {"value": _said("setback", setback.low), "other": _said("site_width", width.high)}
        yield Clash(code="proposal_setback_wide", quantity="setback", values=values)
