"""``inspect``: what was read from survey files, repaired and refused, as tables or JSON lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from rich.progress import track

from geo.errors import PlannerError
from parcels.cli_files import console_of, find_files, read_all, reader
from parcels.cli_survey_table import WIDTH, print_report
from parcels.cli_tally import UNUSABLE, Tally, print_summary
from parcels.messages import text
from parcels.survey_report import failure_report, survey_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from parcels.cli_files import Outcome, SurveyOptions

Report = dict[str, Any]


def run(options: SurveyOptions) -> int:
    """Read survey files and write their reports.

    Parameters
    ----------
    options : SurveyOptions
        What the user typed.

    Returns
    -------
    int
        0 everything was read, 1 something was rejected or needs a repair, 2 a file is unusable
        or a question is open; of several files the worst.
    """
    messages, console = console_of(sys.stderr), console_of(sys.stdout, at_least=WIDTH)
    try:
        read = reader(options)
    except PlannerError as error:
        say(
            failure_report(str(error.values.get("file", "")), error, options.lang), options, console
        )
        return UNUSABLE
    sources = find_files(options.paths)
    outcomes = track_files(read_all(sources, read), len(sources), options, messages)
    tally = Tally()
    for outcome in outcomes:
        report = report_of(outcome, options.lang)
        say(report, options, console)
        tally.add(report)
    if len(sources) > 1:
        print_summary(messages, tally, options.lang)
    sys.stdout.flush()
    return tally.exit_code


def report_of(outcome: Outcome, lang: str) -> Report:
    """Report one file, read or not."""
    if outcome.survey is not None:
        return survey_report(outcome.survey, lang)
    error = outcome.error or PlannerError("file_crashed_reader")
    return failure_report(outcome.source.shown, error, lang)


def say(report: Report, options: SurveyOptions, console: Console) -> None:
    """Write a report on standard output: a line of JSON, or tables."""
    if options.as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        print_report(console, report, options.lang)


def track_files(
    outcomes: Iterator[Outcome], count: int, options: SurveyOptions, messages: Console
) -> Iterator[Outcome]:
    """Show progress on a terminal's standard error while several files are read."""
    quiet = count == 1 or not messages.is_terminal
    label = text(options.lang, "report.progress")
    yield from track(outcomes, label, count, console=messages, disable=quiet, transient=True)
