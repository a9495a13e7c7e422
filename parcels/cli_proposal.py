"""``proposal``: an M0 proposal under the rules of several packs, as tables, JSON or files."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS
from geo.read.source import content_of
from parcels.cli_files import console_of
from parcels.cli_options import as_of_day
from parcels.cli_proposal_files import SUFFIXES, file_content
from parcels.cli_proposal_freedom import Wishes, freedom_of
from parcels.cli_proposal_list import list_entry, print_list
from parcels.cli_proposal_table import console_for_tables, print_case
from parcels.messages import text
from parcels.output_files import require_free, write_output
from parcels.proposal.document.documents import read_document, template
from parcels.proposal.document.examples import examples
from parcels.proposal.document.reading import read_draft
from parcels.proposal.reports.case import judge_case, with_best_mix
from parcels.proposal.reports.report import case_entry
from parcels.rule_words import in_words
from parcels.rules.load import rule_book
from parcels.rules.reading import read_overrides
from parcels.settings import load_settings
from parcels.wording import failure_text

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.findings import Outcome
    from parcels.proposal.document.documents import Kind
    from parcels.proposal.draft import Draft
    from parcels.proposal.mix.terms import Goal
    from parcels.proposal.reports.case import Case
    from parcels.rules.load import RuleBook

DEFAULT_PACKS = ("m0_nanyang_plan", "m0_nanyang_pilot")
"""Packs of the place itself; those of other cities are used only when they are named."""
_UNUSABLE = 2
_EXIT: dict[Outcome, int] = {"fail": 1, "unknown": 3, "warning": 0, "pass": 0, "not_applicable": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalOptions:
    """What the user typed after ``proposal``; see ``docs/cli.md``."""

    path: Path | None = None
    packs: tuple[str, ...] | None = None
    as_of: str | None = None
    overrides: Path | None = None
    remedy: bool = False
    wishes: Wishes = field(default_factory=Wishes)
    best: Goal | None = None
    as_json: bool = False
    output: Path | None = None
    force: bool = False
    template: Kind | None = None
    example: str | None = None
    show_list: bool = False
    lang: str = "zh"


def run(options: ProposalOptions) -> int:
    """Judge a proposal and print or write what was found.

    Returns
    -------
    int
        0 every rule that applies is kept or only asks for a look, 1 something fails, 3 nothing
        fails but something is unknown or no rule is about the use, 2 the proposal or an option
        cannot be used.
    """
    try:
        if options.show_list:
            return _list(options)
        if options.template is not None:
            return _template(options, options.template)
        _require_options(options)
        return _judge(options)
    except PlannerError as error:
        sentence, hint = _complaint(options, error)
        if options.as_json:
            _say({"error": {"code": error.code, "message": sentence, "hint": hint}})
        console_of(sys.stderr).print(f"{sentence}\n{hint}".strip())
        return _UNUSABLE


def _complaint(options: ProposalOptions, error: PlannerError) -> tuple[str, str]:
    """Say what is wrong, always with the file that it is about."""
    sentence, hint = failure_text(options.lang, error)
    file = str(error.values.get("file", ""))
    if file and file not in sentence:
        sentence = text(options.lang, "cli.proposal.of_file", file=file, said=sentence)
    return sentence, hint


def _list(options: ProposalOptions) -> int:
    folders = load_settings().pack_folders
    if options.as_json:
        _say(list_entry(options.lang, folders))
    else:
        print_list(console_for_tables(), options.lang, folders)
    return 0


def _template(options: ProposalOptions, kind: Kind) -> int:
    """Write an empty document; text goes to standard output where no file is named."""
    content = template(kind)
    if options.output is not None:
        if options.output.suffix.lower() != f".{kind}":
            raise PlannerError("proposal_template_kind", output=options.output.name, kind=kind)
        write_output(options.output, content, force=options.force)
        _tell(options, "written", file=options.output.name)
    elif kind == "xlsx":
        raise PlannerError("proposal_template_output")
    else:
        sys.stdout.write(content.decode())
    return 0


def _require_options(options: ProposalOptions) -> None:
    """Refuse before the work what could not be answered after it."""
    if not options.remedy:
        options.wishes.require_remedy()
    if options.output is not None:
        if options.output.suffix.lower() not in SUFFIXES:
            raise PlannerError("proposal_output_kind", output=options.output.name)
        require_free(options.output, force=options.force)


def _judge(options: ProposalOptions) -> int:
    draft = _draft(options)
    reading = read_draft(draft, options.lang)
    freedom = freedom_of(options.wishes, reading) if options.remedy else None
    case = judge_case(
        reading.proposal, _book(options), reading=reading, freedom=freedom, draft=draft
    )
    if options.best is not None:
        case = with_best_mix(case, options.best)
    if options.output is not None:
        _write(options, options.output, case, draft)
    if options.as_json:
        _say(case_entry(case, options.lang))
    elif options.output is None:
        print_case(console_for_tables(), case, options.lang)
    sys.stdout.flush()
    return _EXIT[case.outcome]


def _draft(options: ProposalOptions) -> Draft:
    if options.path is not None and options.example is not None:
        raise PlannerError(
            "proposal_file_or_example", file=options.path.name, example=options.example
        )
    if options.example is not None:
        if options.example not in examples():
            raise PlannerError(
                "proposal_example_unknown", value=options.example, known=list(examples())
            )
        return examples()[options.example].draft
    if options.path is None:
        raise PlannerError("proposal_nothing_asked")
    name = options.path.name or str(options.path)  # "." has no name
    try:
        return read_document(content_of(options.path, DEFAULT_LIMITS), name)
    except PlannerError as error:
        file = error.values.get("file") or name
        raise PlannerError(error.code, **{**error.values, "file": file}) from error


def _book(options: ProposalOptions) -> RuleBook:
    settings = load_settings()
    local = options.overrides or settings.overrides
    return rule_book(
        as_of_day(options.as_of),
        packs=options.packs or DEFAULT_PACKS,
        overrides=read_overrides(local) if local else (),
        folders=settings.pack_folders,
    )


def _write(options: ProposalOptions, output: Path, case: Case, draft: Draft) -> None:
    """Write the file that is asked for and say what it holds."""
    content = file_content(output.suffix.lower(), case, draft, options.lang)
    write_output(output, content, force=options.force)
    if output.suffix.lower() == ".toml" and options.remedy:
        key = "written_after" if case.first_remedy else "written_as_is"
        packs = [in_words(options.lang, one.title) for one in case.book.packs]
        _tell(options, key, file=output.name, packs=text(options.lang, "ui.list_mark").join(packs))
    else:
        _tell(options, "written", file=output.name)


def _tell(options: ProposalOptions, key: str, **values: str) -> None:
    console_of(sys.stderr).print(text(options.lang, f"cli.proposal.{key}", **values))


def _say(entry: dict[str, Any]) -> None:
    sys.stdout.write(_dumped(entry) + "\n")


def _dumped(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, allow_nan=False)
