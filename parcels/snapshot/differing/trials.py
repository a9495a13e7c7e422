"""Which part of the inputs changed a verdict: each is put in by itself and all is assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.snapshot.differing.mixing import SILENT, Mixture, Ranks
from parcels.snapshot.differing.model import Component

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.snapshot.differing.matching import Match
    from parcels.snapshot.model import Content

Cell = tuple[int, tuple[str, str]]
"""Slot, and check and rule."""
Cause = tuple[tuple[Component, ...], tuple[Component, ...]]
"""Those that explain it alone; those that do together."""
_OUTLINE = ("geometry_class", "accuracy_m", "plane_m2", "shape", "place")
_FACTS = (
    "id",
    "name",
    "location_text",
    "bounds",
    "use",
    "declared_m2",
    "declared_text",
    "attributes",
)


def changed_components(before: Content, after: Content, match: Match) -> list[Component]:
    """List the parts of the inputs that differ, in a fixed order."""
    one, other = before["inputs"], after["inputs"]
    found = [Component(part="as_of")] if one["book"]["as_of"] != other["book"]["as_of"] else []
    found += _named("pack", *(_by(half["book"]["packs"], "id") for half in (one, other)))
    if one["book"]["overrides"] != other["book"]["overrides"]:
        found.append(Component(part="limits"))
    found += _named("layer", *(_by(half["layers"], "kind") for half in (one, other)))
    for part, fields in (("outline", _OUTLINE), ("facts", _FACTS)):
        if _parcels_differ(before, after, match, fields):
            found.append(Component(part=part))  # type: ignore[arg-type]
    if match.gone or match.new:
        found.append(Component(part="neighbours"))
    if any(one[name] != other[name] for name in ("events", "day")):
        found.append(Component(part="said"))
    tables = (one["book"].get("tables"), other["book"].get("tables"))
    if before["made"].get("app") != after["made"].get("app") or tables[0] != tables[1]:
        found.append(Component(part="program"))
    return found


def _named(part: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Component]:
    return [
        Component(part=part, name=name)  # type: ignore[arg-type]
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def _by(members: Sequence[Mapping[str, object]], name: str) -> dict[str, object]:
    return {str(one[name]): one for one in members}


def _parcels_differ(before: Content, after: Content, match: Match, fields: Sequence[str]) -> bool:
    if fields is _OUTLINE and _quality(before, match, 0) != _quality(after, match, 1):
        return True
    return any(
        before["parcels"][old][name] != after["parcels"][new][name]
        for old, new in match.pairs
        for name in fields
    )


def _quality(content: Content, match: Match, side: int) -> list[object]:
    """Give what the reading found about the parcels that both have, in one order."""
    found = dict(content["inputs"]["parcels"]["quality"])
    return [
        content["inputs"]["parcels"]["quality_known"],
        *(found.get(pair[side]) for pair in match.pairs),
    ]


def causes(
    mixture: Mixture,
    components: Sequence[Component],
    cells: Mapping[Cell, tuple[int, int]],
) -> dict[Cell, Cause]:
    """Find what changed the verdicts.

    Parameters
    ----------
    mixture : Mixture
    components : sequence of Component
        That differ; ``program`` cannot be put in and is what is left.
    cells : mapping of Cell to (int, int)
        Ranks before and after, as the snapshots say them.

    Returns
    -------
    mapping
        Nothing under a cell: not explained. Several that do not do it alone are those without
        any of which the verdict would not be that of after.
    """
    tried = [one for one in components if one.part != "program"]
    none, every = mixture.ranks(()), mixture.ranks(tried)
    found: dict[Cell, Cause] = {}
    open_cells: list[Cell] = []
    for cell, ranks in cells.items():
        if (_rank(none, cell), _rank(every, cell)) == ranks:
            open_cells.append(cell)
        elif len(tried) < len(components):
            found[cell] = ((Component(part="program"),), ())
    alone: dict[Cell, list[Component]] = {cell: [] for cell in open_cells}
    for one in tried if open_cells else ():
        ranks_with = mixture.ranks((one,))
        for cell in open_cells:
            if _rank(ranks_with, cell) == cells[cell][1]:
                alone[cell].append(one)
    found |= {cell: (tuple(those), ()) for cell, those in alone.items() if those}
    left = [cell for cell in open_cells if not alone[cell]]
    return found | _together(mixture, tried, cells, left)


def _together(
    mixture: Mixture,
    tried: Sequence[Component],
    cells: Mapping[Cell, tuple[int, int]],
    left: Sequence[Cell],
) -> dict[Cell, Cause]:
    """Find the parts without any one of which a verdict would not have changed so."""
    needed: dict[Cell, list[Component]] = {cell: [] for cell in left}
    for one in tried if left else ():
        ranks_without = mixture.ranks([other for other in tried if other != one])
        for cell in left:
            if _rank(ranks_without, cell) != cells[cell][1]:
                needed[cell].append(one)
    return {cell: ((), tuple(those)) for cell, those in needed.items() if those}


def _rank(ranks: Ranks, cell: Cell) -> int:
    slot, rule = cell
    return int(ranks[rule][slot]) if rule in ranks else SILENT
