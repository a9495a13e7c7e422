"""``expansion``: the indices of an expansion area, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely

from geo.errors import PlannerError
from geo.units import parse_area
from parcels.cli_expansion_table import WIDTH, print_expansion
from parcels.cli_files import Source, SurveyOptions, console_of, reader
from parcels.cli_options import as_of_day
from parcels.expansion.indices import indices
from parcels.expansion.report import ExpansionReport
from parcels.expansion.stock import Stock
from parcels.expansion.surroundings import surroundings_of
from parcels.messages import error_text
from parcels.output_files import require_free, write_output
from parcels.overlay_options import parse_layer_options
from parcels.planning.demo import demo_scenarios
from parcels.planning.figures.extension import extension_of
from parcels.planning.line import state_after
from parcels.rules.load import rule_book
from parcels.rules.reading import read_overrides
from parcels.settings import load_settings
from parcels.survey_report import fault_entry
from parcels.workspace import load_reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console
    from shapely.geometry.base import BaseGeometry

    from layers.scene import GeometryClass
    from parcels.expansion.indices import Measure
    from parcels.expansion.report import Entry
    from parcels.rules.load import RuleBook

PASSED, FAILED, UNUSABLE, UNKNOWN = 0, 1, 2, 3
STOCK_KEYS = ("idle", "inefficient", "industrial")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpansionOptions:
    """What the user typed after ``expansion``; see ``docs/cli.md``."""

    file: Path | None = None
    demo: bool = False
    survey: SurveyOptions = field(default_factory=SurveyOptions)
    layers: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    layer_crs: str | None = None
    stock: tuple[str, ...] = ()
    measure: Measure = "E_PP"
    packs: tuple[str, ...] = ("expansion",)
    as_of: str | None = None
    overrides: Path | None = None
    as_json: bool = False
    output: Path | None = None
    force: bool = False
    lang: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """The area that is measured, and the roads that were drawn with it."""

    title: str
    shape: BaseGeometry
    geometry_class: GeometryClass
    roads: tuple[BaseGeometry, ...] = ()
    rejected: tuple[Entry, ...] = ()


def run(options: ExpansionOptions) -> int:
    """Measure an expansion area and write its indices.

    Returns
    -------
    int
        0 nothing fails and nothing is unknown, 1 an index fails or the reading refused something
        of the file, 3 nothing fails but something is unknown, 2 unusable input.
    """
    try:
        if options.output is not None:
            require_free(options.output, force=options.force)
        report = _report(options)
        _write(options, report)
    except PlannerError as error:
        _complain(options, error, console_of(sys.stderr))
        return UNUSABLE
    sys.stdout.flush()
    if report.summary["fail"] or report.rejected:
        return FAILED
    return UNKNOWN if report.summary["unknown"] else PASSED


def read_stock(typed: Sequence[str]) -> Stock | None:
    """Read ``idle=280亩`` and the like; None without any.

    Raises
    ------
    PlannerError
        ``expansion_stock_option`` for another key, one that is given twice or no area; those of
        `parse_area` are told as it too, with the text as typed.
    """
    found: dict[str, float] = {}
    for one in typed:
        key, sign, area = (part.strip() for part in one.partition("="))
        if not sign or key not in STOCK_KEYS or f"{key}_m2" in found:
            raise PlannerError("expansion_stock_option", value=one, keys=list(STOCK_KEYS))
        found[f"{key}_m2"] = _area_of(area, one)
    return Stock(**found) if found else None


def _area_of(area: str, typed: str) -> float:
    if area == "0":
        return 0.0
    try:
        return parse_area(area)
    except PlannerError as error:
        keys = list(STOCK_KEYS)
        raise PlannerError("expansion_stock_option", value=typed, keys=keys) from error


def _report(options: ExpansionOptions) -> ExpansionReport:
    book, stock, area = _book(options), read_stock(options.stock), _area(options)
    overlays = parse_layer_options(options.layers, crs=options.layer_crs, covers=options.covers)
    around = surroundings_of(load_reference(), overlays, drawn_roads=area.roads, stock=stock)
    return ExpansionReport(
        lang=options.lang,
        title=area.title,
        extension=area.shape,
        geometry_class=area.geometry_class,
        around=around,
        book=book,
        indices=indices(area.shape, around, book, perimeter_measure=options.measure),
        rejected=area.rejected,
    )


def _book(options: ExpansionOptions) -> RuleBook:
    settings = load_settings()
    limits = options.overrides or settings.overrides
    return rule_book(
        as_of_day(options.as_of),
        packs=options.packs,
        overrides=read_overrides(limits) if limits else (),
        folders=settings.pack_folders,
    )


def _area(options: ExpansionOptions) -> _Area:
    if options.demo == (options.file is not None):
        raise PlannerError("expansion_file_or_demo")
    if options.file is None:
        return _demo(options.lang)
    survey = reader(options.survey)(Source(path=options.file, shown=options.file.name))
    if not survey.parcels.num_rows:
        raise PlannerError("check_no_parcels", file=survey.file, rejected=len(survey.rejected))
    shapes = shapely.from_wkb(survey.parcels.column("wkb").to_numpy())
    return _Area(
        title=survey.file,
        shape=shapely.union_all(shapes),
        geometry_class="surveyed",
        rejected=tuple(fault_entry(options.lang, fault) for fault in survey.rejected),
    )


def _demo(lang: str) -> _Area:
    scenario, operations = demo_scenarios(lang)[0]
    drawn = state_after(operations)
    return _Area(
        title=scenario.name,
        shape=extension_of(drawn),
        geometry_class="schematic",
        roads=tuple(one.shape for one in drawn.values() if one.kind == "road"),
    )


def _write(options: ExpansionOptions, report: ExpansionReport) -> None:
    if options.as_json:
        written = json.dumps(report.entry(), ensure_ascii=False, allow_nan=False) + "\n"
    elif options.output is None:
        print_expansion(console_of(sys.stdout, at_least=WIDTH), report)
        return
    else:
        console = console_of(None, at_least=WIDTH)
        with console.capture() as held:
            print_expansion(console, report)
        written = held.get()
    if options.output is None:
        sys.stdout.write(written)
    else:
        write_output(options.output, written.encode(), force=options.force)


def _complain(options: ExpansionOptions, error: PlannerError, messages: Console) -> None:
    """Say on standard error what is wrong; with JSON also as an object on standard output."""
    sentence, hint = error_text(options.lang, error)
    messages.print(f"{sentence} {hint}".strip())
    if options.as_json and options.output is None:
        failure = {"error": {"code": error.code, "message": sentence, "hint": hint}}
        sys.stdout.write(json.dumps(failure, ensure_ascii=False) + "\n")
