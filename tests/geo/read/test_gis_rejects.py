"""Bad GIS files and what is said about them: cases in ``tests/rejects/gis/expected.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, error_text, text
from tests.geo.read.gis_files import read

FOLDER = Path(__file__).parents[2] / "rejects" / "gis"
REJECTS = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["reject"]


def test_every_file_has_a_case() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"expected.toml"}
    assert files == {case["file"] for case in REJECTS}


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["file"])
def test_a_bad_file_or_feature_is_refused_with_a_sentence(case: dict, tmp_path: Path) -> None:
    data = (FOLDER / case["file"]).read_bytes()
    expected = case.get("values", {})
    if "where" in case:
        faults = list(read(data, tmp_path).faults.values())
        assert [(fault.code, fault.where) for fault in faults] == [(case["code"], case["where"])]
        values = faults[0].values
        assert all(text(lang, f"fault.{case['code']}.text", **values) for lang in LANGUAGES)
    else:
        with pytest.raises(PlannerError) as caught:
            read(data, tmp_path)
        assert caught.value.code == case["code"]
        values = {"file": case["file"], **caught.value.values}
        assert all(
            all(error_text(lang, PlannerError(case["code"], **values))) for lang in LANGUAGES
        )
    assert {key: values.get(key) for key in expected} == expected
