"""``check`` with the packs and the local limits of the settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from parcels.cli_check import CheckOptions, run
from parcels.settings import ENVIRONMENT_KEY
from tests.parcels.rules.test_book import OWN

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = '[[override]]\nrule = "SL_INV"\nvalue = {}\nby = "甲"\nday = 2026-03-01\nreason = "纪要"\n'


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.toml").write_text(OWN, "utf-8")
    (tmp_path / "limits.toml").write_text(LIMIT.format(350), "utf-8")
    path = tmp_path / "settings.toml"
    path.write_text('packs = "packs"\noverrides = "limits.toml"\n', "utf-8")
    monkeypatch.setenv(ENVIRONMENT_KEY, str(path))
    return tmp_path


def answered(capsys: pytest.CaptureFixture[str], **more: Any) -> tuple[int, Any]:
    code = run(CheckOptions(as_of="2026-11-22", file_format="json", **more))
    return code, json.loads(capsys.readouterr().out)


def local(report: Any, rule: str) -> set[Any]:
    limits = {one["limit"] for one in report["findings"] if one["rule_id"] == rule}
    return limits - {None}


def test_packs_and_limits_of_the_settings_are_used(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = answered(capsys)
    assert code == 3
    assert "own" in {one["id"] for one in report["packs"]}
    assert local(report, "OWN_TAX")
    assert local(report, "SL_INV") == {350.0}
    said = {one["local_limit_by"] for one in report["findings"] if one["rule_id"] == "SL_INV"}
    assert said == {"甲 · 2026-03-01 · 纪要"}
    other, none = (settings / name for name in ("other.toml", "none.toml"))
    other.write_text(LIMIT.format(400), "utf-8")
    none.write_text("override = []\n", "utf-8")
    assert local(answered(capsys, overrides=other)[1], "SL_INV") == {400.0}
    assert local(answered(capsys, overrides=none)[1], "SL_INV") == set()


@pytest.mark.parametrize("broken", ["packs/own.toml", "limits.toml"])
def test_a_mistake_stops_with_file_rule_and_field(
    settings: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings / broken
    path.write_text(path.read_text("utf-8").replace("value = ", "limit = "), "utf-8")
    code, report = answered(capsys)
    assert code == 2
    message = report["error"]["message"]
    rule = "OWN_TAX" if "packs" in broken else "SL_INV"
    assert all(word in message for word in (path.name, rule, "limit"))
