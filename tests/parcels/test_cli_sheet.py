"""``python -m parcels sheet``: files of a sheet, and refusals in words."""

from __future__ import annotations

import pytest
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from parcels.cli import app
from parcels.snapshot.writers import json_bytes
from tests.parcels.sheets.contents import gear, parcel, rectangle, snapshot


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "survey.json"
    path.write_bytes(json_bytes(snapshot(parcel(gear(40)), parcel(rectangle(east=300), at=1))))
    return path


def run(*arguments, **given):
    return CliRunner().invoke(app, ["sheet", *map(str, arguments)], **given)


def test_a_pdf_and_its_pages_as_pictures(given, tmp_path):
    options = ("--template", "survey_map", "--paper", "A3", "--portrait", "--scale", "1:5000")
    out = tmp_path / "图.pdf"
    assert run(given, *options, "-o", out).exit_code == 0
    pages = len(PdfReader(out).pages)
    assert pages == 2
    assert run(given, *options, "--dpi", 72, "-o", tmp_path / "图.png").exit_code == 0
    for number in range(1, pages + 1):
        with Image.open(tmp_path / f"图-{number}.png") as picture:
            assert picture.size == (842, 1191)
    again = run(given, *options, "-o", out)
    assert again.exit_code == 2
    assert "图.pdf" in again.stderr


def test_a_snapshot_from_standard_input(given, tmp_path):
    out = tmp_path / "one.pdf"
    options = ("--template", "cadastral", "--parcel", "2", "-o", out)
    result = run("-", *options, input=given.read_bytes())
    assert result.exit_code == 0, result.stderr
    assert "地块2" in PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scale", "大"), "“大”"),
        (("--scale", "300"), "1:300"),
        (("--parcel", "99"), "“99”"),
        (("--crs", "EPSG:4490"), "EPSG:4490"),
    ],
)
def test_refusals_quote_what_was_typed(given, tmp_path, options, said):
    result = run(given, "--template", "cadastral", *options, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", "")
    assert not (tmp_path / "x.pdf").exists()


def test_only_pdf_and_png_are_written(given, tmp_path):
    result = run(given, "--template", "cadastral", "-o", tmp_path / "x.svg")
    assert result.exit_code == 2
    assert "x.svg" in result.stderr


def test_a_changed_digit_is_refused(given, tmp_path):
    bent = tmp_path / "bent.json"
    bent.write_bytes(given.read_bytes().replace(b"3655120", b"3655121"))
    result = run(bent, "--template", "cadastral", "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert not (tmp_path / "x.pdf").exists()
