"""Changes written back: what is read again is the changed proposal, to the last digit."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.proposal.document.drafting import exact_text, put_changes
from parcels.proposal.document.examples import examples
from parcels.proposal.document.reading import read_draft
from parcels.proposal.draft import Draft
from parcels.proposal.functions import function_roles
from parcels.proposal.model import Change, changed

MU = Fraction(2000, 3)
DEMO = examples()["demo"].draft
HUNDREDTHS = st.integers(min_value=0, max_value=10**9).map(lambda n: Fraction(n, 100))
PROMISES = ["investment", "tax", "output", "energy", "emission", "electricity", "green", "covered"]


def change(quantity: str, after: Fraction | bool, function: str = "") -> Change:
    return Change(quantity=quantity, before=Fraction(0), after=after, function=function)


def both(draft: Draft, changes: list[Change]):
    return read_draft(put_changes(draft, changes)), changed(read_draft(draft).proposal, changes)


def test_a_conversion_is_written_as_two_areas() -> None:
    changes = [change("floor:4", Fraction(14_000)), change("floor:0", Fraction(32_000))]
    draft = put_changes(DEMO, changes)
    assert [row["area"] for row in draft.floors[:5]] == [
        "32,000",
        "14,000",
        "10,000",
        "6,000",
        "14,000",
    ]
    assert draft.fields == DEMO.fields
    assert draft.note == DEMO.note


def test_a_new_row_stands_at_the_end() -> None:
    changes = [
        change("floor:6", Fraction("6666.67"), "F_RD"),
        change("floor:7", Fraction(5), "F_TEST"),
    ]
    draft = put_changes(DEMO, changes)
    assert [dict(row) for row in draft.floors[6:]] == [
        {"function": "研发用房", "area": "6,666.67"},
        {"function": "检验检测", "area": "5"},
    ]


def test_land_stays_in_the_unit_in_which_it_is_exact() -> None:
    assert exact_text("site_area", 61 * MU, "60亩") == "61亩"
    assert exact_text("site_area", 60 * MU, "60亩") == "60亩"
    assert exact_text("site_area", Fraction("40000.01"), "60亩") == "40,000.01 m²"
    assert exact_text("site_area", MU * Fraction("60.00001"), "60亩") == "60.00001亩"
    assert exact_text("site_area", Fraction(40_000), "40000㎡") == "40,000 m²"
    assert exact_text("site_area", 61 * MU, "40000㎡") == "61亩"
    assert exact_text("floor:0", Fraction(1, 8)) == "0.125"
    with pytest.raises(ValueError, match="floor:0"):
        exact_text("floor:0", Fraction(1, 3))


def test_blank_rows_and_sum_rows_keep_their_place() -> None:
    rows = (
        {},
        {"function": "研发", "area": "100"},
        {"name": "合计", "area": "300"},
        {"function": "宿舍", "area": "200"},
    )
    draft = Draft(floors=tuple(MappingProxyType(row) for row in rows))
    after = put_changes(draft, [change("floor:1", Fraction(150))])
    assert [row.get("area") for row in after.floors] == [None, "100", "300", "150"]


def test_a_share_of_what_changed_becomes_an_amount() -> None:
    draft = DEMO.put("green", "20%").put("footprint", "40%").put("core_split", "50%")
    changes = [change("site_area", 70 * MU), change("floor:0", Fraction(32_000))]
    reading, expected = both(draft, changes)
    assert reading.proposal == expected
    assert reading.proposal.exact("green") == 8_000


def test_a_stated_total_that_was_right_stays_right() -> None:
    draft = (
        DEMO.put("gfa_total", "80000").put("gfa_counted", "8万㎡").put("gfa_above_ground", "9万")
    )
    changes = [change("floor:4", Fraction("13142.85"))]
    after = put_changes(draft, changes)
    assert after.fields["gfa_total"] == after.fields["gfa_counted"] == "77,142.85 m²"
    assert after.fields["gfa_above_ground"] == "9万"
    reading, expected = both(draft, changes)
    assert reading.proposal == expected
    assert [fault.where for fault in reading.faults] == ["gfa_above_ground"]


def test_a_row_may_become_empty() -> None:
    reading, expected = both(DEMO, [change("floor:4", Fraction(0))])
    assert reading.proposal == expected
    assert not reading.faults


@settings(max_examples=60, deadline=None)
@given(
    floors=st.dictionaries(st.integers(0, 5), HUNDREDTHS, max_size=6),
    new=st.lists(st.tuples(st.sampled_from([*function_roles()]), HUNDREDTHS), max_size=3),
    site=st.none() | HUNDREDTHS.filter(bool).map(lambda mu: mu * MU) | HUNDREDTHS.filter(bool),
    promises=st.dictionaries(st.sampled_from(PROMISES), HUNDREDTHS, max_size=4),
    jobs=st.none() | st.integers(0, 10**6),
    answer=st.none() | st.booleans(),
    share=st.sampled_from(["", "20%", "8000㎡"]),
)
def test_reading_what_was_put_gives_the_changed_proposal(
    floors, new, site, promises, jobs, answer, share
) -> None:
    changes = [change(f"floor:{at}", area) for at, area in floors.items()]
    changes += [change(f"floor:{6 + at}", area, name) for at, (name, area) in enumerate(new)]
    changes += [change("site_area", site)] if site else []
    changes += [change(name, value) for name, value in promises.items()]
    changes += [change("jobs", Fraction(jobs))] if jobs is not None else []
    changes += [change("support_may_be_split", answer)] if answer is not None else []
    draft = DEMO.put("footprint", share)
    reading, expected = both(draft, changes)
    if not reading.faults:
        assert reading.proposal == expected
