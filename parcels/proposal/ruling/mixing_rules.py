"""The table of functions inside a planned class: what may be there, and up to which share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.proposal.functions import function_roles
from parcels.proposal.measuring.measures import CERTAIN, Ratio, floor_form, land_share, measure
from parcels.proposal.measuring.spans import OPEN
from parcels.proposal.model import FLOOR, LAND
from parcels.proposal.ruling.fact_rules import parts_words
from parcels.proposal.ruling.judging import exact_limit, judge
from parcels.proposal.ruling.telling import cap_told, said, unknown
from parcels.rules.judge import breach_outcome
from parcels.rules.matrix import mixing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from parcels.findings import Finding
    from parcels.proposal.measuring.measures import Measured
    from parcels.proposal.model import Proposal
    from parcels.proposal.ruling.judging import Limit
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
        needs = ("field:use",)
        told = {"use": proposal.use}
        yield Cell(finding=unknown(applied, "proposal_mix_class", "class_unknown", needs, **told))
        return
    if not cells:
        needs = ("field:floors",)
        yield Cell(finding=unknown(applied, "proposal_mix_none", "input_missing", needs))
    for at, cell in cells.items():
        yield _of_cell(proposal, applied, at, cell)
    for name, (members, caps) in groups_of(cells).items():
        for whole, cap in caps.items():
            perhaps = _perhaps(proposal, cells, name)
            yield _of_cap(proposal, applied, name, (members, perhaps), (whole, cap))


def cells_of(proposal: Proposal) -> dict[int, Mixing | None] | None:
    """Return the cell of every part with floor area; None: the function of the part is open.

    None for the whole: the table has no such class.
    """
    found: dict[int, Mixing | None] = {}
    for at, part in enumerate(proposal.parts):
        if proposal.exact(f"{FLOOR}:{at}") == 0:
            continue
        try:
            cells = _possible(proposal.use, part.functions)
        except PlannerError:
            return None
        found[at] = _settled(cells)
    return found


def _possible(use: str, functions: Sequence[str]) -> list[Mixing]:
    """Look up what a part may be; one without a function may be anything."""
    return [mixing(use, one) for one in functions or function_roles()]


def _settled(cells: list[Mixing]) -> Mixing | None:
    """Return the first cell where all say the same, whichever it is."""
    said_ = {(one.verdict, one.land_cap, one.gfa_cap, one.gfa_basis, one.group) for one in cells}
    return cells[0] if len(said_) == 1 else None


def groups_of(
    cells: dict[int, Mixing | None],
) -> dict[str, tuple[list[int], dict[str, float]]]:
    """Return functions that share caps: name to positions of parts and caps by what they refer to.

    A cap without a group is one function's own.
    """
    found: dict[str, tuple[list[int], dict[str, float]]] = {}
    for at, cell in cells.items():
        if cell is not None and (known := _caps(cell)):
            members, _ = found.setdefault(_group(cell), ([], known))
            members.append(at)
    return found


def _caps(cell: Mixing) -> dict[str, float]:
    if cell.verdict == "N":
        return {}
    caps = {LAND: cell.land_cap, cell.gfa_basis or "gfa_total": cell.gfa_cap}
    return {whole: cap for whole, cap in caps.items() if cap is not None}


def _group(cell: Mixing) -> str:
    return cell.group or cell.function


def _perhaps(proposal: Proposal, cells: dict[int, Mixing | None], name: str) -> list[int]:
    """Return the parts of an open function that may belong under a cap."""
    found = []
    for at, cell in cells.items():
        if cell is None:
            possible = _possible(proposal.use, proposal.parts[at].functions)
            found += [at] if any(_group(one) == name and _caps(one) for one in possible) else []
    return found


def _of_cell(proposal: Proposal, applied: AppliedRule, at: int, cell: Mixing | None) -> Cell:
    words = parts_words(proposal, (at,))
    if cell is None:
        needs = (f"field:function:{at}",)
        told = {"words": words, "use": proposal.use}
        return Cell(finding=unknown(applied, "proposal_mix_open", "class_open", needs, **told))
    named = {
        "words": words,
        "use": proposal.use,
        "condition": dict(cell.condition),
        "basis": cell.basis,
        "mark": cell.mark,
    }
    why = "_why" if cell.condition["zh"] else ""
    if cell.verdict == "N":
        outcome = breach_outcome(applied.rule)
        finding = said(applied, outcome, f"proposal_mix_no{why}", **named, parts=(at,))
    elif _caps(cell):
        finding = said(applied, "pass", f"proposal_mix_capped{why}", **named)
    elif cell.verdict == "C":
        finding = said(applied, "warning", f"proposal_mix_on_condition{why}", **named)
    else:
        finding = said(applied, "pass", f"proposal_mix_yes{why}", **named)
    return Cell(finding=finding, function=cell.function)


def _of_cap(
    proposal: Proposal,
    applied: AppliedRule,
    name: str,
    rows: tuple[list[int], list[int]],
    share: tuple[str, float],
) -> Cell:
    (members, perhaps), (whole, cap) = rows, share
    ratio = cap_ratio(proposal, members, whole, perhaps)
    measured = measure(ratio, proposal.amounts)
    limits: tuple[Limit, ...] = ((None, exact_limit(cap)),)
    basis = mixing(proposal.use, proposal.parts[members[0]].functions[0]).basis
    finding = cap_told(
        applied,
        judge("<=", limits, measured),
        measured,
        ratio,
        limits,
        whole="site_area" if whole == LAND else whole,
        words=parts_words(proposal, (*members, *perhaps)),
        basis=basis,
    )
    return Cell(finding=finding, function=name, measured=measured, ratio=ratio, limits=limits)


def cap_ratio(
    proposal: Proposal, members: list[int], whole: str, perhaps: Collection[int] = ()
) -> Ratio:
    """Return the share that some parts have of the site or of a floor area.

    Land that is not divided is allotted by floor area. Parts that belong perhaps leave a range.
    """
    belongs = dict.fromkeys(members, CERTAIN) | dict.fromkeys(perhaps, OPEN)
    if whole == LAND:
        return land_share(proposal, belongs)
    every = floor_form(proposal, whole)
    own = {f"{FLOOR}:{at}": span for at, span in belongs.items()}
    above = {
        one: (own[one][0] * least, own[one][1] * most)
        for one, (least, most) in every.items()
        if one in own
    }
    return Ratio(above=above, below=every, open=tuple(f"function:{at}" for at in perhaps))
