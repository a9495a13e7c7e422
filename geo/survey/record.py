"""A survey on its way from the reading process: Arrow tables and JSON, nothing that runs code."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.read.parsed import Fault, Note, load_answer, read_table, write_answer, write_table
from geo.survey.model import AxesDecision, CrsDecision, Repair, Survey

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = ("parcels", "attributes", "findings")
_FAULTS = ("rejected", "skipped", "remarks")
_REPAIRS = pa.schema(
    [
        ("row", pa.int32()),
        ("where", pa.string()),
        ("code", pa.string()),
        ("area_before_m2", pa.float64()),
        ("area_after_m2", pa.float64()),
        ("applied", pa.bool_()),
        ("before", pa.binary()),
        ("after", pa.binary()),
        ("values", pa.string()),
    ]
)
_APART = {*_TABLES, *_FAULTS, "repairs", "notes", "labels", "crs", "axes"}


def save_survey(survey: Survey, folder: Path) -> None:
    """Write the survey where `load_survey` finds it."""
    for name in _TABLES:
        write_table(getattr(survey, name), folder / f"{name}.arrow")
    if survey.labels is not None:
        write_table(pa.table({"labels": survey.labels}), folder / "labels.arrow")
    repairs = [asdict(one) | {"values": json.dumps(dict(one.values))} for one in survey.repairs]
    write_table(pa.Table.from_pylist(repairs, schema=_REPAIRS), folder / "repairs.arrow")
    plain = {one.name: getattr(survey, one.name) for one in fields(survey)}
    answer: dict[str, Any] = {name: one for name, one in plain.items() if name not in _APART}
    answer |= {name: [asdict(fault) for fault in plain[name]] for name in _FAULTS}
    answer |= {
        "notes": [asdict(note) for note in survey.notes],
        "crs": asdict(survey.crs),
        "axes": asdict(survey.axes),
    }
    write_answer(answer, folder)


def load_survey(folder: Path) -> Survey:
    """Read what `save_survey` wrote; raise the error that the reading process left instead."""
    answer = load_answer(folder)
    answer |= {name: tuple(Fault(**fault) for fault in answer[name]) for name in _FAULTS}
    labels = folder / "labels.arrow"
    repairs = read_table(folder / "repairs.arrow").to_pylist()
    return Survey(
        **{name: read_table(folder / f"{name}.arrow") for name in _TABLES},
        **answer
        | {
            "notes": tuple(Note(**note) for note in answer["notes"]),
            "crs": CrsDecision(**answer["crs"]),
            "axes": AxesDecision(**answer["axes"]),
            "repairs": tuple(
                Repair(**one | {"values": json.loads(one["values"])}) for one in repairs
            ),
        },
        labels=read_table(labels).column(0).combine_chunks() if labels.exists() else None,
    )
