"""What the reading process saves is what the parent loads."""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa
import pytest
import shapely

from geo.errors import PlannerError
from geo.read.parsed import Fault, Parsed, save_error
from geo.survey.model import Answers
from geo.survey.pipeline import Context, survey_of
from geo.survey.record import load_survey, save_survey

BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


def survey(**more):
    shapes = [shapely.box(112.5, 33.0, 112.501, 33.001), BOW_TIE, None]
    shapes[1] = shapely.affinity.translate(shapely.affinity.scale(BOW_TIE, 1e-3, 1e-3), 112.5, 33)
    parsed = Parsed(
        table=pa.table({"DKBH": ["甲", "乙", None], "MJ_MU": ["15.5", "x", ""]}),
        wkb=pa.array([None if one is None else shapely.to_wkb(one) for one in shapes]),
        crs="EPSG:4490",
        skipped=(Fault(code="other", where="layer:注记", values={"count": 3}),),
    )
    return survey_of(parsed, Context(file="a.geojson", format="geojson", digest="0", **more))


@pytest.mark.parametrize("repair", [False, True])
def test_a_survey_comes_back_whole(tmp_path, repair: bool) -> None:
    made = survey(answers=Answers(repair=repair))
    save_survey(made, tmp_path)
    loaded = load_survey(tmp_path)
    for one in fields(made):
        assert getattr(loaded, one.name) == getattr(made, one.name), one.name
    assert made.features == 6
    expected = (2, 1, 1) if repair else (1, 2, 1)
    assert (len(made.parcels), len(made.rejected), len(made.skipped)) == expected
    assert made.repairs[0].applied == repair


def test_an_error_comes_back_as_it_was(tmp_path) -> None:
    save_error(PlannerError("survey_empty", x=1), tmp_path)
    with pytest.raises(PlannerError, match="survey_empty"):
        load_survey(tmp_path)
