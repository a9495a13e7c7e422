"""What the boxes of a study add up to: exact, or a range that says what leaves it open."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.massing.model import Figures
from parcels.proposal.massing.uses import KINDS, kind_of
from parcels.proposal.measuring.measures import (
    CERTAIN,
    NO_PARTS,
    SITE,
    Measured,
    Ratio,
    measure,
    ratio_of,
)
from parcels.proposal.model import FLOOR, Amount

if TYPE_CHECKING:
    from parcels.proposal.massing.model import Building, NotDrawn, Site
    from parcels.proposal.model import Proposal

_DRAWN = "footprint"
_NOTHING = Fraction(0)


def figures_of(
    proposal: Proposal,
    buildings: tuple[Building, ...],
    not_drawn: tuple[NotDrawn, ...],
    site: Site | None,
) -> Figures:
    """Add up footprints, heights and floor areas; a row without a box leaves an upper end open."""
    lacking = tuple(f"{FLOOR}:{one.at}" for one in not_drawn if not one.below_ground)
    footprint = _footprint(buildings, lacking)
    density = _over_site(proposal, footprint)
    far = ratio_of(proposal, "far")
    return Figures(
        footprint=footprint,
        density=density,
        far=measure(far, proposal.amounts) if far else Measured(),
        height=_height(buildings, lacking),
        green_most=_rest(density),
        by_use=_by_use(proposal),
        envelope_area=None if site is None else float(site.envelope.area),
    )


def _footprint(buildings: tuple[Building, ...], lacking: tuple[str, ...]) -> Measured:
    if not buildings:
        return Measured(missing=lacking or (NO_PARTS,))
    total = sum((one.footprint for one in buildings), _NOTHING)
    return Measured(low=total, high=None if lacking else total, open=lacking)


def _over_site(proposal: Proposal, footprint: Measured) -> Measured:
    if footprint.low is None:
        return footprint
    ratio = Ratio(above={_DRAWN: CERTAIN}, below={SITE: CERTAIN})
    drawn = Amount(low=footprint.low, high=footprint.high)
    return measure(ratio, {**proposal.amounts, _DRAWN: drawn})


def _rest(density: Measured) -> Measured:
    """Return how much of the site may be green: at most what is not built on, never below none."""
    if density.low is None:
        return density
    return Measured(low=_NOTHING, high=max(1 - density.low, _NOTHING), open=density.open)


def _height(buildings: tuple[Building, ...], lacking: tuple[str, ...]) -> Measured:
    above = [one for one in buildings if one.boxes]
    if not above:
        return Measured(missing=lacking or (NO_PARTS,))
    without = tuple(f"{FLOOR}:{box.at}" for one in above for box in one.boxes if box.height is None)
    known = [sum((box.height or _NOTHING for box in one.boxes), _NOTHING) for one in above]
    most = max(known)
    if most == 0:
        return Measured(missing=without)
    left = (*without, *lacking)
    return Measured(low=most, high=None if left else most, open=left)


def _by_use(proposal: Proposal) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """Add up the floor area that is known, of rows with a box and of those without."""
    sums: dict[str, list[Fraction]] = {}
    for at, part in enumerate(proposal.parts):
        area = proposal.exact(f"{FLOOR}:{at}")
        if area:
            held = sums.setdefault(kind_of(part.functions), [_NOTHING, _NOTHING])
            held[part.below_ground] += area
    known = ((kind, sums[kind]) for kind in KINDS if kind in sums)
    return tuple((kind, above, below) for kind, (above, below) in known)
