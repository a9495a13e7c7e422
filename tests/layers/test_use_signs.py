from __future__ import annotations

import csv

import pytest

from layers.codes import code_table
from layers.load import DATA
from layers.style import USES
from layers.use_signs import use_sign


@pytest.mark.parametrize(
    ("code", "scheme", "use"),
    [
        ("M1", "gb50137", "industrial"),
        ("M0", "gb50137", "m0"),
        ("R22", "gb50137", "residential"),
        ("1001", "mnr2023", "industrial"),
        ("1001", "gbt21010", "road"),
        ("070102", "mnr2023", "residential"),
        ("0810", "gbt21010", "green"),
        ("0805", "gbt21010", "public"),
        ("01", "mnr2023", "unknown"),
        ("M1", "mnr2023", "unknown"),
        ("M1", "", "unknown"),
        ("", "gb50137", "unknown"),
    ],
)
def test_a_class_is_drawn_as_the_nearest_one_above_it_that_has_a_sign(code, scheme, use):
    assert use_sign(code, scheme) == use


def test_every_sign_is_of_a_known_class_and_can_be_drawn():
    with (DATA / "use_signs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["code"] in code_table(row["scheme"])
            assert row["use"] in USES
