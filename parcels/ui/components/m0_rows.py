"""Verdicts of several packs as a table: groups of lines, those without news folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.finding_words import rule_title
from parcels.messages import messages, text
from parcels.proposal.model import FLOOR
from parcels.proposal.reports.comparison import (
    cell_words,
    comparison,
    own_words,
    worst_first,
)
from parcels.proposal.reports.report import denominator_of
from parcels.rule_words import in_words, metric_words
from parcels.ui.components.m0_far import with_two_decimals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.proposal.model import Proposal
    from parcels.proposal.reports.comparison import Line
    from parcels.proposal.verdict import PackVerdict, RuleResult

Told = dict[str, Any]
WHOLES = ("gfa_total", "gfa_above_ground", "gfa_counted")
"""Floor areas that shares refer to."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "mixing": (
        "core_gfa_share",
        "support_gfa_share",
        "retail_gfa_share",
        "dorm_apt_gfa_share",
        "adm_gfa_share",
        "rd_gfa_share",
        "adm_land_share",
        "mixed_gfa_share",
        "core_functions",
        "functions",
        "mixing",
    ),
    "density": ("far", "density", "bldg_coef", "green_ratio", "height_m", "area_mu"),
    "yield": ("inv_intensity", "tax_mu", "out_mu", "rev_mu", "va_mu", "energy_per_va"),
    "split": (
        "planned_class",
        "converted_from",
        "support_may_be_split",
        "core_may_be_split",
        "core_split_share",
        "min_split_unit_m2",
    ),
    "zone": (
        "m0_area_share",
        "new_land_quota_mu",
        "ordinary_supply_share",
        "block_industrial_share",
    ),
    "more": (),
}
_PLACE = {
    metric: (at, within)
    for at, metrics in enumerate(GROUPS.values())
    for within, metric in enumerate(metrics)
}
_LAST = (len(GROUPS) - 1, 0)
_SILENT = {"unknown", "not_applicable"}
_FOLDS = ("unknown", "pass", "not_applicable")


def result_id(verdict: PackVerdict, result: RuleResult) -> str:
    """Name a result in the address: its rule, and which of several answers of that rule."""
    same = [one for one in verdict.results if one.applied.id == result.applied.id]
    at = next(at for at, one in enumerate(same) if one is result)
    return f"{result.applied.id}.{at}" if at else result.applied.id


def find_result(
    verdicts: Sequence[PackVerdict], name: str
) -> tuple[PackVerdict, RuleResult] | None:
    """Return the result of a name, with its pack; None: there is none."""
    for verdict in verdicts:
        for one in verdict.results:
            if one.applied.id == name.partition(".")[0] and result_id(verdict, one) == name:
                return verdict, one
    return None


def table_of(
    lang: str, proposal: Proposal, verdicts: Sequence[PackVerdict], faulty: frozenset[str]
) -> Told:
    """Return the table as words: heads, the total of each pack, groups of lines.

    Lines that wait for a quantity in ``faulty`` stay in sight: somebody is typing it.
    """
    lines = sorted(comparison(verdicts), key=_order)
    groups = []
    for at, name in enumerate(GROUPS):
        told = [one for one in lines if _order(one)[0] == at]
        if told:
            groups.append(_group(lang, proposal, verdicts, (name, told), faulty))
    return {
        "words": {
            "rule": text(lang, "ui.m0.column_rule"),
            "own": text(lang, "ui.m0.column_own"),
            "total": text(lang, "ui.m0.total"),
            "none": "—",
            "explain": text(lang, "ui.m0.explain"),
        },
        "packs": [
            {
                "id": f"pack:{one.pack.id}",
                "title": in_words(lang, one.pack.title),
                "outcome": one.outcome,
                "word": _verdict_words(lang, one.outcome),
            }
            for one in verdicts
        ],
        "groups": groups,
    }


def _verdict_words(lang: str, outcome: str) -> str:
    return f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}"


def _group(
    lang: str,
    proposal: Proposal,
    verdicts: Sequence[PackVerdict],
    group: tuple[str, Sequence[Line]],
    faulty: frozenset[str],
) -> Told:
    name, lines = group
    told: dict[str, list[Told]] = {kind: [] for kind in ("", *_FOLDS)}
    for line in lines:
        kind = "" if _waits_for(line, proposal, faulty) else _fold(line)
        told[kind].append(_row(lang, proposal, verdicts, line))
    folds = [
        {
            "id": f"{name}.{kind}",
            "style": kind,
            "more": text(
                lang,
                f"ui.m0.folded_{kind}",
                count=len(told[kind]),
                names=list(dict.fromkeys(row["title"] for row in told[kind])),
            ),
            "rows": told[kind],
        }
        for kind in _FOLDS
        if told[kind]
    ]
    return {"title": text(lang, f"ui.m0.rows_{name}"), "rows": told[""], "folds": folds}


def _fold(line: Line) -> str:
    """Say why a line is left aside; "" where it is not.

    What no pack decides, what no pack is about, and functions that a table simply lets in.
    """
    outcomes = {one.outcome for cell in line.cells for one in cell}
    if outcomes == {"not_applicable"}:
        return "not_applicable"
    if outcomes <= _SILENT:
        return "unknown"
    is_let_in = line.first.applied.rule.op == "matrix" and line.first.ratio is None
    return "pass" if is_let_in and outcomes == {"pass"} else ""


def _waits_for(line: Line, proposal: Proposal, faulty: frozenset[str]) -> bool:
    """Whether somebody is about to say what a line lacks: rows of floor area, or a faulty field."""
    measured, ratio = line.first.measured, line.first.ratio
    if measured is None or ratio is None:
        return False
    asked = {*ratio.above, *ratio.below}
    has_begun = any(one.startswith(f"{FLOOR}:") and one in proposal.amounts for one in asked)
    return has_begun or bool(faulty & set(measured.missing))


def _row(lang: str, proposal: Proposal, verdicts: Sequence[PackVerdict], line: Line) -> Told:
    cells = [
        [
            {
                "id": result_id(verdict, one),
                "outcome": one.outcome,
                "word": limit_cell(lang, one),
                "title": rule_title(lang, one.applied),
            }
            for one in worst_first(cell)
        ]
        for verdict, cell in zip(verdicts, line.cells, strict=True)
    ]
    return {
        "title": _title(lang, line),
        "full": rule_title(lang, line.first.applied),
        "whole": _whole(lang, line),
        "own": with_two_decimals(
            own_words(lang, proposal, line), (one for cell in line.cells for one in cell)
        ),
        "is_known": line.first.measured is None or line.first.measured.low is not None,
        "cells": cells,
    }


def limit_cell(lang: str, result: RuleResult) -> str:
    """Write sign and limit; a range needs no word before it."""
    return cell_words(lang, result).replace(f"{text(lang, 'op.between')} ", "")


def _title(lang: str, line: Line) -> str:
    result = line.first
    if result.applied.rule.op != "matrix":
        return short_title(lang, result.applied.rule.metric)
    words = result.finding.values.get("words")
    names = list(words[lang]) if words else []
    if not names:
        return rule_title(lang, result.applied)
    return text(lang, "ui.m0.together", names=names) if len(names) > 1 else names[0]


def short_title(lang: str, metric: str) -> str:
    """Name a measure in a few characters, where it has such a name."""
    return messages(lang).get(f"ui.m0.short_{metric}") or metric_words(lang, metric) or metric


def _whole(lang: str, line: Line) -> str:
    """Name in short which floor areas a share refers to; "" for what is no such share."""
    found = dict.fromkeys(denominator_of(one) for cell in line.cells for one in cell)
    named = [text(lang, f"ui.m0.{one}") for one in WHOLES if one in found]
    return text(lang, "ui.m0.wholes", names=named) if named else ""


def _order(line: Line) -> tuple[int, int]:
    return _PLACE.get(line.first.applied.rule.metric, _LAST)
