from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from layers.sheet.qr import QUIET_MODULES, qr_modules, qr_path

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/qr/codes.toml").read_text(encoding="utf-8")
)["code"]


def read(case):
    return np.array([[one == "#" for one in row] for row in case["modules"].split()])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:12])
def test_a_code_is_the_one_that_other_libraries_read(case):
    assert np.array_equal(qr_modules(case["text"]), read(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:12])
def test_the_drawn_shape_has_the_modules_and_a_quiet_zone(case):
    modules = np.pad(read(case), QUIET_MODULES)
    pixels = 4 * len(modules)
    figure = Figure(figsize=(1, 1), dpi=pixels)
    shape = qr_path(case["text"], left=0, bottom=0, side=1)
    patch = PathPatch(shape, facecolor="black", linewidth=0, transform=figure.transFigure)
    figure.add_artist(patch)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    dark = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    assert np.array_equal(dark, np.kron(modules, np.ones((4, 4), bool)))
