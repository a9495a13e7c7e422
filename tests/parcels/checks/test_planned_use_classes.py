"""What a planned class takes in, over schemes and open readings."""

from __future__ import annotations

import pytest

from layers.codes import SCHEMES, code_table
from parcels.checks.over_layers.plan import VERDICTS, PlanClass, verdict
from parcels.checks.use_groups import use_of


def said(use, code, scheme):
    found = code_table(scheme).get(code)
    return verdict(
        use_of(*use), PlanClass(code=code, scheme=scheme, name=found.name if found else "")
    )


@pytest.mark.parametrize(
    ("use", "code", "scheme", "expected"),
    [
        (("", None, "工业"), "M", "gb50137", "match"),
        (("", None, "工业"), "1001", "mnr2023", "match"),
        (("", None, "工业"), "0601", "gbt21010", "match"),
        (("", None, "工业"), "1001", "gbt21010", "differs"),
        (("", None, "工业"), "0601", "mnr2023", "differs"),
        (("", None, "工业"), "M3", "gb50137", "accommodated"),
        (("", None, "工业"), "100101", "mnr2023", "class_open"),
        (("", None, "工业"), "10", "mnr2023", "plan_unknown"),
        (("", None, "工业"), "07", "mnr2023", "differs"),
        (("", None, "仓储"), "W", "gb50137", "match"),
        (("", None, "仓储"), "1101", "mnr2023", "match"),
        (("", None, "仓储"), "1101", "gbt21010", "differs"),
        (("", None, "居住"), "R2", "gb50137", "match"),
        (("", None, "居住"), "0701", "gbt21010", "match"),
        (("", None, "居住"), "R22", "gb50137", "plan_unknown"),
        (("R22", "gb50137", ""), "R2", "gb50137", "match"),
        (("090101", "mnr2023", ""), "0901", "mnr2023", "match"),
        (("100101", "mnr2023", ""), "100101", "mnr2023", "match"),
        (("100102", "mnr2023", ""), "M1", "gb50137", "differs"),
        (("M0", "gb50137", ""), "M", "gb50137", "local"),
        (("M0", "gb50137", ""), "M0", "gb50137", "match"),
        (("M0", "gb50137", ""), "100101", "mnr2023", "local"),
        (("", None, "新型产业"), "R2", "gb50137", "differs"),
        (("M1", "gb50137", ""), "16", "mnr2023", "blank"),
        (("M1", "gb50137", ""), "0101", "mnr2023", "differs"),
        (("M1", "gb50137", ""), "1701", "mnr2023", "differs"),
        (("0601", "mnr2023", ""), "0601", "mnr2023", "match"),
        (("1001", "", ""), "1001", "mnr2023", "use_without_scheme"),
        (("", None, "梦幻"), "1001", "mnr2023", "use_unknown"),
        (("", None, "工业"), "9999", "mnr2023", "plan_unknown"),
        (("", None, "工业"), "", "mnr2023", "plan_unknown"),
    ],
)
def test_verdicts(use, code, scheme, expected):
    assert said(use, code, scheme) == expected


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_code_takes_in_itself_and_a_class_its_sub_classes(scheme):
    for entry in code_table(scheme).values():
        if entry.code != "M0":
            assert said((entry.code, scheme, ""), entry.code, scheme) == "match"
            if entry.parent:
                assert said((entry.code, scheme, ""), entry.parent, scheme) == "match"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_use_gets_an_answer_about_every_class(scheme):
    for use in (("", None, "工业"), ("", None, "居住"), ("", None, "仓储"), ("A33", "gb50137", "")):
        for code in code_table(scheme):
            assert said(use, code, scheme) in VERDICTS
