"""Files of a page: same bytes each time, letters that can be searched, the font embedded."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from PIL import Image
from pypdf import PdfReader

from layers.sheet.output import pdf, png
from layers.sheet.page import Page
from layers.sheet.paper import Box
from layers.sheet.patterns import PATTERNS
from layers.sheet.tone import greyed

AT = "2026-11-22T08:00:00Z"
WORDS = "宗地图 B2-01 $x_1$ 1,234.50 m²"


def page():
    sheet = Page(width=100.0, height=60.0)
    sheet.text(WORDS, 5, 50, size=4, bold=True, halo=True)
    sheet.text("±300 m　第 1 / 2 页", 5, 40, size=3, colour="#53378C")
    sheet.box(Box(5, 5, 40, 20), fill="#C9A57F", pattern="diagonal")
    return sheet


def test_same_page_same_bytes_in_any_thread():
    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(lambda _: png(page(), dpi=100), range(4)))
        documents = set(pool.map(lambda _: pdf([page()], made_at=AT, title="图"), range(4)))
    assert len(pictures) == 1
    assert len(documents) == 1


def test_nothing_global_is_changed():
    before = dict(mpl.rcParams)
    png(page(), dpi=72)
    pdf([page()], made_at=AT, title="图")
    assert dict(mpl.rcParams) == before


def test_the_pdf_can_be_searched_and_carries_its_font_and_dates():
    reader = PdfReader(io.BytesIO(pdf([page(), page()], made_at=AT, title="图 <b>")))
    assert len(reader.pages) == 2
    written = reader.pages[0].extract_text()
    assert written.count("宗地图 B2-01 $x_1$ 1,234.50 m²") == 1
    assert "±300 m　第 1 / 2 页" in written
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert fonts
    for one in fonts:
        own = one.get_object()
        assert "NotoSansCJKsc" in own.get("/BaseFont", own.get("/Name"))
        descriptor = own.get("/FontDescriptor") or own["/DescendantFonts"][0]["/FontDescriptor"]
        assert own["/Subtype"] == "/Type3" or "/FontFile3" in descriptor
    assert reader.metadata.title == "图 <b>"
    assert reader.metadata["/CreationDate"] == "D:20261122080000Z"


def test_a_png_says_its_dots_an_inch_and_what_it_shows():
    picture = Image.open(io.BytesIO(png(page(), dpi=200, texts={"SHA-256": "ab12"})))
    assert picture.info["dpi"] == pytest.approx((200, 200), abs=0.01)
    assert picture.info["SHA-256"] == "ab12"
    assert picture.size == (787, 472)
    assert picture.mode == "RGB"


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_stay_open_for_a_copier(name):
    sheet = Page(width=40.0, height=40.0)
    sheet.areas([shapely.box(0, 0, 40, 40)], edge=None, pattern=name)
    dark = np.asarray(Image.open(io.BytesIO(png(sheet, dpi=150))).convert("L")) < 200
    assert 0.002 < dark.mean() < 0.4
    row = np.flatnonzero(np.diff(dark[len(dark) // 2].astype(int)) == 1)
    if len(row) > 1:
        assert np.median(np.diff(row)) / 150 * 25.4 >= 0.9


def test_patterns_stay_inside_their_areas():
    sheet = Page(width=40.0, height=40.0)
    ring = shapely.Point(20, 20).buffer(12).difference(shapely.Point(20, 20).buffer(6))
    sheet.areas([ring], edge=None, pattern="grid", clip=Box(0, 0, 40, 24))
    dark = np.asarray(Image.open(io.BytesIO(png(sheet, dpi=100))).convert("L")) < 128
    rows, columns = np.nonzero(dark)
    points = shapely.points(columns / 100 * 25.4, 40 - rows / 100 * 25.4)
    assert len(points) > 50
    assert shapely.distance(points, ring).max() < 0.5
    assert (40 - rows / 100 * 25.4).max() < 24.5


def test_a_grey_page_has_no_colour_and_keeps_its_words():
    picture = np.asarray(Image.open(io.BytesIO(png(greyed(page()), dpi=72)))).astype(int)
    assert np.ptp(picture, axis=2).max() == 0
    assert picture.min() < 120
