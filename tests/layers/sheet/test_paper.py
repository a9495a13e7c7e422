"""The boxes of a sheet lie on the paper, beside each other, at the sizes that were agreed."""

from __future__ import annotations

from itertools import combinations

import pytest

from layers.sheet.paper import PAPERS, layout

CASES = [(paper, landscape) for paper in PAPERS for landscape in (True, False)]


@pytest.mark.parametrize(("paper", "landscape"), CASES)
def test_boxes_do_not_overlap_and_stay_inside_the_border(paper, landscape):
    on = layout(paper, landscape=landscape)
    boxes = [on.title, on.map, on.facts, on.checks, on.legend, on.scale, *on.signatures]
    boxes += [on.code, on.line]
    for box in boxes:
        assert box.width > 0
        assert box.height > 0
        assert on.border.x - 1e-9 <= box.x
        assert box.right <= on.border.right + 1e-9
        assert on.border.y - 1e-9 <= box.y
        assert box.top <= on.border.top + 1e-9
    for one, other in combinations(boxes, 2):
        across = min(one.right, other.right) - max(one.x, other.x)
        up = min(one.top, other.top) - max(one.y, other.y)
        assert min(across, up) < 1e-9


@pytest.mark.parametrize(
    ("paper", "landscape", "size", "frame"),
    [
        ("A4", True, (297, 210), (166, 138)),
        ("A3", True, (420, 297), (281, 219)),
        ("A4", False, (210, 297), (175, 150)),
        ("A3", False, (297, 420), (262, 244)),
    ],
)
def test_paper_and_map_have_the_agreed_sizes(paper, landscape, size, frame):
    on = layout(paper, landscape=landscape)
    assert (on.width, on.height) == size
    assert (on.map.width, on.map.height) == frame
    assert (on.border.x, on.width - on.border.right, on.border.y) == (25, 10, 10)
    assert on.code.width >= 33
    assert on.code.height >= 25
