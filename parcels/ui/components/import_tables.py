"""Tables of an import's report, a page at a time: nothing is built that is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.units import decimal_mu
from parcels.messages import text
from parcels.places import place_text
from parcels.survey_report import fault_entry
from parcels.wording import finding_text, note_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.read.parsed import Fault
    from geo.survey.model import Survey
    from parcels.parcel_sets import ParcelSet

PAGE_ROWS = 100
_M2_PER_HECTARE = 10_000
_RANK = {"error": 0, "warn": 1, "info": 2}
_AREA_DIFFERS = "Q_AREA"
_FINDING = ("parcel", "code", "severity", "ring", "point", "value", "limit", "unit", "other")


def parcel_page(held: ParcelSet, lang: str, start: int) -> pd.DataFrame:
    """Build the rows of parcels from ``start`` on, areas as in `parcel_entries`."""
    survey = held.survey
    rows = survey.parcels.slice(start, PAGE_ROWS)
    columns = {name: rows.column(name).to_pylist() for name in ("id", "name", "rings", "vertices")}
    areas = {name: rows.column(name).to_pylist() for name in ("area_m2", "area_plane_m2")}
    numbers = range(start + 1, start + rows.num_rows + 1)
    frame = pd.DataFrame(
        {
            "number": list(numbers),
            **columns,
            "area_m2": areas["area_m2"],
            "area_ha": [area / _M2_PER_HECTARE for area in areas["area_m2"]],
            "area_mu": [float(decimal_mu(area)) for area in areas["area_m2"]],
            "area_plane_m2": areas["area_plane_m2"],
        }
    )
    if pc.any(pc.not_equal(survey.parcels.column("declared_text"), "")).as_py():
        _compare(lang, survey, start, frame)
    words = [*(text(lang, f"ui.import.severity_{name}") for name in _RANK), "—"]
    worst = worst_of(survey)[start : start + PAGE_ROWS]
    frame.insert(3, "quality", [words[rank] for rank in worst])
    return frame


def _compare(lang: str, survey: Survey, start: int, frame: pd.DataFrame) -> None:
    """Add the declared areas, how far they are from the measured ones, and what that means."""
    rows = survey.parcels.slice(start, PAGE_ROWS)
    frame["declared_area_m2"] = rows.column("declared_area_m2").to_pylist()
    plane, declared = (pd.to_numeric(frame[name]) for name in ("area_plane_m2", "declared_area_m2"))
    has_plane = survey.parcels.column("area_plane_m2").null_count < survey.parcels.num_rows
    beside = "difference_plane" if has_plane else "difference_ellipsoid"
    frame[beside] = declared - (plane if has_plane else frame["area_m2"])
    differing = area_differs(survey)
    written = rows.column("declared_text").to_pylist()
    compared = [
        _compared(lang, one, area, differs=position in differing)
        for position, (one, area) in enumerate(zip(written, declared.tolist(), strict=True), start)
    ]
    frame.insert(3, "compare", compared)


def area_differs(survey: Survey) -> set[int]:
    """Return the positions of parcels whose declared area is not theirs."""
    codes = survey.findings.column("code").to_numpy(zero_copy_only=False)
    owners = survey.findings.column("parcel").to_numpy()
    return set(owners[codes == _AREA_DIFFERS].tolist())


def _compared(lang: str, written: str, declared: float, *, differs: bool) -> str:
    if differs:
        return text(lang, "ui.import.area_differs")
    if np.isnan(declared):
        return text(lang, "ui.import.area_unit_open") if written else "—"
    return text(lang, "ui.import.area_agrees")


def worst_of(survey: Survey) -> npt.NDArray[np.int_]:
    """Return the rank of the worst finding of each parcel, shape (n,); 0 worst, 3: none."""
    ranks = np.full(survey.parcels.num_rows, len(_RANK))
    own = [_RANK[severity] for severity in survey.findings.column("severity").to_pylist()]
    np.minimum.at(ranks, survey.findings.column("parcel").to_numpy(), own)
    return ranks


def finding_order(survey: Survey) -> list[int]:
    """Return the rows of the findings, the worst first, by parcel within."""
    severities = survey.findings.column("severity").to_pylist()
    owners = survey.findings.column("parcel").to_pylist()
    return sorted(range(len(owners)), key=lambda row: (_RANK[severities[row]], owners[row], row))


def findings_of(survey: Survey, position: int) -> list[int]:
    """Return the rows of the findings about a parcel, the worst first."""
    own = np.flatnonzero(survey.findings.column("parcel").to_numpy() == position).tolist()
    severities = survey.findings.column("severity")
    return sorted(own, key=lambda row: (_RANK[severities[row].as_py()], row))


def finding_page(held: ParcelSet, lang: str, order: Sequence[int]) -> pd.DataFrame:
    """Build the rows of findings: which parcel, where on it, what.

    Parameters
    ----------
    order : sequence of int
        Rows of `Survey.findings` to show.
    """
    columns = (
        held.survey.findings.select(list(_FINDING)).take(pa.array(order, pa.int64())).to_pylist()
    )
    return pd.DataFrame([_finding(held, lang, one) for one in columns])


def _finding(held: ParcelSet, lang: str, one: dict[str, Any]) -> dict[str, Any]:
    steps = [f"{kind}:{one[kind]}" for kind in ("ring", "point") if one[kind]]
    return {
        "severity": text(lang, f"ui.import.severity_{one['severity']}"),
        "number": one["parcel"] + 1,
        "name": held.labels[one["parcel"]],
        "where": place_text(lang, ";".join(steps)) if steps else "—",
        "message": finding_text(
            lang,
            one["code"],
            value=one["value"],
            limit=one["limit"],
            unit=one["unit"],
            other=one["other"] + 1 if one["other"] >= 0 else None,
        ),
    }


def fault_page(lang: str, faults: Sequence[Fault]) -> pd.DataFrame:
    """Build the rows of what was refused or left aside: place, value as written, reason."""
    entries = [fault_entry(lang, fault) for fault in faults]
    return pd.DataFrame(
        {
            "where": [one["where"] for one in entries],
            "value": ["—" if one["value"] is None else str(one["value"]) for one in entries],
            "count": [one["count"] for one in entries],
            "message": [one["message"] for one in entries],
        }
    )


def note_page(lang: str, survey: Survey, start: int) -> pd.DataFrame:
    """Build the rows of what was assumed, for the file and for its rows."""
    whole = [
        {"where": place_text(lang, ""), "message": note_text(lang, note)} for note in survey.notes
    ]
    own = survey.remarks[max(0, start - len(whole)) : start + PAGE_ROWS]
    rows = [{key: one[key] for key in ("where", "message")} for one in _entries(lang, own)]
    return pd.DataFrame([*whole[start:], *rows][:PAGE_ROWS])


def _entries(lang: str, faults: Sequence[Fault]) -> list[dict[str, Any]]:
    return [fault_entry(lang, fault) for fault in faults]
