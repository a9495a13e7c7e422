"""The grammar against the case files of tests/cases/phrases, and its limits."""

import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer
from geo.location.lexicon import EMPTY
from geo.location.phrases import LONGEST_PHRASE, area_in, parse
from geo.location.reading import SIDES, Name, Part

FOLDER = Path(__file__).parents[2] / "cases" / "phrases"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"])
]


def lexicon_of(names: dict[str, str]):
    features = [
        NamedFeature(id=name, name=name, geometry=None, kind=kind) for name, kind in names.items()
    ]
    return Gazetteer.build(features) if names else EMPTY


def names_of(part: Part) -> list[Name]:
    pairs = [*(crossing.names for crossing in part.crossings), *part.between]
    return [
        *(bound.name for bound in part.bounds),
        *(name for pair in pairs for name in pair),
        *part.enclosed,
        *part.straddles,
        *part.within,
        *(name for name, _ in part.near),
    ]


def distances_of(part: Part) -> dict[str, list[float | str]]:
    measured = [
        *((bound.name, bound.distance) for bound in part.bounds),
        *((crossing.names[0], crossing.distance) for crossing in part.crossings),
        *part.near,
    ]
    return {name.text: [far.metres, far.kind] for name, far in measured if far}


def as_case(part: Part) -> dict[str, object]:
    """Write a part the way the case files do."""
    sides = {
        side: [bound.name.text for bound in part.bounds if side in bound.sides] for side in SIDES
    }
    said = sides | {
        "crossings": [
            [name.text for name in crossing.names]
            + ([crossing.direction] if crossing.direction else [])
            for crossing in part.crossings
        ],
        "between": [[one.text, other.text] for one, other in part.between],
        "enclosed": [name.text for name in part.enclosed],
        "straddles": [name.text for name in part.straddles],
        "within": [name.text for name in part.within],
        "near": [name.text for name, _ in part.near],
        "distance": distances_of(part),
        "aliases": {name.text: list(name.aliases) for name in names_of(part) if name.aliases},
        "former": list(dict.fromkeys(name.text for name in names_of(part) if name.former)),
        "notes": list(part.notes),
    }
    return {key: value for key, value in said.items() if value}


@pytest.mark.parametrize("case", CASES)
def test_phrase_is_read_as_the_case_file_says(case):
    reading = parse(case["phrase"], lexicon_of(case.get("lexicon", {})))

    assert reading.phrase == case["phrase"]
    assert [as_case(part) for part in reading.parts] == case["parts"]


def test_there_are_many_cases_and_no_phrase_twice():
    cases = [param.values[0] for param in CASES]
    told = {(case["phrase"], str(case.get("lexicon"))) for case in cases}
    assert len(told) == len(cases) > 200


def test_direction_is_that_of_the_parcel_seen_from_the_name():
    south, west = parse("信臣路以南、西至热电厂").parts[0].bounds
    assert (south.direction, south.sides) == ("S", ("N",))
    assert (west.direction, west.sides) == ("E", ("W",))


@pytest.mark.parametrize(
    ("phrase", "square_metres"),
    [
        ("信臣路以南，总面积 280 亩", 280 * 2000 / 3),
        ("项目用地约260亩，位于雪枫路以南", 260 * 2000 / 3),
        ("占地面积35000平方米", 35_000),
        ("信臣路以南", None),
        ("信臣路以南280米", None),
    ],
)
def test_area_in_a_phrase(phrase, square_metres):
    assert area_in(phrase) == (square_metres and pytest.approx(square_metres))


def test_areas_do_not_change_the_reading():
    assert parse("信臣路以南（约280亩）、热电厂以西").parts == parse("信臣路以南、热电厂以西").parts


@pytest.mark.parametrize("length", [LONGEST_PHRASE + 1, 20_000])
def test_a_phrase_that_is_too_long_is_refused_with_its_length(length):
    with pytest.raises(PlannerError) as caught:
        parse("路" * length)
    assert caught.value.code == "phrase_too_long"
    assert caught.value.values == {"length": length, "limit": LONGEST_PHRASE}


@pytest.mark.parametrize(
    "piece",
    [
        "东",
        "和",
        "(",
        "东至",
        "一",
        "1",
        "1,",
        "路南",
        "以",
        "甲路与",
        "1亩",
        "总面积",
        "距",
        "、",
        "<b>",
        "十",
        "位于",
        "1-",
    ],
)
def test_a_phrase_of_the_greatest_length_is_read(piece):
    phrase = (piece * LONGEST_PHRASE)[: LONGEST_PHRASE - 5] + "信臣路以南"
    assert parse(phrase, lexicon_of({"信臣路": "road"})).phrase == phrase
