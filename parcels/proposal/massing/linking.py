"""From the drawing to the numbers: what a change of a box means for the proposal.

The other way needs nothing: a study is made anew of every proposal. Other storeys of a row leave
its floor area as it is, and its footprint follows.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.permu.figures import rounded
from parcels.proposal.massing.boxes import box_of
from parcels.proposal.model import FLOOR, Change

if TYPE_CHECKING:
    from parcels.proposal.massing.model import Study
    from parcels.proposal.model import Proposal

_FOOTPRINT = "footprint"


def with_footprint(proposal: Proposal, study: Study, at: int, footprint: Fraction) -> Change | None:
    """Give a box another footprint; its storeys stay, its floor area follows.

    Returns
    -------
    Change or None
        Of ``floor:<at>``, m²; None where the row has no box, or has this footprint already.
    """
    box = box_of(study.buildings).get(at)
    if box is None or footprint < 0 or footprint == box.footprint:
        return None
    before = proposal.exact(f"{FLOOR}:{at}") or Fraction(0)
    return Change(quantity=f"{FLOOR}:{at}", before=before, after=footprint * box.storeys)


def footprint_of_drawing(proposal: Proposal, study: Study) -> Change | None:
    """Take the footprints of the boxes as the footprint that the proposal states.

    Returns
    -------
    Change or None
        Of ``footprint``, m², rounded half up to 0.01; None where rows without a box leave it
        open, or where it is stated already.
    """
    drawn = study.figures.footprint.exact
    if drawn is None:
        return None
    after = Fraction(rounded(drawn))
    before = proposal.exact(_FOOTPRINT)
    if before == after:
        return None
    return Change(quantity=_FOOTPRINT, before=before or Fraction(0), after=after)
