"""Packs with mistakes: each names its file, and rule, field and value where there are such."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, error_text
from parcels.rules.load import all_packs
from parcels.rules.reading import load_packs

FOLDER = Path(__file__).parents[2] / "rejects"
CASES = tomllib.loads((FOLDER / "rules.toml").read_text(encoding="utf-8"))


def refused(name: str, tmp_path: Path) -> PlannerError:
    shutil.copy(FOLDER / "rules" / f"{name}.toml", tmp_path)
    with pytest.raises(PlannerError) as caught:  # noqa: PT012
        load_packs(tmp_path)
        all_packs((tmp_path,))
    return caught.value


def test_every_file_has_its_case() -> None:
    assert {path.stem for path in (FOLDER / "rules").glob("*.toml")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_pack_with_a_mistake_is_refused(name: str, tmp_path: Path) -> None:
    case, error = CASES[name], refused(name, tmp_path)
    assert error.code == case["code"]
    assert error.values["file"] == f"{name}.toml"
    assert error.values.get("rule") == case.get("rule", error.values.get("rule"))
    assert error.values.get("field") == case.get("field", error.values.get("field"))
    for lang in LANGUAGES:
        said = " ".join(error_text(lang, error))
        assert f"{name}.toml" in said
        assert case.get("value", "") in said
        assert str(tmp_path) not in said
