"""Every index on figures that were worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from parcels.expansion.model import INDEX_IDS
from parcels.expansion.wording import detail_text
from tests.parcels.expansion.expansion_cases import ALL, measured

# Long edges of layers are straight in degrees: some centimetres beside those of the plane.
CLOSE = {"exact": {"rel": 2e-6, "abs": 2e-6}, "layers": {"rel": 1e-4, "abs": 1e-4}}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_a_case_is_as_worked_out(case: dict[str, Any]) -> None:
    found = measured(case["name"])
    by_id = {one.id: one for one in found}
    assert [one.id for one in found] == [one for one in INDEX_IDS if one != "E_BATTY"]
    close = CLOSE["layers" if "layers" in case else "exact"]
    for name, wanted in case["expect"].items():
        index = by_id[name]
        for key in ("outcome", "grade", "cause", "reason"):
            if key in wanted:
                assert (getattr(index, key) or "") == wanted[key], (name, key)
        for key in ("value", "low", "high"):
            if key in wanted:
                _same(getattr(index, key), wanted[key], close)
        if "needs" in wanted:
            assert list(index.needs) == wanted["needs"]
        shown = [detail_text("zh", one) for one in index.details]
        begun = wanted.get("details", ())
        assert [one for one in begun if not any(line.startswith(one) for line in shown)] == []


def _same(found: float | None, wanted: float | str, close: dict[str, float]) -> None:
    assert found == (math.inf if wanted == "open" else pytest.approx(wanted, **close))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_an_unknown_says_why_and_what_would_settle_it(case: dict[str, Any]) -> None:
    for index in measured(case["name"]):
        if index.outcome == "unknown":
            assert index.cause
            assert index.needs
            assert index.reason
        else:
            assert (index.cause, index.needs) == ("", ())
        if index.value is not None and index.low is not None and index.high is not None:
            assert index.low <= index.value <= index.high


def test_every_index_has_a_case() -> None:
    tested = {name for case in ALL for name in case["expect"]}
    assert set(INDEX_IDS) - tested == {"E_BATTY"}
