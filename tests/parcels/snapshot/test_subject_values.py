"""Parcels as values of JSON: every number, shape and cell comes back as it was."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace

import numpy as np
import pytest
import shapely

from parcels.checks.subject import Parcels, QualityFinding, Use
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.subject_values import (
    overlays_from_plain,
    overlays_to_plain,
    parcels_from_plain,
    parcels_to_plain,
)
from parcels.subjects import plan_parcels, survey_parcels
from parcels.workspace import load_reference, solve_rows
from tests.parcels.checks.overlay_samples import objects
from tests.parcels.snapshot.kind_samples import farmland
from tests.parcels.survey_samples import survey

BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
ODD = Parcels(
    ids=("=1+1", ""),
    names=("<b>\u2028", "\x07"),
    shapes=objects([BOW_TIE, None]),
    places=objects([None, shapely.Polygon()]),
    geometry_class=("surveyed", ""),
    accuracy_m=np.array([np.inf, np.nan]),
    uses=(Use(text="工业", groups=("M1", "M2"), problem="class_open"), Use()),
    declared_m2=np.array([-0.0, 1e300]),
    declared_texts=("−0", "1e300"),
    attributes={"b": [1.0, None], "a": [math.nan, True], "": ["x", 2**60]},
    quality={1: [QualityFinding(code="Q_X", severity="warn", value=3.0, limit=math.nan)]},
    plane_m2=np.array([0.1 + 0.2, np.nan]),
    bounds_by_words=({"S": ("纬二路",), "N": ()}, {}),
    twins=((1,), ()),
)


def planned():
    reference = load_reference()
    return plan_parcels(solve_rows(reference.rows, reference.network))


@pytest.mark.parametrize(
    "make",
    [lambda: ODD, planned, lambda: survey_parcels(survey(), scheme="mnr2023")],
    ids=["odd", "table two", "survey"],
)
def test_parcels_come_back(make):
    parcels = make()
    back = parcels_from_plain(json.loads(canonical_bytes(parcels_to_plain(parcels))), "inputs")
    for one in fields(Parcels):
        given, read = getattr(parcels, one.name), getattr(back, one.name)
        if one.name in {"shapes", "places"}:
            given, read = (shapely.to_wkb(some, hex=True).tolist() for some in (given, read))
        assert repr(_plain(read)) == repr(_plain(given)), one.name


def _plain(value):
    """Give columns as lists, with the type of every cell and the order of every mapping."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def test_layers_come_back_in_their_order():
    layers = {"farmland": farmland(), "arable": replace(farmland(), kind="arable")}
    plain = json.loads(canonical_bytes(overlays_to_plain(layers)))
    back = overlays_from_plain(plain, "inputs.layers")
    assert list(back) == ["farmland", "arable"]
    for kind, layer in layers.items():
        assert back[kind].attributes == layer.attributes
        assert shapely.equals_exact(back[kind].shapes, layer.shapes).all()
