"""The report of a survey file as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from parcels.cli_table import printable
from parcels.messages import text
from parcels.places import place_text
from parcels.survey_report import difference_heading, head_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

Report = dict[str, Any]
_MOST_ROWS = 200
WIDTH = 150
_DIFFERENCE = "area_difference_m2"
# Column, and its decimals; None: text.
_PARCEL_COLUMNS: Mapping[str, int | None] = {
    "number": 0,
    "id": None,
    "name": None,
    "rings": 0,
    "vertices": 0,
    "area_m2": 2,
    "area_ha": 4,
    "area_mu": 4,
    "area_plane_m2": 2,
    "declared_area_m2": 2,
    _DIFFERENCE: 2,
}
_MARKS = {"error": "✗", "warn": "!", "info": "·"}


def print_report(console: Console, report: Report, lang: str) -> None:
    """Print one report of ``inspect``.

    Parameters
    ----------
    console : Console
        Without markup: names are shown exactly as in the file.
    report : dict
        From `survey_report` or `failure_report`.
    lang : str
        ``zh`` or ``en``.
    """
    _line(console, f"{report['file']}: {report['message']}")
    for label, value in _head(report, lang):
        _line(console, f"  {label}: {value}")
    if report["parcels"]:
        _print_parcels(console, report["parcels"], lang)
    for title, lines in _sections(report, lang):
        _print_lines(console, title, list(lines), lang)


def print_losses(console: Console, report: Report, lang: str) -> None:
    """Print what of a file was not taken over, what may be answered, and what was assumed."""
    for candidate in report.get("candidates", ()):
        _line(console, f"  {text(lang, 'report.head_candidate')}: {_candidate(candidate)}")
    for title, lines in _sections({**report, "parcels": []}, lang):
        _print_lines(console, title, list(lines), lang)


def _head(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    if "code" not in report:
        yield from head_lines(report, lang)
    for candidate in report.get("candidates", ()):
        yield text(lang, "report.head_candidate"), _candidate(candidate)


def _candidate(candidate: Any) -> str:
    if not isinstance(candidate, dict):
        return str(candidate)
    options = [f"--{name} {candidate[name]}" for name in ("crs", "axes") if candidate.get(name)]
    return f"{candidate['label']}  {' '.join(options)}"


def _print_parcels(console: Console, parcels: Sequence[Report], lang: str) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    plane = any(parcel["area_plane_m2"] is not None for parcel in parcels)
    for name, decimals in _PARCEL_COLUMNS.items():
        key = difference_heading(plane=plane) if name == _DIFFERENCE else f"column_{name}"
        heading = Text(text(lang, f"report.{key}"))
        table.add_column(heading, justify="left" if decimals is None else "right", overflow="fold")
    for number, parcel in enumerate(parcels[:_MOST_ROWS], start=1):
        row = {**parcel, "number": number}
        cells = (_cell(row[name], decimals) for name, decimals in _PARCEL_COLUMNS.items())
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    _say_rest(console, len(parcels), lang)


def _cell(value: Any, decimals: int | None) -> str:
    if value is None:
        return "—"
    return printable(str(value)) if decimals is None else f"{value:,.{decimals}f}"


def _sections(report: Report, lang: str) -> Iterator[tuple[str, Iterator[str]]]:
    yield "findings", _findings(report["parcels"], lang)
    yield "repairs", (_repair(lang, one) for one in report["repairs"])
    refused = report["rejected"] if "code" not in report else ()
    yield "rejected", (_placed(one) for one in refused)
    yield "skipped", (_placed(one) for one in report["skipped"])
    yield "notes", (_placed(one) for one in report["notes"])


def _findings(parcels: Sequence[Report], lang: str) -> Iterator[str]:
    for number, parcel in enumerate(parcels, start=1):
        name = parcel["name"] or parcel["id"]
        for one in parcel["findings"]:
            mark = _MARKS.get(one["severity"], "·")
            steps = [f"{kind}:{one[kind]}" for kind in ("ring", "point") if one[kind]]
            place = f" ({place_text(lang, ';'.join(steps))})" if steps else ""
            yield f"{mark} {number} {name}{place}: {one['message']}"


def _repair(lang: str, repair: Report) -> str:
    state = text(lang, "report.repair_done" if repair["applied"] else "report.repair_offered")
    areas = " → ".join(_cell(repair[name], 2) for name in ("area_before_m2", "area_after_m2"))
    return f"{repair['where']}: {repair['message']} {areas} m² ({state})"


def _placed(one: Report) -> str:
    line = f"{one['where']}: {one['message']}" if one["where"] else str(one["message"])
    return f"{line} (×{one['count']})" if one.get("count", 1) > 1 else line


def _print_lines(console: Console, title: str, lines: Sequence[str], lang: str) -> None:
    if not lines:
        return
    _line(console, text(lang, f"report.title_{title}", count=len(lines)))
    for line in lines[:_MOST_ROWS]:
        _line(console, f"  {line}")
    _say_rest(console, len(lines), lang)


def _say_rest(console: Console, count: int, lang: str) -> None:
    if count > _MOST_ROWS:
        _line(console, text(lang, "report.more", count=count - _MOST_ROWS))


def _line(console: Console, line: str) -> None:
    console.print(printable(line))
