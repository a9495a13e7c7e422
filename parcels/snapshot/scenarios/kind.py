"""The kind ``scenarios``: what was drawn step by step, and what it runs into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.snapshot.input_values import reading
from parcels.snapshot.scenarios.answers import scenarios_answers
from parcels.snapshot.scenarios.case import ScenariosCase
from parcels.snapshot.scenarios.elements import GROUP, scenario_entries, scenarios_drawing
from parcels.snapshot.scenarios.inputs import (
    around_of,
    ground_of_plain,
    lines_of,
    scenarios_inputs,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.snapshot.model import Content


def parts(case: ScenariosCase, lang: str) -> Mapping[str, Any]:
    """Give the sections of scenarios; see `parcels.snapshot.kinds.Kind`."""
    return {
        "as_of": case.ground.book.as_of.isoformat(),
        "scenarios": scenario_entries(case, lang),
        "inputs": scenarios_inputs(case),
        "answers": scenarios_answers(case, lang),
        "drawn": scenarios_drawing(case, lang),
    }


def case_of(content: Content) -> ScenariosCase:
    """Read operations, ground and surroundings back; see `parcels.snapshot.kinds.Kind`."""
    with reading("inputs"):
        inputs, drawn = content["inputs"], content["drawn"]
        ground = ground_of_plain(inputs)
        return ScenariosCase(
            lines=lines_of(inputs),
            ground=ground,
            around=around_of(inputs["around"], ground.overlays),
            under=tuple(one for one in drawn["groups"] if not one["id"].startswith(GROUP)),
            notice=drawn["notice"],
        )
