"""Uses of named features: each row names a feature of the built-in layers and known use groups."""

from __future__ import annotations

import pytest

from layers.landmark_uses import landmark_uses
from layers.load import builtin_features
from parcels.checks.use_groups import group_ids

FEATURES = {feature.id: feature for feature in builtin_features()}


@pytest.mark.parametrize("use", landmark_uses().values(), ids=lambda use: use.id)
def test_a_row_names_a_feature_and_its_groups(use) -> None:
    assert use.name == FEATURES[use.id].name
    assert set(use.groups) <= set(group_ids())
    assert use.groups
    assert use.mark in {"S", "R", "P"}
    assert use.basis["zh"]
    assert use.basis["en"]
    assert not use.wants_clean or "M1" in use.groups


def test_the_named_neighbours_of_the_plan() -> None:
    uses = landmark_uses()
    assert uses["landmark-power-plant"].groups == ("U1",)
    assert uses["landmark-zhongguangxue"].groups == ("M1",)
    assert uses["landmark-zhongguangxue"].wants_clean
    assert "road-xinchen" not in uses
