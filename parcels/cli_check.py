"""``check``: parcels against layers and rules, as tables or in the formats of other tools."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Literal

from rich.progress import Progress

from geo.errors import PlannerError
from geo.overlap.engine import warm_up
from parcels.assess import assess
from parcels.baseline import baseline_bytes, read_baseline
from parcels.check_formats import geopackage, junit, sarif
from parcels.check_report import CheckReport, open_findings
from parcels.checks.model import CheckInput
from parcels.checks.order import CHECKS
from parcels.cli_check_table import WIDTH, print_check
from parcels.cli_files import Source, SurveyOptions, console_of, reader
from parcels.cli_options import as_of_day
from parcels.messages import error_text, text
from parcels.output_files import require_free, write_output
from parcels.overlay_options import parse_layer_options
from parcels.review import TABLE_TWO, Review
from parcels.rules.load import rule_book
from parcels.rules.reading import read_overrides
from parcels.settings import load_settings
from parcels.subjects import plan_parcels, require_schemes, survey_parcels
from parcels.survey_report import fault_entry
from parcels.workspace import load_reference, solve_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from rich.console import Console

    from geo.read.parsed import Fault
    from parcels.checks.subject import Parcels
    from parcels.findings import Assessment
    from parcels.rules.load import RuleBook

Format = Literal["table", "json", "junit", "sarif", "gpkg"]
PASSED, FAILED, UNUSABLE, UNKNOWN = 0, 1, 2, 3
_PROGRESS_FROM = 2_000
_KERNELS_FROM_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What the user typed after ``check``; see ``docs/cli.md``."""

    file: Path | None = None
    survey: SurveyOptions = field(default_factory=SurveyOptions)
    scheme: str | None = None
    packs: tuple[str, ...] | None = None
    layers: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    layer_crs: str | None = None
    as_of: str | None = None
    overrides: Path | None = None
    file_format: Format = "table"
    output: Path | None = None
    force: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    lang: str = "zh"


def run(options: CheckOptions) -> int:
    """Check parcels and write what was found.

    Returns
    -------
    int
        0 nothing fails and nothing is unknown, 1 something fails or was refused by the reading,
        3 nothing fails but something is unknown, 2 unusable input. Findings that a baseline
        accepts do not count.
    """
    messages = console_of(sys.stderr)
    try:
        _require_outputs(options)
        _prepare_kernels(options)
        accepted = read_baseline(options.baseline) if options.baseline else frozenset()
        review, rejected = _review(options, messages)
        refused = tuple(fault_entry(options.lang, fault) for fault in rejected)
        report = CheckReport(review=review, lang=options.lang, accepted=accepted, rejected=refused)
        _write(options, report)
    except PlannerError as error:
        _complain(options, error, messages)
        return UNUSABLE
    sys.stdout.flush()
    left = report.open_outcomes()
    if "fail" in left or rejected:
        return FAILED
    nothing_said = not any(len(batch) for batch in review.assessment.batches)
    return UNKNOWN if "unknown" in left or nothing_said else PASSED


def _prepare_kernels(options: CheckOptions) -> None:
    """Load the kernels of many parcels while the file is read; without them a plain path works."""
    file = options.file
    if file is not None and file.is_file() and file.stat().st_size > _KERNELS_FROM_BYTES:
        Thread(target=warm_up, daemon=True).start()


def _review(options: CheckOptions, messages: Console) -> tuple[Review, Sequence[Fault]]:
    """Assess what the file holds; with it comes what the reading refused."""
    book = opened_book(options, as_of_day(options.as_of))
    overlays = parse_layer_options(options.layers, crs=options.layer_crs, covers=options.covers)
    batch, title, parcels, rejected = _parcels(options)
    given = CheckInput(parcels=parcels, book=book, overlays=overlays)
    review = Review(
        batch=batch,
        title=title,
        numbered=options.file is not None,
        given=given,
        assessment=assessed(given, options, messages),
    )
    return review, rejected


def _parcels(options: CheckOptions) -> tuple[str, str, Parcels, Sequence[Fault]]:
    if options.file is None:
        reference = load_reference()
        planned = solve_rows(reference.rows, reference.network)
        return TABLE_TWO, text(options.lang, "ui.review.table_two"), plan_parcels(planned), ()
    survey = reader(options.survey)(Source(path=options.file, shown=options.file.name))
    if not survey.parcels.num_rows:
        raise PlannerError("check_no_parcels", file=survey.file, rejected=len(survey.rejected))
    parcels = survey_parcels(survey, scheme=options.scheme)
    require_schemes(parcels)
    return survey.digest, survey.file, parcels, survey.rejected


def opened_book(
    options: CheckOptions, day: date, *, usual: tuple[str, ...] | None = None
) -> RuleBook:
    """Open the book of rules with the packs and local limits that the options name.

    Parameters
    ----------
    usual : tuple of str, optional
        Packs where none are named; default: those marked ``default``.
    """
    settings = load_settings()
    limits = options.overrides or settings.overrides
    return rule_book(
        day,
        packs=options.packs or usual,
        overrides=read_overrides(limits) if limits else (),
        folders=settings.pack_folders,
    )


def assessed(given: CheckInput, options: CheckOptions, messages: Console) -> Assessment:
    """Run every check; of many plots a terminal is told how far it is."""
    if not messages.is_terminal or len(given.parcels) < _PROGRESS_FROM:
        return assess(given)
    with Progress(console=messages, transient=True) as progress:
        task = progress.add_task("", total=len(CHECKS))

        def tell(check: str, done: int, _total: int) -> None:
            title = text(options.lang, f"check.{check}.title")
            progress.update(task, completed=done, description=title)

        return assess(given, progress=tell)


def _require_outputs(options: CheckOptions) -> None:
    """Refuse before the work what could not be written after it."""
    if options.file_format == "gpkg" and options.output is None:
        raise PlannerError("check_needs_output", format=options.file_format)
    for path in (options.output, options.write_baseline):
        if path is not None:
            require_free(path, force=options.force)


def _write(options: CheckOptions, report: CheckReport) -> None:
    if options.write_baseline is not None:
        content = baseline_bytes(open_findings(report.review))
        write_output(options.write_baseline, content, force=options.force)
    if options.output is not None:
        write_output(options.output, _content(options, report), force=options.force)
    elif options.file_format == "table":
        print_check(console_of(sys.stdout, at_least=WIDTH), report)
    elif options.file_format == "json":
        sys.stdout.writelines(report.json_parts())
    else:
        sys.stdout.write(_content(options, report).decode())


def _content(options: CheckOptions, report: CheckReport) -> bytes:
    if options.file_format == "junit":
        return junit(report)
    if options.file_format == "sarif":
        return sarif(report, options.file.name if options.file else TABLE_TWO)
    if options.file_format == "gpkg":
        return geopackage(report)
    if options.file_format == "json":
        return b"".join(part.encode() for part in report.json_parts())
    console = console_of(None, at_least=WIDTH)
    with console.capture() as held:
        print_check(console, report)
    return held.get().encode()


def _complain(options: CheckOptions, error: PlannerError, messages: Console) -> None:
    """Say on standard error what is wrong; with JSON also as an object on standard output."""
    sentence, hint = error_text(options.lang, error)
    messages.print(f"{sentence} {hint}".strip())
    if options.file_format == "json" and options.output is None:
        failure = {"error": {"code": error.code, "message": sentence, "hint": hint}}
        sys.stdout.write(json.dumps(failure, ensure_ascii=False) + "\n")
