"""Sentences about a file: what was refused, assumed, found and repaired."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from parcels.messages import messages, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import PlannerError
    from geo.read.parsed import Fault, Note
    from geo.survey.model import Repair

_UNITS = {"m": " m", "m2": " m²", "deg": "°", "km": " km", "": ""}
_DECIMALS = {"m": 3, "m2": 2, "deg": 2, "km": 1, "": 0}
_MOST_DECIMALS = 6


def fault_text(lang: str, fault: Fault) -> str:
    """Say why a feature, a row or a cell was refused, left aside or taken with a remark."""
    return _sentence(lang, ("fault", "error"), fault.code, fault.values)


def note_text(lang: str, note: Note) -> str:
    """Say what was assumed or changed for the whole file."""
    return _sentence(lang, ("note",), note.code, note.values)


def repair_text(lang: str, repair: Repair) -> str:
    """Say what a repair does."""
    return _sentence(lang, ("repair",), repair.code, repair.values)


@lru_cache(maxsize=65_536)
def finding_text(
    lang: str,
    code: str,
    *,
    value: float | None = None,
    limit: float | None = None,
    unit: str = "",
    other: int | None = None,
) -> str:
    """Say what was found about a parcel; thousands of parcels may have the same to say.

    Parameters
    ----------
    lang : str
        ``zh`` or ``en``.
    code : str
        Such as ``Q_SELF``.
    value, limit : float, optional
        Measured and allowed, in ``unit``.
    unit : str
        m, m2, deg, km, or nothing for counts.
    other : int, optional
        Number of the other parcel in the file, from 1.

    Returns
    -------
    str
    """
    values = {
        "value": measure_text(value, unit),
        "limit": measure_text(limit, unit),
        "unit": _UNITS.get(unit, f" {unit}").strip(),
        "other": other,
    }
    return _sentence(lang, ("quality",), code, values)


def failure_text(lang: str, error: PlannerError) -> tuple[str, str]:
    """Return the sentence and the hint of a file that cannot be used."""
    values: dict[str, object] = {"file": "—", **error.values}
    given = values.get("candidates")
    if isinstance(given, (list, tuple)):
        named = [candidate_text(lang, one) if isinstance(one, dict) else one for one in given]
        values["candidates"] = named
    hint = f"error.{error.code}.hint"
    known = hint in messages(lang)
    return (
        _sentence(lang, ("error",), error.code, values),
        _filled(lang, hint, values) if known else "",
    )


def option_text(lang: str, error: PlannerError) -> str:
    """Say how the answer to an error is given on the command line; nothing where it is not."""
    key = f"error.{error.code}.option"
    return _filled(lang, key, error.values) if key in messages(lang) else ""


def candidate_text(lang: str, candidate: Mapping[str, Any]) -> str:
    """Name a place where the numbers of a file could lie (`geo.survey.place.candidates`)."""
    key = f"candidate.{candidate['kind']}"
    return _filled(lang, key, candidate) if key in messages(lang) else str(candidate["crs"])


def measure_text(value: float | None, unit: str) -> str:
    """Write a measured number with the decimals of its unit; — for none."""
    if value is None or not math.isfinite(value):
        return "—"
    shown = f"{value:,.{_DECIMALS.get(unit, 3)}f}"
    is_lost = value != 0 and not shown.strip("-0.,")
    return f"{value:.1g}" if is_lost else shown


def _sentence(lang: str, kinds: tuple[str, ...], code: str, values: Mapping[str, Any]) -> str:
    for kind in kinds:
        key = f"{kind}.{code}.text"
        if key in messages(lang):
            return _filled(lang, key, values)
    return _filled(lang, "report.unworded", {"code": code, **values})


def _filled(lang: str, key: str, values: Mapping[str, Any]) -> str:
    """Fill a sentence; a value that nobody gave is shown as — and never stops a report."""
    shown = {name: _value_text(value) for name, value in values.items()}
    try:
        return text(lang, key, **shown)
    except KeyError as missing:
        return _filled(lang, key, {**values, str(missing.args[0]): None})


def _value_text(value: Any) -> Any:
    if value is None:
        return "—"
    if isinstance(value, float):
        short = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
        return short if math.isfinite(value) and float(short) else str(value)
    return value
