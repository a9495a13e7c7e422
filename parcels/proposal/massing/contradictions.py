"""Where the boxes of a study say something else than the proposal does."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.massing.boxes import box_of
from parcels.proposal.massing.model import Remark
from parcels.proposal.massing.wording import metres, named, square_metres
from parcels.proposal.model import LAND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.massing.model import Building, Figures
    from parcels.proposal.measuring.measures import Measured
    from parcels.proposal.model import Proposal

_SAME = Fraction(1, 100)
"""m² or m: amounts are typed with two decimals, a floor area divided by storeys has more."""


def contradictions(
    proposal: Proposal, buildings: tuple[Building, ...], figures: Figures
) -> tuple[Remark, ...]:
    """Tell every difference between drawing and statement, with both and by how much."""
    return (
        *_stated(proposal, "footprint", figures.footprint),
        *_stated(proposal, "height", figures.height),
        *_site(proposal, figures.footprint),
        *_lands(proposal, buildings),
    )


def _stated(proposal: Proposal, field: str, drawn: Measured) -> Iterator[Remark]:
    """Compare a statement with the drawing; with its lower end where that alone is known."""
    write = metres if field == "height" else square_metres
    stated = proposal.exact(field)
    if stated is None or drawn.low is None:
        return
    values = {"drawn": write(drawn.low), "stated": write(stated)}
    values["difference"] = write(abs(drawn.low - stated))
    if drawn.exact is not None and abs(drawn.low - stated) >= _SAME:
        yield Remark(code=f"{field}_differs", values=values)
    elif drawn.exact is None and drawn.low - stated >= _SAME:
        yield Remark(code=f"{field}_too_small", values=values)


def _site(proposal: Proposal, drawn: Measured) -> Iterator[Remark]:
    """Compare with the site what stands on it, and with both the green that is stated."""
    land, green, covered = (proposal.exact(one) for one in ("site_area", "green", "covered"))
    if drawn.low is None:
        return
    values = {"drawn": square_metres(drawn.low)}
    if land is not None and drawn.low > land:
        more = values | {"site": square_metres(land), "excess": square_metres(drawn.low - land)}
        yield Remark(code="over_site", values=more)
    elif land is not None and green is not None and green > land - drawn.low:
        stated = {"green": square_metres(green), "left": square_metres(land - drawn.low)}
        excess = {"excess": square_metres(green - (land - drawn.low))}
        yield Remark(code="green_too_much", values=stated | excess)
    if covered is not None and drawn.low - covered >= _SAME:
        less = {"covered": square_metres(covered), "excess": square_metres(drawn.low - covered)}
        yield Remark(code="covered_too_small", values=values | less)


def _lands(proposal: Proposal, buildings: tuple[Building, ...]) -> Iterator[Remark]:
    """Compare the footprint of a row above ground with the land that the row says it takes."""
    for at, box in sorted(box_of(buildings).items()):
        land = proposal.exact(f"{LAND}:{at}")
        if land is not None and not box.below_ground and box.footprint - land >= _SAME:
            values = {
                "name": named(box.title),
                "drawn": square_metres(box.footprint),
                "stated": square_metres(land),
                "excess": square_metres(box.footprint - land),
            }
            yield Remark(code="land_too_small", values=values)
