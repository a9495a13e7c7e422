"""Damaged copies of the data are refused with a code that names the file and the place."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from layers.load import DATA, builtin_features, load_layer

CASES = Path(__file__).parents[1] / "rejects" / "layers.toml"
REJECTS = tomllib.loads(CASES.read_text(encoding="utf-8"))["reject"]


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["what"])
def test_a_damaged_file_is_refused(case: dict, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / case["file"]
    text = file.read_text(encoding="utf-8")
    assert case["old"] in text
    file.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    with pytest.raises(PlannerError) as caught:
        builtin_features(folder)
    assert caught.value.code == case["code"]
    stated = {key: str(value) for key, value in caught.value.values.items()}
    assert stated.items() >= case["values"].items()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "roads.geojson").unlink()
    with pytest.raises(PlannerError) as caught:
        load_layer("roads", folder)
    assert caught.value.code == "layer_file_unreadable"


def test_an_unknown_layer_is_refused_with_those_that_exist() -> None:
    with pytest.raises(PlannerError) as caught:
        load_layer("railways")
    assert caught.value.code == "layer_unknown"
    assert "roads" in caught.value.values["known"]
