"""What the import page offers and says beyond the first reading: drawings, units, advice."""

from __future__ import annotations

import io

import ezdxf
import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, messages, text
from parcels.wording import failure_text, option_text
from tests.ui.import_page import collection, drop, html, page, square

OPTIONS = sorted(key.split(".")[1] for key in messages("zh") if key.endswith(".option"))
PARTS = ((0, 0, 200, True), (50, 50, 50, True), (400, 0, 200, False))


def drawing() -> str:
    """Draw a parcel with a closed line in it, and a line left open; zone 38 with prefix."""
    document = ezdxf.new("R2010")
    for east, north, side, close in PARTS:
        corners = [(0, 0), (side, 0), (side, side), (0, side)]
        points = [(38_453_000 + east + x, 3_653_000 + north + y) for x, y in corners]
        document.modelspace().add_lwpolyline(points, close=close, dxfattribs={"layer": "宗地"})
    written = io.StringIO()
    document.write(written)
    return written.getvalue()


def choice(app, role):
    return next(
        one for one in app.selectbox if (one.key or "").startswith(f"import_override_{role}_")
    )


def report_table(app):
    return app.dataframe[1].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_of_a_drawing_can_be_read_otherwise(lang) -> None:
    app = drop(page(lang=lang), plan__dxf=drawing())
    assert list(report_table(app)["area_plane_m2"].round(2)) == [200**2 - 50**2]
    choice(app, "nested").select("parcels").run()
    assert not app.exception
    assert sorted(report_table(app)["area_plane_m2"].round(2)) == [50**2, 200**2]
    said = text(lang, "ui.import.nested_parcels")
    assert f"{text(lang, 'ui.import.role_nested')} = {said}" in html(app)
    choice(app, "close").select("yes").run()
    assert sorted(report_table(app)["area_plane_m2"].round(2)) == [50**2, 200**2, 200**2]
    choice(app, "nested").select("").run()
    assert sorted(report_table(app)["area_plane_m2"].round(2)) == [200**2 - 50**2, 200**2]


def test_a_file_without_such_lines_is_not_asked_about_them() -> None:
    app = drop(page(), a__geojson=collection(square(112.5, 33, 0.002)))
    assert not [one for one in app.selectbox if "nested" in one.key or "close" in one.key]


def test_a_declared_area_without_unit_is_not_shown_as_undeclared() -> None:
    parcels = [
        square(38_453_000 + 300 * n, 3_653_000, 200, DKMJ=area)
        for n, area in enumerate(("1234", "1", "7"))
    ]
    table = report_table(drop(page(), a__geojson=collection(*parcels)))
    assert set(table["compare"]) == {text("zh", "ui.import.area_unit_open")}


def test_nothing_is_compared_where_nothing_is_declared() -> None:
    table = report_table(drop(page(), a__geojson=collection(square(112.5, 33, 0.002))))
    assert {"compare", "declared_area_m2", "difference_ellipsoid"}.isdisjoint(table.columns)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", OPTIONS)
def test_options_of_the_command_line_are_apart_from_the_advice(lang, code) -> None:
    error = PlannerError(code)
    assert not any("--" in sentence for sentence in failure_text(lang, error))
    assert "--" in option_text(lang, error)
