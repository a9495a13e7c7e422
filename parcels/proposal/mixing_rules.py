"""The table of functions inside a planned class: what may be there, and up to which share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.proposal.fact_rules import part_name
from parcels.proposal.judging import exact_limit, judge
from parcels.proposal.measures import SITE, Ratio, floor_form, measure
from parcels.proposal.model import FLOOR, LAND
from parcels.proposal.spans import CERTAIN
from parcels.proposal.telling import cap_told, said, unknown
from parcels.rules.judge import breach_outcome
from parcels.rules.matrix import mixing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.findings import Finding
    from parcels.proposal.judging import Limit
    from parcels.proposal.measures import Measured
    from parcels.proposal.model import Proposal
    from parcels.rules.load import AppliedRule
    from parcels.rules.matrix import Mixing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell of the table, or a cap of several cells, says of a proposal.

    Attributes
    ----------
    function : str
        Code, for caps the name of the group; "" where the table says nothing.
    measured, ratio, limits
        Of caps: the value, how it is made, and what it is judged by.
    """

    finding: Finding
    function: str = ""
    measured: Measured | None = None
    ratio: Ratio | None = None
    limits: tuple[Limit, ...] = ()


def judge_mixing(proposal: Proposal, applied: AppliedRule) -> Iterator[Cell]:
    """Judge every function of a proposal by its cell, and every cap once for its group."""
    cells = cells_of(proposal)
    if cells is None:
        lacking = unknown(applied, "proposal_mix_class", "class_unknown", ("field:use",))
        yield Cell(finding=lacking)
        return
    if not cells:
        needs = ("field:floors",)
        yield Cell(finding=unknown(applied, "proposal_fact_missing", "input_missing", needs))
    for at, cell in cells.items():
        yield _of_cell(proposal, applied, at, cell)
    for name, (members, caps) in groups_of(cells).items():
        for whole, cap in caps.items():
            yield _of_cap(proposal, applied, name, members, (whole, cap))


def cells_of(proposal: Proposal) -> dict[int, Mixing | None] | None:
    """Return the cell of every part with floor area; None: the function of the part is open.

    None for the whole: the table has no such class.
    """
    found: dict[int, Mixing | None] = {}
    for at, part in enumerate(proposal.parts):
        if proposal.exact(f"{FLOOR}:{at}") == 0:
            continue
        try:
            cells = [mixing(proposal.use, one) for one in part.functions]
        except PlannerError:
            return None
        found[at] = _settled(cells)
    return found


def _settled(cells: list[Mixing]) -> Mixing | None:
    """Return the one cell; of several the first where none of them allows anything."""
    is_settled = len(cells) == 1 or (cells and all(cell.verdict == "N" for cell in cells))
    return cells[0] if is_settled else None


def groups_of(
    cells: dict[int, Mixing | None],
) -> dict[str, tuple[list[int], dict[str, float]]]:
    """Return functions that share caps: name to positions of parts and caps by what they refer to.

    A cap without a group is one function's own.
    """
    found: dict[str, tuple[list[int], dict[str, float]]] = {}
    for at, cell in cells.items():
        if cell is None or cell.verdict == "N":
            continue
        caps = {LAND: cell.land_cap, cell.gfa_basis or "gfa_total": cell.gfa_cap}
        known = {whole: cap for whole, cap in caps.items() if cap is not None}
        if known:
            members, _ = found.setdefault(cell.group or cell.function, ([], known))
            members.append(at)
    return found


def _of_cell(proposal: Proposal, applied: AppliedRule, at: int, cell: Mixing | None) -> Cell:
    words = (part_name(proposal.parts[at]),)
    if cell is None:
        needs = (f"field:function:{at}",)
        told = {"words": words, "listed": ""}
        return Cell(finding=unknown(applied, "proposal_fact_open", "class_open", needs, **told))
    named = {"words": words, "use": proposal.use, "condition": dict(cell.condition), "parts": (at,)}
    if cell.verdict == "N":
        finding = said(applied, breach_outcome(applied.rule), "proposal_mix_no", **named)
    elif cell.verdict == "C" and cell.gfa_cap is None and cell.land_cap is None:
        finding = said(applied, "warning", "proposal_mix_on_condition", **(named | {"parts": ()}))
    else:
        finding = said(applied, "pass", "proposal_mix_yes", **named)
    return Cell(finding=finding, function=cell.function)


def _of_cap(
    proposal: Proposal,
    applied: AppliedRule,
    name: str,
    members: list[int],
    share: tuple[str, float],
) -> Cell:
    whole, cap = share
    ratio = cap_ratio(proposal, members, whole)
    measured = measure(ratio, proposal.amounts)
    limits: tuple[Limit, ...] = ((None, exact_limit(cap)),)
    verdict = judge("<=", limits, measured)
    names = tuple(part_name(proposal.parts[at]) for at in members)
    finding = cap_told(applied, verdict, measured, cap, names, whole)
    return Cell(finding=finding, function=name, measured=measured, ratio=ratio, limits=limits)


def cap_ratio(proposal: Proposal, members: list[int], whole: str) -> Ratio:
    """Return the share that some parts have of the site or of a floor area.

    Land that is not divided is allotted by floor area.
    """
    if whole == LAND and all(f"{LAND}:{at}" in proposal.amounts for at in members):
        above = {f"{LAND}:{at}": CERTAIN for at in members}
        return Ratio(above=above, below={SITE: CERTAIN})
    every = floor_form(proposal, "gfa_total" if whole == LAND else whole)
    own = {f"{FLOOR}:{at}" for at in members}
    above = {one: span for one, span in every.items() if one in own}
    return Ratio(above=above, below=every, allotted=whole == LAND)
