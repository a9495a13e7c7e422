"""Phrases judged by their meaning: tests/cases/judge, written before the parser was looked at."""

import tomllib
from pathlib import Path

import pytest

from geo.location.phrases import parse
from tests.geo.location.test_phrases import as_case

FOLDER = Path(__file__).parents[2] / "cases" / "judge"
ALWAYS = ("N", "E", "S", "W", "crossings", "between", "enclosed", "straddles", "near", "distance")
IF_SAID = ("within", "aliases", "former")
PAIRS = ("crossings", "between")
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"])
]


def spelled_out(key, value):
    """Let a case file write one name, or one pair, without its list."""
    if isinstance(value, str) or (key in PAIRS and isinstance(value[0], str)):
        return [value]
    return value


def expected_parts(meaning):
    return [
        {key: spelled_out(key, value) for key, value in part.items()}
        for part in meaning.get("parts", [meaning])
    ]


def is_meant(part, expected):
    keys = [*ALWAYS, *(key for key in IF_SAID if key in expected)]
    places = " ".join(part.get("within", []))
    return all(part.get(key) == expected.get(key) for key in keys) and all(
        place in places for place in expected.get("within_has", [])
    )


@pytest.mark.parametrize("case", CASES)
def test_phrase_means_what_a_reader_says(case):
    parts = [as_case(part) for part in parse(case["phrase"]).parts]

    for meaning in [case, *case.get("alternatives", [])]:
        wanted = expected_parts(meaning)
        if len(parts) == len(wanted) and all(map(is_meant, parts, wanted)):
            return
    pytest.fail(f"{case['phrase']} was read as {parts}")
