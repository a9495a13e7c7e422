"""The case of scenarios as the page 扩区 and the command have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layers.payload import plain_groups
from parcels.expansion.surroundings import surroundings_of
from parcels.planning.ground.backdrops import backdrops_of
from parcels.planning.ground.prepared import ground_of
from parcels.planning.line import Line
from parcels.snapshot.scenarios.case import ScenariosCase
from parcels.subjects import plan_parcels
from parcels.workspace import load_reference, solve_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.overlay import Overlay
    from layers.scene import LayerGroup
    from parcels.expansion.stock import Stock
    from parcels.planning.ground.prepared import Ground
    from parcels.rules.load import RuleBook
    from parcels.storage.access import Actor
    from parcels.storage.store import Store
    from parcels.workspace import Reference


def scenarios_case(
    lines: Sequence[Line],
    ground: Ground,
    *,
    reference: Reference,
    stock: Stock | None = None,
    under: Sequence[LayerGroup] = (),
    notice: str = "",
) -> ScenariosCase:
    """Give the case of one to four scenarios.

    Parameters
    ----------
    lines : sequence of Line
        The others are compared with the first. Steps that were undone stay at home.
    ground : Ground
        What they run into, with the book of rules.
    reference : Reference
        The built-in layers that the indices rest on, beside the overlays of the ground.
    under : sequence of LayerGroup
        Layers of the map that nothing is judged by.

    Raises
    ------
    PlannerError
        ``snapshot_scenarios_count``.
    """
    return ScenariosCase(
        lines=tuple(_as_it_stands(one) for one in lines),
        ground=ground,
        around=surroundings_of(reference, ground.overlays, stock=stock),
        under=tuple(plain_groups(under)),
        notice=notice,
    )


def stored_scenarios_case(
    store: Store,
    actor: Actor,
    ids: Sequence[str],
    *,
    book: RuleBook,
    overlays: Mapping[str, Overlay],
    under: Sequence[LayerGroup] = (),
) -> ScenariosCase:
    """Give the case of scenarios of the store among the built-in layers and the rows of 表2.

    Parameters
    ----------
    under : sequence of LayerGroup
        Layers of the map that nothing is judged by.

    Raises
    ------
    PlannerError
        Those of `parcels.storage.store.Store.line`; ``snapshot_scenarios_count``.
    """
    reference = load_reference()
    ground = ground_of(
        book=book,
        overlays=overlays,
        parcels=plan_parcels(solve_rows(reference.rows, reference.network)),
        backdrops=backdrops_of(reference),
    )
    lines = [store.line(actor, one) for one in ids]
    return scenarios_case(lines, ground, reference=reference, under=under)


def _as_it_stands(line: Line) -> Line:
    """Leave out what redo could bring back: nothing that is seen rests on it."""
    scenario = replace(line.scenario, tip=line.scenario.head)
    return Line(scenario=scenario, operations=line.done)
