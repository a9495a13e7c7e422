"""Ground and paper: the scale is true on the pixels and in the PDF, north is up, ticks are right."""

from __future__ import annotations

import io
import math
import re

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from geo.errors import PlannerError
from layers.sheet.frame import MapFrame, draw_north, draw_ticks, frame_for
from layers.sheet.output import pdf, png
from layers.sheet.page import Page, Text
from layers.sheet.paper import Box

BOX = Box(30.0, 20.0, 166.0, 138.0)
CENTRE = (38_455_123.0, 3_655_456.0)
DPI = 120


def page():
    return Page(width=297.0, height=210.0)


def frame(scale=1_000):
    return MapFrame(box=BOX, scale=scale, centre=CENTRE)


@pytest.mark.parametrize("scale", [500, 25_000, 200_000])
def test_two_points_lie_on_the_pixels_as_far_apart_as_on_the_ground(scale):
    reach = 0.05 * scale  # 50 mm to each side
    ground = np.array(CENTRE) + np.array([[-reach, 0.0], [reach * 0.6, reach * 0.5]])
    sheet = page()
    sheet.dots(frame(scale).on_paper(ground), radius=0.5, fill="#FF0000", edge="#FF0000")
    picture = np.asarray(Image.open(io.BytesIO(png(sheet, dpi=DPI)))).astype(int)
    rows, columns = np.nonzero((picture[:, :, 0] > 200) & (picture[:, :, 1] < 60))
    left = columns < np.mean(columns)
    apart = [np.mean(side[left]) - np.mean(side[~left]) for side in (columns, rows)]
    drawn = math.hypot(*apart) / DPI * 25.4 / 1_000 * scale
    assert drawn == pytest.approx(math.dist(*ground), rel=0.01)
    assert apart[1] > 0  # the point farther north stands higher: its row is smaller


def test_the_scale_is_true_in_the_pdf():
    sheet = page()
    ends = frame().on_paper([[CENTRE[0] - 60, CENTRE[1]], [CENTRE[0] + 60, CENTRE[1]]])
    sheet.lines([ends], colour="#123456")
    reader = PdfReader(io.BytesIO(pdf([sheet], made_at="2026-11-22T08:00:00Z", title="x")))
    drawn = reader.pages[0].get_contents().get_data().decode("latin-1")
    start, end = re.findall(r"([\d.]+) [\d.]+ m\s+([\d.]+) [\d.]+ l", drawn)[-1]
    assert (float(end) - float(start)) / 72 * 25.4 == pytest.approx(120.0, rel=0.001)
    assert reader.pages[0].mediabox.width == pytest.approx(297 / 25.4 * 72, abs=0.01)


def test_ticks_name_the_ground_below_them():
    sheet = page()
    draw_ticks(sheet, frame(500))
    found = {one.words: (one.x, one.y) for one in sheet.marks if isinstance(one, Text)}
    assert "38 455 125" in found
    assert "3 655 450" in found
    for words, (x, y) in found.items():
        metres = float(words.replace(" ", ""))
        east, north = (np.array([x, y]) - BOX.centre) * 500 / 1_000 + CENTRE
        assert min(abs(metres - east), abs(metres - north)) < 0.01
        assert metres % 25 == 0


def test_the_arrow_points_north():
    sheet = page()
    room = draw_north(sheet, frame(), "北")
    outline = np.vstack([np.array(one.shapes[0].exterior.coords) for one in sheet.marks[1:2]])
    [word] = [one for one in sheet.marks if isinstance(one, Text)]
    tip = outline[np.argmax(outline[:, 1])]
    assert tip[0] == pytest.approx(room.centre[0])
    assert word.y < outline[:, 1].min()
    assert frame().on_paper([[CENTRE[0], CENTRE[1] + 10]])[0, 1] > BOX.centre[1]


def test_the_largest_scale_of_the_series_that_fits_is_chosen():
    east, north = CENTRE
    for size, scale in ((50, 500), (100, 1_000), (230, 2_000), (240, 5_000), (20_000, 200_000)):
        bounds = (east, north, east + size, north + size)
        assert frame_for(bounds, BOX).scale == scale


@pytest.mark.parametrize(
    ("size", "scale", "code"),
    [
        (300, 500, "sheet_scale_too_large"),
        (50, 750, "sheet_scale_unknown"),
        (9e5, None, "sheet_too_wide"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_in_words(size, scale, code):
    east, north = CENTRE
    with pytest.raises(PlannerError, match=code):
        frame_for((east, north, east + size, north + size), BOX, scale=scale)
