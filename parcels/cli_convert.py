"""``convert``: survey files into another format or coordinate system."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.write.formats import FORMAT_OF_SUFFIX, WRITERS, writer_of
from parcels.cli_files import SurveyOptions, console_of, find_files, read_all, reader
from parcels.cli_inspect import track_files
from parcels.cli_survey_table import print_losses
from parcels.cli_table import printable
from parcels.cli_tally import UNUSABLE, Tally, print_summary
from parcels.exporting import export_with_notes
from parcels.messages import text
from parcels.output_files import require_free, write_output
from parcels.survey_report import failure_report, survey_account
from parcels.wording import note_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from geo.read.parsed import Note
    from geo.survey.model import Survey
    from parcels.cli_files import Outcome, Source

Report = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions(SurveyOptions):
    """What the user typed after ``convert``; the last of ``paths`` is where to write."""

    to: str | None = None
    file_format: str | None = None
    encoding: str | None = None
    renumber: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Every source with its own file to write."""

    sources: Sequence[Source]
    targets: Sequence[Path]
    file_format: str


def run(options: ConvertOptions) -> int:
    """Read survey files and write their parcels.

    Parameters
    ----------
    options : ConvertOptions
        What the user typed.

    Returns
    -------
    int
        0 everything was written, 1 something was rejected or needs a repair (the rest is
        written), 2 a file is unusable, a question is open, or nothing could be written.
    """
    messages = console_of(sys.stderr)
    try:
        job = _job(options)
        read = reader(options)
    except PlannerError as error:
        _say(failure_report(_named(error), error, options.lang), options, messages)
        return UNUSABLE
    outcomes = track_files(read_all(job.sources, read), len(job.sources), options, messages)
    tally = Tally()
    for outcome, target in zip(outcomes, job.targets, strict=True):
        report = _convert(outcome, target, job.file_format, options)
        _say(report, options, messages)
        tally.add(report)
    if len(job.sources) > 1:
        print_summary(messages, tally, options.lang)
    sys.stdout.flush()
    return tally.exit_code


def _job(options: ConvertOptions) -> _Job:
    """Decide what is written where, before anything is read."""
    *inputs, out = options.paths
    if not inputs:
        raise PlannerError("convert_needs_output")
    sources = find_files(inputs)
    file_format = options.file_format or FORMAT_OF_SUFFIX.get(out.suffix.lower())
    one = len(inputs) == 1 and not inputs[0].is_dir() and not out.is_dir()
    if file_format is None or not (one or options.file_format):
        raise PlannerError("export_format_needed", output=out.name, formats=list(WRITERS))
    writer = writer_of(file_format)
    if one:
        require_free(out, force=options.force)
        return _Job(sources=sources, targets=[out], file_format=file_format)
    _make_folder(out)
    names = _names([source.path for source in sources], writer.suffix)
    return _Job(sources=sources, targets=[out / n for n in names], file_format=file_format)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = str(error.strerror)
        raise PlannerError("output_failed", output=folder.name, reason=reason) from error


def _names(paths: Sequence[Path], suffix: str) -> list[str]:
    """Name the files in a folder after their sources; equal names get a number."""
    taken: dict[str, None] = {}
    for path in paths:
        name, number = f"{path.stem}{suffix}", 2
        while name in taken:
            name, number = f"{path.stem}_{number}{suffix}", number + 1
        taken[name] = None
    return list(taken)


def _convert(outcome: Outcome, target: Path, file_format: str, options: ConvertOptions) -> Report:
    shown, survey = outcome.source.shown, outcome.survey
    if survey is None:
        error = outcome.error or PlannerError("file_crashed_reader")
        return {**failure_report(shown, error, options.lang), "output": None}
    account = survey_account(survey, options.lang)
    del account["parcels"]
    try:
        notes = _write(survey, target, file_format, options)
    except PlannerError as error:
        named = PlannerError(error.code, **{"file": shown, **error.values})
        failed = failure_report(shown, named, options.lang)
        lost = {name: [*account[name], *failed[name]] for name in ("rejected", "skipped")}
        return {**account, **failed, **lost, "output": None}
    said = [{"where": "", "code": n.code, "message": note_text(options.lang, n)} for n in notes]
    return {**account, "notes": [*account["notes"], *said], "output": target.name}


def _write(
    survey: Survey, target: Path, file_format: str, options: ConvertOptions
) -> tuple[Note, ...]:
    written = export_with_notes(
        survey,
        file_format,
        to=options.to,
        encoding=options.encoding,
        renumber=options.renumber,
    )
    write_output(target, written.content, force=options.force)
    return written.notes


def _say(report: Report, options: ConvertOptions, messages: Console) -> None:
    """Say what was written on standard output, and what was not on standard error."""
    if options.as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, allow_nan=False) + "\n")
    elif report.get("output"):
        line = text(
            options.lang,
            "report.written",
            file=report["file"],
            output=report["output"],
            count=report["counts"]["parcels"],
        )
        console_of(sys.stdout).print(printable(line))
    else:
        messages.print(printable(f"{report['file']}: {report['message']}"))
    print_losses(messages, report, options.lang)


def _named(error: PlannerError) -> str:
    return str(error.values.get("file", error.values.get("output", "")))
