"""Snapshots of the real 表2 and of a survey made by hand, for every test that needs one."""

from __future__ import annotations

from datetime import date
from functools import cache

from layers.load import load_sources
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.map_scene import reference_groups
from parcels.review import TABLE_TWO, Review
from parcels.rules.load import rule_book
from parcels.snapshot.building import Head, build
from parcels.snapshot.review.opening import plan_case, survey_case
from parcels.subjects import plan_parcels, survey_parcels
from parcels.workspace import load_reference, solve_rows
from tests.parcels.survey_samples import survey

DAY = date(2026, 11, 22)
AT = "2026-11-22T08:00:00Z"


def head(title, *, lang="zh", **given):
    return Head(title=title, lang=lang, at=AT, app="0.7.0", **given)


@cache
def table_two_case(lang="zh"):
    """Return the nine rows of the plan on the built-in network, default packs, no layers."""
    reference = load_reference()
    planned = solve_rows(reference.rows, reference.network)
    given = CheckInput(parcels=plan_parcels(planned), book=rule_book(DAY))
    review = Review(
        batch=TABLE_TWO, title="表2", numbered=False, given=given, assessment=assess(given)
    )
    under = reference_groups(reference, load_sources(), lang)
    return plan_case(review, planned, day=DAY, lang=lang, reference=reference, under=under)


@cache
def table_two(lang="zh"):
    return build("review", table_two_case(lang), head("地块报批计划 表2", lang=lang))


def case_of_survey(read, *, lang="zh", overlays=None, **said):
    """Review a survey by the default packs, with the layers that are given."""
    parcels = survey_parcels(read, scheme="mnr2023")
    given = CheckInput(parcels=parcels, book=rule_book(DAY), overlays=overlays or {})
    review = Review(batch=read.digest, title=read.file, given=given, assessment=assess(given))
    return survey_case(review, read, day=DAY, lang=lang, **said)


@cache
def two_parcels(lang="zh"):
    """Return the worked example of the exchange format: two surveyed parcels, one with a hole."""
    return build("review", case_of_survey(survey(), lang=lang), head("示例勘测", lang=lang))
