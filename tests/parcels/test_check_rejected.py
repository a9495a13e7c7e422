"""``check`` of a file with parcels that the reading refuses: nothing is left out silently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from parcels.cli_check import CheckOptions, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = "地块编号,用途,WKT\n"
SOUND = 'A,居住,"POLYGON((112.54 32.98,112.541 32.98,112.541 32.981,112.54 32.98))"\n'
BOW_TIE = (
    'B,居住,"POLYGON((112.56 32.98,112.561 32.981,112.561 32.98,112.56 32.981,112.56 32.98))"\n'
)


def checked(tmp_path: Path, content: str, file_format: str) -> int:
    path = tmp_path / "parcels.csv"
    path.write_text(HEAD + content, "utf-8")
    return run(CheckOptions(file=path, as_of="2026-11-22", file_format=file_format))


def test_a_refused_parcel_is_told_and_counts_as_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, SOUND, "json") == 3
    assert json.loads(capsys.readouterr().out)["rejected"] == []
    assert checked(tmp_path, SOUND + BOW_TIE, "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["parcels"] == 1
    (refused,) = report["rejected"]
    assert "第 3 行" in refused["where"]
    assert "“8”字形" in refused["message"]


def test_the_table_names_what_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, SOUND + BOW_TIE, "table") == 1
    shown = capsys.readouterr().out
    assert "退回 1 个要素，没有检查" in shown
    assert "“8”字形" in shown
