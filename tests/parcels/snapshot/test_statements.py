"""Many findings are kept as statements and rows, and say the same as one entry each."""

from __future__ import annotations

import pytest

from parcels.snapshot.review import answers
from parcels.snapshot.review.kind import parts
from parcels.snapshot.review.statements import findings_of
from tests.parcels.snapshot.samples import case_of_survey, table_two, table_two_case
from tests.parcels.survey_samples import troubled_survey


@pytest.mark.parametrize("case", [table_two_case, lambda: case_of_survey(troubled_survey())])
def test_both_ways_of_keeping_findings_say_the_same(case, monkeypatch):
    listed = parts(case(), "zh")
    monkeypatch.setattr(answers, "MOST_ENTRIES", 3)
    kept = parts(case(), "zh")
    assert kept["answers"]["findings"] is None
    assert list(findings_of(kept)) == list(findings_of(listed)) == listed["answers"]["findings"]
    rest = {"findings", "said", "rows"}
    for name in listed["answers"].keys() - rest:
        assert kept["answers"][name] == listed["answers"][name]


def test_counts_of_parcels_are_those_of_their_findings():
    content = table_two().content
    for parcel in content["parcels"]:
        own = [one["outcome"] for one in findings_of(content) if one["key"] == parcel["key"]]
        assert {name: own.count(name) for name in parcel["counts"]} == parcel["counts"]
