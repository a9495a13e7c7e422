"""A report of a snapshot, by its name."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

from geo.errors import PlannerError
from parcels.report.given import Given
from parcels.report.model import REPORTS, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from parcels.report.given import Entry
    from parcels.report.model import Block, ReportName
    from parcels.snapshot.model import KindName, Snapshot

MOST_PARCELS = 300
"""In one report: some four pages each."""
_SHORT = 8
_KINDS: Mapping[ReportName, KindName] = {
    "opinion": "review",
    "points": "review",
    "balance": "scenarios",
    "memo": "proposal",
    "ranking": "permu",
}


def reports_of(kind: KindName) -> tuple[ReportName, ...]:
    """List the reports that a kind of snapshot has."""
    return tuple(name for name in REPORTS if _KINDS[name] == kind)


def report(snapshot: Snapshot, name: str, *, parcels: Sequence[str] | None = None) -> Report:
    """Make a report of a snapshot; the same snapshot gives the same report.

    Parameters
    ----------
    snapshot : Snapshot
        Of any level.
    name : str
        ``opinion``, ``points``, ``balance``, ``memo`` or ``ranking``.
    parcels : sequence of str, optional
        Keys of the parcels of a review, in their order; None: those that the snapshot is about.

    Returns
    -------
    Report
        Numbers are rounded, sentences are in the language of the snapshot.

    Raises
    ------
    PlannerError
        ``report_unknown``, ``report_other_kind``, ``report_parcel_unknown``,
        ``report_content``, ``report_nothing``, ``report_too_many``, and those of the report.
    """
    if name not in REPORTS:
        raise PlannerError("report_unknown", name=name, known=list(REPORTS))
    given = Given(
        content=snapshot.content,
        digest=snapshot.digest,
        keys=None if parcels is None else frozenset(parcels),
    )
    try:
        return _made(given, snapshot, name, parcels)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        # A content that somebody sealed anew may have any shape; ours always has its own.
        raise PlannerError("report_content", problem=f"{type(error).__name__}: {error}") from error


def _made(given: Given, snapshot: Snapshot, name: str, parcels: Sequence[str] | None) -> Report:
    known: ReportName = next(one for one in REPORTS if one == name)
    if _KINDS[known] != snapshot.kind:
        raise PlannerError(
            "report_other_kind",
            name=given.say(f"title.{name}"),
            kind=given.say(f"kind.{snapshot.kind}"),
            wanted=given.say(f"kind.{_KINDS[known]}"),
        )
    chosen = _chosen(given, parcels) if snapshot.kind == "review" else []
    if len(chosen) > MOST_PARCELS:
        raise PlannerError("report_too_many", count=len(chosen), most=MOST_PARCELS)
    # A module parcels.report.<name> offers a function of its own name.
    module = import_module(f"parcels.report.{name}")
    make = cast("Callable[[Given, Sequence[Entry]], Iterator[Block]]", getattr(module, name))
    blocks = tuple(make(given, chosen))
    title = module.title(given) if hasattr(module, "title") else given.say(f"title.{name}")
    return _report(given, known, title, blocks)


def _report(given: Given, name: ReportName, title: str, blocks: tuple[Block, ...]) -> Report:
    content = given.content
    level, disclaimer = content["level"], str(content.get("disclaimer") or "")
    return Report(
        name=name,
        lang=given.lang,
        level=level,
        title=title,
        subtitle=given.cell(content.get("title")).text,
        digest=given.digest,
        made_at=_time(content["made"]["at"]),
        disclaimer=disclaimer,
        watermark="" if level == "internal" else disclaimer,
        foot=(
            disclaimer,
            given.say("foot.as_of", day=content.get("as_of") or given.unknown),
            given.say("foot.digest", digest=given.digest[:_SHORT]),
        ),
        blocks=blocks,
    )


def _time(at: str) -> str:
    """Return the time of a snapshot as it is; a ValueError where it is none with a zone."""
    if datetime.fromisoformat(at).tzinfo is None:
        raise ValueError(at)
    return at


def _chosen(given: Given, keys: Sequence[str] | None) -> list[Entry]:
    """Return the parcels that were asked for, in the order of the review."""
    if keys is None:
        chosen = [one for one in given.parcels if one.get("selected", True)]
    else:
        known = {str(one["key"]) for one in given.parcels}
        for key in keys:
            if key not in known:
                raise PlannerError("report_parcel_unknown", value=key, known=sorted(known))
        chosen = [one for one in given.parcels if one["key"] in set(keys)]
    if not chosen:
        raise PlannerError("report_nothing")
    return chosen
