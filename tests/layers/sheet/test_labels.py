"""Labels do not lie on each other, by matplotlib's own measure of each text."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.sheet.drawn import figure_of
from layers.sheet.labels import Label, Placing, outline_of, spots_along, spots_around
from layers.sheet.page import Page
from layers.sheet.paper import Box

FRAME = Box(10.0, 10.0, 166.0, 138.0)


def drawn_boxes(page):
    """Measure the texts of a page by matplotlib: one polygon each, millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text as Written

    figure = figure_of(page, 254, letters=True)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = []
    for one in figure.get_children():
        if isinstance(one, Written) and not one.get_path_effects():
            turn, at = one.get_rotation(), one.get_transform().transform(one.get_position())
            one.set_rotation(0)
            flat = one.get_window_extent(canvas.get_renderer())
            height = one.get_fontsize() / 72 * 254 * 0.74  # of capitals and digits
            middle = (flat.y0 + flat.y1) / 2
            box = shapely.box(flat.x0, middle - height / 2, flat.x1, middle + height / 2)
            turned = shapely.affinity.rotate(box, turn, origin=tuple(at))
            found.append(shapely.affinity.scale(turned, 0.1, 0.1, origin=(0, 0)))
    return found


def overlaps(boxes):
    tree = shapely.STRtree(boxes)
    one, other = tree.query(boxes, predicate="intersects")
    return [(a, b) for a, b in zip(one, other, strict=True) if a < b]


@pytest.fixture(scope="module")
def sixty():
    turn = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    points = np.column_stack([np.cos(turn), np.sin(turn)]) * 24 + FRAME.centre
    labels = [
        Label(
            words=f"J{at + 1}",
            spots=spots_around(tuple(one), f"J{at + 1}", 2.4, away=tuple(one - FRAME.centre)),
            anchor=tuple(one),
        )
        for at, one in enumerate(points)
    ]
    sides = [
        Label(words="12.34", spots=spots_along(one, other, "12.34", 2.4))
        for one, other in zip(points[::2], np.roll(points, -4, axis=0)[::2], strict=True)
    ]
    placing = Placing(frame=FRAME, lines=[shapely.LinearRing(points)], anchors=points)
    for one in points:
        placing.block(shapely.Point(one).buffer(0.4))
    placing.place([*labels, *sides])
    return placing, points


def test_sixty_points_are_all_named_and_no_label_lies_on_another(sixty):
    placing, _ = sixty
    assert [one.words for one in placing.left if one.words.startswith("J")] == []
    page = Page(width=200.0, height=160.0)
    placing.draw(page)
    boxes = drawn_boxes(page)
    assert len(boxes) == len(placing.placed) >= 60
    assert overlaps(boxes) == []


def test_each_label_is_nearest_to_its_own_point_or_led_to_it(sixty):
    placing, points = sixty
    for one in placing.placed:
        if one.label.anchor and one.leader is None:
            box = outline_of(one.label, one.spot)
            own = box.distance(shapely.Point(one.label.anchor))
            assert own <= shapely.distance(shapely.points(points), box).min() + 0.25


def test_what_has_no_room_is_kept_and_counted():
    labels = [
        Label(words="长名称", spots=spots_around((20.0, 20.0), "长名称", 3.0)) for _ in range(40)
    ]
    placing = Placing(frame=FRAME)
    placing.place(labels)
    assert len(placing.placed) + len(placing.left) == 40
    assert placing.left


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(12, 60), st.floats(12, 60), st.text("J0123456789", min_size=1, max_size=5)
        ),
        min_size=1,
        max_size=30,
    )
)
def test_placed_labels_never_collide(given_labels):
    placing = Placing(frame=FRAME)
    placing.place(
        Label(words=words, spots=spots_around((x, y), words, 2.4), anchor=(x, y))
        for x, y, words in given_labels
    )
    boxes = np.array([outline_of(one.label, one.spot) for one in placing.placed])
    assert len(boxes) + len(placing.left) == len(given_labels)
    assert overlaps(boxes) == []


def test_lengths_are_written_upright_along_their_side():
    for end in ((30, 5), (-30, 5), (0, 30), (0, -30), (-20, -20)):
        spots = spots_along(np.zeros(2), np.array(end, dtype=float), "123.45", 2.4)
        assert spots
        assert -90 < spots[0].turn <= 90
        along = math.radians(spots[0].turn)
        across = math.cos(along) * end[1] - math.sin(along) * end[0]
        assert across == pytest.approx(0.0, abs=1e-9)
    assert spots_along(np.zeros(2), np.array([5.0, 0.0]), "123.45", 2.4) == ()
