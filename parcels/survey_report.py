"""What was read from a survey file, as plain values for JSON, tables and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.places import place_text
from parcels.survey_parcels import parcel_entries, plain_value
from parcels.wording import (
    candidate_text,
    failure_text,
    fault_text,
    note_text,
    option_text,
    repair_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.errors import PlannerError
    from geo.read.parsed import Fault
    from geo.survey.model import Repair, Survey

Report = dict[str, Any]
_LISTS = ("parcels", "rejected", "skipped", "repairs", "notes")


def survey_report(survey: Survey, lang: str) -> Report:
    """Report a file that was read.

    Parameters
    ----------
    survey : Survey
        What the reading process made of the file.
    lang : str
        ``zh`` or ``en``, for the sentences; codes, numbers and names do not depend on it.

    Returns
    -------
    dict
        The shape of ``inspect`` in docs/cli.md; JSON without NaN. Status ``rejected`` when not
        one feature became a parcel.
    """
    account = survey_account(survey, lang)
    return {**account, "parcels": parcel_entries(survey, lang)}


def survey_account(survey: Survey, lang: str) -> Report:
    """Report a file that was read, without its parcels one by one."""
    counts = {
        "features": survey.features,
        "parcels": survey.parcels.num_rows,
        "rejected": counted(survey.rejected),
        "skipped": counted(survey.skipped),
    }
    decided = survey.crs
    return {
        "file": survey.file,
        "status": "ok" if counts["parcels"] else "rejected",
        "message": text(lang, "report.read" if counts["parcels"] else "report.empty", **counts),
        "format": survey.format,
        "encoding": survey.encoding,
        "layer": survey.layer,
        "digest": survey.digest,
        "crs": {"epsg": decided.epsg, "how": decided.how, "name": decided.name},
        "axis_order": {"value": survey.axes.value, "how": survey.axes.how},
        "area_unit": {"value": survey.area_unit, "how": survey.area_unit_how},
        "area_methods": _area_methods(survey, lang),
        "counts": counts,
        "parcels": [],
        "rejected": [fault_entry(lang, fault) for fault in survey.rejected],
        "skipped": [fault_entry(lang, fault) for fault in survey.skipped],
        "repairs": [_repair_entry(lang, repair) for repair in survey.repairs],
        "notes": [
            *({"where": "", "code": n.code, "message": note_text(lang, n)} for n in survey.notes),
            *(fault_entry(lang, remark) for remark in survey.remarks),
        ],
    }


def head_lines(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """Give the head of a report of `survey_account`: label and value of what is known of a file."""
    crs, axes, unit = report["crs"], report["axis_order"], report["area_unit"]
    code = f"EPSG:{crs['epsg']}, " if crs["epsg"] else ""
    unit_text = unit["value"] and text(lang, f"report.unit_{unit['value']}")
    found = {
        "format": report["format"],
        "encoding": report["encoding"],
        "layer": report["layer"],
        "crs": _known(lang, f"{code}{crs['name']}", crs["how"]),
        "axes": _known(lang, text(lang, f"report.axes_{axes['value']}"), axes["how"]),
        "area_unit": unit_text and _known(lang, unit_text, unit["how"]),
    }
    for name, value in found.items():
        if value:
            yield text(lang, f"report.head_{name}"), value


def _known(lang: str, value: str, how: str | None) -> str:
    reason = how and text(lang, f"report.how_{how}")
    return text(lang, "report.known", value=value, reason=reason) if reason else value


def failure_report(file: str, error: PlannerError, lang: str) -> Report:
    """Report a file that cannot be used, or that waits for an answer.

    Parameters
    ----------
    file : str
        Name of the file.
    error : PlannerError
        ``question`` among its values names the answer it waits for: crs, axes, layer,
        columns or area_unit; ``candidates`` or the like are what may be answered.
    lang : str
        ``zh`` or ``en``.

    Returns
    -------
    dict
        Status ``rejected``, with the stable keys of `survey_report`.
    """
    message, hint = failure_text(lang, error)
    where = place_text(lang, str(error.values.get("where", "")))
    refused = {"where": where, "code": error.code, "message": message}
    return {
        "file": file,
        "status": "rejected",
        "message": " ".join(filter(None, (message, hint, option_text(lang, error)))),
        "code": error.code,
        "question": question_of(error),
        "candidates": _candidates(lang, error),
        **{name: [] for name in _LISTS},
        "rejected": [refused],
    }


def question_of(error: PlannerError) -> str | None:
    """Return what the user is asked (crs, axes, layer, columns, area_unit), if anything."""
    asked = error.values.get("question")
    return None if asked is None else str(asked)


def _candidates(lang: str, error: PlannerError) -> list[Any]:
    """Give what may be answered, each candidate of a place with its label."""
    found: Any = next(
        (
            error.values[name]
            for name in ("candidates", "layers", "columns")
            if name in error.values
        ),
        (),
    )
    return [
        {
            **{name: plain_value(value) for name, value in one.items() if name != "outline"},
            "outline": one.get("outline", []),
            "label": candidate_text(lang, one),
        }
        if isinstance(one, dict)
        else one
        for one in found
    ]


def _area_methods(survey: Survey, lang: str) -> dict[str, str | None]:
    plane = any(area is not None for area in survey.parcels.column("area_plane_m2").to_pylist())
    return {
        "area_m2": text(lang, "report.method_ellipsoid"),
        "area_plane_m2": text(lang, "report.method_plane", crs=survey.crs.name) if plane else None,
        "area_mu": text(lang, "report.method_mu"),
        "area_difference_m2": text(lang, f"report.{difference_heading(plane=plane)}"),
    }


def difference_heading(*, plane: bool) -> str:
    """Name the heading of the column of differences: from the plane area, if there is one."""
    return "column_difference_plane" if plane else "column_difference_ellipsoid"


def counted(faults: Iterable[Fault]) -> int:
    """Count the features of the file for which lines of the report stand."""
    return sum(_count(fault) for fault in faults)


def _count(fault: Fault) -> int:
    """Give for how many features of the file a line of the report stands."""
    count = fault.values.get("count", 1)
    return count if isinstance(count, int) else 1


def fault_entry(lang: str, fault: Fault) -> Report:
    """Report what was refused, left aside or taken with a remark: where, value, sentence."""
    return {
        "where": place_text(lang, fault.where),
        "code": fault.code,
        "value": plain_value(next(iter(fault.values.values()), None)),
        "count": _count(fault),
        "message": fault_text(lang, fault),
    }


def _repair_entry(lang: str, repair: Repair) -> Report:
    return {
        "where": place_text(lang, repair.where),
        "code": repair.code,
        "area_before_m2": plain_value(repair.area_before_m2),
        "area_after_m2": plain_value(repair.area_after_m2),
        "applied": repair.applied,
        "message": repair_text(lang, repair),
    }
