"""What ``snapshot create`` makes a snapshot of: plots, a proposal, scenarios, a ranking."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from geo.errors import PlannerError
from parcels.cli_check import CheckOptions, assessed, opened_book
from parcels.cli_files import Source, console_of, reader
from parcels.cli_options import as_of_day
from parcels.clock import utc_now
from parcels.messages import text
from parcels.overlay_options import parse_layer_options
from parcels.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.scene import LayerGroup
    from parcels.checks.subject import Parcels
    from parcels.review import Review
    from parcels.snapshot.model import KindName, Level

_ADDED_PACK = "expansion"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOptions:
    """What the user typed after ``snapshot create``; see ``docs/cli.md``."""

    check: CheckOptions = field(default_factory=CheckOptions)
    select: tuple[str, ...] = ()
    proposal: Path | None = None
    scenarios: tuple[str, ...] = ()
    permu: Path | None = None
    schemes: tuple[str, ...] = ()
    store: str | None = None
    level: Level = "internal"
    title: str | None = None
    at: str | None = None
    by: str = ""
    output: Path
    force: bool = False
    lang: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A case of a kind, and what it is called unless the user says otherwise."""

    kind: KindName
    case: Any
    title: str


def made_at(typed: str | None) -> str:
    """Return the moment of making, UTC to the second; without one, now.

    Raises
    ------
    PlannerError
        ``snapshot_at_unreadable``: no moment, or one without its zone.
    """
    if typed is None:
        return utc_now()
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise PlannerError("snapshot_at_unreadable", value=typed) from error
    if moment.tzinfo is None:
        raise PlannerError("snapshot_at_unreadable", value=typed)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rules_day(options: CreateOptions) -> date:
    """Return the day of the rules: as typed, else that of ``--at``, else today."""
    if options.check.as_of is None and options.at is not None:
        return date.fromisoformat(made_at(options.at)[:10])
    return as_of_day(options.check.as_of)


def subject_of(options: CreateOptions) -> Subject:
    """Open what was named; without anything the rows of 表2.

    Raises
    ------
    PlannerError
        ``snapshot_one_subject`` where several were named, ``snapshot_select_unknown``, and those
        of the commands ``check``, ``proposal``, ``expansion`` and ``permu``.
    """
    named = [options.check.file, options.proposal, options.permu, options.scenarios or None]
    if sum(one is not None for one in named) > 1:
        raise PlannerError("snapshot_one_subject")
    if options.proposal is not None:
        return _proposal(options, options.proposal)
    if options.permu is not None:
        return _permu(options, options.permu)
    if options.scenarios:
        return _scenarios(options)
    return _review(options)


def _review(options: CreateOptions) -> Subject:
    return _plan(options) if options.check.file is None else _survey(options, options.check.file)


def _plan(options: CreateOptions) -> Subject:
    from parcels.review import TABLE_TWO
    from parcels.snapshot.review.opening import plan_case
    from parcels.subjects import plan_parcels
    from parcels.workspace import load_reference, solve_rows

    reference = load_reference()
    planned = solve_rows(reference.rows, reference.network)
    title = text(options.lang, "ui.review.table_two")
    named = {"batch": TABLE_TWO, "title": title, "numbered": False}
    review = _assessed(options, plan_parcels(planned), **named)
    case = plan_case(
        review,
        planned,
        day=rules_day(options),
        lang=options.lang,
        reference=reference,
        under=_under(options.lang),
        selected=_selected(review, options.select),
    )
    return Subject(kind="review", case=case, title=title)


def _survey(options: CreateOptions, file: Path) -> Subject:
    from parcels.snapshot.review.opening import survey_case
    from parcels.subjects import require_schemes, survey_parcels

    survey = reader(options.check.survey)(Source(path=file, shown=file.name))
    if not survey.parcels.num_rows:
        raise PlannerError("check_no_parcels", file=survey.file, rejected=len(survey.rejected))
    parcels = survey_parcels(survey, scheme=options.check.scheme)
    require_schemes(parcels)
    review = _assessed(options, parcels, batch=survey.digest, title=survey.file, numbered=True)
    case = survey_case(
        review,
        survey,
        day=rules_day(options),
        lang=options.lang,
        under=_under(options.lang),
        selected=_selected(review, options.select),
    )
    return Subject(kind="review", case=case, title=survey.file)


def _assessed(options: CreateOptions, parcels: Parcels, **named: Any) -> Review:
    """Assess plots by the packs and layers that the options name."""
    from parcels.checks.model import CheckInput
    from parcels.review import Review

    check = options.check
    given = CheckInput(
        parcels=parcels,
        book=opened_book(check, rules_day(options)),
        overlays=parse_layer_options(check.layers, crs=check.layer_crs, covers=check.covers),
    )
    return Review(given=given, assessment=assessed(given, check, console_of(sys.stderr)), **named)


def _under(lang: str) -> tuple[LayerGroup, ...]:
    """Return the built-in layers, as the pages draw them under the plots."""
    from layers.load import load_sources
    from parcels.map_scene import reference_groups
    from parcels.workspace import load_reference

    language = cast("Literal['zh', 'en']", lang)
    return tuple(reference_groups(load_reference(), load_sources(), language))


def _selected(review: Review, named: Sequence[str]) -> tuple[int, ...] | None:
    """Find the plots that were named, by key or by id."""
    if not named:
        return None
    ids = review.given.parcels.ids
    places: dict[str, list[int]] = {}
    for at, one in enumerate(ids):
        places.setdefault(one, []).append(at)
    places |= {review.key(at): [at] for at in range(len(ids)) if review.key(at) not in places}
    unknown = [one for one in named if one not in places]
    if unknown:
        raise PlannerError("snapshot_select_unknown", value=unknown[0], known=list(places))
    return tuple(sorted({at for one in named for at in places[one]}))


def _proposal(options: CreateOptions, file: Path) -> Subject:
    from parcels.cli_proposal import DEFAULT_PACKS
    from parcels.snapshot.proposal.opening import proposal_file_case

    book = opened_book(options.check, rules_day(options), usual=DEFAULT_PACKS)
    return Subject(kind="proposal", case=proposal_file_case(file, book), title=file.name)


def _permu(options: CreateOptions, file: Path) -> Subject:
    from parcels.snapshot.permu.opening import permu_file_case

    case = permu_file_case(file, schemes=options.schemes, day=rules_day(options))
    return Subject(kind="permu", case=case, title=file.name)


def _scenarios(options: CreateOptions) -> Subject:
    from parcels.rules.load import all_packs
    from parcels.snapshot.scenarios.opening import stored_scenarios_case
    from parcels.storage.access import SINGLE_DESK
    from parcels.storage.store import open_store

    check, settings = options.check, load_settings()
    usual = [one.id for one in all_packs(settings.pack_folders).values() if one.default]
    with_indices = tuple(dict.fromkeys([*usual, _ADDED_PACK]))
    book = opened_book(check, rules_day(options), usual=with_indices)
    overlays = parse_layer_options(check.layers, crs=check.layer_crs, covers=check.covers)
    store = open_store(options.store or settings.store_address)
    if not store.database.exists():
        raise PlannerError("store_missing", file=store.database.address.name)
    case = stored_scenarios_case(
        store,
        SINGLE_DESK,
        options.scenarios,
        book=book,
        overlays=overlays,
        under=_under(options.lang),
    )
    names = [line.scenario.name for line in case.lines]
    return Subject(
        kind="scenarios", case=case, title=text(options.lang, "ui.list_mark").join(names)
    )
