"""Use groups against the tables of domain staff and the definitions of the classes."""

from __future__ import annotations

import pytest

from layers.codes import SCHEMES, code_table
from parcels.checks.use_groups import (
    group_ids,
    group_titles,
    groups_of_code,
    is_open_land,
    use_of,
)
from parcels.rules.tables import table

CODES = {
    # Collisions: one code, two schemes, two uses.
    ("0601", "gbt21010"): "M1 M2 M3",
    ("0601", "mnr2023"): "S",
    ("1001", "mnr2023"): "M1 M2 M3",
    ("1001", "gbt21010"): "S",
    ("0604", "gbt21010"): "W1 W2 W3",
    ("1101", "mnr2023"): "W1 W2 W3",
    ("1101", "gbt21010"): "",
    ("0901", "mnr2023"): "B1",
    ("0901", "gbt21010"): "",
    ("0805", "mnr2023"): "PUB",
    ("0805", "gbt21010"): "MED",
    ("0701", "mnr2023"): "R",
    ("0701", "gbt21010"): "R",
    # Settled sub-classes.
    ("100101", "mnr2023"): "M1",
    ("100102", "mnr2023"): "M2",
    ("100103", "mnr2023"): "M3",
    ("110103", "mnr2023"): "W3",
    ("070102", "mnr2023"): "R",
    ("080403", "mnr2023"): "EDU",
    ("080401", "mnr2023"): "PUB",
    ("080601", "mnr2023"): "MED",
    ("090105", "mnr2023"): "B41",
    ("120803", "mnr2023"): "S",
    ("1302", "mnr2023"): "U2",
    ("1305", "mnr2023"): "U1",
    ("R21", "gb50137"): "R",
    ("A33", "gb50137"): "EDU",
    ("A35", "gb50137"): "RD",
    ("B41", "gb50137"): "B41",
    ("B31", "gb50137"): "B1",
    ("M0", "gb50137"): "M0",
    ("M1A", "gb50137"): "M1",
    ("U12", "gb50137"): "U1",
    ("U14", "gb50137"): "U1",
    ("U21", "gb50137"): "U2",
    ("G3", "gb50137"): "G1",
    # Open sub-classes.
    ("M", "gb50137"): "M1 M2 M3",
    ("W", "gb50137"): "W1 W2 W3",
    ("R22", "gb50137"): "R EDU",
    ("A3", "gb50137"): "EDU RD PUB",
    ("U", "gb50137"): "U1 U2",
    ("G", "gb50137"): "G1 G2",
    ("11", "mnr2023"): "W1 W2 W3",
    ("0803", "gbt21010"): "EDU PUB",
    ("0809", "gbt21010"): "U1 U2",
    ("0501", "gbt21010"): "B1 B41",
    # A class below belongs to no group, so the class above is not known either.
    ("A", "gb50137"): "",
    ("06", "gbt21010"): "",
    ("0101", "gbt21010"): "",
    ("16", "mnr2023"): "",
}
WORDS = {
    "工业": "M1 M2 M3",
    "工业用地": "M1 M2 M3",
    "一类工业用地": "M1",
    "三类工业用地": "M3",
    "新型产业": "M0",
    "居住": "R",
    "二类居住用地": "R",
    "城镇住宅用地": "R",
    "仓储": "W1 W2 W3",
    "仓储用地": "W1 W2 W3",
    "二类物流仓储用地": "W2",
    "科研用地": "RD",
    "中小学用地": "EDU",
    "医疗卫生用地": "MED",
    "公园绿地": "G1",
    "加油加气站用地": "B41",
    "商服用地": "B1 B2 B41",
    "住宅": "R",
    "工业用地（新型产业用地）": "M0",
    "工业用地(M0)": "M0",
    "工业用地（M1）": "M1",
    "二类工业用地(M2)": "M2",
    "工业用地(1001)": "M1 M2 M3",
    "工业用地(0601)": "M1 M2 M3",
    "工业用地(标准厂房)": "M1 M2 M3",
    "二类工业用地(M1)": "",
    "工业用地(居住)": "",
    "花园(M1)": "",
    "道路": "S",
    "道路用地": "S",
    "学校": "EDU PUB",
    "小学": "EDU",
    "加油站": "B41",
    "污水处理厂": "U2",
    "绿地": "G1 G2",
    "仓库": "W1 W2 W3",
    "工业用地(仓库)": "",
    "商住": "",
    "工业或仓储": "",
    "花园": "",
    "": "",
}


@pytest.mark.parametrize(("given", "groups"), CODES.items(), ids=str)
def test_a_code_with_its_scheme_gives_groups(given, groups) -> None:
    use = use_of(*given, "")
    assert use.groups == tuple(groups.split())
    expected = {0: "class_unknown", 1: ""}.get(len(use.groups), "class_open")
    assert use.problem == expected


@pytest.mark.parametrize(("text", "groups"), WORDS.items())
def test_words_give_groups(text, groups) -> None:
    use = use_of("", None, text)
    assert use.groups == tuple(groups.split())
    assert use.text == text
    assert use.problem == {0: "class_unknown", 1: ""}.get(len(use.groups), "class_open")


@pytest.mark.parametrize("scheme", [None, "", "gb", "GB 50137", "trial2020"])
@pytest.mark.parametrize("code", ["0601", "1001", "M1", "R2"])
def test_a_code_without_a_known_scheme_is_never_guessed(code, scheme) -> None:
    use = use_of(code, scheme, "工业")
    assert (use.groups, use.problem) == ((), "code_without_scheme")


@pytest.mark.parametrize("text", ["0601", "1001", "M1", "m2", "Ｍ１", "070102"])
def test_a_code_written_as_the_use_has_no_scheme(text) -> None:
    assert use_of("", None, text).problem == "code_without_scheme"
    assert use_of("", None, text).groups == ()


def test_a_code_written_as_the_use_is_read_by_the_scheme_that_was_chosen() -> None:
    assert use_of("", "gb50137", "M2").groups == use_of("M2", "gb50137", "").groups != ()
    assert use_of("", "mnr2023", "M2").problem == "code_unknown"
    assert use_of("", "gb50137", "工业").groups == use_of("", None, "工业").groups


@pytest.mark.parametrize(
    ("code", "scheme"),
    [("601", "gbt21010"), ("M4", "gb50137"), ("nan", "mnr2023"), ("1001;0601", "mnr2023")],
)
def test_a_code_that_the_scheme_does_not_have_is_told(code, scheme) -> None:
    use = use_of(code, scheme, "工业")
    assert (use.groups, use.problem) == ((), "code_unknown")


def test_codes_are_read_in_any_width_and_case() -> None:
    assert use_of(" ｍ2 ", "gb50137", "").groups == ("M2",)


def test_there_are_twenty_groups_and_each_is_reached() -> None:
    assert len(group_ids()) == 20
    reached = {
        group
        for scheme in SCHEMES
        for code in code_table(scheme)
        for group in groups_of_code(code, scheme)
    }
    assert reached == set(group_ids())


def test_every_group_has_a_title_in_both_languages() -> None:
    assert set(group_titles()) == set(group_ids())
    assert all(titles["zh"] and titles["en"] for titles in group_titles().values())


@pytest.mark.parametrize(
    ("code", "scheme", "open_land"),
    [
        ("0103", "gbt21010", True),
        ("1101", "gbt21010", True),
        ("1109", "gbt21010", False),
        ("0103", "mnr2023", True),
        ("1701", "mnr2023", True),
        ("1101", "mnr2023", False),
        ("060202", "mnr2023", False),
        ("1002", "mnr2023", False),
        ("16", "mnr2023", False),
        ("R2", "gb50137", False),
    ],
)
def test_fields_and_water_are_open_land(code, scheme, open_land) -> None:
    assert is_open_land(code, scheme) is open_land


@pytest.mark.parametrize(
    ("name", "is_open"),
    [
        ("水田", True),
        ("耕地", True),
        ("河流水面", True),
        ("工业用地", False),
        ("道路", False),
        ("", False),
    ],
)
def test_names_of_classes_tell_open_land_as_their_codes_do(name, is_open) -> None:
    for scheme in SCHEMES:
        assert is_open_land(name, scheme) is is_open


def test_spoken_uses_name_groups_that_exist_and_no_class() -> None:
    names = {entry.name for scheme in SCHEMES for entry in code_table(scheme).values()}
    for row in table("spoken_uses.csv"):
        assert set(row["groups"].split()) <= set(group_ids())
        assert row["word"] not in names
        assert use_of("", None, row["word"]).groups == tuple(
            one for one in group_ids() if one in row["groups"].split()
        )
