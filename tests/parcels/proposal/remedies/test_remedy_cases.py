"""Remedies, distances and conflicts as computed by hand; a case file is all that a new one needs."""

from __future__ import annotations

from typing import Any

import pytest

from parcels.proposal.remedies.constraints import is_broken
from tests.parcels.proposal.remedies.remedy_cases import advice, cases, freedom, number, told

CASES = cases()
each = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def _value(typed: Any) -> Any:
    return number(typed) if isinstance(typed, str) else typed


@each
def test_the_changes_are_those_computed_by_hand(case: dict[str, Any]) -> None:
    found = [
        {"kind": one.kind, "cost": one.cost, "after": told(one.changes)}
        for one in advice(case).remedies
    ]
    wanted = [
        {
            "kind": one["kind"],
            "cost": number(one["cost"]),
            "after": {name: _value(typed) for name, typed in one["after"].items()},
        }
        for one in case.get("remedy", ())
    ]
    assert found == wanted


@each
def test_the_conflict_is_the_one_found_by_hand(case: dict[str, Any]) -> None:
    found = advice(case)
    assert found.conflict == tuple(case.get("conflict", ()))
    assert found.unknown == tuple(case.get("unknown", ()))
    assert found.withheld == tuple(case.get("withheld", ()))


@each
def test_distances_are_those_computed_by_hand(case: dict[str, Any]) -> None:
    if "distance" not in case:
        return
    found = [
        {
            "rule": one.rule,
            "lever": one.move.lever,
            "source": one.move.source,
            "target": one.move.target,
            "amount": one.move.amount,
        }
        for one in advice(case).distances
    ]
    wanted = [
        {"source": "", "target": ""} | one | {"amount": number(one["amount"])}
        for one in case["distance"]
    ]
    assert found == wanted


@each
def test_every_remedy_is_confirmed_by_the_checks(case: dict[str, Any]) -> None:
    for remedy in advice(case).remedies:
        results = [one for verdict in remedy.verdicts for one in verdict.results]
        assert not [one.applied.id for one in results if is_broken(one)]
        open_still = {one.applied.id for one in results if one.outcome == "unknown"}
        assert set(case.get("unknown", ())) <= open_still


@each
def test_moves_add_up_to_the_changes(case: dict[str, Any]) -> None:
    answers = case.get("answers", {})
    for remedy in advice(case).remedies:
        moved: dict[str, Any] = {}
        for move in remedy.moves:
            assert move.amount != 0
            if move.source:
                moved[move.source] = moved.get(move.source, 0) - move.amount
            if move.target:
                moved[move.target] = moved.get(move.target, 0) + move.amount
        stated = {one.quantity: one.after - one.before for one in remedy.changes}
        totals = {"gfa_total", "gfa_above_ground"}
        assert {name: stated[name] for name in stated if name not in totals} == moved
        assert all(name in answers for name in stated if name.startswith(("support_", "core_may")))
        allowed = freedom(case)
        assert {move.lever for move in remedy.moves} <= allowed.levers
        assert allowed.locked.isdisjoint(stated)


def test_there_are_cases() -> None:
    assert len(CASES) >= 30
