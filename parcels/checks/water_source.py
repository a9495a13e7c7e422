"""Protection zones of the canal and of other drinking water inside parcels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.model import Check
from parcels.checks.over_layers.hits import layer_findings
from parcels.checks.over_layers.rules import ruled_kinds, unruled, within_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.model import CheckInput
    from parcels.findings import Batch

KINDS = {
    "canal_zone_1": "OV_SNWT1",
    "canal_zone_2": "OV_SNWT2",
    "canal_works": "OV_SNWTP",
    "water_source": "OV_WATER",
}
POLLUTING_ONLY = {"canal_zone_2", "water_source"}
"""Zones where only projects that discharge pollutants are forbidden."""
INPUT = "discharges_pollutants"
COLUMNS = (INPUT, "是否排放污染物", "排放污染物", "是否排污", "排污")
YES = {"yes", "y", "true", "1", "是", "有", "排放"}
SAID: dict[str, dict[str, Any]] = {
    "yes": {"reason": "water_zone_discharging"},
    "no": {"reason": "water_zone_not_discharging", "outcome": "warning"},
    "missing": {
        "reason": "water_zone_discharge_missing",
        "outcome": "unknown",
        "cause": "input_missing",
        "needs": (f"input:{INPUT}",),
    },
    "unusable": {
        "reason": "water_zone_discharge_unusable",
        "outcome": "unknown",
        "cause": "input_unusable",
        "needs": (f"input:{INPUT}",),
    },
}
HITS = {"overlay_hit", "overlay_hit_at_least", "overlay_hit_place"}
NO = {"no", "n", "false", "0", "否", "无", "不排放"}


def run(given: CheckInput) -> Iterator[Batch]:
    """Find land inside protection zones of water, and ask what the project discharges there."""
    yield from unruled(given, CHECK.id, KINDS, protective=("canal_zone_1", *POLLUTING_ONLY))
    answers = _answers(given)
    for kind, applied in ruled_kinds(given, CHECK.id):
        for batch in within_uses(given, applied, layer_findings(given, applied, kind)):
            if kind in POLLUTING_ONLY and batch.reason in HITS:
                yield from _by_discharge(batch, answers)
            else:
                yield batch


def _by_discharge(batch: Batch, answers: list[Any]) -> Iterator[Batch]:
    """Split overlaps by what is known of the project: it discharges, it does not, nobody says."""
    said = np.array([_reading(answers[parcel]) for parcel in batch.parcel])
    for answer, changes in SAID.items():
        some = batch.only(said == answer)
        typed = [str(answers[parcel]) for parcel in some.parcel]
        yield replace(some, **changes, values={**some.values, "typed": typed})


def _answers(given: CheckInput) -> list[Any]:
    """Return what each parcel's table says about discharges, None where it says nothing."""
    headings = {name.strip().lower(): name for name in given.parcels.attributes}
    found = [headings[column] for column in COLUMNS if column in headings]
    columns = [given.parcels.attributes[name] for name in found]
    return [
        next((one[at] for one in columns if _reading(one[at]) != "missing"), None)
        for at in range(len(given.parcels))
    ]


def _reading(value: Any) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "missing"
    word = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    word = word.strip().lower()
    if not word:
        return "missing"
    return "yes" if word in YES else "no" if word in NO else "unusable"


CHECK = Check(id="water_source", run=run)
