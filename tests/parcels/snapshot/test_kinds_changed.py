"""One digit that was changed in a proposal, a scenario or a ranking is named when it is verified."""

from __future__ import annotations

import json

import pytest

from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.model import Snapshot, seal
from parcels.snapshot.verify import verify
from tests.parcels.snapshot.kind_samples import permu_sample, proposal_sample, scenarios_sample

CHANGES = [
    (permu_sample, "inputs/table/firms/0/amounts/land", "173/2", "175/2"),
    (permu_sample, "answers/results/0/rows/0/rank", 4, 1),
    (proposal_sample, "inputs/draft/floors/0/3/text", "30,000", "30,001"),
    (proposal_sample, "answers/packs/1/findings/2/measured", 0.675, 0.705),
    (scenarios_sample, "inputs/operations/6/puts/3/width_m", 30, 31),
    (scenarios_sample, "answers/scenarios/1/ledger/lines/2/area_m2", 769982.55, 769982.65),
]


def changed(sample, path, old, new):
    """Return the content of a snapshot with one value changed, and the digest it still states."""
    snapshot = sample()
    content = json.loads(canonical_bytes(snapshot.content))
    *steps, last = (int(one) if one.isdecimal() else one for one in path.split("/"))
    held = content
    for step in steps:
        held = held[step]
    assert held[last] == old
    held[last] = new
    return content, snapshot.digest


@pytest.mark.parametrize("change", CHANGES, ids=[one[1] for one in CHANGES])
def test_a_changed_value_is_named(change):
    content, digest = changed(*change)
    report = verify(Snapshot(content=content, digest=digest))
    assert report.state == "differs"
    assert change[1] in {"/".join(map(str, one.path)) for one in report.differences}


@pytest.mark.parametrize("change", CHANGES[1::2], ids=[one[1] for one in CHANGES[1::2]])
def test_an_answer_that_was_changed_and_sealed_again_is_found(change):
    content, _ = changed(*change)
    report = verify(seal(content))
    named = {"/".join(map(str, one.path)): one for one in report.differences}
    assert (named[change[1]].stated, named[change[1]].found) == (change[3], change[2])
